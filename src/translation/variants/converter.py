"""Variants of a language that are a matter of spelling: made from what the model writes, whatever
that is."""

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
    """What turns a text in the target's language into the target's spelling, if anything does."""
    return _CONVERTERS.get((target.code, target.variant_id))
