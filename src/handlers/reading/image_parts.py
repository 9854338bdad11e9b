"""Finds the image in a content part, in every form that clients send."""

from collections.abc import Callable, Mapping
from typing import Any

Found = tuple[Any, str]
"""What should be a ``data:`` URL or an address, and where in the part it stands."""


def _read_image_url(part: Mapping[str, Any]) -> Found:
    image = part.get("image_url")
    return (image.get("url") if isinstance(image, dict) else image), "image_url"


def _read_image(part: Mapping[str, Any]) -> Found:
    """Anthropic's ``source``, or the AI SDK's ``image`` with a ``mediaType``."""
    source = part.get("source")
    if isinstance(source, dict):
        if source.get("type") == "url":
            return source.get("url"), "source.url"
        return _as_data_url(source.get("data"), source.get("media_type")), "source.data"
    if "image" in part:
        return _as_data_url(part["image"], _media_type(part)), "image"
    return _read_image_url(part)


def _read_file(part: Mapping[str, Any]) -> Found | None:
    """A file that is an image: the AI SDK's ``data``, OpenAI's ``file_data``."""
    media_type = _media_type(part)
    if isinstance(media_type, str) and media_type.startswith("image/"):
        name = "data" if "data" in part else "url"
        return _as_data_url(part.get(name), media_type), name
    file = part.get("file", part)
    data = file.get("file_data") if isinstance(file, dict) else None
    if isinstance(data, str) and data[:11].lower() == "data:image/":
        return data, "file.file_data" if "file" in part else "file_data"
    return None


def _media_type(part: Mapping[str, Any]) -> Any:
    return part.get("mediaType") or part.get("mimeType") or part.get("media_type")


def _as_data_url(data: Any, media_type: Any) -> Any:
    """Returns base64 as a ``data:`` URL; a URL stays one."""
    if not isinstance(data, str) or data[:5].lower() == "data:" or "://" in data[:8]:
        return data
    # What it claims is compared with its first bytes.
    return f"data:{media_type if isinstance(media_type, str) else 'image/png'};base64,{data}"


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Found | None]] = {
    "image_url": _read_image_url,
    "input_image": _read_image_url,
    "image": _read_image,
    "file": _read_file,
    "input_file": _read_file,
}


def find_image(part: Any) -> Found | None:
    """Returns the image of a part, None if it is of another kind."""
    if not isinstance(part, dict):
        return None
    kind = part.get("type")
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    return reader(part) if reader else None
