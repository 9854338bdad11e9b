"""Odd values, and what is done to good ones: the words of the grammars.

Everything takes its choices from a :class:`random.Random`, so that a seed is a case.
"""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

LARGEST = 90_000
"""Characters of the largest text or list that is made: a hostile input is less than 100 KB."""

FRAGMENTS = (
    *(" ", "\n", "\t", "a", "a ", "a\n", "a b ", "ab", ".", ",", "-", "_", ":", ";", "'", '"', "`"),
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        "[]",
        "{}",
        "[1,]",
        "[1]",
        '{"',
        '{"a":',
        '["a',
        "[[",
    ),
    *(
        "\\",
        '\\"',
        "\\\\",
        "\\u0041",
        "\\ud83d",
        "/",
        "//",
        "..",
        "../",
        "%",
        "%20",
        "%zz",
        "&",
        "=",
        "+",
    ),
    *(
        "a=b&",
        "&amp;",
        "&#65;",
        "&lt;b&gt;",
        "#",
        "@",
        "$",
        "*",
        "|",
        "~",
        "^",
        "?",
        "!",
        "0",
        "1",
        "9",
    ),
    *("é", "e\u0301", "\u0301", "\u202e", "\u2066", "\u200d", "\u200b", "\ufeff", "\u2028", "\x00"),
    *(
        "\x1b",
        "\x7f",
        "\x85",
        "\ud83d",
        "\udc00",
        "\ufffd",
        "\uffff",
        "😀",
        "🏳️‍🌈",
        "İ",
        "ß",
        "ﬁ",
        "١",
    ),
    *("你好", "，", "。", "ไทย", "नमस्ते", "שלום", "مرحبا", "Введите ", "login ", "Hello world. "),
    *("<think>", "</think>", "<tool_call>", "</tool_call>", "<function=", "<function=f>", "```"),
    *("</function>", "```json\n", "[TOOL_CALLS]", "<|python_tag|>", '{"name":"f","arguments":'),
    *('<tool_call>{"name":"f","arguments":{', "data: ", "data: [DONE]\n\n", "event: x\n", "\r\n"),
    *(
        "<b>",
        "</b>",
        "<b ",
        "<!--",
        "<![CDATA[",
        "<x id=",
        "<pre>",
        "{0}",
        "{{",
        "{% ",
        "%s",
        "${a}",
    ),
    *(
        "<1>",
        "</1>",
        "<x0/>",
        "@0#",
        "https://",
        "http://a.b/",
        "data:",
        "a@b.c ",
        "a\tb\n",
        "a,b\n",
    ),
    *(
        "call_1",
        "undefined",
        "null",
        "NaN",
        "true",
        "Bearer ",
        "Mr. ",
        "e.g. ",
        "1.",
        "1) ",
        "- a\n",
    ),
    *("S1 ", "unsafe\n", "safe", "v1/", "client/", "key=k&", "text=a&", "q=a&"),
)
"""What texts of one kind are made of by repeating it."""

WORDS = (
    *(
        "",
        " ",
        "a",
        "f",
        "g",
        "user",
        "system",
        "assistant",
        "tool",
        "function",
        "developer",
        "text",
    ),
    *(
        "auto",
        "none",
        "required",
        "any",
        "object",
        "array",
        "string",
        "integer",
        "null",
        "json_object",
    ),
    *(
        "json_schema",
        "image_url",
        "input_image",
        "input_text",
        "output_text",
        "refusal",
        "fr",
        "de",
    ),
    *(
        "zh-TW",
        "EN-GB",
        "xx",
        "html",
        "xml",
        "1",
        "0",
        "true",
        "1024x1024",
        "base64",
        "float",
        "url",
    ),
    *(
        "b64_json",
        "srt",
        "vtt",
        "verbose_json",
        "mp3",
        "wav",
        "alloy",
        "Hello there.",
        "../x",
        "x.png",
    ),
    *(
        "@cf/new/model",
        "gpt-4o",
        "https://example.com/a.png",
        "http://127.0.0.1/",
        "http://0x7f.1/a",
    ),
    *(
        "data:image/png;base64,iVBORw0KGgo=",
        "data:image/png;base64,",
        "\ud83d",
        "\x00",
        "%s{}",
        "credit",
    ),
    *("Login misslyckades", "Введите ваш login и пароль", "{count, plural, one {#} other {#}}"),
)

NUMBERS: tuple[Any, ...] = (
    *(0, 1, -1, 2, 3, 4, 7, 100, 10_000, 2**31 - 1, 2**31, 2**53 + 1, 2**61 - 1, 2**63, 2**64),
    *(
        10**30,
        10**400,
        -(10**400),
        10**4200,
        0.5,
        -0.0,
        1.5,
        1e308,
        5e-324,
        -1e308,
        1e22,
        2.0,
        1e16,
    ),
)


def number(random: Random) -> Any:
    """A number, or one of many that share their hash, in 32 bits or 64."""
    if random.random() < 0.1:
        return random.randrange(1, 9999) * (2 ** random.choice((31, 61)) - 1)
    return random.choice(NUMBERS)


def size(random: Random, largest: int = LARGEST) -> int:
    """A size, as often of one order as of another."""
    return int(largest ** random.random())


