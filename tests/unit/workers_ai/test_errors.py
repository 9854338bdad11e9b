"""What Workers AI's codes become, and what must never be quoted of its texts."""

import json
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DISABLING_WORDS, APIError
from handlers.openai.errors import error_object
from support.fakes import failure
from support.openai_shapes import DISABLING_CODES, DISABLING_TYPES, check_answer
from workers_ai.errors import ERRORS_BY_CODE, RETRYABLE, read_error

# facts of Cloudflare's errors page, and of accounts' logs: code, status, code for the client
EXPECTED = {
    1031: (502, "not_logged_in"),
    3003: (400, "invalid_input"),
    3006: (413, "request_too_large"),
    3007: (504, "timeout"),
    3008: (499, "aborted"),
    3010: (400, "context_length_exceeded"),
    3016: (400, "invalid_image"),
    3023: (403, "model_not_available"),
    3030: (400, "content_policy_violation"),
    3036: (429, "daily_neurons_exhausted"),
    3039: (400, "invalid_input"),
    3040: (429, "capacity_exceeded"),
    3041: (403, "model_not_available"),
    3042: (404, "model_not_found"),
    3043: (502, "upstream_error"),
    4006: (429, "daily_neurons_exhausted"),
    5004: (400, "invalid_input"),
    5005: (400, "unsupported_call"),
    5006: (400, "invalid_input"),
    5007: (404, "model_not_found"),
    5016: (403, "model_not_available"),
    5018: (403, "model_not_available"),
    5019: (400, "unsupported_call"),
    5021: (400, "context_length_exceeded"),
    5023: (400, "invalid_input"),
    5024: (400, "json_validate_failed"),
    5025: (400, "json_schema_unsupported"),
    5028: (404, "model_not_found"),
    5035: (403, "model_not_available"),
    8001: (400, "invalid_input"),
    8002: (400, "invalid_input"),
    8006: (400, "invalid_image"),
    8007: (400, "invalid_input"),
}
SAID = "Your credit balance is too low, Permission denied"
"""Upstream text of the worst kind."""


def bodies(code: int) -> Iterator[bytes]:
    """Every shape in which a code has been seen."""
    nested = f"AiError: {code}: {SAID}"
    for value in (
        {"internalCode": code, "name": "AiError", "message": SAID, "description": SAID},
        {"errors": [{"code": code, "message": SAID}], "success": False, "result": {}},
        {"errors": [{"message": nested}]},
        {"error": {"code": code, "message": SAID}},
        {"error": nested},
        {"description": f"InferenceUpstreamError: {nested}"},
        {"internalCode": 8007, "description": nested},
    ):
        yield json.dumps(value).encode()
    yield nested.encode()
    yield f"<html><body>{nested}</body></html>".encode()


def test_the_expectations_are_complete() -> None:
    assert EXPECTED.keys() == ERRORS_BY_CODE.keys()


@pytest.mark.parametrize("code", ERRORS_BY_CODE)
def test_every_code_in_every_shape(code: int) -> None:
    for body in bodies(code):
        error = read_error(400, body)
        assert (error.status, error.code) == EXPECTED[code], body
        assert error.message == ERRORS_BY_CODE[code].message
        check_answer("error", error_object(error), status=error.status)


