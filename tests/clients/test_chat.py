"""Chat completions as users of OpenAI's package ask for them: what comes back, and the fields
of the request one after another."""

import json
import time
from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletionMessageParam

from clients.talk import (
    NATIVE,
    OPENAI,
    RESPONSES,
    VISION,
    WIRES,
    answer_to,
    chat_body,
    extra,
    inputs_of,
    text_of,
    texts,
    user,
)
from workers_ai.catalogue.models import MODELS

TEXT_MODELS = [model.id for model in MODELS if model.task == "Text Generation" and model.live]
LLAMA_GUARD = "@cf/meta/llama-guard-3-8b"
LICENSED = "@cf/meta/llama-3.2-11b-vision-instruct"


# --- every model, every way ------------------------------------------------------------------


@pytest.fixture
def paid(openai: OpenAI, http: httpx2.Client) -> Any:
    """A paying account that has accepted the licence of Llama 3.2."""
    answer_to(openai, "@mock/plan/paid", "")
    http.post("/v1/completions", json={"model": LICENSED, "prompt": "agree"})
    yield
    answer_to(openai, "@mock/reset", "")


@pytest.mark.parametrize("model", TEXT_MODELS)
def test_every_text_model_answers_whole_and_streamed(
    openai: OpenAI, paid: None, model: str
) -> None:
    said = "safe" if model == LLAMA_GUARD else 'You said "Grüße, 世界 🌍".'
    answer = openai.chat.completions.create(model=model, messages=user("Grüße, 世界 🌍"))
    assert answer.choices[0].message.content == said
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage is not None
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
    assert extra(answer.usage, "neurons") >= 0
    stream = openai.chat.completions.create(
        model=model,
        messages=user("Grüße, 世界 🌍"),
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    assert "".join(texts(chunks)) == said
    assert chunks[-2].choices[0].finish_reason == "stop"
    # The same call has the same price, whichever way it is answered.
    assert chunks[-1].usage == answer.usage


@pytest.mark.anyio
@pytest.mark.parametrize("model", WIRES)
async def test_the_asynchronous_client(async_openai: AsyncOpenAI, model: str) -> None:
    completions = async_openai.chat.completions
    answer = await completions.create(model=model, messages=user("Hello"))
    assert answer.choices[0].message.content == 'You said "Hello".'
    stream = await completions.create(model=model, messages=user("Hello"), stream=True)
    assert "".join(texts([chunk async for chunk in stream])) == 'You said "Hello".'
    async with completions.stream(model=model, messages=user("Hello")) as events:
        assert (await events.get_final_completion()).choices[0].finish_reason == "stop"


@pytest.mark.parametrize("model", WIRES)
def test_the_stream_helper_puts_the_answer_together(openai: OpenAI, model: str) -> None:
    with openai.chat.completions.stream(
        model=model, messages=user("Hello"), stream_options={"include_usage": True}
    ) as events:
        kinds = [event.type for event in events]
        final = events.get_final_completion()
    assert kinds.count("content.done") == 1
    assert kinds.count("content.delta") > 2
    assert final.choices[0].message.content == 'You said "Hello".'
    assert final.choices[0].message.role == "assistant"
    assert final.usage is not None
    assert final.usage.prompt_tokens > 0


def test_ids_times_and_headers(openai: OpenAI) -> None:
    ask = openai.chat.completions.with_raw_response.create
    raw = [ask(model="gpt-4o-mini", messages=user("Hello")) for _ in range(2)]
    first, second = (one.parse() for one in raw)
    assert first.id.startswith("chatcmpl-")
    assert first.id != second.id
    # The clock of another machine may be a little off.
    assert abs(first.created - time.time()) < 600
    assert first.model == "gpt-4o-mini"
    assert raw[0].headers["x-model-served"] == VISION
    assert first._request_id == raw[0].headers["x-request-id"]


def test_the_request_id_is_that_of_workers_ai(openai: OpenAI) -> None:
    """The mock's depends on the call alone, so the same call has the same one."""
    ask = openai.chat.completions.with_raw_response.create
    same = [ask(model=NATIVE, messages=user("Hello")).headers["x-request-id"] for _ in range(2)]
    other = ask(model=NATIVE, messages=user("Good bye")).headers["x-request-id"]
    assert same[0] == same[1] != other


# --- messages --------------------------------------------------------------------------------


@pytest.mark.parametrize("model", WIRES)
@pytest.mark.parametrize("role", ["system", "developer"])
def test_system_and_developer_texts_reach_every_model(
    openai: OpenAI, model: str, role: Any
) -> None:
    answer = openai.chat.completions.create(
        model=model, messages=[{"role": role, "content": "Be brief."}, *user("Hello")]
    )
    said = 'You said "Hello". The system text is "Be brief.".'
    assert answer.choices[0].message.content == said


def test_a_model_without_a_system_role_gets_the_system_text_from_the_user(openai: OpenAI) -> None:
    answer = openai.chat.completions.create(
        model="@cf/google/gemma-7b-it-lora",
        messages=[{"role": "system", "content": "Be brief."}, *user("Hello")],
    )
    assert answer.choices[0].message.content == 'You said "Be brief.\n\nHello".'


@pytest.mark.parametrize("model", WIRES)
def test_text_parts_and_null_content(openai: OpenAI, model: str) -> None:
    history: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": [{"type": "text", "text": "Be brief."}]},
        {"role": "user", "content": [{"type": "text", "text": "Who?"}]},
        {"role": "assistant", "content": None},
        {"role": "assistant", "content": [{"type": "refusal", "refusal": "No."}]},
        {
            "role": "user",
            "content": [{"type": "text", "text": "One"}, {"type": "text", "text": "two"}],
        },
    ]
    answer = openai.chat.completions.create(model=model, messages=history)
    said = 'You said "One\ntwo". The system text is "Be brief.".'
    assert answer.choices[0].message.content == said
    inputs = inputs_of(openai, model, messages=[*history[:-1], {"role": "user", "content": ""}])
    assert [message["content"] for message in inputs["messages"][1:4]] == ["Who?", "", "No."]


