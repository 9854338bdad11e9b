"""Stand-in."""


def to_latin(text: str) -> str:
    return text