def repeated(random: Random, largest: int = LARGEST) -> str:
    """A fragment or two, again and again."""
    fragments = random.choices(FRAGMENTS, k=random.choice((1, 1, 1, 2, 3)))
    unit = "".join(fragments)
    count = max(1, size(random, largest) // len(unit.encode("utf-8", "surrogatepass")))
    text = unit * count
    return "".join([random.choice(("", "", text[:1], "[" * 200, '"')), text, random.choice(WORDS)])


def text(random: Random) -> str:
    """Mostly a word, sometimes a few fragments, seldom a long text."""
    chance = random.random()
    if chance < 0.7:
        return random.choice(WORDS)
    if chance < 0.97:
        return "".join(random.choices(FRAGMENTS, k=random.randrange(1, 12)))
    return repeated(random, 5_000)


def times(random: Random, length: int, most: int) -> int:
    """How often to repeat what is so long: at least once, at most ``most`` times."""
    return max(1, min(size(random, most), LARGEST // (length + 1)))


def scalar(random: Random) -> Any:
    make: Callable[[Random], Any] = random.choice((text, text, number, _constant))
    return make(random)


def _constant(random: Random) -> Any:
    return random.choice((None, True, False))


def value(random: Random, names: tuple[str, ...] = WORDS, depth: int = 3) -> Any:
    """Any JSON value; ``names`` are likely keys."""
    kind = random.random()
    if depth and kind < 0.2:
        return [value(random, names, depth - 1) for _ in range(random.randrange(4))]
    if depth and kind < 0.4:
        keys = [random.choice((*names, text(random))) for _ in range(random.randrange(5))]
        return {key: value(random, names, depth - 1) for key in keys}
    return scalar(random)


# --- mutations of JSON -----------------------------------------------------------------------


def nested(random: Random, inner: Any) -> Any:
    """A value inside many levels of arrays or objects."""
    key = random.choice(WORDS)
    for _ in range(random.choice((1, 3, 30, 100, 127, 140, 400))):
        inner = [inner] if random.random() < 0.5 else {key: inner}
    return inner


def inflated(random: Random, old: Any) -> Any:
    """The same kind of value, of any size."""
    if isinstance(old, dict):
        item, prefix = (
            random.choice(list(old.values()) or [None]),
            random.choice(("", *old, *FRAGMENTS)),
        )
        count = max(1, size(random) // (len(json.dumps(item)) + len(prefix) + 8))
        return old | {f"{prefix}{place}": item for place in range(count)}
    if isinstance(old, list):
        item = random.choice(old or [scalar(random)])
        return [*old, *([item] * max(1, size(random) // (len(json.dumps(item)) + 1)))]
    if isinstance(old, str):
        return (
            old * (size(random) // (len(old) or 1)) if random.random() < 0.3 else repeated(random)
        )
    return number(random)


def places(root: Any) -> list[tuple[Any, Any]]:
    """Every container and key in a JSON value."""
    found: list[tuple[Any, Any]] = []
    waiting = [root]
    while waiting and len(found) < 2000:
        node = waiting.pop()
        items: Iterator[tuple[Any, Any]] = iter(())
        if isinstance(node, dict):
            items = iter(node.items())
        elif isinstance(node, list):
            items = iter(enumerate(node))
        for key, inner in items:
            found.append((node, key))
            waiting.append(inner)
    return found


def mutated(random: Random, root: Any) -> Any:
    """A JSON value with one thing changed; one that is large already is left as it is."""
    text = json.dumps(root)
    if len(text) > LARGEST // 2:
        return root
    holder = [json.loads(text)]  # a copy, as items of a list may be one and the same
    root = holder[0]
    here = [(holder, 0), *places(root)]
    node, key = random.choice(here)
    old, kind = node[key], random.random()
    if kind < 0.3:
        node[key] = value(random, tuple(map(str, old))[:20] if isinstance(old, dict) else WORDS)
    elif kind < 0.55:
        node[key] = inflated(random, old)
    elif kind < 0.65 and node is not holder:
        del node[key]
    elif kind < 0.75 and isinstance(node, dict):
        node[random.choice(WORDS)] = node[key]
    elif kind < 0.85:
        node[key] = nested(random, old)
    else:
        node[key] = json.loads(json.dumps(random.choice(here)[0], default=str))
    return holder[0]


# --- mutations of texts ----------------------------------------------------------------------


def encoded(random: Random, root: Any) -> bytes:
    """A JSON value as one program or another writes it."""
    return json.dumps(
        root,
        ensure_ascii=random.random() < 0.5,
        separators=random.choice(((",", ":"), (", ", ": "), (" ,", " : "))),
    ).encode("utf-8", random.choice(("surrogatepass", "replace")))


def damaged(random: Random, data: bytes) -> bytes:
    """Bytes that are cut, doubled, swapped or spoilt somewhere."""
    at, kind = random.randrange(len(data) + 1), random.randrange(8)
    end = min(len(data), at + size(random, 200))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + data[end:]
    if kind == 2:
        return data[:end] + data[at:]
    if kind == 3:
        part = data[at:end] or b"{"
        return data[:at] + part * (size(random) // len(part)) + data[end:]
    if kind == 4:
        return data[:at] + random.randbytes(random.randrange(1, 5)) + data[end:]
    if kind == 5:
        odd = random.choice(
            (b"NaN", b"-Infinity", b"1e999", b"9" * 5000, b"'", b"//", b'"\\ud83d"')
        )
        return data[:at] + odd + data[at:]
    if kind == 6:
        fragment = random.choice(FRAGMENTS).encode("utf-8", "surrogatepass")
        return data[:at] + fragment * (size(random) // len(fragment)) + data[at:]
    return data.replace(random.choice((b'"', b":", b",", b"}", b"\n")), b"", random.choice((1, -1)))
