"""What an isolate keeps from one request to the next, in one list.

Nothing in it belongs to a request. Modules that keep something register it, so that it can be read
here what there is, and tests can begin as a new isolate does.
"""

from collections.abc import Callable

KEPT: dict[str, Callable[[], object]] = {}
"""What is kept, and how it is forgotten."""


def keeps(what: str, forget: Callable[[], object]) -> None:
    """Registers what a module keeps."""
    KEPT[what] = forget


def forget() -> None:
    """Forgets all that is kept: the next request is like the first of an isolate."""
    for forget_one in KEPT.values():
        forget_one()
