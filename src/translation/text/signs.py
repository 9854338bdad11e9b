"""What in a text is no words: tags, placeholders, entities, addresses, line ends.

The signs are those of the clients: ``@0#``, ``{0}``, ``<b0></b0>``, ``<a id=1>`` and ``%3C`` of
Immersive Translate, ``{v1}`` of PDFMathTranslate, ``%s``, ``%1$s``, ``{{…}}``, ``${x}`` and
``{\\an8}`` of message catalogues and subtitles, ``[1]`` and ``:name:`` of pages; and those of HTML.
A text of any kind is searched in time linear in its length.
"""

import re

NAME = r"[^\W\d][\w:.-]*"
_ATTRIBUTES = r"""(?:\s(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)?/?"""
_LINE_ENDS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
# No text of a model has them, XML and JSON do not take them all, and models stumble over them.
_CONTROLS = r"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd-\uffff"
_ENTITY = r"(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_HEX = "[0-9A-F]{2}"
# The first sign is looked for by itself, which the regular expression engine does fast; what
# follows says which sign it has to be.
_SIGN = rf"""
    [<&{{%$\#@\[:{_LINE_ENDS}{_CONTROLS}](?:
        (?P<line>(?<=\r)\n | (?<=[{_LINE_ENDS}]))
      | (?P<control>(?<=[{_CONTROLS}]))
      | (?<=<)(?:
            (?P<hidden>!--|!\[CDATA\[|\?)
          | (?P<empty>(?P<pair>{NAME}){_ATTRIBUTES}(?<!/)></(?P=pair)\s*>)
          | (?P<tag>/?(?P<name>{NAME}){_ATTRIBUTES}>)
          | (?P<declaration>![A-Za-z][^<>]*+>)
          | (?P<mask>[ ]?/?[ ]?[xX]?[ ]?\d{{1,6}}[ ]?/?[ ]?>))
      | (?P<entity>(?<=&){_ENTITY})
      | (?P<placeholder>
            (?<=\{{)\{{[^{{}}\r\n]*+\}}\}}
          | (?:(?<=[$%\#])\{{|(?<=\{{))[ \t]*+[\w.$-]*+[ \t]*+(?:[,:][^{{}}\r\n]*+)?\}}
          | (?<=\{{)\\[^{{}}\r\n]*+\}}
          | (?<=@)\d{{1,9}}\# | (?<=\[)\[\d{{1,9}}\]\] | (?<=\[)\d{{1,9}}\]
          | (?<=%)\([\w.]{{1,64}}\)[sdif]
          # One with a digit alone would be "%50", as Turkish and Basque write 50 %.
          | (?<=%)(?:{_HEX}(?:%{_HEX})+|[2-7][A-F])
          | (?<=%)(?:\d{{1,3}}\$)?(?:[+0\#]|-(?=\d)){{0,4}}\d{{0,4}}(?:\.\d{{1,4}})?
            (?:hh?|ll?|[zjtL])?[@diouxXeEfFgGcs](?![A-Za-z]|\d+\#)
          | (?<=:)(?:[a-z][a-z0-9_+-]{{1,40}}|[+-]1):))
"""
_ADDRESS = r"""
    (?P<address>(?<![A-Za-z0-9])(?:
        (?:(?:https?|ftp)://|www\.)(?:[!-;=?-Z^-z|~]++|\{[!-;=?-Z^-z|~]*+\})++
      | [A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+))
"""
_SIGNS = re.compile(_SIGN, re.VERBOSE)
_ADDRESSES_AND_SIGNS = re.compile(f"{_ADDRESS}|{_SIGN}", re.VERBOSE)

ENTITY = re.compile("&" + _ENTITY)
TAG = re.compile(rf"<(/?)({NAME}){_ATTRIBUTES}>")
ENDINGS = {"!--": "-->", "![CDATA[": "]]>", "?": "?>"}
"""What ends what a ``hidden`` sign begins."""


NOT_OF_ADDRESSES = "!\"'()*+,.:;?@`|~"
"""What ends a sentence and not the address before it."""


def pattern_for(text: str) -> "re.Pattern[str]":
    """What finds the signs in a text, each in the group of its kind."""
    return _ADDRESSES_AND_SIGNS if "://" in text or "@" in text or "www." in text else _SIGNS


def find_signs(text: str) -> list[str]:
    """The signs that a translation has to have as its source has them: all but entities, which may
    be letters, and addresses."""
    return [sign[0] for sign in _SIGNS.finditer(text) if sign.lastgroup != "entity"]
