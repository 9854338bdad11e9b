"""What the service answers: good answers of every kind, and what becomes of them."""

import base64
import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from core.ports import Call, Reply
from hostile import material
from hostile.cases import Given
from support import pictures
from support.fakes import FakeAI, FakeReply
from support.translators import M2M100, Translators
from workers_ai.catalogue.lookup import BUILT_IN
from workers_ai.errors import ERRORS_BY_CODE

STREAM = "text/event-stream"
NAMES = tuple(
    """response tool_calls usage choices delta message content text reasoning reasoning_content
    finish_reason index id function name arguments type output item output_index logprobs error
    errors success result internalCode description prompt_tokens completion_tokens code data image
    audio words segments start end results channels alternatives transcript score""".split()
)

Answer = Callable[[Random, Mapping[str, Any]], Given]
"""Makes the answer to a call with these inputs."""


# --- texts that models write -----------------------------------------------------------------


def written(random: Random, inputs: Mapping[str, Any]) -> str:
    """An answer's text: what was asked for, thinking, calls that leak, JSON, or odd things."""
    chance = random.random()
    if inputs.get("response_format") and chance < 0.7:
        prose = random.choice(("", "Here it is:\n```json\n", "[1] ", "So: "))
        return prose + json.dumps(material.value(random, NAMES))
    if chance < 0.3:
        return random.choice(("Hi", "Hello there.", "", "你好", "One\n\nTwo"))
    if chance < 0.45:
        name = _tool_name(random, inputs)
        arguments = json.dumps(material.value(random))
        forms = (
            f'<tool_call>{{"name": "{name}", "arguments": {arguments}}}</tool_call>',
            f"<function={name}>{arguments}</function>",
            f'```json\n{{"name": "{name}", "parameters": {arguments}}}\n```',
            f'{{"name": "{name}", "arguments": {arguments}}}',
            f'[TOOL_CALLS][{{"name": "{name}", "arguments": {arguments}}}]',
        )
        count = material.size(random, 200) if random.random() < 0.2 else 1
        return random.choice(("", "Let me see. ")) + random.choice(forms) * count
    if chance < 0.6:
        thought = material.text(random)
        return random.choice(
            (f"<think>{thought}</think>Hi", f"{thought}</think>\nHi", f"<think>{thought}")
        )
    return material.repeated(random) if chance < 0.75 else material.text(random)


def _tool_name(random: Random, inputs: Mapping[str, Any]) -> str:
    tools = inputs.get("tools")
    tool = random.choice(tools) if isinstance(tools, list) and tools else {}
    name = (tool.get("function") or tool).get("name")
    return name if isinstance(name, str) else "f"


def _usage(random: Random) -> dict[str, Any]:
    usage = {"prompt_tokens": 5, "completion_tokens": random.choice((0, 2, 500)), "total_tokens": 7}
    return random.choice(
        (usage, {**usage, "neurons": 1.5}, {"prompt_tokens": 0, "completion_tokens": 0})
    )


def _tool_calls(random: Random, inputs: Mapping[str, Any], *, native: bool) -> list[dict[str, Any]]:
    calls = []
    for number in range(random.choice((0, 0, 1, 2, material.size(random, 200)))):
        arguments: Any = random.choice(({}, {"a": material.text(random)}))
        function = {"name": _tool_name(random, inputs), "arguments": arguments}
        if native and random.random() < 0.7:
            calls.append(function)
        else:
            function["arguments"] = json.dumps(arguments)
            calls.append({"id": f"c{number}", "type": "function", "function": function})
    return calls


def _logprobs(random: Random, text: str) -> dict[str, Any] | None:
    if random.random() < 0.7:
        return None
    tokens = [{"token": text[:3], "logprob": -0.5, "top_logprobs": [{"token": "a", "logprob": -1}]}]
    return {"content": tokens * random.choice((1, 3, material.size(random, 500)))}


def text_whole(random: Random, inputs: Mapping[str, Any]) -> Given:
    text, kind = written(random, inputs), random.randrange(4)
    if kind == 0:
        value: Any = {"response": text, "usage": _usage(random)}
        value |= random.choice(({}, {"tool_calls": _tool_calls(random, inputs, native=True)}))
    elif kind < 3:
        message: dict[str, Any] = {"role": "assistant", "content": text}
        message["reasoning_content"] = material.text(random)
        message["tool_calls"] = _tool_calls(random, inputs, native=False) or None
        choice = {
            "index": 0,
            "message": message,
            "finish_reason": random.choice(("stop", "length", "tool_calls", None)),
            "logprobs": _logprobs(random, text),
        }
        value = {"choices": [choice], "usage": _usage(random)}
    else:
        item = {"type": "message", "content": [{"type": "output_text", "text": text}]}
        thought = {"type": "reasoning", "content": [{"type": "reasoning_text", "text": "Hm"}]}
        value = {"output": [thought, item] * random.choice((1, 1, 9)), "usage": _usage(random)}
    return Given(material.encoded(random, value))