@pytest.mark.parametrize(
    ("status", "expected", "code"),
    [
        (400, 400, "invalid_input"),
        (401, 502, "upstream_error"),
        (403, 502, "upstream_error"),
        (404, 404, "model_not_found"),
        (408, 504, "timeout"),
        (413, 413, "request_too_large"),
        (422, 400, "invalid_input"),
        (429, 429, "rate_limit_exceeded"),
        (499, 499, "aborted"),
        (500, 502, "upstream_error"),
        (503, 502, "upstream_error"),
        (302, 502, "upstream_error"),
    ],
)
@pytest.mark.parametrize(
    "body", [b"", b"<html>Bad gateway", b'{"internalCode":1234}', b"[1]", b"\xff\xfe", b"null"]
)
def test_an_unknown_code_counts_by_its_status(
    status: int, expected: int, code: str | None, body: bytes
) -> None:
    error = read_error(status, body)
    assert (error.status, error.code) == (expected, code)
    check_answer("error", error_object(error), status=error.status)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (3030, "Input prompt contains NSFW content", "content_policy_violation"),
        (3030, "Your output has been flagged. Choose another prompt", "content_policy_violation"),
        (3030, "Model input is not valid: input tensor `image` is not present", "invalid_input"),
        (3030, "Missing boundary in multipart.", "invalid_input"),
        (3030, "failed to process audio: corrupt or unsupported data", "invalid_input"),
        (3030, "Invalid value for width", "invalid_input"),
        (3010, "The estimated number of tokens (9) exceeded", "context_length_exceeded"),
        (3010, "Invalid or incomplete input for the model", "invalid_input"),
    ],
)
def test_ambiguous_codes_count_by_their_text(code: int, text: str, expected: str | None) -> None:
    error = read_error(400, json.dumps({"internalCode": code, "description": text}).encode())
    assert (error.status, error.code) == (400, expected)


def test_the_innermost_known_code_counts() -> None:
    body = b'{"internalCode":8007,"description":"8007: 4006: you have used up your daily free"}'
    assert read_error(429, body).code == "daily_neurons_exhausted"
    assert read_error(500, b"3040: something 9999: else").code == "capacity_exceeded"


def test_a_context_length_reported_by_the_engine() -> None:
    text = "This model's maximum context length is 8192 tokens"
    body = json.dumps({"internalCode": 8007, "description": text}).encode()
    assert read_error(400, body).code == "context_length_exceeded"


def test_reads_by_how_much_the_context_is_exceeded() -> None:
    text = (
        "5021: The estimated number of input and maximum output tokens (9000) exceeded this "
        "model context window limit (8192)."
    )
    error = read_error(400, json.dumps({"errors": [{"message": text}]}).encode())
    assert error.code == "context_length_exceeded"
    assert error.overflow == (9000, 8192)
    assert read_error(400, b"5021: too long").overflow is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("{start} However, you requested 9000 tokens (8000 in the messages)", (9000, 8192)),
        ("{start} However, your request has 8500 input tokens.", (8500, 8192)),
        ("too large: 2000. {start} and has 7000 input tokens (2000 > 8192 - 7000).", (9000, 8192)),
        ("{start} However, your request has 500 input tokens.", None),
    ],
)
def test_reads_what_an_engine_counts(text: str, numbers: tuple[int, int] | None) -> None:
    text = text.format(start="This model's maximum context length is 8192 tokens.")
    error = read_error(400, json.dumps({"internalCode": 8007, "description": text}).encode())
    assert (error.code, error.overflow) == ("context_length_exceeded", numbers)


@pytest.mark.parametrize(
    ("text", "param"),
    [
        ("Type mismatch of '/messages/0/content', 'array' not in 'string'", "messages"),
        ("required properties at '/' are 'prompt'", "prompt"),
        ("required properties at '/' are 'odd,query,contexts'", "query"),
        ("oneOf at '/' not met: required properties at '/tools/0/function' are 'name'", "tools"),
        ("Additional or unevaluated properties '/seed' at '/' not allowed", "seed"),
        ("at '/tools/0/function/parameters/properties/balance/type'", "tools"),
        ("something nobody has seen", "model"),
    ],
)
def test_a_schema_violation_names_the_param(text: str, param: str) -> None:
    error = read_error(400, f"5006: Error: {text}".encode())
    assert (error.code, error.param) == ("invalid_input", param)


# --- when to come back -------------------------------------------------------------------------