def test_names_and_fields_that_nobody_knows_do_no_harm(openai: OpenAI) -> None:
    answer = openai.chat.completions.create(
        model=OPENAI,
        messages=[{"role": "user", "content": "Hello", "name": "Ann"}],
        extra_body={"frobnicate": [1, 2], "store": True, "metadata": {"a": "b"}, "user": "ann"},
    )
    assert answer.choices[0].message.content == 'You said "Hello".'


@pytest.mark.parametrize(
    ("param", "fields"),
    [
        ("messages", {"messages": []}),
        ("messages", {"messages": "Hello"}),
        ("messages", {"messages": None}),
        ("messages[0]", {"messages": ["Hello"]}),
        ("messages[0].role", {"messages": [{"content": "Hello"}]}),
        ("messages[0].role", {"messages": [{"role": "boss", "content": "Hello"}]}),
        ("messages[1].content", {"messages": [*user("Hi"), {"role": "user", "content": 7}]}),
        (
            "messages[0].content[0].type",
            {"messages": [{"role": "user", "content": [{"type": "smell"}]}]},
        ),
        ("model", {"model": 7}),
        ("model", {"model": None}),
        ("model", {"model": ""}),
        ("temperature", {"temperature": "hot"}),
        ("temperature", {"temperature": 2.5}),
        ("top_p", {"top_p": -1}),
        ("max_tokens", {"max_tokens": 0}),
        ("max_tokens", {"max_tokens": 1.5}),
        ("max_completion_tokens", {"max_completion_tokens": "many"}),
        ("n", {"n": 0}),
        ("n", {"n": 5}),
        ("n", {"n": True}),
        ("seed", {"seed": "x"}),
        ("stop", {"stop": 7}),
        ("stop", {"stop": ["a", 7]}),
        ("stream", {"stream": "yes"}),
        ("stream_options", {"stream": True, "stream_options": True}),
        ("frequency_penalty", {"frequency_penalty": []}),
        ("presence_penalty", {"presence_penalty": {}}),
        ("logit_bias", {"logit_bias": [1]}),
        ("logprobs", {"logprobs": 3}),
        ("top_logprobs", {"logprobs": True, "top_logprobs": 21}),
        ("user", {"user": []}),
        ("tools", {"tools": {}}),
        ("tools[0]", {"tools": ["get_weather"]}),
        ("tools[0].function.name", {"tools": [{"type": "function", "function": {}}]}),
        ("tools[0].type", {"tools": [{"type": 7}]}),
        ("response_format", {"response_format": "json"}),
        ("response_format.type", {"response_format": {"type": "xml"}}),
        ("reasoning_effort", {"reasoning_effort": "very"}),
        ("modalities", {"modalities": ["text", "audio"]}),
    ],
)
def test_a_wrong_field_is_named(http: httpx2.Client, param: str, fields: dict[str, Any]) -> None:
    answer = http.post("/v1/chat/completions", json={**chat_body(OPENAI), **fields})
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert error["type"] == "invalid_request_error"
    assert error["param"] == param


