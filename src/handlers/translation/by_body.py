"""``/translate``, where several clients meet: told apart by what they send."""

from collections.abc import Awaitable, Callable

from core.dialect import Dialect
from core.ports import Ports
from core.web import Request, Response
from handlers.reading.parameters import Parameters
from handlers.translation import azure, deeplx, hcfy, immersive, kiss, libretranslate
from handlers.translation.azure import AZURE
from handlers.translation.deeplx import DEEPLX
from handlers.translation.libretranslate import LIBRETRANSLATE

Handler = Callable[[Request, Ports], Awaitable[Response]]

CLIENTS: tuple[tuple[str, Handler, Dialect], ...] = (
    ("text_list", immersive.translate, DEEPLX),
    ("destination", hcfy.translate, DEEPLX),
    ("texts", kiss.translate, DEEPLX),
    ("from", kiss.translate, DEEPLX),
    ("q", libretranslate.translate, LIBRETRANSLATE),
)
"""A parameter that only this client sends. The order counts: hcfy and kiss-translator send DeepLX's
``text`` too."""


def choose(parameters: Parameters) -> tuple[Handler, Dialect]:
    """The handler and the dialect of the client that sends such parameters."""
    if parameters.array is not None:
        return azure.translate, AZURE
    for name, handler, dialect in CLIENTS:
        if name in parameters.values:
            return handler, dialect
    return deeplx.translate, DEEPLX
