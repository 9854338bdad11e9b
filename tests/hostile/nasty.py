"""Inputs of the kinds that once took too long: each whole, a request with the answer to it."""

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from hostile import material
from hostile.cases import Case, File, Given
from support.exchange import NATIVE, OPENAI, VISION
from support.fakes import KEY

Nasty = Callable[[Random, int], Case]
"""Makes a case of about so many bytes."""

USER = [{"role": "user", "content": "Hi"}]
TOOL = {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}
CLASHING = (2**31 - 1, 2**61 - 1)
"""Multiples of the one have the same hash in 32 bits, of the other in 64."""


def _post(path: str, body: Any, *given: Given) -> Case:
    return Case("POST", path, body=json.dumps(body).encode(), given=list(given))


def _chat(*given: Given, **fields: Any) -> Case:
    return _post("/v1/chat/completions", {"model": OPENAI, "messages": USER, **fields}, *given)


def _messages(*given: Given, **fields: Any) -> Case:
    body = {"model": OPENAI, "messages": USER, "max_tokens": 500, **fields}
    return _post("/v1/messages", body, *given)


def _answer(content: str, **message: Any) -> Given:
    choice = {"message": {"content": content, **message}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 5, "completion_tokens": 5}
    return Given(json.dumps({"choices": [choice], "usage": usage}).encode())


def _stream(random: Random, *frames: Any) -> Given:
    data = "".join(f"data: {json.dumps(frame)}\n\n" for frame in frames)
    return Given(
        f"{data}data: [DONE]\n\n".encode(), 200, "text/event-stream", random.randrange(999)
    )


def _delta(**delta: Any) -> Any:
    return {"choices": [{"index": 0, "delta": delta}]}


def _part(index: object = None, arguments: str = "", **more: Any) -> Any:
    part = {
        "index": index,
        **more,
        "function": {"arguments": arguments, **more.pop("function", {})},
    }
    return _delta(tool_calls=[part])


# --- requests --------------------------------------------------------------------------------


def history_without_ids(random: Random, size: int) -> Case:
    """Calls named as the gateway names those without an id, then calls without one, and results."""
    count = size // 220
    calls = [{"function": {"name": "f", "arguments": "{}"}} for _ in range(2 * count)]
    for place in range(count):
        calls[place]["id"] = f"call_{place}"  # type: ignore[assignment]
    result = {"role": "tool", "content": "a"}
    messages = [
        *USER,
        {"role": "assistant", "content": "", "tool_calls": calls},
        *[result] * count,
        *USER,
    ]
    return _chat(_answer("Hi"), messages=messages)


