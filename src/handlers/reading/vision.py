"""Reads the images of requests to text models, in every dialect."""

from typing import Any

from core.errors import BadRequest
from core.limits import IMAGE_ADDRESSES, IMAGES_BYTES
from core.ports import Ports
from media.data_urls import normalize_data_url
from media.images import fetch_images, images_too_large
from workers_ai.catalogue.model import Model


class Vision:
    """Reads the images of one request: first all of them, then those that are addresses are
    fetched together."""

    def __init__(self, model: Model, ports: Ports) -> None:
        self._is_blind = model.vision is False
        self._fetch = ports.fetch
        self._remaining = IMAGES_BYTES
        self._params: dict[str, list[str]] = {}
        """The parameters of the request that have each address."""
        self._images: dict[str, list[dict[str, str]]] = {}
        """What waits for the image at each address."""

    def require_vision(self, param: str) -> None:
        """Raises :class:`BadRequest` if the model is known to have no vision."""
        if self._is_blind:
            raise BadRequest(
                "This model does not see images; choose one whose capabilities in /v1/models "
                "include vision.",
                param=param,
                code="unsupported_content",
            )

    def read_image(self, url: str, param: str) -> dict[str, Any]:
        """Returns the content part of an image, given as a ``data:`` URL or by its address; the
        latter has its image after :meth:`fetch_images`. Raises :class:`BadRequest` if it is none,
        :class:`TooLarge` if the images of the request are."""
        url = url.strip()
        if url[:5].lower() == "data:":
            image = {"url": normalize_data_url(url, param)}
            self._remaining -= len(image["url"])
            if self._remaining < 0:
                raise images_too_large(param)
        else:
            image = {"url": url}
            self._params.setdefault(url, []).append(param)
            self._images.setdefault(url, []).append(image)
            if len(self._params) > IMAGE_ADDRESSES:
                raise BadRequest(
                    f"A request can have the addresses of {IMAGE_ADDRESSES} images; send the "
                    "others as data URLs.",
                    param=param,
                    code="too_many_images",
                )
        return {"type": "image_url", "image_url": image}

    async def fetch_images(self) -> None:
        """Fetches the images that are addresses. Raises as :meth:`read_image` does."""
        if self._params:
            fetched = await fetch_images(self._params, self._fetch, self._remaining)
            for address, image in fetched.items():
                for waiting in self._images[address]:
                    waiting["url"] = image
