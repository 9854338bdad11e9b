"""Parameters, wherever and however a client sends them."""

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from core.errors import BadRequest, TooLarge
from core.limits import FORM_FIELDS
from handlers.reading import parameters
from handlers.reading.parameters import Parameters
from support import fakes

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def read(
    body: bytes = b"", content_type: str | None = None, query: str = "", limit: int = 10_000
) -> Parameters:
    headers = {"content-type": content_type}
    sent = fakes.request("POST", f"/?{query}", body, headers)
    return fakes.run(parameters.read_parameters(sent, limit))


# --- where they are ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content_type",
    [None, "", JSON, "application/json; charset=utf-8", "text/plain", "text/plain;charset=UTF-8"]
    + [FORM, "application/json+protobuf", "application/octet-stream", "nonsense", "JSON"],
)
def test_json_is_known_by_its_look(content_type: str | None) -> None:
    body = b' \n{"text": "a & b = c", "n": [1, null]}\n'
    assert read(body, content_type).values == {"text": "a & b = c", "n": [1, None]}
    assert read(b"\xef\xbb\xbf[1]", content_type) == Parameters({}, [1])


@pytest.mark.parametrize("content_type", [None, FORM, FORM.upper(), f"{FORM};charset=utf-8"])
def test_a_form(content_type: str | None) -> None:
    given = read("text=a+b&text=%E4%BD%A0%26&to=&x=é".encode(), content_type)
    assert given.values == {"text": ["a b", "你&"], "to": "", "x": "é"}


def test_a_query() -> None:
    assert read(query="text=a&text=b&text=c&to=").values == {"text": ["a", "b", "c"], "to": ""}


MULTIPART = (
    '--x\r\ncontent-disposition: form-data; name="q"\r\n\r\nGrüße\r\n'
    '--x\r\ncontent-disposition: form-data; name="q"\r\n\r\nb\r\n'
    '--x\r\ncontent-disposition: form-data; name="f"; filename="f.txt"\r\n\r\nfile\r\n'
    '--x\r\ncontent-disposition: form-data; name="to"\r\n\r\nfr\r\n--x--\r\n'
).encode()


def test_a_multipart_form_without_its_files() -> None:
    given = read(MULTIPART, "Multipart/Form-Data; boundary=x", "to=de&key=k")
    assert given.values == {"q": ["Grüße", "b"], "to": "fr", "key": "k"}


def test_a_form_that_is_none() -> None:
    with pytest.raises(BadRequest):
        read(b"q=1", "multipart/form-data; boundary=x")


@pytest.mark.parametrize("body", [b'{"to": "fr"}', b"to=fr"])
def test_the_body_wins_over_the_query(body: bytes) -> None:
    assert read(body, None, "to=de&sl=en").values == {"to": "fr", "sl": "en"}


def test_an_array_and_a_query() -> None:
    assert read(b'[{"Text": "a"}]', JSON, "to=de") == Parameters({"to": "de"}, [{"Text": "a"}])


@pytest.mark.parametrize("content_type", [None, JSON, FORM, "text/plain"])
def test_no_body(content_type: str | None) -> None:
    assert read(b"", content_type, "a=1") == read(b" \r\n", content_type, "a=1")
    assert read(b"", content_type, "a=1") == Parameters({"a": "1"})


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", None),
        (b'{"text": "a"', FORM),
        (b"[", "text/plain"),
        (b"{}{}", JSON),
        (b'{"a": NaN}', JSON),
        (b'{"a": 1e999}', JSON),
        (b"text=a", JSON),
        (b"null", JSON),
        (b'"a"', JSON),
        (b"5", "application/problem+json"),
        (b"[" * 5_000, None),
        (b'{"a":' * 500 + b"1" + b"}" * 500, None),
        (b'{"a":' + b"9" * 5_000 + b"}", None),
    ],
)
def test_rejects_json_that_is_not_an_object(body: bytes, content_type: str | None) -> None:
    with pytest.raises(BadRequest) as caught:
        read(body, content_type)
    assert caught.value.code == "invalid_json"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"a=1", FORM),
        (b"a=1", None),
        (b'{"a": "1"}', JSON),
        (MULTIPART, "multipart/form-data; boundary=x"),
    ],
)
def test_rejects_a_body_that_is_too_large(body: bytes, content_type: str | None) -> None:
    assert read(body, content_type, limit=len(body)).values
    with pytest.raises(TooLarge):
        read(body, content_type, limit=len(body) - 1)