def history_of_turns(random: Random, size: int) -> Case:
    roles = random.choice((("user", "system"), ("user", "assistant"), ("system",), ("user",)))
    messages: list[Any] = [
        {"role": role, "content": random.choice(("", "a", []))} for role in roles
    ]
    body = {
        "messages": [*messages * (size // 70), *USER],
        "model": random.choice((OPENAI, VISION, "@cf/google/gemma-3-12b-it")),
    }
    return _post("/v1/chat/completions", body, _answer("Hi"))


def anthropic_history(random: Random, size: int) -> Case:
    use = {"type": "tool_use", "id": "t", "name": "f", "input": {}}
    result = {"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": "a"}]}
    turns = [{"role": "assistant", "content": [use]}, {"role": "user", "content": [result]}]
    if random.random() < 0.5:
        turns = [
            {"role": "user", "content": [{"type": "text", "text": "a"}]},
            {"role": "user", "content": "b"},
        ]
    return _messages(_answer("Hi"), messages=[*USER, *turns * (size // 200), *USER])


def responses_items(random: Random, size: int) -> Case:
    items = random.choice(
        (
            [{"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}],
            [{"type": "reasoning", "summary": [{"type": "summary_text", "text": "a"}]}],
            [{"type": "function_call_output", "call_id": "c", "output": "a"}],
            [{"role": "assistant", "content": "a"}, {"role": "user", "content": "a"}],
        )
    )
    return _post(
        "/v1/responses", {"model": OPENAI, "input": items * (size // 90) + USER}, _answer("Hi")
    )


def many_tools(random: Random, size: int) -> Case:
    tools = [{"type": "function", "function": {"name": f"n{place}"}} for place in range(size // 60)]
    text = random.choice(
        ('<tool_call>{"name":"n', '```{"name": "', "<function=n", '{"name":"n1"')
    ) * (size // 100)
    model = random.choice((OPENAI, NATIVE))
    if random.random() < 0.5:
        return _chat(_answer(text), tools=tools, model=model)
    pieces = [_delta(content=text[at : at + 3]) for at in range(0, min(len(text), size // 12), 3)]
    return _chat(_stream(random, *pieces), tools=tools, model=model, stream=True)


def long_tool_names(random: Random, size: int) -> Case:
    name = "a" * (size // 3)
    tools = [{"type": "function", "function": {"name": name}}]
    frames = [_delta(content=piece) for piece in ("<function=", *["a" * 20] * (size // 100))]
    return _chat(_stream(random, *frames), tools=tools, stream=True)


def allowed_tools(random: Random, size: int) -> Case:
    names = [f"n{place}" for place in range(size // 100)]
    tools = [{"type": "function", "function": {"name": name}} for name in names]
    choice = {"type": "allowed_tools", "mode": "auto", "tools": [{"name": name} for name in names]}
    return _chat(_answer("Hi"), tools=tools, tool_choice=choice)


def many_fields(random: Random, size: int) -> Case:
    name = random.choice(("logit_bias", "metadata", "chat_template_kwargs", "prediction", "x"))
    return _chat(_answer("Hi"), **{name: {str(place): 1 for place in range(size // 12)}})


def tool_parameters(random: Random, size: int) -> Case:
    one = random.choice(
        ({}, {"anyOf": [{"$ref": "#/$defs/p0"}] * 9}, {"type": ["null"] * 9 + ["string"]})
    )
    properties = {f"p{place}": one for place in range(size // (len(json.dumps(one)) + 8))}
    parameters = {"type": "object", "properties": properties, "$defs": {"p0": {"type": "string"}}}
    tools = [{"type": "function", "function": {"name": "f", "parameters": parameters}}]
    return _chat(_answer("Hi"), tools=tools, model=NATIVE)


def image_parts(random: Random, size: int) -> Case:
    url = random.choice(
        (
            "data:image/png;base64,iVBORw0KGgo=",
            "data:,%89PNG%0D%0A%1A%0A",
            "https://example.com/a.png",
        )
    )
    part = {"type": "image_url", "image_url": {"url": url}}
    return _chat(
        _answer("Hi"), messages=[{"role": "user", "content": [part] * (size // 90)}], model=VISION
    )


def data_url(random: Random, size: int) -> Case:
    payload = random.choice(("A", "-_", "%41", "A \n", "=", ";", "%", "=A")) * (size // 3)
    url = (
        random.choice(
            ("data:image/png;base64,", "data:", "data:;base64,", "data:image/x" + ";a" * 99 + ",")
        )
        + payload
    )
    part = {"type": "image_url", "image_url": {"url": url}}
    return _chat(_answer("Hi"), messages=[{"role": "user", "content": [part]}], model=VISION)


def model_name(random: Random, size: int) -> Case:
    name = random.choice(("a", "@cf/", "/", "-", " ", "İ", "@cf/a/b")) * (size // 4)
    path = random.choice(
        ("chat/completions", "embeddings", "rerank", "images/generations", "moderations")
    )
    body = {
        "model": name,
        "messages": USER,
        "input": "a",
        "query": "a",
        "documents": ["a"],
        "prompt": "a",
    }
    return _post(f"/v1/{path}", body)


def keys_in_body(random: Random, size: int) -> Case:
    """A request without a key in its head: what its body has is compared with every key."""
    body = {"api_key": random.choice(("a", KEY + "x", "é")), "text": "a", "target_lang": "de"}
    body["api_key"] = [body["api_key"]] * (size // 12)  # type: ignore[assignment]
    case = _post(random.choice(("/translate", "/v2/translate")), body)
    case.headers = {"authorization": None}
    case.settings = {"API_KEYS": ",".join(f"k{place}" for place in range(200))}
    return case


def addresses(random: Random, size: int) -> Case:
    part = random.choice(("/v1", "/a", "//", "/client/v4/accounts/x/ai/v1", "/%2F", "/models/"))
    return Case(
        random.choice(("GET", "POST", "OPTIONS")),
        part * (min(size, 16_000) // len(part)),
        is_odd=True,
    )


# --- answers ---------------------------------------------------------------------------------


def schema_and_answer(random: Random, size: int) -> Case:
    """A schema, and an answer that it is checked against, each of which may be the large one."""
    names = [f"k{place}" for place in range(max(1, size // 200))]
    clashing = random.choice(CLASHING)
    schemas: tuple[Any, ...] = (
        {"patternProperties": {f"^(a|{name})+$": {} for name in names}},
        {"type": "array", "items": {"enum": [clashing * place for place in range(size // 25)]}},
        {"type": "array", "uniqueItems": True},
        {"$ref": "#" + "/a~1" * (size // 4)},
        {"allOf": [{"$ref": "#/$defs/a"}] * (size // 30), "$defs": {"a": {"type": "object"}}},
        {"anyOf": [{"required": [name]} for name in names]},
        {"properties": {name: {"type": "string"} for name in names}, "additionalProperties": False},
        {"items": {"pattern": "(a{90}){90}b"}},
        {"items": {"oneOf": [{"const": name} for name in names]}},
        {"type": ["object"] * (size // 12)},
    )
    values: tuple[Any, ...] = (
        dict.fromkeys(names, 1),
        [clashing * place for place in range(size // 25)],
        ["a" * 100] * (size // 110),
        "a" * size,
    )
    schema = {"type": "json_schema", "json_schema": {"name": "a", "schema": random.choice(schemas)}}
    answer = _answer(json.dumps(random.choice(values)))
    return _chat(answer, answer, response_format=schema)


def json_in_prose(random: Random, size: int) -> Case:
    unit = random.choice(
        (
            "[1,]",
            "[1]",
            "{",
            "[",
            '{"',
            '["a',
            "```json\n[",
            "[[1,],",
            '{"a":[',
            "[]",
            "{}",
            "]",
            '"',
            '{"a":"',
            "[\\",
        )
    )
    text = (
        random.choice(("", "[" * 200, '"', "a"))
        + unit * (size // len(unit))
        + random.choice(("", "]", '"'))
    )
    if random.random() < 0.5:
        return _chat(_answer(text), _answer(text), response_format={"type": "json_object"})
    call = {"id": "c", "function": {"name": "f", "arguments": text}}
    return _messages(_answer("", tool_calls=[call]), tools=[{"name": "f", "input_schema": {}}])


def leaked_calls(random: Random, size: int) -> Case:
    unit = random.choice(
        (
            *(
                "<function=x>",
                "<function=f>",
                "<tool_call>",
                '<tool_call>{"name":"f"',
                "```",
                "```\n",
                "` ",
                " <",
            ),
            '<tool_call>{"name":"f","arguments":{}}</tool_call>',
            '{"name":"f","arguments":{}}',
            '[TOOL_CALLS]{"name":"f","arguments":{}}',
        )
    )
    text = random.choice(
        ("", '<tool_call>{"name":"f","arguments":{"a":"', '[{"name":"f","arguments":"')
    ) + unit * (size // len(unit))
    if random.random() < 0.5:
        return _chat(_answer(text), tools=[TOOL])
    step = random.choice((1, 3, 20))
    frames = [
        _delta(content=text[at : at + step])
        for at in range(0, min(len(text), step * size // 60), step)
    ]
    return _chat(_stream(random, *frames), tools=[TOOL], stream=True)


def thinking(random: Random, size: int) -> Case:
    unit = random.choice(
        (" ", "<", "</", "</think", "<think>", "\n</think>", " </think> x", "a ", "<think")
    )
    text = random.choice(("", "<think>", "</think>")) + unit * (size // len(unit))
    step = random.choice((1, 3, 20))
    frames = [
        _delta(content=text[at : at + step])
        for at in range(0, min(len(text), step * size // 60), step)
    ]
    model = random.choice(
        (OPENAI, "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b", "@cf/qwen/qwq-32b")
    )
    make = random.choice((_chat, _messages))
    return make(_answer(text) if step == 20 else _stream(random, *frames), model=model, stream=True)


def stops(random: Random, size: int) -> Case:
    unit = random.choice(("a", "ab", " ", "aaac"))
    sequences = [unit * (255 // len(unit)) + chr(98 + place) for place in range(16)]
    text = unit * (size // len(unit))
    frames = [_delta(content=text[at : at + 3]) for at in range(0, size // 20, 3)]
    answer = random.choice((_answer(text), _stream(random, *frames)))
    return _chat(answer, stop=sequences, stream=True)


def anonymous_calls(random: Random, size: int) -> Case:
    """Pieces of calls without index and id: their arguments say which belong to one."""
    function = {"name": "f", "arguments": random.choice(("", "1", "[1,", '"a', "{}"))}
    part = {"function": function}
    make = random.choice((lambda: {"tool_calls": [part]}, lambda: _delta(tool_calls=[part])))
    return random.choice((_chat, _messages))(
        _stream(random, *[make()] * (size // 90)), stream=True, tools=[]
    )


def clashing_calls(random: Random, size: int) -> Case:
    step = random.choice(CLASHING)
    return _chat(
        _stream(random, *[_part(step * place, "1") for place in range(size // 120)]), stream=True
    )


def overlapping_calls(random: Random, size: int) -> Case:
    """Arguments of a call that another one has followed."""
    start = [
        _part(0, "{}", id="a", function={"name": "f"}),
        _part(1, "", id="b", function={"name": "g"}),
    ]
    start.append(_part(1, json.dumps({"a": [1] * (size // 6)})))
    late = _part(random.choice((0, 1)), random.choice(("", " ", "1")))
    make = random.choice((_chat, _messages))
    return make(_stream(random, *start, *[late] * (size // 240)), stream=random.random() < 0.8)


def calls_and_endings(random: Random, size: int) -> Case:
    frame = _part(None, "", id="c", function={"name": "f"})
    frame["choices"][0]["finish_reason"] = "tool_calls"
    frames = [
        json.loads(json.dumps(frame).replace('"c"', f'"c{place}"')) for place in range(size // 140)
    ]
    return random.choice((_chat, _messages))(_stream(random, *frames), stream=True)


def many_small_events(random: Random, size: int) -> Case:
    pair = [_delta(content="a"), _delta(reasoning_content="b")]
    scored = {
        "choices": [
            {"delta": {"content": "a"}, "logprobs": {"content": [{"token": "a", "logprob": -1}]}}
        ]
    }
    frames = random.choice(
        (pair, [scored], [{"response": "a", "usage": {"prompt_tokens": 0, "completion_tokens": 1}}])
    )
    given = _stream(random, *frames * (size // len(json.dumps(frames))))
    streamed = random.random() < 0.7
    if random.random() < 0.3:
        return _post("/v1/responses", {"model": OPENAI, "input": "a", "stream": streamed}, given)
    return random.choice((_chat, _messages))(given, stream=streamed)


def frames(random: Random, size: int) -> Case:
    """Lines that a stream may have, and others."""
    line = random.choice(
        (
            "data:\n",
            "\n\n",
            "data: \n\n",
            ": a\n\n",
            "event: a\n",
            "\r\n",
            "\r",
            "data: {\n",
            "data: 1\n\n",
            "data: [DONE]\n",
            'data: {"response":"a"}\n',
            'data: {"response":"',
        )
    )
    head = b'data: {"response":"a"}\n\n'
    given = Given(
        head + line.encode() * (size // len(line)), 200, "text/event-stream", random.randrange(99)
    )
    return _chat(given, stream=True)


def templates(random: Random, size: int) -> Case:
    """Frames that differ around their texts, so that none is like an earlier one."""
    filling = '"content":"a",' * random.choice((0, 1, 300))
    given = "".join(
        f'data: {{{filling}"id":"{place}","choices":[{{"delta":{{"content":"a"}}}}]}}\n\n'
        for place in range(size // (60 + len(filling)))
    )
    return _chat(Given(given.encode(), 200, "text/event-stream", random.randrange(99)), stream=True)


def transcripts(random: Random, size: int) -> Case:
    """Words without letters, and segments that are not in the text."""
    word = random.choice(("", "a", "a.", "é", "a" * 50))
    count = size // (40 + len(word))
    rows = [
        {"text": word, "word": word, "start": 0, "end": random.choice((0, 1))} for _ in range(count)
    ]
    text = random.choice((" ".join([word] * count), "b" * count, "a" * count))
    answer = random.choice(({"segments": rows}, {"words": rows}))
    case = Case(
        "POST",
        "/v1/audio/transcriptions",
        given=[Given(json.dumps({"text": text, **answer}).encode())],
    )
    format = random.choice(("srt", "vtt", "verbose_json", "json"))
    fields = [("response_format", format), ("stream", "true" if format == "json" else "false")]
    case.form = [*fields, ("file", File("a.wav", "audio/wav", b"RIFF"))]
    case.headers = {"content-type": "multipart/form-data; boundary=x"}
    return case


def scores(random: Random, size: int) -> Case:
    step = random.choice(CLASHING)
    rows = [{"id": step * place, "score": 0.5} for place in range(size // 40)]
    given = Given(json.dumps({"response": rows}).encode())
    return _post("/v1/rerank", {"query": "a", "documents": ["a"]}, given)


def vectors(random: Random, size: int) -> Case:
    unit = random.choice(("[1]", "[1,", "[", "1,", "[1e5,1]", "[-", "0"))
    data = f'{{"data":[{unit * (size // len(unit))}]]}}'
    return _post(
        "/v1/embeddings", {"model": "@cf/baai/bge-m3", "input": ["a"]}, Given(data.encode())
    )


def verdicts(random: Random, size: int) -> Case:
    said: Any = random.choice(("S1 ", "unsafe", "safe")) * (size // 6)
    said = random.choice((said, {"safe": False, "categories": ["S1"] * (size // 6)}))
    return _post("/v1/moderations", {"input": "a"}, Given(json.dumps({"response": said}).encode()))


def errors(random: Random, size: int) -> Case:
    text = random.choice(("5021: ", "'/messages/0'", "'/", "(1) exceeded", "4006:")) * (size // 8)
    body = {"success": False, "errors": [{"code": 5006, "message": text}]}
    return _chat(Given(json.dumps(body).encode(), random.choice((200, 400))))


KINDS: Mapping[str, Nasty] = {
    make.__name__: make
    for make in (
        *(history_without_ids, history_of_turns, anthropic_history, responses_items, many_tools),
        *(long_tool_names, allowed_tools, many_fields, tool_parameters, image_parts, data_url),
        *(model_name, keys_in_body, addresses, schema_and_answer, json_in_prose, leaked_calls),
        *(thinking, stops, anonymous_calls, clashing_calls, overlapping_calls, calls_and_endings),
        *(many_small_events, frames, templates, transcripts, scores, vectors, verdicts, errors),
    )
}


def make_case(random: Random) -> Case:
    name = random.choice(sorted(KINDS))
    case = KINDS[name](random, material.size(random) if random.random() < 0.5 else material.LARGEST)
    case.endpoint, case.is_sound = name, False
    return case