def test_null_is_the_same_as_absent(http: httpx2.Client) -> None:
    """Many clients send every field that they know."""
    names = """frequency_penalty function_call functions logit_bias logprobs max_completion_tokens
        max_tokens metadata modalities n parallel_tool_calls presence_penalty reasoning_effort
        response_format seed service_tier stop store stream stream_options temperature tool_choice
        tools top_logprobs top_p user web_search_options""".split()
    body = {**chat_body(OPENAI), **dict.fromkeys(names)}
    answer = http.post("/v1/chat/completions", json=body)
    assert answer.json()["choices"][0]["message"]["content"] == 'You said "Hello".'


# --- how long ----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", WIRES)
def test_a_long_answer_is_not_cut(openai: OpenAI, model: str) -> None:
    """Native models stop after 256 tokens unless they are told otherwise."""
    answer = openai.chat.completions.create(model=model, messages=user("[[tokens:400]]"))
    assert len((answer.choices[0].message.content or "").split()) == 400
    assert answer.choices[0].finish_reason == "stop"
    stream = openai.chat.completions.create(
        model=model, messages=user("[[tokens:400]]"), stream=True
    )
    assert len(text_of(stream).split()) == 400


@pytest.mark.parametrize("model", WIRES)
@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_a_limit_cuts_and_says_so(openai: OpenAI, model: str, name: str) -> None:
    limit: Any = {name: 30, "reasoning_effort": "low"}
    ask = user("[[think:short]][[tokens:100]]")
    answer = openai.chat.completions.create(model=model, messages=ask, **limit)
    assert answer.choices[0].finish_reason == "length"
    assert answer.usage is not None
    assert answer.usage.completion_tokens == 30
    chunks = list(openai.chat.completions.create(model=model, messages=ask, stream=True, **limit))
    assert chunks[-1].choices[0].finish_reason == "length"
    assert "".join(texts(chunks)) == answer.choices[0].message.content


def test_max_completion_tokens_wins(openai: OpenAI) -> None:
    limits: Any = {"max_tokens": 7, "max_completion_tokens": 9}
    assert (
        inputs_of(openai, NATIVE, **{**limits, "max_completion_tokens": 900})["max_tokens"] == 900
    )
    answer = openai.chat.completions.create(model=NATIVE, messages=user("[[tokens:100]]"), **limits)
    assert answer.usage is not None
    assert answer.usage.completion_tokens == 9


