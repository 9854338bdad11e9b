"""The plainest request of each dialect of translation, for what all of them have to do."""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from support.translation_shapes import errors_of


class Dialect(NamedTuple):
    """``answer``: the row of :data:`ANSWERS`. ``body`` makes the body, or the
    query, of a text and the codes of two languages."""

    answer: str
    path: str
    body: Callable[[str, str, str], Any]
    method: str = "POST"

    @property
    def errors(self) -> str:
        """The row of :data:`ERRORS`."""
        return errors_of(self.answer)

    def request(self, text: str, target: str = "fr", source: str = "en") -> tuple[str, str, Any]:
        """Method, target and body."""
        made = self.body(text, source, target)
        if self.method == "GET":
            return self.method, f"{self.path}?{urlencode(made)}", b""
        if isinstance(made, list) and self.answer == "azure":
            return self.method, f"{self.path}?{urlencode({'from': source, 'to': target})}", made
        return self.method, self.path, made


def _json_rpc(text: str, source: str, target: str) -> Any:
    lang = {"source_lang_user_selected": source, "target_lang": target}
    params = {"texts": [{"text": text, "requestAlternatives": 1}], "lang": lang}
    return {"jsonrpc": "2.0", "method": "LMT_handle_texts", "id": 7, "params": params}


DIALECTS = (
    Dialect(
        "deeplx",
        "/translate",
        lambda text, source, target: {"text": text, "source_lang": source, "target_lang": target},
    ),
    Dialect(
        "immersive",
        "/translate",
        lambda text, source, target: {
            "text_list": [text],
            "source_lang": source,
            "target_lang": target,
        },
    ),
    Dialect(
        "kiss",
        "/translate",
        lambda text, source, target: {"text": text, "from": source, "to": target},
    ),
    Dialect(
        "hcfy",
        "/translate",
        lambda text, source, target: {"text": text, "source": source, "destination": [target]},
    ),
    Dialect(
        "libre",
        "/translate",
        lambda text, source, target: {"q": text, "source": source, "target": target},
    ),
    Dialect("azure", "/translate", lambda text, source, target: [{"Text": text}]),
    Dialect(
        "deepl",
        "/v2/translate",
        lambda text, source, target: {"text": [text], "source_lang": source, "target_lang": target},
    ),
    Dialect("jsonrpc", "/jsonrpc", _json_rpc),
    Dialect(
        "google objects",
        "/translate_a/single",
        lambda text, source, target: {"q": text, "sl": source, "tl": target, "dj": "1"},
        "GET",
    ),
    Dialect(
        "google html",
        "/v1/translateHtml",
        lambda text, source, target: [[[text], source, target], "wt_lib"],
    ),
)
