import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from untrusted.json_text import MAX_DEPTH, check_number, find_json, parse_json, read_json_values

DEEP = 100_000

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
finite = scalars.filter(lambda value: value not in (float("inf"), float("-inf")))
values = st.recursive(
    finite, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12
)
containers = st.dictionaries(st.text(), values) | st.lists(values, min_size=1)
answers = containers.filter(
    lambda value: isinstance(value, dict) or not all(type(item) is int for item in value)
)
prose = st.text().filter(lambda text: not set(text) & set('[{"'))
json_like = st.lists(
    st.sampled_from(
        [*'{}[]":,1- \n\\é\ud800', "NaN", "1e999", "true", "```", "```json\n", '{"a":', '["']
    ),
    max_size=40,
).map("".join)


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@given(values)
def test_reads_what_json_writes(value: object) -> None:
    assert parse_json(json.dumps(value)) == value
    assert find_json(json.dumps(value, indent=2)) == value


@given(json_like | st.text())
def test_what_is_read_can_be_written_and_nothing_but_value_error_is_raised(text: str) -> None:
    for read in (parse_json, find_json):
        try:
            value = read(text)
        except ValueError:
            continue
        json.dumps(value, allow_nan=False)


@given(json_like)
def test_parse_json_accepts_only_what_the_standard_library_accepts(text: str) -> None:
    try:
        value = parse_json(text)
    except ValueError:
        return
    assert value == json.loads(text)


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": -Infinity}', "1e999", "-1e999"])
def test_rejects_numbers_that_json_cannot_carry(text: str) -> None:
    with pytest.raises(ValueError):
        parse_json(text)
    with pytest.raises(ValueError):
        find_json(text)


@pytest.mark.parametrize("text", ["", " ", "{", "{}}", "{} {}", "{'a': 1}", '{"a": 1,}', '"a\nb"'])
def test_parse_json_takes_json_alone(text: str) -> None:
    with pytest.raises(ValueError):
        parse_json(text)


def test_nesting_is_read_up_to_the_limit_and_no_further() -> None:
    assert json.dumps(parse_json(nested(MAX_DEPTH))) == nested(MAX_DEPTH)
    assert json.dumps(find_json("Here: " + nested(MAX_DEPTH))) == nested(MAX_DEPTH)
    for text in (nested(MAX_DEPTH + 1), '{"a":' * 200 + "1" + "}" * 200):
        with pytest.raises(ValueError, match="deep"):
            parse_json(text)
        with pytest.raises(ValueError, match="deep"):
            find_json("Here: " + text)


@pytest.mark.parametrize(
    "value",
    [
        ["[" * 500],
        ['"' + "[" * 500],
        ["\\" + "[" * 500, "\\\\" + "{" * 500, '\\"' + "{" * 500],
        {"[" * 500: {"]" * 500: '"'}},
        [[index] for index in range(500)],
    ],
)
def test_brackets_in_strings_and_side_by_side_are_not_depth(value: object) -> None:
    assert parse_json(json.dumps(value)) == value


@given(st.integers(MAX_DEPTH + 1, 300), values, st.text())
def test_depth_is_seen_among_any_strings(depth: int, value: object, text: str) -> None:
    deep = value
    for _ in range(depth):
        deep = [text, deep, text]
    with pytest.raises(ValueError, match="deep"):
        parse_json(json.dumps(deep))


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "{",
        '{"',
        '{"a":',
        '["',
        '[[["aaa',
        '["\\"[',
        "[1]",
        '{"a":1,',
        "[1",
        '```\n{"',
        "{ ",
        "[[[[NaN ",
        '{"a":[} ',
        '"',
        '\\"[{"',
        ", ",
        "[\n",
    ],
)
def test_long_hostile_text_ends_soon_and_well(piece: str) -> None:
    """Quadratic time would take minutes here, an unguarded decoder a RecursionError."""
    try:
        assert find_json(piece * DEEP) == [1]
    except ValueError:
        assert piece != "[1]"
    with pytest.raises(ValueError):
        parse_json(piece * DEEP)


