"""Templates: a text with its segments taken out, and put back translated."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from translation.text.masks import move_out_of_mask, replace_masks

ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "]]>": "]]&gt;"}
"""Entities for the signs that would be markup in a translation."""


class Segment(NamedTuple):
    """A piece of text that is translated as a whole.

    ``text``: masked. ``tokens``: what each mask stands for, a pair of tags as two strings.
    ``escape``: signs that a translation must write as entities. ``line_ends``: the blanks of the
    text that stand for line ends, if those do not end a segment.
    """

    text: str
    tokens: Sequence[tuple[str, ...]] = ()
    escape: Sequence[str] = ()
    line_ends: Sequence[tuple[int, str]] = ()

    def render(self, translated: str) -> str:
        """Returns a translation of :attr:`text`, masks intact, in the client's own signs."""
        if self.line_ends:
            translated = self._restore_line_ends(translated)
        if not self.tokens:
            return self._escape(translated)
        return replace_masks(
            translated, lambda number, closing: self.tokens[number - 1][closing], self._escape
        )

    def _restore_line_ends(self, translated: str) -> str:
        """Puts as many line ends into a translation, about where they were."""
        out = []
        at = behind = 0
        for place, line_end in self.line_ends:
            near = max(at, place * len(translated) // len(self.text))
            before = translated.rfind(" ", at, near + 1)
            if 0 <= behind <= near:  # else it is still the next one, or there is none
                behind = translated.find(" ", near)
            blanks = [blank for blank in (before, behind) if blank >= 0]
            end = min(blanks, key=lambda blank: abs(blank - near), default=-1)
            if end < 0:
                end = move_out_of_mask(translated, near)
            out += [translated[at:end], line_end]
            at = end + bool(blanks)
        return "".join([*out, translated[at:]])

    def _escape(self, text: str) -> str:
        for sign in self.escape:
            text = text.replace(sign, ESCAPES[sign])
        return text


class Template(NamedTuple):
    """The parts of a text in order: strings that stay and segments."""

    parts: Sequence[str | Segment]

    @property
    def segments(self) -> list[Segment]:
        return [part for part in self.parts if isinstance(part, Segment)]

    def render(self, translations: Iterable[str]) -> str:
        """Returns the text with the translations of its segments, which come in order."""
        remaining = iter(translations)
        return "".join(
            part if isinstance(part, str) else part.render(next(remaining)) for part in self.parts
        )