def test_forms_are_read_in_bounded_time() -> None:
    """A name and nothing else takes two bytes and as long as any other field."""
    for body, query in ((b"a&" * FORM_FIELDS + b"a", ""), (b"", "a&" * FORM_FIELDS + "a")):
        with pytest.raises(BadRequest) as caught:
            read(body, FORM, query)
        assert caught.value.code == "too_many_fields"
    assert len(read(b"&".join(b"a" for _ in range(FORM_FIELDS)), FORM).values["a"]) == FORM_FIELDS


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"a=%FF&%FF=%", b'{"a": "\xff"}', b"=", b"&&&", b"%"]
)
def test_bytes_that_are_no_text(body: bytes) -> None:
    for value in read(body).values.values():
        json.dumps(value).encode()


# --- what they are -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        ("", ""),
        (None, "default"),
        (True, "true"),
        (False, "false"),
        (12, "12"),
        (1.5, "1.5"),
        (["a", "b"], "b"),
        (["a", None], "default"),
        ([5], "5"),
    ],
)
def test_a_text(value: object, text: str) -> None:
    assert Parameters({"a": value}).text("a", "default") == text


@pytest.mark.parametrize("value", [{}, {"a": "b"}, [], [[]], [{}]])
def test_rejects_values_that_are_not_text(value: object) -> None:
    with pytest.raises(BadRequest) as caught:
        Parameters({"a": value}).text("a")
    assert (caught.value.param, caught.value.code) == ("a", "invalid_type")


def test_what_is_missing() -> None:
    nothing = Parameters()
    assert (nothing.text("a"), nothing.text("a", "x"), nothing.texts("a")) == ("", "x", None)
    assert (nothing.flag("a"), nothing.flag("a", True), nothing.names("a")) == (False, True, [])


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        *[(value, True) for value in ("1", "true", "True", " TRUE ", "yes", "on", 1, True)],
        *[(value, False) for value in ("0", "false", "False", "no", "off", 0, False, "maybe")],
    ],
)
def test_a_flag(value: object, flag: bool) -> None:
    for default in (False, True):
        assert Parameters({"a": value}).flag("a", default) is flag
        assert Parameters({"a": ""}).flag("a", default) is default


@pytest.mark.parametrize(
    ("value", "texts"),
    [("a", ["a"]), ("", [""]), (["a", ""], ["a", ""]), ([], []), (None, None)],
)
def test_texts(value: object, texts: list[str] | None) -> None:
    assert Parameters({"a": value}).texts("a") == texts


@pytest.mark.parametrize("value", [5, True, {}, ["a", 5], ["a", None], [["a"]]])
def test_rejects_values_that_are_not_texts(value: object) -> None:
    with pytest.raises(BadRequest) as caught:
        Parameters({"a": value}).texts("a")
    assert (caught.value.param, caught.value.code) == ("a", "invalid_type")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("x,y", ["x", "y"]),
        (["y", "x"], ["y", "x"]),
        (["b,a", " c , ", "a"], ["b", "a", "c"]),
        (" , ", []),
    ],
)
def test_names_keep_their_order(value: object, names: list[str]) -> None:
    assert Parameters({"a": value}).names("a") == names


@pytest.mark.parametrize("fields", [[("q", "a b"), ("q", "你&="), ("to", "zh-TW")]])
def test_all_ways_say_the_same(fields: list[tuple[str, str]]) -> None:
    values: dict[str, Any] = {"q": ["a b", "你&="], "to": "zh-TW"}
    assert (
        read(urlencode(fields).encode(), FORM).values
        == read(query=urlencode(fields, quote_via=quote)).values
        == read(json.dumps(values).encode()).values
        == values
    )