@given(prose, answers, prose)
def test_prose_around_the_answer_is_ignored(before: str, value: object, after: str) -> None:
    assert find_json(f"{before} {json.dumps(value)} {after}") == value


@given(st.text(), answers, st.sampled_from(["", "json", "JSON", "json5"]), st.text())
def test_a_fence_wins(before: str, value: object, language: str, after: str) -> None:
    text = f"{before.replace('`', '')}\n```{language}\n{json.dumps(value, indent=1)}\n```\n{after}"
    assert find_json(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        (" 42\n", 42),
        ('"text"', "text"),
        ("null", None),
        ('Sure! {"a": {"b": "}"}} Anything else?', {"a": {"b": "}"}}),
        ('{see below}: {"a": 1}', {"a": 1}),
        ('It is 5" long: {"a": "{"}', {"a": "{"}),
        ('As in [1] and [2, 3]: {"a": 1}', {"a": 1}),
        ("The numbers are [1, 2].", [1, 2]),
        ("None: [].", []),
        ("[1]\n```json\n[4, 5]\n```", [4, 5]),
        ('Not {"a": 0} but\n  ```json\n{"a": 1}\n```', {"a": 1}),
        ('```json {"a": 1}```', {"a": 1}),
        ('```\n{"a": 1}', {"a": 1}),
        ('```python\nprint([x])\n```\n{"a": 1}', {"a": 1}),
        ('{"code": "```json\\n{}\\n```"}', {"code": "```json\n{}\n```"}),
        ('{"a": [1, 2,], "b": ",}",}', {"a": [1, 2], "b": ",}"}),
        ('Here, 5" wide: {"a": ",]", "b": 2,}', {"a": ",]", "b": 2}),
        ('```json\n{"a": "x",\n}\n```', {"a": "x"}),
        ('{"a": "two\nlines"}', {"a": "two\nlines"}),
        ('<think>{"a": </think>{"a": 1}', {"a": 1}),
    ],
)
def test_finds_json_in_prose(text: str, value: object) -> None:
    assert find_json(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON here",
        "}{",
        '{"a": {"b": 1}, "c": ',
        '{"a": {"b": 1}, oops}',
        '[{"a": 1}, {"b": NaN}]',
        "{'a': 1}",
        '{"a": 1,, "b": 2}',
    ],
)
def test_a_piece_of_a_broken_value_is_not_the_value(text: str) -> None:
    with pytest.raises(ValueError):
        find_json(text)


def test_checks_numbers() -> None:
    assert [check_number(value) for value in (2, -0.5, 10**300)] == [2.0, -0.5, 1e300]
    for value in (None, True, "1", [1], 10**400):
        with pytest.raises(ValueError, match="number"):
            check_number(value)


@given(st.lists(values, max_size=4), st.sampled_from(["\n", " ", ",", "; ", " ,;\n"]))
def test_reads_values_one_after_another(listed: list[object], between: str) -> None:
    text = between.join(json.dumps(value) for value in listed)
    assert read_json_values(f" \n{text} ") == listed


def test_values_without_anything_between_and_with_line_ends_inside() -> None:
    assert read_json_values('{"a": "x\ny"}{"b": []}[]') == [{"a": "x\ny"}, {"b": []}, []]
    assert read_json_values(" \n ") == []


@pytest.mark.parametrize("text", ["{} and {}", "{}.", "a {}", "{} {", ", {}", "NaN", "```{}```"])
def test_rejects_values_with_something_else_between(text: str) -> None:
    with pytest.raises(ValueError):
        read_json_values(text)


def test_values_are_not_nested_deeper_either() -> None:
    deep = nested(MAX_DEPTH)
    assert read_json_values(deep + deep) == [json.loads(deep)] * 2
    with pytest.raises(ValueError, match="deep"):
        read_json_values("{} " + nested(DEEP))
