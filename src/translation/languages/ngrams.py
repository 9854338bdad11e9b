"""Reads ``ngrams.txt``, the votes of n-grams for languages, which scripts/make_ngrams.py writes.

The file has a part for each script, with a form feed between. Its lines are: the name of the
script; its languages; the votes that they have from the start; for n-grams of one letter, of two,
three and four, a line for each letter (all first ones, all second ones, …); longer n-grams, which
are words; and the votes of each n-gram. A vote is a letter of :data:`LETTERS`, and ``_`` is the
beginning or the end of a word.
"""

from pathlib import Path
from typing import NamedTuple

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!"
"""What stands for the languages of a script, in their order."""

WEIGHT = 0.2
"""What a vote adds to the logarithm of a probability."""

LONGEST_NGRAM = 4
"""But for words."""


class Table(NamedTuple):
    """The languages of a script by their letters, votes by n-gram, and the votes at the start."""

    languages: dict[str, str]
    votes: dict[str, str]
    prior: str


def _tables(text: str) -> dict[str, Table]:
    tables = {}
    for part in text.removesuffix("\n").split("\n\f\n"):
        script, languages, prior, *columns, words, votes = part.split("\n")
        ngrams: list[str] = []
        for length in range(1, LONGEST_NGRAM + 1):
            ngrams += map("".join, zip(*columns[:length], strict=True))
            del columns[:length]
        ngrams += words.split()
        letters = dict(zip(LETTERS, languages.split(), strict=False))
        tables[script] = Table(letters, dict(zip(ngrams, votes.split(), strict=True)), prior)
    return tables


TABLES = _tables(Path(__file__).with_suffix(".txt").read_text("utf-8"))
"""By the name of the script."""
