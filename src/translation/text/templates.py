"""Templates: a text with its segments taken out, and put back translated."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from translation.text.masks import outside, unmask

ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "]]>": "]]&gt;"}


class Segment(NamedTuple):
    """``text``: what is translated, masked. ``tokens``: what each mask stands for, a pair of tags
    as two strings. ``escape``: signs that a translation must write as entities. ``line_ends``:
    blanks of the text that are line ends, where those do not end a segment."""

    text: str
    tokens: Sequence[tuple[str, ...]] = ()
    escape: Sequence[str] = ()
    line_ends: Sequence[tuple[int, str]] = ()

    def render(self, translated: str) -> str:
        """A translation of :attr:`text`, with its masks intact, in the client's own signs."""
        if self.line_ends:
            translated = self._in_lines(translated)
        if not self.tokens:
            return self._escaped(translated)
        return unmask(
            translated, lambda number, closing: self.tokens[number - 1][closing], self._escaped
        )

    def _in_lines(self, translated: str) -> str:
        """The translation with as many line ends, about where they were."""
        out = []
        at = 0
        for place, line_end in self.line_ends:
            near = max(at, place * len(translated) // len(self.text))
            before, behind = translated.rfind(" ", at, near + 1), translated.find(" ", near)
            blanks = [blank for blank in (before, behind) if blank >= 0]
            end = min(blanks, key=lambda blank: abs(blank - near), default=-1)
            if end < 0:
                end = outside(translated, near)
            out += [translated[at:end], line_end]
            at = end + bool(blanks)
        return "".join([*out, translated[at:]])

    def _escaped(self, text: str) -> str:
        for sign in self.escape:
            text = text.replace(sign, ESCAPES[sign])
        return text


class Template(NamedTuple):
    """The parts of a text in order."""

    parts: Sequence[str | Segment]

    @property
    def segments(self) -> list[Segment]:
        return [part for part in self.parts if isinstance(part, Segment)]

    def render(self, translations: Iterable[str]) -> str:
        """The text with the translations of its segments, in order."""
        given = iter(translations)
        return "".join(
            part if isinstance(part, str) else part.render(next(given)) for part in self.parts
        )
