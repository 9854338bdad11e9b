import json
import tracemalloc
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import RateLimited, Upstream
from core.limits import STREAM_EVENT_BYTES
from support import upstream
from support.pieces import cut, cuts
from support.steps import CountedBytes, assert_linear
from support.upstream import DONE, chunk, frame, native, tail
from workers_ai.text.answers import Reader
from workers_ai.text.decoder import Decoder
from workers_ai.text.events import (
    Event,
    Failure,
    Finish,
    Reasoning,
    ToolArguments,
    ToolStart,
    Usage,
)


def decode(*pieces: bytes) -> list[Event]:
    decoder = Decoder()
    events = [event for piece in pieces for event in decoder.feed(piece)]
    return events + decoder.close()


def read_slowly(data: bytes) -> list[Event]:
    """The same events without any of the decoder's fast paths, for streams that are well formed:
    every frame is parsed, and read by one reader."""
    reader = Reader()
    events: list[Event] = []
    for text in data.decode().split("\n\n"):
        for line in text.split("\n"):
            if line.startswith("data: ") and line != "data: [DONE]":
                events += reader.read(json.loads(line.removeprefix("data: ")))
    return [*events, *reader.tools.close()]


def fails(events: Sequence[Event]) -> bool:
    """Whether the events end with a failure; there is never one before the end."""
    assert not any(isinstance(event, Failure) for event in events[:-1])
    return bool(events) and isinstance(events[-1], Failure)


# --- what streams say ------------------------------------------------------------------------

EXPECTED: dict[str, list[Event]] = {
    "native": [
        "Hel",
        "lo 🌍 – ",
        "42",
        '\n\n"data: {}"\\ \x00',
        ".",
        Usage(9, 6, None, None, 1.25),
    ],
    "hybrid": [
        Reasoning("The user "),
        Reasoning("wants"),
        "你",
        "好 🌍",
        "好",
        Finish("stop"),
        Usage(57, 28, None, None, 10.47),
    ],
    "both names of reasoning": [
        Reasoning("We"),
        Reasoning(" need"),
        Reasoning(' "x"'),
        "The",
        " answer",
        " is 42.",
        Finish("stop"),
        Usage(20, 9),
    ],
    "every chunk counted": [
        Usage(23, 0),
        "1",
        Usage(0, 1),
        ",",
        Usage(0, 1),
        " 2",
        Usage(0, 1),
        ",",
        Usage(0, 1),
        " 3",
        Usage(0, 1),
        " and more",
        Usage(0, 4),
        Finish("stop"),
        Usage(0, 6),
        Usage(23, 15),
    ],
    "tools": [
        "Let me see.",
        ToolStart(0, "a", "weather"),
        ToolArguments(0, '{"city": '),
        ToolArguments(0, '"Łódź"}'),
        ToolStart(1, "b", "now"),
        ToolArguments(1, "{}"),
        Finish("tool_calls"),
        Usage(50, 20),
    ],
    "native tools": [
        ToolStart(0, "a", "f"),
        ToolArguments(0, '{"x"'),
        ToolArguments(0, ":1}"),
        Usage(50, 20),
    ],
    "text completion": ["Once", " a", " time", Finish("length"), Usage(3, 3)],
    "responses": [Reasoning("Hm"), "Hi", " you", Usage(4, 3), Finish("stop"), Usage(4, 3)],
}

named_streams = pytest.mark.parametrize("name", upstream.STREAMS)


@named_streams
def test_decodes_recorded_streams(name: str) -> None:
    assert decode(upstream.STREAMS[name]) == EXPECTED[name]


@named_streams
def test_events_come_as_soon_as_their_frame_is_there(name: str) -> None:
    decoder = Decoder()
    seen: list[Event] = []
    for text in upstream.STREAMS[name].decode().split("\n\n")[:-1]:
        data = (text + "\n\n").encode()
        assert decoder.feed(data[:-1]) == []
        seen += decoder.feed(data[-1:])
    assert seen == EXPECTED[name]
    assert decoder.close() == []
    assert decoder.ended


# --- how they are cut ------------------------------------------------------------------------


@named_streams
def test_every_split_in_two_gives_the_same_events(name: str) -> None:
    data = upstream.STREAMS[name]
    for at in range(len(data)):
        assert decode(data[:at], data[at:]) == EXPECTED[name]


@given(st.sampled_from(sorted(upstream.STREAMS)), cuts, st.booleans())
def test_any_split_gives_the_same_events(name: str, cuts: list[int], crlf: bool) -> None:
    data = upstream.STREAMS[name]
    if crlf:
        data = data.replace(b"\n", b"\r\n")
    assert decode(*cut(data, cuts)) == EXPECTED[name]