def text_stream(random: Random, inputs: Mapping[str, Any]) -> Given:
    text, frames = written(random, inputs), list[Any]()
    step = max(1, len(text) // random.choice((1, 5, 50, 300)))
    pieces = [text[start : start + step] for start in range(0, len(text), step)]
    kind = random.randrange(4)
    for place, piece in enumerate(pieces):
        if kind == 0 or (kind == 3 and place % 2):
            frames.append({"response": piece, "p": "abc"})
        else:
            name = "reasoning_content" if kind == 2 and place % 3 == 0 else "content"
            frames.append(
                {"choices": [{"index": 0, "delta": {name: piece}, "finish_reason": None}]}
            )
    for number, call in enumerate(_tool_calls(random, inputs, native=False)):
        call["index"] = random.choice((number, number, 0, None))
        frames += _call_frames(random, call)
    if kind:
        frames.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    frames.append({"response": "", "usage": _usage(random)})
    data = b"".join(
        b"data: " + material.encoded(random, frame).strip() + b"\n\n" for frame in frames
    )
    return Given(data + b"data: [DONE]\n\n", 200, STREAM, random.randrange(1, 10_000))


def _call_frames(random: Random, call: dict[str, Any]) -> list[Any]:
    arguments = call["function"]["arguments"]
    half = len(arguments) // 2
    parts = [
        {**call, "function": {**call["function"], "arguments": arguments[:half]}},
        {"index": call["index"], "function": {"arguments": arguments[half:]}},
    ]
    if random.random() < 0.2:  # without any name, as some models continue a call
        parts += [{"function": {"name": call["function"]["name"], "arguments": ""}}]
    native = random.random() < 0.5
    return [
        {"tool_calls": [part]} if native else {"choices": [{"delta": {"tool_calls": [part]}}]}
        for part in parts
    ]


# --- answers of other models -----------------------------------------------------------------


def _json(value: object) -> Given:
    return Given(json.dumps(value).encode())


def embeddings(random: Random, inputs: Mapping[str, Any]) -> Given:
    texts = inputs.get("text")
    count = len(texts) if isinstance(texts, list) else 1
    vector = [random.choice((0.5, -1, 1e-9, 0)) for _ in range(random.choice((1, 4, 32)))]
    return _json({"shape": [count, len(vector)], "data": [vector] * count})


def image(random: Random, inputs: Mapping[str, Any]) -> Given:
    data = random.choice((pictures.png(), pictures.jpeg(), pictures.webp(b"VP8X")))
    if random.random() < 0.5:
        return Given(data, 200, "image/png")
    return _json({"image": base64.b64encode(data).decode()})


def speech(random: Random, inputs: Mapping[str, Any]) -> Given:
    data = random.choice((b"ID3\x04", b"RIFF", b"OggS")) + bytes(random.randrange(100))
    if random.random() < 0.5:
        return Given(data, 200, "audio/mpeg")
    return _json({"audio": base64.b64encode(data).decode()})


def transcript(random: Random, inputs: Mapping[str, Any]) -> Given:
    count = random.choice((0, 1, 5, material.size(random, 1500)))
    word = random.choice(("Hi", "there.", "", "a", "你好", material.text(random)))
    words = [{"word": word, "start": place / 2, "end": place / 2 + 0.4} for place in range(count)]
    text = " ".join([word] * count)
    if random.random() < 0.4:
        best = {"transcript": text, "words": words}
        return _json({"results": {"channels": [{"alternatives": [best]}]}})
    if random.random() < 0.5:
        return _json({"text": text, "words": words, "word_count": count})
    rows = [{"start": row["start"], "end": row["end"], "text": word} for row in words]
    info = {"language": "en", "duration": count / 2}
    return _json({"transcription_info": info, "text": text, "segments": rows})


def scores(random: Random, inputs: Mapping[str, Any]) -> Given:
    contexts = inputs.get("contexts") or [None]
    rows = [
        {"id": place, "score": random.choice((0, 0.5, 3, -7))} for place in range(len(contexts))
    ]
    return _json({"response": rows})


def verdict(random: Random, inputs: Mapping[str, Any]) -> Given:
    said = random.choice(("safe", "unsafe\nS1,S10", {"safe": False, "categories": ["S2"]}))
    return _json({"response": said})


def native(random: Random, inputs: Mapping[str, Any]) -> Given:
    """What ``/ai/run`` passes on: anything."""
    return random.choice((text_whole, image, embeddings, transcript))(random, inputs)


ANSWERS: Mapping[str, Answer] = {
    "Text Embeddings": embeddings,
    "Text-to-Image": image,
    "Text-to-Speech": speech,
    "Automatic Speech Recognition": transcript,
    "Text Classification": scores,
}
"""By the task of the model; those of other tasks answer with text."""


# --- failures --------------------------------------------------------------------------------


def failure(random: Random) -> Given:
    """An error, in any of its shapes, or what is no answer at all."""
    code = random.choice([*ERRORS_BY_CODE, 1, 9999, 10**9, -5, None, "7", True])
    text = random.choice((f"{code}: {material.text(random)}", material.text(random), _OVERFLOW))
    cloudflare = {"success": False, "errors": [{"code": code, "message": text}], "result": None}
    binding = {"internalCode": code, "message": text, "name": "AiError", "description": text}
    body = random.choice(
        (cloudflare, binding, {"error": text}, {"error": {"code": code}}, text, None)
    )
    if random.random() < 0.2:
        pages = (b"<!DOCTYPE html><html>", b"", b"\xff\xfe", b"{", b"null", b"error code: 1031")
        return Given(random.choice(pages), random.choice((200, 502, 429)), "text/html")
    return Given(
        material.encoded(random, body), random.choice((200, 400, 404, 408, 413, 429, 500, 504))
    )


_OVERFLOW = (
    "5021: the estimated number of tokens ("
    + "9" * 5000
    + ") exceeded this model context window limit (1)"
)


def spoilt(random: Random, given: Given) -> Given:
    """An answer with something changed in it."""
    body = given.body
    if given.content_type == STREAM:
        frames = body.split(b"\n\n")
        for _ in range(random.choice((1, 1, 3))):
            at = random.randrange(len(frames))
            frames[at] = _spoilt_frame(random, frames[at])
        if random.random() < 0.3:
            at = random.randrange(len(frames))
            frames[at : at + 1] = [frames[at]] * (material.size(random) // (len(frames[at]) + 2))
        body = b"\n\n".join(frames)
    else:
        body = _spoilt_json(random, body)
    if random.random() < 0.2:
        body = material.damaged(random, body)
    kinds = (
        given.content_type,
        given.content_type,
        given.content_type,
        STREAM,
        "application/json",
        "",
    )
    return given._replace(body=body, content_type=random.choice(kinds))


def _spoilt_frame(random: Random, frame: bytes) -> bytes:
    chance = random.random()
    if chance < 0.1:
        return random.choice((b"data: [DONE]", b": ping", b"event: x", b"data:", b"data: {", b"\r"))
    if chance < 0.2:
        return frame + b"\n" + frame
    return b"data: " + _spoilt_json(random, frame.removeprefix(b"data: "))


def _spoilt_json(random: Random, data: bytes) -> bytes:
    try:
        value = json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return material.damaged(random, data)
    for _ in range(random.choice((1, 1, 2, 4))):
        value = material.mutated(random, value)
    return material.encoded(random, value)


# --- the service -----------------------------------------------------------------------------


class Hostile(FakeAI):
    """Answers every call by its model's task, and keeps what was ``given``. ``sound``: how likely
    an answer is a good one."""

    def __init__(self, random: Random, *, sound: float) -> None:
        super().__init__(models=self._rows)
        self.given: list[Given] = []
        self._random = random
        self._sound = sound
        self.is_sound = True
        self._translators = Translators()

    def _rows(self) -> list[dict[str, Any]]:
        rows = [
            {
                "id": "1",
                "name": "@cf/new/model",
                "task": {"name": "Text Generation"},
                "properties": [],
            }
        ]
        if self._random.random() < 0.5:
            self.is_sound = False
            rows = material.mutated(self._random, rows)
        return rows

    async def run(self, *calls: Call, signal: Any = None, **options: Any) -> list[Reply]:
        self.calls += calls
        replies: list[Reply] = []
        for call in calls:
            given = await self._answer(call)
            if self._random.random() > self._sound:
                self.is_sound = False
                given = (
                    failure(self._random)
                    if self._random.random() < 0.3
                    else spoilt(self._random, given)
                )
            self.given.append(given)
            replies.append(given.reply())
        return replies

    async def _answer(self, call: Call) -> Given:
        inputs = call.inputs
        if _is_translation(call):
            [reply] = await self._translators.run(call)
            assert isinstance(reply, FakeReply)
            return Given(await reply.read(10_000_000), reply.status)
        model = BUILT_IN.get(call.model)
        task = model.task if model else ""
        if "guard" in call.model:
            return verdict(self._random, inputs)
        if "contexts" in inputs:
            return scores(self._random, inputs)
        if not model:
            self.is_sound = False
            return native(self._random, inputs)
        if task not in ANSWERS and inputs.get("stream"):
            return text_stream(self._random, inputs)
        return ANSWERS.get(task, text_whole)(self._random, inputs)


def _is_translation(call: Call) -> bool:
    """Whether the gateway's own translation makes the call, and not a client by itself."""
    if call.model == M2M100:
        return all(isinstance(call.inputs.get(name), str) for name in ("text", "target_lang"))
    messages = call.inputs.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    content = first.get("content") if isinstance(first, dict) else None
    return isinstance(content, str) and content.startswith("Translate ")
