"""Reads ``ngrams.txt``, the votes of n-grams for languages, which scripts/make_ngrams.py writes.

The file has a part for each script, with an empty line between: the name of the script; its
languages; with how many votes each of them starts; then an n-gram a line, with its votes. A vote is
a letter of :data:`LETTERS`, and ``_`` is the beginning or the end of a word.
"""

from pathlib import Path
from typing import NamedTuple

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!"
"""What stands for the languages of a script, in their order."""

WEIGHT = 0.2
"""What a vote adds to the logarithm of a probability."""


class Table(NamedTuple):
    """The languages of a script by their letters, votes by n-gram, and the votes at the start."""

    languages: dict[str, str]
    votes: dict[str, str]
    prior: str


def _tables(text: str) -> dict[str, Table]:
    tables = {}
    for part in text.split("\n\n"):
        script, languages, prior, rows = part.split("\n", 3)
        letters = dict(zip(LETTERS, languages.split(), strict=False))
        words = rows.split()
        votes = dict(zip(words[::2], words[1::2], strict=True))
        tables[script] = Table(letters, votes, prior.replace(" ", ""))
    return tables


TABLES = _tables(Path(__file__).with_suffix(".txt").read_text("utf-8"))
"""By the name of the script."""