@named_streams
def test_one_byte_at_a_time_with_crlf(name: str) -> None:
    data = upstream.STREAMS[name].replace(b"\n", b"\r\n")
    assert decode(*(data[at : at + 1] for at in range(len(data)))) == EXPECTED[name]


# --- how they are written --------------------------------------------------------------------


def test_nothing_needs_to_follow_the_last_line() -> None:
    assert decode(native("a") + DONE.rstrip()) == ["a"]
    assert decode(native("a") + DONE.rstrip() + b"\n") == ["a"]
    assert decode(native("a") + tail(1, 1) + b"data: [DONE]") == ["a", Usage(1, 1)]
    assert decode(chunk(content="a", finish="stop").rstrip()) == ["a", Finish("stop")]


def test_no_space_after_data() -> None:
    data = upstream.HYBRID.replace(b"data: ", b"data:")
    assert decode(data) == EXPECTED["hybrid"]
    assert decode(upstream.NATIVE.replace(b'data: {"', b'data:  {"')) == EXPECTED["native"]


def test_ignores_comments_and_other_fields() -> None:
    data = b": welcome\n\nid: 7\nretry: 10\n: x\n" + native("a") + b":\n\nevent: ping\n\n"
    assert decode(data + b"data\n\n" + DONE) == ["a"]


def test_data_lines_without_data_are_heartbeats() -> None:
    assert decode(b"data:\n\ndata: \n\n" + native("a") + b"data:\ndata: [DONE]\n\n") == ["a"]


def test_joins_several_data_lines_of_an_event() -> None:
    data = b'data: {"response":\ndata: "a",\ndata:"p":"x"}\n\n' + DONE
    assert decode(data) == ["a"]


def test_several_events_without_blank_lines() -> None:
    together = native("a").rstrip() + b"\n" + native("b").rstrip() + b"\n" + tail(1, 2) + DONE
    assert decode(together) == ["a", "b", Usage(1, 2)]
    assert decode(upstream.HYBRID.replace(b"\n\n", b"\n")) == EXPECTED["hybrid"]


def test_more_blank_lines_than_needed() -> None:
    assert decode(upstream.HYBRID.replace(b"\n\n", b"\n\n\n\n\n")) == EXPECTED["hybrid"]


def test_other_spacing_of_the_json() -> None:
    data = b'data: {"response": "a"}\n\ndata: { "p":"x", "response":"b" }\n\n'
    assert decode(data + DONE) == ["a", "b"]


def test_lone_surrogates_pass_in_halves() -> None:
    data = b'data: {"response":"\\ud83d"}\n\ndata: {"response":"\\udE0A"}\n\n'
    assert decode(data + DONE) == ["\ud83d", "\ude0a"]
    frames = b"".join(
        b'data: {"choices":[{"delta":{"content":"%b"}}]}\n\n' % text
        for text in (b"x", b"y", b"\\ud83d", b"\\ude0a", b"\\n\\u00e9\\\\")
    )
    assert decode(frames + DONE) == ["x", "y", "\ud83d", "\ude0a", "\né\\"]


def test_bytes_that_are_not_utf8_are_marked() -> None:
    assert decode(b'data: {"response":"a\xff"}\n\n' + DONE) == ["a�"]


def test_frames_are_counted() -> None:
    decoder = Decoder()
    decoder.feed(native("a") + native("b")[:-1])
    assert decoder.events == 1
    decoder.feed(b"\n" + DONE)
    assert decoder.events == 3


# --- how they fail ---------------------------------------------------------------------------


@named_streams
def test_truncated_streams_end_with_a_failure(name: str) -> None:
    """Whatever came before is given; a stream that has named its finish reason is complete."""
    data = upstream.STREAMS[name]
    expected = EXPECTED[name]
    complete = next((at for at, e in enumerate(expected) if isinstance(e, Finish)), len(expected))
    for at in range(len(data) - len(b"\n\n")):
        events = decode(data[:at])
        if fails(events):
            assert events[:-1] == expected[: len(events) - 1]
        else:
            assert len(events) > complete or data[:at].endswith(b"[DONE]")


def test_a_truncated_stream_is_the_upstreams_fault() -> None:
    for data in (b"", native("a"), b": only a comment\n\n", b"{}", chunk(content="a")[:-9]):
        event = decode(data)[-1]
        assert isinstance(event, Failure)
        assert isinstance(event.error, Upstream)
        assert event.error.status == 502


def test_broken_json_ends_the_answer() -> None:
    events = decode(native("a") + b"data: {broken\n\n" + native("b") + DONE)
    assert events[:-1] == ["a"]
    assert fails(events)


