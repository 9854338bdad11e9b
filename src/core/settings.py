"""Every setting: name, type, default, meaning. README's table is made from :data:`ROWS`."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from core.errors import NotConfigured
from untrusted.json_text import parse_json


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise ValueError
        return value

    return parse


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError
        return text

    return parse


def _names(text: str) -> Mapping[str, str]:
    value = parse_json(text)
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise ValueError
    return value


class Row(NamedTuple):
    name: str
    parse: Callable[[str], Any]
    default: str
    takes: str
    meaning: str


ROWS = (
    Row(
        "API_KEYS",
        str,
        "",
        "`key`, `name=key` or `name:translation=key`, comma separated",
        "The keys that clients may use, the last form for translation alone. A secret; without it "
        "every call is refused with 503.",
    ),
    Row(
        "MODEL_ALIASES",
        _names,
        "{}",
        "JSON object, name → model id",
        "Adds to and overrides the built-in aliases such as `gpt-4o`; "
        "a name that ends in `*` stands for every name that begins so.",
    ),
    Row(
        "PLAN",
        _one_of("free", "paid"),
        "free",
        "`free` or `paid`",
        "The account's Workers plan. On `free`, `/v1/models` leaves out the models that need the "
        "paid one.",
    ),
    Row(
        "RETIRED_MODELS",
        _one_of("refuse", "successor"),
        "refuse",
        "`refuse` or `successor`",
        "What a call to a retired model gets: a 404 that names the successor, or the "
        "successor's answer with its name in `x-model-served`.",
    ),
    Row(
        "MODEL_TIMEOUT",
        _whole(1, 600),
        "90",
        "seconds, 1 to 600",
        "How long a model may take to its first byte, and for the rest of an answer that is not "
        "streamed; then it is given up, and its client told with 504.",
    ),
    Row(
        "STREAM_FLUSH_BYTES",
        _whole(1, 65536),
        "1024",
        "1 to 65536",
        "How many upstream bytes one step of a stream may wait for once it flows, as native "
        "frames count them: about 20 tokens; of the wider OpenAI frames as many tokens. At a slow "
        "model's pace it is fewer, a quarter of a second's. Larger costs less CPU with fast "
        "models, smaller looks smoother, 1 passes on every token.",
    ),
    Row(
        "MODELS_TTL",
        _whole(0, 604800),
        "21600",
        "seconds, 0 to 604800",
        "How long the live model list of the account is kept; 0 uses the built-in list alone.",
    ),
    Row(
        "FILES_TTL",
        _whole(60, 31536000),
        "2592000",
        "seconds, 60 to 31536000",
        "How long generated images are kept at their address, in R2 (`BUCKET`) or KV (`FILES`).",
    ),
    Row(
        "RESPONSES_TTL",
        _whole(0, 31536000),
        "86400",
        "seconds, 0 to 31536000",
        "How long answers of `/v1/responses` and their inputs are stored, in D1 (`DB`), unless a "
        "request says `store: false`; 0 is not at all.",
    ),
    Row(
        "TRANSLATION_ENGINE",
        _one_of("auto", "m2m100", "llm"),
        "auto",
        "`auto`, `m2m100` or `llm`",
        "What translates: `auto` is m2m100 for short plain texts and a text model for the rest, "
        "each helping the other out; `m2m100` or `llm` is that one alone.",
    ),
    Row(
        "TRANSLATION_MODEL",
        str,
        "@cf/qwen/qwen3-30b-a3b-fp8",
        "model id or alias",
        "The text model that translates, with thinking off.",
    ),
    Row(
        "TRANSLATION_MEMORY_TTL",
        _whole(0, 31536000),
        "2592000",
        "seconds, 0 to 31536000",
        "How long translations are remembered, in D1 (`DB`) and in the isolate; 0 is not at all.",
    ),
    Row(
        "SHARED_MEMORY",
        _one_of("on", "off"),
        "off",
        "`on` or `off`",
        "Whether a key is given what was translated for another one. What a model has translated "
        "together with other texts is remembered for its own key alone, even so.",
    ),
    Row(
        "GLOSSARIES_MAX",
        _whole(0, 1000),
        "20",
        "0 to 1000",
        "How many glossaries a key may have.",
    ),
)


class Settings(NamedTuple):
    api_keys: str
    """As it is set; :func:`read_keys` of :mod:`access.keys` reads it."""
    model_aliases: Mapping[str, str]
    plan: str
    retired_models: str
    model_timeout: int
    stream_flush_bytes: int
    models_ttl: int
    files_ttl: int
    responses_ttl: int
    translation_engine: str
    translation_model: str
    translation_memory_ttl: int
    shared_memory: str
    glossaries_max: int

    @classmethod
    def load(cls, read: Callable[[str], str | None]) -> "Settings":
        """``read(name)`` gives a variable's text, or None where it is not set.

        Raises :class:`NotConfigured` naming the variable that cannot be read.
        """
        return _parse(tuple(read(row.name) or row.default for row in ROWS))


@lru_cache(maxsize=4)
def _parse(texts: tuple[str, ...]) -> Settings:
    values = {}
    for row, text in zip(ROWS, texts, strict=True):
        try:
            values[row.name.lower()] = row.parse(text)
        except ValueError:
            raise unreadable(row.name) from None
    return Settings(**values)


def unreadable(name: str) -> NotConfigured:
    """The error of a setting that cannot be read: it says what is accepted, not what is set."""
    takes = next(row.takes for row in ROWS if row.name == name)
    return NotConfigured(
        f"The setting {name} cannot be read: it takes {takes}.", code="invalid_setting"
    )
