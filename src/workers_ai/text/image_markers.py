"""Makes text harmless that the service takes for an image.

An image travels as a data URL, and some engines look for one in all of a request's text. What they
find in source code or in a tool's result is none they can decode.
"""

import re
from typing import Any

_MARKER = r"(?i)(data:)(?=image/)|(;)(?=base64,)"


def defuse_markers(value: Any) -> Any:
    """Returns a JSON-like value with a blank inside each ``data:image/`` and ``;base64,`` of its
    strings. True images stay as they are."""
    if isinstance(value, str):
        return re.sub(_MARKER, r"\g<0> ", value)
    if isinstance(value, dict):
        return {
            key: item if key == "image_url" else defuse_markers(item) for key, item in value.items()
        }
    return [defuse_markers(item) for item in value] if isinstance(value, list) else value
