import json

from support.steps import CountedText, assert_linear
from support.text_models import (
    ANSWER,
    CALLED,
    HISTORY,
    LATER,
    NATIVE,
    NATIVE_INPUTS,
    NOW,
    OPENAI,
    SCHEMA,
    SYSTEM,
    TOOLLESS,
    TOOLS,
    USER,
    WEATHER,
    contents,
    inputs,
    said,
)
from workers_ai.text.generation import Generation
from workers_ai.text.messages import build_messages


def test_keeps_a_system_message_at_the_beginning() -> None:
    assert contents(NATIVE, SYSTEM, USER) == [("system", "Be brief."), ("user", "Hi")]
    assert contents(NATIVE, SYSTEM, LATER, USER)[0] == ("system", "Be brief.\n\nBe kind.")


def test_a_later_system_message_goes_to_the_user_message_next_to_it() -> None:
    assert contents(NATIVE, SYSTEM, USER, LATER, ANSWER, USER) == [
        ("system", "Be brief."),
        ("user", "Hi\n\nBe kind."),
        ("assistant", "Hello"),
        ("user", "Hi"),
    ]
    assert contents(NATIVE, SYSTEM, USER, ANSWER, LATER, USER) == [
        ("system", "Be brief."),
        ("user", "Hi"),
        ("assistant", "Hello"),
        ("user", "Be kind.\n\nHi"),
    ]
    assert contents(NATIVE, USER, ANSWER, LATER)[2] == ("user", "Be kind.")
    parts = [{"type": "image_url", "image_url": {"url": "data:,"}}]
    seen = said("user", parts)
    behind = ("user", [*parts, {"type": "text", "text": "Be kind."}])
    before = ("user", [{"type": "text", "text": "Be kind.\n\nBe brief."}, *parts])
    assert contents(NATIVE, seen, LATER) == [behind]
    assert contents(NATIVE, USER, ANSWER, LATER, SYSTEM, seen)[2] == before


def test_system_text_does_not_part_calls_from_their_results() -> None:
    call = {"id": "1", "type": "function", "function": {"name": "now", "arguments": "{}"}}
    calling = said("assistant", "", tool_calls=[call])
    result = {"role": "tool", "tool_call_id": "1", "content": "12:00"}
    roles = [role for role, _ in contents(NATIVE, USER, calling, LATER, result, ANSWER)]
    assert roles == ["user", "assistant", "tool", "user", "assistant"]


def test_moves_system_text_for_models_without_the_role() -> None:
    gemma = NATIVE._replace(system_role=False)
    assert contents(gemma, SYSTEM, USER) == [("user", "Be brief.\n\nHi")]
    assert contents(gemma, SYSTEM, LATER, USER) == [("user", "Be brief.\n\nBe kind.\n\nHi")]
    assert contents(gemma, SYSTEM) == [("user", "Be brief.")]
    assert contents(gemma, SYSTEM, ANSWER, USER) == [
        ("user", "Be brief."),
        ("assistant", "Hello"),
        ("user", "Hi"),
    ]


def test_earlier_thinking_goes_to_openai_models_only() -> None:
    history = [USER, said("assistant", "Hello", reasoning="Hm"), USER]
    assert inputs(OPENAI, messages=history)["messages"] == history
    assert "reasoning" not in inputs(NATIVE, messages=history)["messages"][1]


def test_describes_tools_in_the_prompt() -> None:
    sent = inputs(TOOLLESS, tools=TOOLS, messages=[SYSTEM, USER])
    assert sent.keys() == {"messages", "max_tokens"}
    system, user = sent["messages"]
    assert system["content"].startswith("Be brief.\n\n")
    assert json.dumps(WEATHER) in system["content"]
    assert json.dumps(NOW) in system["content"]
    assert '<tool_call>{"name": "<function name>", "arguments": {' in system["content"]
    assert user == USER
    for choice, words in (("required", "at least one"), ("named", "the function now")):
        text = contents(TOOLLESS, USER, tools=TOOLS, tool_choice=choice, tool_name="now")[0][1]
        assert words in text


def test_sends_calls_and_results_to_models_with_tools() -> None:
    for model in (NATIVE, OPENAI):
        assert inputs(model, messages=HISTORY, tools=TOOLS)["messages"] == HISTORY


def test_describes_calls_and_results_in_the_prompt() -> None:
    assert contents(TOOLLESS, *HISTORY) == [
        ("user", "Hi"),
        ("assistant", '<tool_call>{"name": "weather", "arguments": {"city": "Łódź"}}</tool_call>'),
        ("user", "Result of the function call:\nRain"),
    ]
    spoken = said("assistant", "Let me see.", tool_calls=[CALLED, CALLED])
    assert contents(TOOLLESS, USER, spoken)[1][1].split("\n") == [
        "Let me see.",
        *['<tool_call>{"name": "weather", "arguments": {"city": "Łódź"}}</tool_call>'] * 2,
    ]


def test_describes_the_format_in_the_prompt() -> None:
    plain = NATIVE._replace(inputs=NATIVE_INPUTS - {"response_format"})
    sent = inputs(plain, json_mode=True)
    assert "response_format" not in sent
    assert sent["messages"][0] == said("system", "Answer with JSON only, without any other text.")
    sent = inputs(plain, json_mode=True, schema=SCHEMA, messages=[SYSTEM, USER])
    assert sent["messages"][0]["content"].startswith("Be brief.\n\nAnswer with JSON only")
    assert sent["messages"][0]["content"].endswith(json.dumps(SCHEMA.schema))


def test_describes_a_refused_schema_in_the_prompt() -> None:
    sent = inputs(NATIVE, json_mode=True, schema=SCHEMA, schema_in_words=True)
    assert sent["response_format"] == {"type": "json_object"}
    assert sent["messages"][0]["content"].endswith(json.dumps(SCHEMA.schema))


def test_instructions_reach_models_without_a_system_role() -> None:
    model = TOOLLESS._replace(system_role=False, inputs=NATIVE_INPUTS - {"response_format"})
    ((role, text),) = contents(model, USER, tools=TOOLS, json_mode=True)
    assert role == "user"
    assert "<tool_call>" in text
    assert "JSON only" in text
    assert text.endswith("\n\nHi")


def test_takes_steps_linear_in_system_messages() -> None:
    def build(size: int) -> None:
        system = said("system", CountedText("a" * 64))
        for messages in ([system] * size + [USER], [USER] + [system] * size):
            build_messages(Generation(NATIVE, messages))

    assert_linear(build, 200)
