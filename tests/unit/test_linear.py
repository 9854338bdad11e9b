"""What a parser of outside text costs, in steps: for twice as much, a little more than double.

A row is a parser with the nastiest input that is known for it, of a given size. Rows of
:mod:`hostile.nasty` are whole requests.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest

from access.keys import keys_in_head, keys_in_parameters, match_key, read_keys
from core.errors import APIError
from handlers.openai.audio.transcript_formats import WRITERS, write_events
from handlers.reading import parameters
from handlers.reading.response_format import read_response_format
from handlers.reading.sampling import read_affinity
from hostile import nasty
from hostile.run import run_case
from media.data_urls import normalize_data_url
from media.image_size import read_dimensions
from support import fakes
from support.fakes import run
from support.steps import CountedText, assert_doubled, assert_linear, count_steps
from untrusted.json_schema import find_violations
from untrusted.json_text import Nesting, find_json, parse_json, read_json_values
from untrusted.public_url import normalize_public_url
from workers_ai.catalogue.lookup import find_model
from workers_ai.errors import read_error
from workers_ai.speech.transcripts import read_transcript
from workers_ai.text.answers import Reader, read_whole
from workers_ai.text.call_formats.declared import DeclaredTools
from workers_ai.text.events import Finish
from workers_ai.text.stages.leaked_calls import LeakedCalls
from workers_ai.text.structured import check_json
from workers_ai.text.tool_calls import ToolCalls

Row = Callable[[int], object]


def tried(work: Callable[[Any], object]) -> Callable[[Any], object]:
    """The same work, be it refused or not."""

    def attempt(value: Any) -> object:
        try:
            return work(value)
        except (APIError, ValueError):
            return None

    return attempt


def repeating(work: Callable[[Any], object], unit: str, before: str = "", after: str = "") -> Row:
    """A row whose text repeats something."""
    return lambda size: tried(work)(CountedText(f"{before}{unit * size}{after}"))


# --- JSON ------------------------------------------------------------------------------------

PROSE = ("[1,]", "[1] ", '{"', '["a ', "[[1,],", "```json\n[", '{"a":[', '"', "[\\", ",\n]", "``` ")


def follow(unit: str, size: int) -> None:
    nesting = Nesting()
    for _ in range(size):
        nesting.pieces.append(unit)
        nesting.check_closed()


JSON: Mapping[str, Row] = {
    "parse_json": repeating(parse_json, "[],", "[", "0]"),
    "parse_json of strings": repeating(parse_json, '"[\\"",', "[", "0]"),
    "parse_json, deep": repeating(parse_json, "["),
    "read_json_values": repeating(read_json_values, '{"a":1};\n'),
    **{f"find_json {unit!r}": repeating(find_json, unit) for unit in PROSE},
    **{f"find_json, deep, {unit!r}": repeating(find_json, unit, "[" * 200) for unit in PROSE},
    **{
        f"Nesting {unit!r}": lambda size, unit=unit: follow(unit, size)  # type: ignore[misc]
        for unit in ('"', "\\", "[", '{"a":"', "a")
    },
    "a schema's pattern": lambda size: find_violations("a" * size, {"pattern": "(a{9}){9}b"}),
    "a schema's properties": lambda size: find_violations(
        {f"k{place}": place for place in range(size)}, {"additionalProperties": {"type": "string"}}
    ),
}

# --- addresses, images, keys -----------------------------------------------------------------

PNG = "iVBORw0KGgo="


def data_url(unit: str, before: str = f"data:image/png;base64,{PNG[:8]}") -> Row:
    return repeating(lambda url: normalize_data_url(url, "image"), unit, before)


def dimensions(unit: bytes) -> Row:
    return lambda size: read_dimensions(b"\xff\xd8\xff" + unit * size)


def try_keys(pairs: str) -> Row:
    keys = read_keys("k1,k2,k3")

    def work(size: int) -> object:
        request = fakes.request("GET", f"/translate?{pairs * size}")
        found = keys_in_head(request, "translation", in_url=True, segment=None)
        return match_key(keys, found, "translation")

    return work


def body_keys(size: int) -> object:
    values = {"auth_key": ["a"] * size}
    return match_key(read_keys("k1,k2,k3"), keys_in_parameters(values), "translation")


ADDRESSES: Mapping[str, Row] = {
    "data URL": data_url("A"),
    "data URL, quoted": data_url("%41"),
    "data URL with line ends": data_url("A\n"),
    "data URL, padded": data_url("="),
    "data URL of bytes": data_url("%89", "data:image/png,"),
    "data URL with attributes": data_url(";a", "data:"),
    "public URL": repeating(normalize_public_url, "%", "http://a.example/"),
    "public URL, a name": repeating(normalize_public_url, "a.", "http://"),
    "public URL, a number": repeating(normalize_public_url, "0.", "http://", "1"),
    "public URL, an address": repeating(normalize_public_url, "0:", "http://[", "]"),
    "image size, fill bytes": dimensions(b"\xff"),
    "image size, segments": dimensions(b"\xff\xe0\x00\x02"),
    "keys in a query": try_keys("key=a&"),
    "keys in a body": body_keys,
    "model": lambda size: tried(run)(find_model("İ/a-" * size, fakes.ports())),
    "upstream error": lambda size: read_error(400, b"5006: '/messages/0' (1) exceeded" * size),
    "affinity": repeating(lambda text: read_affinity({"user": text}), "a"),
}

# --- requests --------------------------------------------------------------------------------


def read_parameters(body: str, content_type: str = "") -> Row:
    def work(size: int) -> object:
        headers = {"content-type": content_type}
        request = fakes.request("POST", "/translate", (body * size).encode(), headers)
        return tried(run)(parameters.read_parameters(request, 10**7))

    return work


REQUESTS: Mapping[str, Row] = {
    "a form": read_parameters("a=b&"),
    "a form of one field": read_parameters("%41+"),
    "an array": read_parameters("[1],", "application/json"),
    "a bare schema": lambda size: read_response_format(
        {"type": "json_schema", "json_schema": {f"k{place}": {} for place in range(size)}}, "a"
    ),
}

# --- answers ---------------------------------------------------------------------------------


def read_calls(make: Callable[[int], Any]) -> Row:
    def work(size: int) -> None:
        calls = ToolCalls()
        for place in range(size):
            tried(lambda call: [*calls.read(call, whole=False)])(make(place))
            list(calls.close())

    return work


def find_leaks(unit: str) -> Row:
    """As many tools as pieces."""

    def work(size: int) -> None:
        stage = LeakedCalls(DeclaredTools([{"name": f"n{place}"} for place in range(size)]))
        for _ in range(size):
            stage.feed([CountedText(unit)])
        stage.close()

    return work


def transcript(word: str, text: str, kind: str) -> Any:
    def make(size: int) -> Any:
        rows = [{"text": word, "word": word, "start": 0, "end": 0} for _ in range(size)]
        return read_transcript(fakes.answer({"text": text * size, kind: rows}).pieces[0], "en")

    return make


def write_transcript(word: str, text: str, kind: str) -> Mapping[str, Row]:
    make = transcript(word, text, kind)
    granularities = ["segment", "word"]
    rows: dict[str, Row] = {
        format: lambda size, write=write: write(make(size), "transcribe", granularities)  # type: ignore[misc]
        for format, (_, write) in WRITERS.items()
    }

    def stream(size: int) -> bytes:
        made = make(size)
        segments = [row._replace(text=CountedText(row.text)) for row in made.segments]
        return write_events(made._replace(text=CountedText(made.text), segments=segments))

    rows["events"] = stream
    return {f"{kind} {word!r} in {text!r} as {name}": row for name, row in rows.items()}


def complete(content: Any) -> Row:
    return lambda size: tried(read_whole)(fakes.answer({"output": [content] * size}).pieces[0])


ANSWERS: Mapping[str, Row] = {
    "calls without names": read_calls(lambda place: {"name": "f", "arguments": "[1,"}),
    "calls of one name": read_calls(lambda place: {"name": "f", "arguments": "{}"}),
    "calls by ids": read_calls(lambda place: {"id": f"c{place}", "name": "f"}),
    "pieces of a call": read_calls(lambda place: {"index": 0, "name": "f", "arguments": '"'}),
    "indexes of one hash": read_calls(lambda place: {"index": (2**61 - 1) * place}),
    **{
        f"leaked calls {unit!r}": find_leaks(unit)
        for unit in ('<tool_call>{"name":"n', "```{", "```\n", "<function=n", "<function=n1>", '{"')
    },
    **write_transcript("a", "a ", "segments"),
    **write_transcript("a", "b ", "segments"),
    **write_transcript("", "", "words"),
    **write_transcript("é.", "é. ", "words"),
    "items of an output": complete({"type": "message", "content": [{"type": "a", "text": "b"}]}),
    "calls of an output": complete({"type": "function_call", "name": "f", "arguments": "{}"}),
    "events of unknown shape": lambda size: [Reader().read({"x": [1] * 9}) for _ in range(size)],
    "an answer in JSON": lambda size: check_json(["[1,]" * size, Finish("stop")], None),
}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=name)
        for table in (JSON, ADDRESSES, REQUESTS, ANSWERS)
        for name, row in table.items()
    ],
)
def test_a_parser_takes_steps_linear_in_its_input(row: Row) -> None:
    assert_linear(row, 300)


@pytest.mark.parametrize("kind", sorted(nasty.KINDS))
def test_a_nasty_request_takes_steps_linear_in_its_size(kind: str) -> None:
    for seed in range(3):
        run_case(nasty.KINDS[kind](Random(seed), 400))  # imports and caches
        assert_doubled(*(count_nasty(kind, seed, size) for size in (5_000, 10_000)))


def count_nasty(kind: str, seed: int, size: int) -> int:
    counts: list[int] = []
    case = nasty.KINDS[kind](Random(seed), size)
    run_case(case, lambda work: counts.append(count_steps(work)))
    return counts[0]


def test_brackets_are_looked_through_once_and_not_at_each_place() -> None:
    size = 5_000
    text = CountedText("[1] " * size)
    assert count_steps(lambda: find_json(text)) < 2 * size
