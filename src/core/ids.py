"""Random ids in OpenAI's style."""

import os


def new_id(prefix: str) -> str:
    """``prefix`` and 24 random hexadecimal digits."""
    return prefix + os.urandom(12).hex()