@pytest.mark.parametrize("model", WIRES)
def test_a_limit_beyond_the_context_window_is_no_error(openai: OpenAI, model: str) -> None:
    """Open WebUI asks for 65536 of every model, others for more."""
    assert answer_to(openai, model, "Hello", max_tokens=9_999_999) == 'You said "Hello".'


@pytest.mark.parametrize("language", ["word ", "汉字", "{[()]}", "12345 ", "\n\t "])
def test_the_default_leaves_room_for_any_prompt(openai: OpenAI, language: str) -> None:
    """Two thirds of the window in the mock's tokens, whatever they look like: still answered."""
    prompt = language * 4000
    answer = openai.chat.completions.create(model=NATIVE, messages=user(f"[[say:ok]]{prompt}"))
    assert answer.choices[0].message.content == "ok"


@pytest.mark.parametrize("model", WIRES)
def test_a_prompt_that_cannot_fit_is_told_so(openai: OpenAI, model: str) -> None:
    for stream in (False, True):
        with pytest.raises(sdk.BadRequestError) as caught:
            openai.chat.completions.create(
                model=model, messages=user("over " * 200_000), stream=stream
            )
        assert caught.value.code == "context_length_exceeded"
        assert caught.value.type == "invalid_request_error"


# --- sampling ----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", WIRES)
def test_sampling_fields_reach_the_model(openai: OpenAI, model: str) -> None:
    fields = {
        "temperature": 0.7,
        "top_p": 0.9,
        "seed": 42,
        "frequency_penalty": 0.5,
        "presence_penalty": -0.5,
    }
    given = inputs_of(openai, model, **fields)
    assert {name: given.get(name) for name in fields} == fields


def test_what_native_models_do_not_take_is_brought_into_their_range(openai: OpenAI) -> None:
    """Each of these as sent is an error of Workers AI."""
    fields = {
        "seed": 0,
        "top_p": 0,
        "frequency_penalty": 2,
        "presence_penalty": -2,
        "extra_body": {"top_k": 100, "repetition_penalty": 3},
    }
    given = inputs_of(openai, NATIVE, **fields)
    assert given["seed"] == 1
    assert given["top_p"] == pytest.approx(0.001)
    assert given["top_k"] == 50
    assert given["repetition_penalty"] == 2


@pytest.mark.parametrize("model", WIRES)
@pytest.mark.parametrize("seed", [-1, 0, 2**31, 10**10, 2**63 - 1])
def test_any_seed_is_answered(openai: OpenAI, model: str, seed: int) -> None:
    assert answer_to(openai, model, "Hello", seed=seed, n=2).startswith('You said "Hello"')


@pytest.mark.parametrize("name", ["frequency_penalty", "presence_penalty"])
def test_penalties_are_clamped(openai: OpenAI, name: str) -> None:
    for model in WIRES:
        assert inputs_of(openai, model, **{name: 5})[name] == 2
        assert inputs_of(openai, model, **{name: -5})[name] == -2


def test_the_user_keeps_calls_together_on_one_replica(openai: OpenAI) -> None:
    """Where the cache of the prefix is; usage then says what came from it."""
    options = json.loads(answer_to(openai, OPENAI, "[[options]]", user="ann"))
    assert options["extraHeaders"] == {"x-session-affinity": "ann"}
    first = json.loads(answer_to(openai, OPENAI, "[[options]]", prompt_cache_key="k", user="ann"))
    assert first["extraHeaders"] == {"x-session-affinity": "k"}
    assert "extraHeaders" not in json.loads(answer_to(openai, OPENAI, "[[options]]"))


# --- several answers ---------------------------------------------------------------------------


