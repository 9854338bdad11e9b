"""Stand-in."""


def to_simplified(text: str) -> str:
    return text


def to_traditional(text: str, region: str) -> str:
    return text
