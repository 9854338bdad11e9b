"""The engine m2m100: one text a call, best one sentence."""

from collections.abc import Iterator, Sequence

from core.errors import APIError, Upstream
from core.limits import ANSWER_BYTES
from core.ports import Call, Ports, Reply
from core.web import Request
from translation.engines.engine import Outcome, Pair, alternate, split_at_masks_and_terms
from translation.text import sentences
from translation.text.terms import Terms
from untrusted.json_text import parse_json
from workers_ai import client, tokens


class M2M100:
    """``@cf/meta/m2m100-1.2b``: ``{text, source_lang, target_lang}`` → ``{translated_text}``."""

    model = "@cf/meta/m2m100-1.2b"
    NEURONS_PER_TOKEN = 31_050 / 1e6  # of input and of output

    def __init__(self, pair: Pair, terms: Terms, *, by_sentence: bool = True) -> None:
        self._pair = pair
        self._terms = terms
        self._by_sentence = by_sentence
        self._cut: dict[str, list[str]] = {}

    @staticmethod
    def supports(pair: Pair) -> bool:
        """Whether the model has both languages, and they are two: Cantonese is its Chinese."""
        source, target, is_certain = pair
        has_both = source.language.m2m100 and target.language.m2m100
        return has_both and not (is_certain and source.code == target.code)

    def cut(self, text: str) -> list[str]:
        """Masks stay, as the model would break them; sentences are translated one by one."""
        # Asked for twice, the first time to count the calls.
        parts = self._cut.get(text)
        if parts is None:
            parts = self._cut[text] = alternate(self._pieces(text), self._pair.target)
        return parts

    def _pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        for piece, is_translated in split_at_masks_and_terms(text, self._terms):
            if not is_translated:
                yield piece, False
                continue
            code = self._pair.source.code
            parts = sentences.split_sentences(piece, code) if self._by_sentence else [piece]
            for part in parts:
                for short_part in sentences.split_to_width(part):
                    yield short_part, True

    def batches(self, texts: Sequence[str]) -> list[list[str]]:
        return [[text] for text in texts]

    async def run(
        self, batches: Sequence[Sequence[str]], ports: Ports, request: Request
    ) -> list[Outcome]:
        source, target = self._pair.source.code, self._pair.target.code
        # A guess may be wrong, and the model needs two languages.
        source = "en" if source == target else source
        codes = {"source_lang": source, "target_lang": target}
        calls = [Call(self.model, {"text": text, **codes}) for [text] in batches]
        replies = await client.try_calls(ports, request, calls, tries=1)
        return [
            await self._outcome(one, reply) for [one], reply in zip(batches, replies, strict=True)
        ]

    async def _outcome(self, text: str, reply: Reply | APIError) -> Outcome:
        if isinstance(reply, APIError):
            return Outcome([None], error=reply)
        try:
            translated = _translated_text(await client.read_answer(reply, ANSWER_BYTES))
        except APIError as error:
            return Outcome([None], error=error)
        used = tokens.estimate(text) + tokens.estimate(translated)
        return Outcome([translated], used * self.NEURONS_PER_TOKEN)

    def keeps_terms(self, text: str, translated: str) -> bool:
        return True  # the terms have been taken out


def _translated_text(body: bytes) -> str:
    """Raises :class:`Upstream` for a body that is none of the model's: the service has failed, and
    the model has not refused to translate."""
    try:
        translated = parse_json(body.decode("utf-8", "replace"))["translated_text"]
        if isinstance(translated, str):
            return translated.strip()
    except (ValueError, TypeError, LookupError):
        pass
    raise Upstream("The translation model's answer has no translation.")