@pytest.mark.parametrize(
    "payload",
    [
        {"internalCode": 3040, "message": "m", "name": "AiError", "description": "d"},
        {"errors": [{"code": 3040, "message": "m"}], "success": False},
        {"error": {"message": "3040: m", "code": 429}},
    ],
)
@pytest.mark.parametrize("joint", [b"\n\n", b"\n"])
def test_nothing_follows_an_error(payload: object, joint: bytes) -> None:
    data = native("a") + frame(payload) + native("b") + tail(1, 1) + DONE
    data = data.replace(b"\n\n", joint)
    for parts in ([data], cut(data, range(0, len(data), 7))):
        decoder = Decoder()
        events = [event for part in parts for event in decoder.feed(part)]
        events += decoder.close()
        assert events[0] == "a"
        assert len(events) == 2
        assert isinstance(events[1], Failure)
        assert isinstance(events[1].error, RateLimited)
        assert decoder.feed(native("c")) == []
        assert decoder.close() == []


def test_nothing_follows_done() -> None:
    assert decode(native("a") + DONE + native("b") + b"data: {broken") == ["a"]
    assert decode(native("a") + DONE, native("b"), b"data: {broken") == ["a"]
    assert decode(b'data: {"response":"a"}\ndata: [DONE]\ndata: {"response":"b"}\n\n') == ["a"]


# --- bounds ----------------------------------------------------------------------------------


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_frame_in_many_pieces_takes_linear_time(line_end: bytes) -> None:
    def read(size: int) -> None:
        decoder = Decoder()
        data = native("x" * size).replace(b"\n", line_end)
        for piece in cut(data, range(100, len(data), 100)):
            decoder.feed(CountedBytes(piece))
        assert decoder.events == 1

    assert_linear(read, 20_000)


def test_an_event_of_any_size_that_a_model_can_mean() -> None:
    text = "\u6a21" * 300_000
    assert decode(*cut(native(text), range(5000, 1_800_000, 5000)), DONE) == [text]


def test_an_endless_event_ends_the_answer() -> None:
    decoder = Decoder()
    assert decoder.feed(native("a") + b'data: {"response":"') == ["a"]
    read = 0
    while not (events := decoder.feed(b"x" * 10_000)):
        read += 10_000
        assert read < 2 * STREAM_EVENT_BYTES
    [failure] = events
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, Upstream)
    assert decoder.feed(b'"}\n\n' + native("b")) == []
    assert decoder.close() == []


def test_nothing_is_kept_of_what_follows_the_end() -> None:
    decoder = Decoder()
    decoder.feed(native("a") + DONE)
    tracemalloc.start()
    try:
        for _ in range(1000):
            decoder.feed(b"x" * 10_000)
        assert tracemalloc.get_traced_memory()[0] < 100_000
    finally:
        tracemalloc.stop()
    assert decoder.close() == []


# --- fast paths ------------------------------------------------------------------------------

texts = st.text(max_size=6) | st.sampled_from(
    ['"', "\\", '","content":"', '{"response":"x"}', "[DONE]", "a\nb", "\x00", "(probe)", "</p>"]
)


def dumped(text: str, ascii: bool) -> str:
    return json.dumps(text, ensure_ascii=ascii)


TEMPLATES = (
    'data: {"response":%s}',
    'data: {"response":%s,"p":"ab"}',
    'data: {"response":%s,"p":%s}',
    'data: {"response": %s}',
    'data: {"response":%s,"usage":{"prompt_tokens":1,"completion_tokens":1}}',
    'data: {"choices":[{"delta":{"content":%s}}]}',
    'data: {"choices":[{"delta":{"content":%s},"index":0}],"p":%s}',
    'data: {"choices":[{"delta":{"content":%s,"role":"assistant"}}],"id":"x"}',
    'data: {"choices":[{"delta":{"content":%s}}],"usage":{"completion_tokens":1}}',
    'data: {"choices":[{"delta":{"content":%s},"finish_reason":"stop"}]}',
    'data: {"choices":[{"delta":{"content":%s},"logprobs":{"content":[1]}}]}',
    'data: {"choices":[{"text":%s}]}',
    'data: {"choices":[{"delta":{"reasoning":%s}}]}',
    'data: {"choices":[{"delta":{"reasoning":%s,"reasoning_content":%s}}]}',
    'data: {"choices":[{"delta":{"reasoning_content":%s,"reasoning":%s}}]}',
    'data: {"choices":[{"delta":{"reasoning_content":%s,"content":%s}}]}',
    'data: {"choices":[{"delta":{"content":%s},"message":{"content":%s}}]}',
    'data: {"x":{"content":%s},"choices":[{"delta":{"content": %s}}]}',
    'data: {"x":{"content":%s},"choices":[{"delta":{"content":"(probe)"}}]}',
    'data: {"choices":[{"delta":{"content":"x"},"content":%s}]}',
    'data: {"content":%s}',
    'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f",'
    '"arguments":"{}"}}],"content":%s}}]}',
)


