"""OpenAI's error object, in an answer and inside a stream."""

import json
import re

import pytest

from core.errors import BadRequest, internal_error, truncated
from handlers.openai.errors import error_event, error_object, error_response
from support.openai_shapes import check_event


def test_the_error_object_has_all_four_fields() -> None:
    error = BadRequest("No.", param="n", code="invalid_value", headers={"x-a": "b"})
    assert error_object(error) == {
        "error": {
            "message": "No.",
            "type": "invalid_request_error",
            "param": "n",
            "code": "invalid_value",
        }
    }
    response = error_response(error)
    assert response.status == 400
    assert response.headers == {"content-type": "application/json", "x-a": "b"}
    assert json.loads(response.body) == error_object(error)


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (truncated(), "upstream_error"),
        (internal_error(), "internal_error"),
        (ValueError("the prompt was: credit"), "internal_error"),
    ],
)
def test_an_error_in_a_stream_is_a_data_line_and_tells_only_what_is_known(
    cause: Exception, code: str
) -> None:
    line = error_event(cause)
    assert re.fullmatch(rb"data: .*\n\n", line)
    event = json.loads(line[6:])
    check_event("chat", event)
    assert event["error"]["code"] == code
    assert b"prompt" not in line
