"""Enforces stop sequences."""

from collections import deque
from collections.abc import Sequence

from workers_ai.text.events import Event, Failure, Finish, Token, ToolStart, Usage
from workers_ai.text.stages import Markers


class StopSequences:
    """Ends the answer before the sequence that is complete first, wherever it is cut into pieces.

    ``done``: one was found, and nothing more is wanted from the model.
    """

    def __init__(self, sequences: Sequence[str]) -> None:
        self._by_last_letter: dict[str, list[str]] = {}
        for sequence in sequences:
            self._by_last_letter.setdefault(sequence[-1], []).append(sequence)
        self._beginnings = Markers(sequences)
        self._held: deque[str | Token] = deque()
        self._text = ""
        """The text of all that is held."""
        self._start = 0
        """Where in it the beginning of a sequence may be. Before that, it is only held because a
        token is not split. A text that grows can have no beginning before it either, so nothing is
        looked at twice."""
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
            for letter, stops in self._by_last_letter.items()
            if letter in text
            for stop in stops
            if (place := self._text.find(stop, self._start)) >= 0
        ]
        if ends:
            _, place, stop = min(ends)
            before = self._release(place, split_tokens=True)
            self._held.clear()
            self._text, self.done = "", True
            return [*before, Finish("stop", stop)]
        self._start = len(self._text) - self._beginnings.count_held(self._text, self._start)
        return self._release(self._start)

    def _release(self, size: int, *, split_tokens: bool = False) -> list[Event]:
        """Passes on the first ``size`` characters of what is held; fewer if they end inside a token
        with log probabilities that may not be split."""
        out: list[Event] = []
        released = 0
        while self._held:
            text = _text_of(self._held[0])
            if released + len(text) <= size:
                out.append(self._held.popleft())
                released += len(text)
                continue
            if released < size and (split_tokens or isinstance(self._held[0], str)):
                text, self._held[0] = text[: size - released], text[size - released :]
                out.append(text)
                released = size
            break
        if released:
            self._text = self._text[released:]
            self._start = max(0, self._start - released)
        return out

    def close(self) -> list[Event]:
        return self._release(len(self._text))


def _text_of(piece: str | Token) -> str:
    return piece.text if isinstance(piece, Token) else piece
