"""Stop sequences."""

from collections.abc import Sequence

from workers_ai.text.events import Event, Failure, Finish, Token, ToolStart, Usage
from workers_ai.text.stages import Markers


class Stop:
    """Ends the answer before the stop sequence that is complete first, wherever it is cut into
    pieces. ``done`` tells that nothing more is wanted from the model.
    """

    def __init__(self, sequences: Sequence[str]) -> None:
        self._sequences = sequences
        self._beginnings = Markers(sequences)
        self._text = ""
        self._pieces: list[str | Token] = []
        """What ``text`` consists of: all that is held back."""
        self.done = False

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if self.done:
                if isinstance(event, Usage):
                    out.append(event)
            elif isinstance(event, str | Token):
                out.extend(self._read(event))
            else:
                if isinstance(event, ToolStart | Failure):
                    out.extend(self.close())
                out.append(event)
        return out

    def _read(self, piece: str | Token) -> list[Event]:
        self._pieces.append(piece)
        self._text += _text_of(piece)
        found = [
            (place + len(stop), place, stop)
            for stop in self._sequences
            if (place := self._text.find(stop)) >= 0
        ]
        if found:
            _, place, stop = min(found)
            before = self._take(place, split=True)
            self._text, self._pieces, self.done = "", [], True
            return [*before, Finish("stop", stop)]
        return self._take(len(self._text) - self._beginnings.held(self._text), split=False)

    def _take(self, size: int, *, split: bool) -> list[Event]:
        """The first ``size`` characters of what is held; less where they end inside of a token
        with log probabilities, if it may not be ``split``."""
        out: list[Event] = []
        while self._pieces:
            text = _text_of(self._pieces[0])
            if len(text) <= size:
                out.append(self._pieces.pop(0))
            elif size and (split or isinstance(self._pieces[0], str)):
                out.append(text[:size])
                self._pieces[0] = text[size:]
                break
            else:
                break
            size -= len(text)
        self._text = "".join(map(_text_of, self._pieces))
        return out

    def close(self) -> list[Event]:
        return self._take(len(self._text), split=False)


def _text_of(piece: str | Token) -> str:
    return piece.text if isinstance(piece, Token) else piece
