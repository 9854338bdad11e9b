"""Reranking's errors: OpenAI's error object, and beside it what clients of Cohere (``message``) and
of Jina (``detail``) read."""

from core.dialect import Dialect
from core.errors import APIError
from core.web import Response, json_response
from handlers.openai.errors import error_event, error_object


def error_response(error: APIError) -> Response:
    body = {**error_object(error), "message": error.message, "detail": error.message}
    return json_response(body, error.status, error.headers)


RERANK = Dialect("rerank", error_response, error_event)
