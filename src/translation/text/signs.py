r"""Finds what in a text is no words: tags, placeholders, entities, addresses, line ends.

These are the signs of HTML, of message catalogues and subtitles, and of clients: ``@0#``, ``{0}``,
``<b0></b0>``, ``<a id=1>`` and ``%3C`` are Immersive Translate's, ``{v1}`` is PDFMathTranslate's.
By kind, with two spaces between examples:

=========== ======================================================================================
line        \n  \r\n  \u2028
control     \x00  \x1b  \ufffe
hidden      <!--  <![CDATA[  <?
tag         <b>  </b>  <br/>  <a href="x>y" id=1>
empty       <b0></b0>  <i class='x'></i>
declaration <!DOCTYPE html>
mask        <1>  </1>  <2/>  < / 3 >
entity      &amp;  &#160;  &#xA0;
placeholder {0}  {{name}}  ${x}  %{count}  {n, plural}  {\an8}  @0#  [1]  [[1]]
placeholder %s  %1$s  %(name)s  %5.2f  %3C  %C3%A9  :smile:  :+1:
address     https://example.com/a?b=1  www.example.com  a.b@example.com
none        a < b  {a b}  50%  100% of  %50  a: b:  #1  @name  AT&T  &amp  [a]
=========== ======================================================================================

A text of any kind is searched in time linear in its length.
"""

import re

NAME = r"[^\W\d][\w:.-]*"
_ATTRIBUTES = r"""(?:\s(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)?/?"""
_LINE_ENDS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
# No text of a model has these, XML and JSON do not allow all of them, and models stumble over them.
_CONTROLS = r"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd-\uffff"
_ENTITY = r"(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_HEX = "[0-9A-F]{2}"
# The first character is searched for by itself, which the regular expression engine does fast; the
# lookbehinds then say which one it has to be. The table above has an example of each line.
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
"""The ends of what a ``hidden`` sign begins."""

NOT_OF_ADDRESSES = "!\"'()*+,.:;?@`|~"
"""Characters that end a sentence and not the address before it."""


def pattern_for(text: str) -> "re.Pattern[str]":
    """Returns the pattern that finds the signs of a text, each in the group of its kind."""
    return _ADDRESSES_AND_SIGNS if "://" in text or "@" in text or "www." in text else _SIGNS


def find_signs(text: str) -> list[str]:
    """Returns the signs that a translation must have as its source has them.

    These are all but addresses and entities, which may be letters.
    """
    return [sign[0] for sign in _SIGNS.finditer(text) if sign.lastgroup != "entity"]
