"""Images in requests to text models, whichever dialect they come in."""

from typing import Any

from core.errors import BadRequest, TooLarge
from core.ports import Ports
from handlers.reading.fields import MAX_BODY
from media.images import load_image
from workers_ai.catalogue.model import Model


class Vision:
    """Takes the images of one request, where its model sees."""

    def __init__(self, model: Model, ports: Ports) -> None:
        self._blind = model.vision is False
        self._fetch = ports.fetch
        self._left = MAX_BODY

    def check(self, param: str) -> None:
        """Raises :class:`BadRequest` if the model is known to see nothing."""
        if self._blind:
            raise BadRequest(
                "This model does not see images; choose one whose capabilities in /v1/models "
                "include vision.",
                param=param,
                code="unsupported_content",
            )

    async def part(self, url: str, param: str) -> dict[str, Any]:
        """The content part of an image that ``param`` gave as a ``data:`` URL or by its address.
        Raises :class:`BadRequest` for what is no image."""
        data = await load_image(url, self._fetch, param)
        # Fetched images are held to what the body could have carried: an isolate has 128 MB.
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge("The images of this request are larger than 25 MB in all.", param=param)
        return {"type": "image_url", "image_url": {"url": data}}
