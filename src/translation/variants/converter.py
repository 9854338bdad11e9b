"""Converters for variants of a language that differ in spelling alone. They apply to whatever the
model writes."""

from collections.abc import Callable

from translation.languages.locales import Locale
from translation.variants import chinese, serbian

_CONVERTERS: dict[tuple[str, str], Callable[[str], str]] = {
    ("zh", ""): chinese.to_simplified,
    ("zh", "hans"): chinese.to_simplified,
    ("zh", "tw"): lambda text: chinese.to_traditional(text, "tw"),
    ("zh", "hk"): lambda text: chinese.to_traditional(text, "hk"),
    ("zh", "yue"): lambda text: chinese.to_traditional(text, "hk"),
    ("sr", "latn"): serbian.to_latin,
}


def converter(target: Locale) -> Callable[[str], str] | None:
    """Returns what converts texts to the target's spelling; None if it has none of its own."""
    return _CONVERTERS.get((target.code, target.variant_id))
