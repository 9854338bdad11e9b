"""Reads calls in notations that are nearly JSON: Gemma's and Python's."""

import re
from typing import Any

from core.web import dump_json
from untrusted.json_text import parse_json
from workers_ai.text.call_formats.declared import Call, DeclaredTools
from workers_ai.text.call_formats.endings import BracketEnd

_match_token = re.compile(
    r"""
    \s*(?:
        <\|"\|>(?P<gemma>.*?)<\|"\|>
      | (?P<json>"(?:[^"\\]|\\.)*")
      | '(?P<python>(?:[^'\\]|\\.)*)'
      | (?P<mark>[{}\[\](),:=])
      | (?P<word>[^\s{}\[\](),:='"<][^{}\[\](),:='"<]*)
    )\s*
    """,
    re.DOTALL | re.VERBOSE,
).match
_is_number = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?").fullmatch
_LITERALS = {"True": "true", "False": "false", "None": "null"}
_MARKS = {"(": "[", ")": "]", "=": ":"}
_escapes = re.compile(r"\\(.)", re.DOTALL).sub
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


def parse_loose(text: str) -> Any:
    """Parses JSON whose keys may be bare words, whose strings may stand in ``<|"|>`` or single
    quotation marks, and which may have Python's words and ``=``. Raises :class:`ValueError`."""
    out: list[str] = []
    word = ""
    place = 0
    while place < len(text):
        found = _match_token(text, place)
        if found is None:
            raise ValueError("not a value")
        place = found.end()
        kind, token = found.lastgroup, found[found.lastgroup or 0]
        if kind == "mark":
            mark = _MARKS.get(token, token)
            if mark == ":" and word:
                out[-1] = _quote(word)  # a key, whatever word it is
            elif mark in "}]" and out and out[-1] == ",":
                out.pop()
            out.append(mark)
        elif kind == "word":
            out.append(_literal(token.rstrip()))
        elif kind == "json":
            out.append(token.replace("\n", "\\n"))
        else:
            out.append(_quote(_unescape(token) if kind == "python" else token))
        word = token.rstrip() if kind == "word" else ""
    return parse_json("".join(out))


def _literal(word: str) -> str:
    word = _LITERALS.get(word, word)
    return word if word in ("true", "false", "null") or _is_number(word) else _quote(word)


def _quote(text: str) -> str:
    return dump_json(text).decode()


def _unescape(text: str) -> str:
    return _escapes(lambda found: _ESCAPED.get(found[1], found[1]), text)


_match_gemma = re.compile(r"\s*call:\s*([^\s{]+)\s*(?=\{)").match


def read_gemma(text: str, tools: DeclaredTools) -> list[Call]:
    """Reads ``call:bash{command:<|"|>ls<|"|>}``."""
    head = _match_gemma(text)
    if head is None:
        raise ValueError("no name")
    return [Call(head[1], parse_loose(text[head.end() :].strip()))]


_match_list = re.compile(r"\s*(?:tool_code\b\s*)?(?:print\(|\[)?\s*").match
_match_call = re.compile(r"\s*([\w.-]+)(?=\()").match
_match_comma = re.compile(r"[\s,;]*").match


def read_pythonic(text: str, tools: DeclaredTools) -> list[Call]:
    """Reads ``[bash(command="ls")]``, one call or more, also in ``print(…)`` or as
    ``bash.call(…)``. Arguments without a name are not understood."""
    head = _match_list(text)
    place = head.end() if head else 0
    calls: list[Call] = []
    while found := _match_call(text, place):
        start = found.end()
        place = BracketEnd("(", "\"'", 1).find(text, start)
        if place < 0:
            break
        arguments = parse_loose("{" + text[start + 1 : place - 1] + "}")
        calls.append(Call(found[1].removesuffix(".call"), arguments))
        comma = _match_comma(text, place)
        place = comma.end() if comma else place
    if not calls or text[place:].strip() not in ("", "]", ")"):
        raise ValueError("not a list of calls")
    return calls
