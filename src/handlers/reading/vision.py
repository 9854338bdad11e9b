"""Reads the images of requests to text models, in every dialect."""

from typing import Any

from core.errors import BadRequest, TooLarge
from core.limits import IMAGES_BYTES
from core.ports import Ports
from media.images import load_image
from workers_ai.catalogue.model import Model


class Vision:
    """Reads the images of one request."""

    def __init__(self, model: Model, ports: Ports) -> None:
        self._is_blind = model.vision is False
        self._fetch = ports.fetch
        self._remaining = IMAGES_BYTES

    def require_vision(self, param: str) -> None:
        """Raises :class:`BadRequest` if the model is known to have no vision."""
        if self._is_blind:
            raise BadRequest(
                "This model does not see images; choose one whose capabilities in /v1/models "
                "include vision.",
                param=param,
                code="unsupported_content",
            )

    async def read_image(self, url: str, param: str) -> dict[str, Any]:
        """Returns the content part of an image, given as a ``data:`` URL or by its address. Raises
        :class:`BadRequest` if it is none, :class:`TooLarge` if the images of the request are."""
        data = await load_image(url, self._fetch, param)
        # Fetched images are limited to what a body may carry: an isolate has 128 MB.
        self._remaining -= len(data)
        if self._remaining < 0:
            raise TooLarge("The images of this request are larger than 25 MB in all.", param=param)
        return {"type": "image_url", "image_url": {"url": data}}
