"""A text or a body cut into pieces, as a network does it."""

from collections.abc import Iterable
from itertools import pairwise
from typing import AnyStr

from hypothesis import strategies as st

cuts = st.lists(st.integers(0, 5000), max_size=30)
"""Where to cut, for :func:`cut`."""


def cut(whole: AnyStr, cuts: Iterable[int]) -> list[AnyStr]:
    """``whole`` in pieces, none of them empty; a cut past its end counts on from its beginning."""
    places = sorted({0, len(whole), *(cut % (len(whole) + 1) for cut in cuts)})
    return [whole[start:end] for start, end in pairwise(places)]


def every_cut(text: str) -> list[list[str]]:
    """Whole, character by character, and every split in two."""
    return [[text], list(text), *([text[:at], text[at:]] for at in range(1, len(text)))]
