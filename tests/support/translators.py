"""Engines of translation for tests: m2m100 and text models whose translations anybody can read.

A translation is the text behind its language, ``[fr] Hello``. Whatever else is wanted,
``Translators`` is told.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from core.ports import Call, Reply
from support.fakes import FakeAI, answer, failure
from translation.languages import locales

M2M100 = "@cf/meta/m2m100-1.2b"
LLM = "@cf/qwen/qwen3-30b-a3b-fp8"

Translate = Callable[[str, str], Any]


def readable(text: str, target: str) -> str:
    """``[target] text``, whatever the language."""
    return f"[{target}] {text}"


_ALPHABETS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "ja": "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよ",
    "ru": "абвгдежзиклмнопрстуфхцчшщэюя",
    "zh": "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏",
}
_MASK_OR_LETTER = re.compile(r"</?x?\d+/?>|[^\W\d_]")


def respelt(text: str, target: str) -> str:
    """Each letter as one of the target's alphabet, where that is another. The target is a code or
    a name."""
    locale = locales.find_locale(target)
    assert locale, target
    letters = _ALPHABETS.get(locale.code)
    if letters is None:
        return readable(text, target)

    def letter(match: re.Match[str]) -> str:
        return match[0] if len(match[0]) > 1 else letters[ord(match[0]) % len(letters)]

    return _MASK_OR_LETTER.sub(letter, text)


class Translators(FakeAI):
    """``mistakes``: what to give for a text, by its source; a number is an error code. ``m2m100``
    and ``llm``: the same for one of the engines. ``translate``: what to give for the others.
    ``content``: what a text model writes for several texts, given these by their ids and the JSON
    that it would write."""

    def __init__(
        self,
        mistakes: Mapping[str, object] | None = None,
        *,
        m2m100: Mapping[str, object] | None = None,
        llm: Mapping[str, object] | None = None,
        translate: Translate = readable,
        content: Callable[[dict[str, str], str], str] = lambda data, answered: answered,
    ) -> None:
        super().__init__()
        self.m2m100 = {**(mistakes or {}), **(m2m100 or {})}
        self.llm = {**(mistakes or {}), **(llm or {})}
        self._translate = translate
        self._content = content

    @property
    def texts(self) -> list[str]:
        """What was sent to be translated, in order."""
        return [text for call in self.calls for text in texts_of(call)]

    @property
    def batches(self) -> list[list[str]]:
        """The same, call by call."""
        return [texts_of(call) for call in self.calls]

    @property
    def asked(self) -> list[str]:
        """Which model was called, call by call."""
        return [call.model for call in self.calls]

    async def run(self, *calls: Call) -> list[Reply]:
        self.calls += calls
        self.rounds += 1
        return [self._reply(call) for call in calls]

    def _reply(self, call: Call) -> Reply:
        if call.model == M2M100:
            given = self._given(self.m2m100, call.inputs["text"], call.inputs["target_lang"])
            if isinstance(given, int):
                return failure(given, _STATUS.get(given, 400))
            return answer({"translated_text": given})
        target = target_of(call)
        data = _data(call)
        given = {key: self._given(self.llm, text, target) for key, text in data.items()}
        for code in given.values():
            if isinstance(code, int):
                return failure(code, _STATUS.get(code, 400))
        if "" in data:
            content = given[""]
        else:
            kept = {key: text for key, text in given.items() if text is not None}
            content = self._content(data, json.dumps(kept, ensure_ascii=False))
        message = {"role": "assistant", "content": content}
        usage = {"prompt_tokens": 20, "completion_tokens": 5, "total_tokens": 25, "neurons": 1.5}
        return answer({"choices": [{"message": message, "finish_reason": "stop"}], "usage": usage})

    def _given(self, mistakes: Mapping[str, object], text: str, target: str) -> Any:
        if text in mistakes:
            mistake = mistakes[text]
            return mistake(text, target) if callable(mistake) else mistake
        return self._translate(text, target)


_STATUS = {3036: 429, 3040: 429, 3043: 500}


def _data(call: Call) -> dict[str, str]:
    """The texts of a chat call by their keys, one alone by an empty one."""
    content = call.inputs["messages"][-1]["content"]
    try:
        value = json.loads(content)
    except ValueError:
        return {"": content}
    return value if isinstance(value, dict) else {"": content}


def texts_of(call: Call) -> list[str]:
    return [call.inputs["text"]] if call.model == M2M100 else list(_data(call).values())


def instruction_of(call: Call) -> str:
    text: str = call.inputs["messages"][0]["content"]
    return text


_INTO = re.compile(r"into (.*?)\.")


def target_of(call: Call) -> str:
    """The language's name in an instruction."""
    found = _INTO.search(instruction_of(call))
    assert found, instruction_of(call)
    return found[1]
