"""What the mock Workers AI says when it translates, for tests that have to know it beforehand.

How a made-up translation comes about is written in mock_ai/README.md and mock_ai/languages.mjs;
the languages, alphabets and patterns are those of mock_ai/languages.json.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LANGUAGES_FILE = Path(__file__).resolve().parents[2] / "mock_ai" / "languages.json"

_DATA: dict[str, Any] = json.loads(LANGUAGES_FILE.read_text("utf-8"))

NAMES: dict[str, list[str]] = {code: names for code, (_, *names) in _DATA["languages"].items()}
"""Code → English names by which a chat model knows the language, the usual one first."""

_KEPT = re.compile(f"({'|'.join(_DATA['kept'])})")


@dataclass(frozen=True)
class _Script:
    own: re.Pattern[str]
    letters: str
    weight: int


_SCRIPTS = {
    name: _Script(re.compile(f"[{row['own']}]"), row["letters"], row.get("weight", 1))
    for name, row in _DATA["scripts"].items()
}


def expected(text: str, target: str, *, keeps: bool = False) -> str:
    """The right translation of a text.

    ``target`` is a code of ``NAMES`` (``zh``, ``zh-Hant``, ``pt-BR``), or one of indictrans2
    (``tel_Telu``). ``keeps``: tags, placeholders and addresses stay as they are, as with chat
    models; m2m100 knows no such thing.
    """
    code, _, suffix = target.replace("_", "-").partition("-")
    if suffix not in _SCRIPTS:
        code, suffix = target, _DATA["languages"][target][0]
    script = _SCRIPTS[suffix]
    pieces = _KEPT.split(text) if keeps else [text]
    pieces[::2] = [_respelt(piece, script) for piece in pieces[::2]]
    return _respelt(f"[{code}] ", script) + "".join(pieces)


def _respelt(text: str, script: _Script) -> str:
    said = ""
    foreign: list[int] = []
    for char in f"{text}\0":
        if char.isalpha() and not script.own.match(char):
            foreign += range(ord(char), ord(char) + _weight(char))
        elif not foreign or not unicodedata.category(char).startswith("M"):
            said += "".join(script.letters[(n - ord("a")) % 26] for n in foreign[:: script.weight])
            said += char
            foreign = []
    return said[:-1]


def _weight(letter: str) -> int:
    owners = [script.weight for script in _SCRIPTS.values() if script.own.match(letter)]
    return max(owners, default=1)
