"""``/translate``, where several clients meet: told apart by what they send."""

from collections.abc import Awaitable, Callable

from core.errors import APIError
from core.ports import Ports
from core.web import Request, Response
from handlers.reading.parameters import Parameters
from handlers.translation import azure, deeplx, hcfy, immersive, kiss, libretranslate

Handler = Callable[[Request, Ports], Awaitable[Response]]

_DIALECTS: tuple[tuple[str, Handler, Callable[[APIError], Response]], ...] = (
    ("text_list", immersive.translate, immersive.error),
    ("destination", hcfy.translate, hcfy.error),
    ("texts", kiss.translate, kiss.error),
    ("from", kiss.translate, kiss.error),
    ("q", libretranslate.translate, libretranslate.error),
)
"""A parameter that only this dialect has. The order counts: hcfy and kiss-translator have DeepLX's
``text`` too."""


def dialect(parameters: Parameters) -> tuple[Handler, Callable[[APIError], Response]]:
    """Who translates, and how errors are told."""
    if parameters.array is not None:
        return azure.translate, azure.error
    for name, handler, error in _DIALECTS:
        if name in parameters.values:
            return handler, error
    return deeplx.translate, deeplx.error
