"""The plain values between the edge and the handlers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.web import dump_json, json_response
from support import fakes


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {}),
        ("task=chat&aliases=1", {"task": "chat", "aliases": "1"}),
        ("beta", {"beta": ""}),
        ("a=1&a=2", {"a": "1"}),
        ("a=%E4%BD%A0+x", {"a": "你 x"}),
        ("a=%FF&&=", {"a": "\ufffd", "": ""}),
    ],
)
def test_query(query: str, expected: dict[str, str]) -> None:
    assert fakes.request("GET", "/v1/models?" + query).query == expected


def test_json_is_compact_utf8() -> None:
    assert dump_json({"a": ["你", 1, None]}) == '{"a":["你",1,null]}'.encode()


def test_a_lone_surrogate_keeps_its_escape() -> None:
    """UTF-8 has no room for it, and the other half may come with the next token."""
    assert dump_json("a\\\ud83d") == b'"a\\\\\\ud83d"'
    assert json.loads(dump_json({"\udc00": "\ud83d"})) == {"\udc00": "\ud83d"}


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_json_says_what_it_was_given(value: object) -> None:
    assert json.loads(dump_json(value).decode()) == value


def test_a_json_response_may_have_more_headers() -> None:
    response = json_response({"a": 1}, 418, {"x-a": "b"})
    assert response.status == 418
    assert response.body == b'{"a":1}'
    assert response.headers == {"content-type": "application/json", "x-a": "b"}
