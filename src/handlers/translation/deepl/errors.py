"""DeepL's errors: ``{"message"}``, with DeepL's statuses."""

from collections.abc import Callable, Mapping

from core.errors import APIError
from handlers.translation.shared import UNSUPPORTED_LANGUAGE, translation_dialect

_WORDS: Mapping[str, Callable[[APIError], str]] = {
    UNSUPPORTED_LANGUAGE: lambda error: f"Value for '{error.param}' not supported.",
    "invalid_api_key": lambda error: "Authorization failed. Please supply a valid auth_key.",
    "daily_neurons_exhausted": lambda error: "Quota Exceeded",
}


def _body(error: APIError, status: int) -> dict[str, str]:
    words = _WORDS.get(error.code or "")
    return {"message": words(error) if words else error.message}


DEEPL = translation_dialect(
    "deepl",
    _body,
    # 456 tells DeepL's clients not to try again; 403 is what they take for a wrong key.
    {"daily_neurons_exhausted": 456},
    {401: 403, 422: 400},
)