@pytest.mark.parametrize("code", [3036, 4006])
def test_the_daily_allocation_returns_at_midnight(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``x-should-retry`` as well: openai-node ignores a long Retry-After."""
    monkeypatch.setattr(time, "time", lambda: 1_790_553_600 + 86_400 - 61.5)
    headers = read_error(429, failure(code).pieces[0]).headers
    assert headers == {"retry-after": "62", "x-should-retry": "false"}


@pytest.mark.parametrize("error", [read_error(429, b"3040: x"), read_error(429, b"")])
def test_tells_clients_to_retry_a_busy_model_soon(error: APIError) -> None:
    assert error.headers == {"retry-after": "3", "x-should-retry": "true"}


def test_no_other_error_says_when_to_retry() -> None:
    for code in EXPECTED.keys() - {3036, 4006, 3040}:
        assert read_error(400, failure(code).pieces[0]).headers == {}


def test_retryable_codes_are_capacity_and_failures() -> None:
    """Out of capacity and failures, but nothing that would cost or fail again."""
    retried = {
        code for code in ERRORS_BY_CODE if read_error(400, b"%d: x" % code).code in RETRYABLE
    }
    assert retried == {3040, 3043}
    assert read_error(500, b"").code in RETRYABLE
    assert read_error(429, b"").code not in RETRYABLE


def test_no_upstream_error_looks_like_a_lost_account() -> None:
    found = [read_error(status, b"%d: x" % code) for status in (401, 500) for code in EXPECTED]
    found += [read_error(status, b"") for status in range(300, 600)]
    for error in found:
        assert error.status != 401
        assert error.type not in DISABLING_TYPES
        assert error.code not in DISABLING_CODES


@given(st.sampled_from([*ERRORS_BY_CODE, 9999]), st.sampled_from([400, 404, 429, 500]), st.text())
def test_upstream_text_is_never_quoted(code: int, status: int, text: str) -> None:
    body = json.dumps({"internalCode": code, "description": f"{code}: {text} MARK {SAID}"})
    message = read_error(status, body.encode()).message
    assert "MARK" not in message
    assert not [word for word in DISABLING_WORDS if word in message.lower()]


@given(st.binary(max_size=200), st.integers(300, 599))
def test_any_body_makes_an_error(body: bytes, status: int) -> None:
    check_answer("error", error_object(read_error(status, body)))


CODES = st.sampled_from([*ERRORS_BY_CODE])
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from([*ERRORS_BY_CODE]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(["internalCode", "code", "errors", "error", "description", "message"]), JUNK
    )
)
def test_any_json_makes_an_error(value: dict[str, object]) -> None:
    check_answer("error", error_object(read_error(400, json.dumps(value).encode())))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Type mismatch of '/messages/0/content', 'array' not in 'string'", "/messages/0/content"),
        ("required properties at '/' are 'prompt'", "/"),
        ("'/tools/0/function/description', '/tools/0/function/description'", None),
        ("at '/messages/1/role' and '/top_p'", "/messages/1/role, /top_p"),
    ],
)
def test_a_schema_violation_reports_its_pointers(text: str, named: str | None) -> None:
    message = read_error(400, f"5006: Error: {text}".encode()).message
    named = named or "/tools/0/function/description"
    assert message == f"The input does not fit what this model takes. It points at {named}."
    assert "points" not in read_error(400, f"3003: {text}".encode()).message


@pytest.mark.parametrize(
    ("pointer", "named"),
    [
        ("/tools/0/function/parameters/properties/credit_balance", "properties"),
        ("/tools/0/function/parameters/properties/balance/type", "properties"),
        ("/credit", None),
        ("/messages_of_credit/0", None),
    ],
)
def test_the_clients_own_names_are_left_out_of_a_pointer(pointer: str, named: str | None) -> None:
    """A property called ``credit_balance`` would switch the channel off."""
    message = read_error(400, f"5006: Error: mismatch of '{pointer}'".encode()).message
    assert message.endswith(f"/{named}." if named else "takes.")


def test_a_count_of_tokens_beyond_all_numbers_is_none() -> None:
    text = "5021: tokens (" + "9" * 5000 + ") exceeded this model context window limit (1)"
    assert read_error(400, text.encode()).overflow is None
