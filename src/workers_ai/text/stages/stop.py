"""Enforces stop sequences."""

from collections.abc import Sequence

from workers_ai.text.events import Event, Failure, Finish, Token, ToolStart, Usage
from workers_ai.text.stages import Markers


class StopSequences:
    """Ends the answer before the sequence that is complete first, wherever it is cut into pieces.

    ``done``: one was found, and nothing more is wanted from the model.
    """

    def __init__(self, sequences: Sequence[str]) -> None:
        self._sequences = sequences
        self._beginnings = Markers(sequences)
        self._text = ""
        """The text of all that is held."""
        self._held: list[str | Token] = []
        self.done = False

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if self.done:
                if isinstance(event, Usage):
                    out.append(event)
            elif isinstance(event, str | Token):
                out += self._read(event)
            else:
                if isinstance(event, ToolStart | Failure):
                    out += self.close()
                out.append(event)
        return out

    def _read(self, piece: str | Token) -> list[Event]:
        text = _text_of(piece)
        if not self._held and not self._beginnings.find_first_letter(text):
            return [piece]
        self._held.append(piece)
        self._text += text
        ends = [
            (place + len(stop), place, stop)
            for stop in self._sequences
            if (place := self._text.find(stop)) >= 0
        ]
        if ends:
            _, place, stop = min(ends)
            before = self._release(place, split_tokens=True)
            self._text, self._held, self.done = "", [], True
            return [*before, Finish("stop", stop)]
        return self._release(len(self._text) - self._beginnings.count_held(self._text))

    def _release(self, size: int, *, split_tokens: bool = False) -> list[Event]:
        """Passes on the first ``size`` characters of what is held; fewer if they end inside a token
        with log probabilities that may not be split."""
        out: list[Event] = []
        while self._held:
            text = _text_of(self._held[0])
            if len(text) <= size:
                out.append(self._held.pop(0))
            elif size and (split_tokens or isinstance(self._held[0], str)):
                out.append(text[:size])
                self._held[0] = text[size:]
                break
            else:
                break
            size -= len(text)
        self._text = "".join(map(_text_of, self._held))
        return out

    def close(self) -> list[Event]:
        return self._release(len(self._text))


def _text_of(piece: str | Token) -> str:
    return piece.text if isinstance(piece, Token) else piece
