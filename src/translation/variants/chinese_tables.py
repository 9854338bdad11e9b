"""Reads ``chinese_tables.txt``, which scripts/make_chinese.py makes of OpenCC's dictionaries.

See NOTICE for those. Characters are in pairs, each before what becomes of it. A table of phrases is
three things with empty lines between: the pattern of the places where there can be a phrase; lines
of phrases that have a pair of characters in common, with which the first begins; other such lines,
each behind its pair. A phrase is written ``phrase=value``, or as the value alone if that, with its
characters made simple one by one, is the phrase.
"""

from pathlib import Path

_text = Path(__file__).with_suffix(".txt").read_text("utf-8")
_PAGES = dict(page.split("\n", 1) for page in _text.removesuffix("\n").split("\n\f\n"))

TO_TRADITIONAL = _PAGES["TO_TRADITIONAL"]
TO_SIMPLIFIED = _PAGES["TO_SIMPLIFIED"]
BOTH = _PAGES["BOTH"]
TO_TAIWAN = _PAGES["TO_TAIWAN"]
TO_HONG_KONG = _PAGES["TO_HONG_KONG"]

# Phrases.
COMMON = _PAGES["COMMON"]
SIMPLE = _PAGES["SIMPLE"]
TAIWAN = _PAGES["TAIWAN"]
HONG_KONG = _PAGES["HONG_KONG"]