@st.composite
def frames(draw: st.DrawFn) -> str:
    template = draw(st.sampled_from(TEMPLATES))
    same = draw(texts)
    holes = [same if draw(st.booleans()) else draw(texts) for _ in range(template.count("%s"))]
    ascii = draw(st.booleans())
    return template % tuple(dumped(text, ascii) for text in holes)


@given(st.lists(frames(), max_size=12), cuts)
@example(
    [
        'data: {"choices":[{"delta":{"reasoning_content":"a","reasoning":"a"}}]}',
        'data: {"choices":[{"delta":{"reasoning_content":"a","reasoning":"b"}}]}',
    ],
    [],
)
@example(
    [
        'data: {"x":{"content":"a"},"choices":[{"delta":{"content": "a"}}]}',
        'data: {"x":{"content":"b"},"choices":[{"delta":{"content": "a"}}]}',
    ],
    [],
)
@example(
    [
        'data: {"choices":[{"delta":{"reasoning":"a","reasoning_content":"b"}}]}',
        'data: {"choices":[{"delta":{"reasoning":"a","reasoning_content":""}}]}',
    ],
    [],
)
@example(['data: {"response":"a","p":"\t"}', 'data: {"response":"a"}'], [])
def test_fast_paths_change_nothing(frames: list[str], cuts: list[int]) -> None:
    data = "".join(text + "\n\n" for text in frames).encode() + DONE
    try:
        expected: Any = read_slowly(data)
    except ValueError:
        assert fails(decode(*cut(data, cuts)))
    else:
        assert decode(*cut(data, cuts)) == expected


@pytest.mark.parametrize(
    ("make", "parsed"),
    [
        (native, 0),
        (lambda text: native(text, "x" * len(text)), 0),
        (lambda text: frame({"response": text}), 0),
        (lambda text: chunk(content=text), 1),
        (lambda text: chunk(reasoning=text), 1),
        (lambda text: chunk(reasoning_content=text), 1),
        (lambda text: chunk(reasoning=text, reasoning_content=text), 1),
        (lambda text: chunk(content=text, usage=upstream.spent(0, 1)), 1),
        (lambda text: frame({"choices": [{"text": text}]}), 1),
        # What stands around the text differs every time.
        (lambda text: frame({"choices": [{"delta": {"content": text}}], "id": text}), 200),
    ],
)
def test_frames_with_text_are_not_parsed(make: Any, parsed: int) -> None:
    """A token must cost a microsecond, so nearly all frames of a stream take a fast path."""
    decoder = Decoder()
    given_texts = [f"{number} ü\n" for number in range(200)]
    found = decoder.feed(b"".join(make(text) for text in given_texts))
    said = [event for event in found if not isinstance(event, Usage)]
    kind = Reasoning if isinstance(said[0], Reasoning) else str
    assert said == [kind(text) for text in given_texts]
    assert decoder.parsed == parsed


def unlike(number: int) -> bytes:
    return frame({"choices": [{"delta": {"content": "a"}}], "id": str(number)})


def test_stops_learning_from_frames_that_all_differ() -> None:
    decoder = Decoder()
    for number in range(50):
        decoder.feed(unlike(number))
    assert decoder.templates.patience == 0
    decoder.feed(unlike(50) + unlike(50))
    assert decoder.parsed == 52


def test_goes_on_learning_while_templates_are_of_use() -> None:
    decoder = Decoder()
    for number in range(50):
        decoder.feed(unlike(number // 5))
    assert decoder.parsed == 10
    assert decoder.templates.patience > 0


# --- anything --------------------------------------------------------------------------------

scraps = st.sampled_from(
    [b"data: ", b"data:", b"\n", b"\n\n", b"\r\n", b"[DONE]", b'{"response":"', b'"}', b"{", b"\\"]
    + [native("x"), chunk(content="y"), chunk(reasoning="z"), DONE, upstream.TOOLS[-300:]]
)


@given(st.lists(scraps | st.binary(max_size=4), max_size=20), cuts)
def test_any_bytes_give_events(parts: list[bytes], cuts: list[int]) -> None:
    data = b"".join(parts)
    events = decode(*cut(data, cuts))
    fails(events)
    assert fails(events) == fails(decode(data))
