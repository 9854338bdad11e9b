"""Width and height, whatever the format, and nothing where the file does not say."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.image_size import HEAD, read_dimensions
from support.pictures import bmp, gif, jpeg, png, webp

MAKERS: dict[str, Callable[[int, int], bytes]] = {
    "png": png,
    "jpeg": jpeg,
    "jpeg, progressive": lambda w, h: jpeg(w, h, marker=0xC2),
    "jpeg, much metadata": lambda w, h: jpeg(w, h, metadata=60_000),
    "gif": gif,
    "bmp": bmp,
    "webp, lossy": lambda w, h: webp(b"VP8 ", w, h),
    "webp, lossless": lambda w, h: webp(b"VP8L", w, h),
    "webp, extended": lambda w, h: webp(b"VP8X", w, h),
}


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("size", [(3, 2), (1024, 768), (1, 16_000)])
def test_every_format(kind: str, size: tuple[int, int]) -> None:
    assert read_dimensions(MAKERS[kind](*size)[:HEAD]) == size


@pytest.mark.parametrize("kind", MAKERS)
def test_a_beginning_that_is_too_short(kind: str) -> None:
    image = MAKERS[kind](300, 200)
    for end in range(26):
        assert read_dimensions(image[:end]) in (None, (300, 200))


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"<html>",
        png(3, 2).replace(b"IHDR", b"CgBI"),
        gif(0, 2),
        jpeg(marker=0xDB),
        jpeg(metadata=65_530)[:HEAD],
        webp(b"VP8X").replace(b"VP8X", b"ANIM"),
        b"\xff\xd8\xff",
    ],
)
def test_what_says_no_size(image: bytes) -> None:
    assert read_dimensions(image) is None


@given(
    st.sampled_from([maker(300, 200)[:12] for maker in MAKERS.values()]), st.binary(max_size=300)
)
def test_any_bytes_end(head: bytes, rest: bytes) -> None:
    size = read_dimensions(head + rest)
    assert size is None or all(side > 0 for side in size)