@pytest.mark.parametrize("model", WIRES)
def test_several_answers_are_several_calls(openai: OpenAI, model: str) -> None:
    answer = openai.chat.completions.create(model=model, messages=user("Hello"), n=4, seed=7)
    contents = [choice.message.content for choice in answer.choices]
    assert contents == [f'You said "Hello". Seed {seed}.' for seed in (7, 8, 9, 10)]
    assert [choice.index for choice in answer.choices] == [0, 1, 2, 3]
    chunks = list(
        openai.chat.completions.create(
            model=model,
            messages=user("Hello"),
            n=4,
            seed=7,
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    assert ["".join(texts(chunks, index)) for index in range(4)] == contents
    assert chunks[-1].usage == answer.usage


def test_each_of_several_answers_is_made_anew(openai: OpenAI) -> None:
    def calls() -> int:
        return int(json.loads(answer_to(openai, "@mock/state", ""))["calls"])

    before = calls()
    answer = openai.chat.completions.create(model=NATIVE, messages=user("Hello"), n=4)
    assert len(answer.choices) == 4
    assert calls() - before == 4


def test_several_answers_with_the_stream_helper(openai: OpenAI) -> None:
    with openai.chat.completions.stream(
        model=NATIVE, messages=user("Hello"), n=2, seed=7
    ) as events:
        final = events.get_final_completion()
    assert [choice.message.content for choice in final.choices] == [
        'You said "Hello". Seed 7.',
        'You said "Hello". Seed 8.',
    ]


# --- stop --------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [*WIRES, "@mock/openai", "@mock/native"])
@pytest.mark.parametrize("stop", ["END", ["nothing", "END"], [" the END."]])
def test_stop_ends_the_answer_before_the_sequence(
    openai: OpenAI, model: str, stop: str | list[str]
) -> None:
    """Native models do not know it: the Worker sees to it, across the pieces of a stream too."""
    ask = user("[[say:This is the END. No more.]]")
    answer = openai.chat.completions.create(model=model, messages=ask, stop=stop)
    expected = "This is" if stop == [" the END."] else "This is the "
    assert answer.choices[0].message.content == expected
    assert answer.choices[0].finish_reason == "stop"
    chunks = list(openai.chat.completions.create(model=model, messages=ask, stop=stop, stream=True))
    assert "".join(texts(chunks)) == expected
    assert chunks[-1].choices[0].finish_reason == "stop"


@pytest.mark.parametrize("model", ["@mock/native/stream/split", "@mock/native/stream/packed"])
def test_stop_across_any_pieces_of_a_stream(openai: OpenAI, model: str) -> None:
    ask = user("[[say:eins, zwei, drei, vier, fünf – und aus.]]")
    for stop, expected in {
        "zwei, drei": "eins, ",
        "fünf –": "eins, zwei, drei, vier, ",
        "eins": "",
        "sechs": "eins, zwei, drei, vier, fünf – und aus.",
    }.items():
        stream = openai.chat.completions.create(model=model, messages=ask, stop=stop, stream=True)
        assert text_of(stream) == expected


def test_the_usage_of_a_stopped_stream_is_told(openai: OpenAI) -> None:
    chunks = list(
        openai.chat.completions.create(
            model=NATIVE,
            messages=user("[[say:This is the END. No more.]]"),
            stop="END",
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    usage = chunks[-1].usage
    assert usage is not None
    assert usage.prompt_tokens > 0
    assert usage.completion_tokens > 0


# --- logprobs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [OPENAI, RESPONSES])
def test_log_probabilities(openai: OpenAI, model: str) -> None:
    ask = {"messages": user("Hello"), "logprobs": True, "top_logprobs": 2}
    fields: Any = {**ask, "reasoning_effort": "low"}
    answer = openai.chat.completions.create(model=model, **fields)
    logprobs = answer.choices[0].logprobs
    assert logprobs is not None and logprobs.content is not None
    assert "".join(entry.token for entry in logprobs.content) == 'You said "Hello".'
    assert all(len(entry.top_logprobs) == 2 for entry in logprobs.content)
    chunks = list(openai.chat.completions.create(model=model, stream=True, **fields))
    streamed = [
        entry
        for chunk in chunks
        for choice in chunk.choices
        if choice.logprobs is not None
        for entry in choice.logprobs.content or ()
    ]
    assert streamed == logprobs.content
    assert "".join(texts(chunks)) == 'You said "Hello".'


def test_log_probabilities_of_a_model_without_them(openai: OpenAI) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.chat.completions.create(model=NATIVE, messages=user("Hello"), logprobs=True)
    assert caught.value.param == "logprobs"
    assert answer_to(openai, NATIVE, "Hello", logprobs=False) == 'You said "Hello".'


# --- usage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
def test_cached_tokens_are_told_where_the_model_has_a_cache(openai: OpenAI, stream: bool) -> None:
    usage = spent(openai, "@mock/openai", "[[cached:6]][[say:ok]]", stream)
    assert usage.prompt_tokens_details is not None
    assert usage.prompt_tokens_details.cached_tokens == 6
    assert usage.prompt_tokens > 6
    # A price of 1000 a million for these, 10000 for the others, 30000 for the answer.
    neurons = 6 * 1000 + (usage.prompt_tokens - 6) * 10000 + usage.completion_tokens * 30000
    assert extra(usage, "neurons") == pytest.approx(neurons / 1e6)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("model", ["@mock/usage/none", "@mock/native/usage/none"])
def test_usage_is_estimated_where_the_model_tells_none(
    openai: OpenAI, model: str, stream: bool
) -> None:
    """Relays take a usage of zeros for none, and bill what they guess."""
    usage = spent(openai, model, "[[tokens:100]]", stream)
    assert 0 < usage.prompt_tokens < 100
    assert 50 < usage.completion_tokens < 400
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
    assert extra(usage, "neurons") is None


def spent(openai: OpenAI, model: str, text: str, stream: bool) -> Any:
    if not stream:
        return openai.chat.completions.create(model=model, messages=user(text)).usage
    chunks = openai.chat.completions.create(
        model=model,
        messages=user(text),
        stream=True,
        stream_options={"include_usage": True},
    )
    return list(chunks)[-1].usage


@pytest.mark.parametrize("model", WIRES)
def test_usage_comes_in_a_stream_only_where_it_was_asked_for(openai: OpenAI, model: str) -> None:
    stream = openai.chat.completions.create(model=model, messages=user("Hello"), stream=True)
    chunks = list(stream)
    assert all(chunk.usage is None for chunk in chunks)
    assert all(chunk.choices for chunk in chunks)


# --- finish reasons ------------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("@mock/refused/filter", "content_filter"),
        ("@mock/finish/none", "stop"),
        ("@mock/native/finish/none", "stop"),
        ("@mock/finish/stop", "stop"),
    ],
)
def test_finish_reasons(openai: OpenAI, model: str, reason: str, stream: bool) -> None:
    ask = user("[[say:one two three four]]")
    if stream:
        *_, last = openai.chat.completions.create(model=model, messages=ask, stream=True)
        assert last.choices[0].finish_reason == reason
    else:
        answer = openai.chat.completions.create(model=model, messages=ask)
        assert answer.choices[0].finish_reason == reason


def test_an_answer_of_nothing_is_an_empty_text(openai: OpenAI) -> None:
    """One API's test of a channel refuses null."""
    for model in ("@mock/no-content", "@mock/native/no-content"):
        assert answer_to(openai, model, "Hello") == ""
        stream = openai.chat.completions.create(model=model, messages=user("Hello"), stream=True)
        assert text_of(stream) == ""


def test_numbers_stay_text(openai: OpenAI) -> None:
    """A native model's answer of 42 comes as a JSON number."""
    assert answer_to(openai, NATIVE, "[[say:42]]") == "42"
    stream = openai.chat.completions.create(
        model=NATIVE, messages=user("[[say:42 and 7]]"), stream=True
    )
    assert text_of(stream) == "42 and 7"
