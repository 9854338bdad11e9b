"""Images in messages. How images from the web are fetched is tests/unit/test_images.py's matter:
no address that a test may have is one that the guard lets through."""

import base64
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import httpx2
import openai as sdk
import pytest
from openai import OpenAI

from clients.talk import NATIVE, OPENAI, RESPONSES, VISION, WITHOUT_TOOLS, text_of, user


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return len(data).to_bytes(4, "big") + kind + data + checksum.to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    rows = zlib.compress(b"".join(b"\0" + bytes(3 * width) for _ in range(height)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + bytes([8, 2, 0, 0, 0]))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


PNG = png(3, 2)
BASE64 = base64.b64encode(PNG).decode()
DATA_URL = f"data:image/png;base64,{BASE64}"


def looking_at(*urls: str, text: str = "What is it?") -> list[Any]:
    images = [{"type": "image_url", "image_url": {"url": url}} for url in urls]
    return [{"role": "user", "content": [{"type": "text", "text": text}, *images]}]


@pytest.mark.parametrize(
    "model", [VISION, "gpt-4o", "@cf/meta/llama-4-scout-17b-16e-instruct", "@cf/qwen/qwen3.8-27b"]
)
def test_a_model_sees_an_image(openai: OpenAI, model: str) -> None:
    said = f'You said "What is it?". Images: image/png {len(PNG)} bytes.'
    answer = openai.chat.completions.create(model=model, messages=looking_at(DATA_URL))
    assert answer.choices[0].message.content == said
    stream = openai.chat.completions.create(model=model, messages=looking_at(DATA_URL), stream=True)
    assert text_of(stream) == said


def test_several_images_and_a_history(openai: OpenAI) -> None:
    history = [
        *looking_at(DATA_URL),
        {"role": "assistant", "content": "A square."},
        *looking_at(DATA_URL, DATA_URL, text="And these?"),
    ]
    answer = openai.chat.completions.create(model=VISION, messages=history)
    content = answer.choices[0].message.content or ""
    assert content.startswith('You said "And these?".')
    assert content.count(f"image/png {len(PNG)} bytes") == 3


@pytest.mark.parametrize(
    "url",
    [
        f"data:image/jpeg;base64,{BASE64}",  # the bytes decide on the type
        f"data:;base64,{BASE64}",
        f"data:image/png;charset=utf-8;base64,{BASE64}",
        f"DATA:image/png;BASE64,{BASE64}",
        f"data:image/png;base64,{BASE64.rstrip('=')}",
        "data:image/png;base64," + base64.urlsafe_b64encode(PNG).decode(),
        "data:image/png;base64," + base64.encodebytes(PNG).decode(),
    ],
)
def test_data_urls_as_clients_write_them(openai: OpenAI, url: str) -> None:
    answer = openai.chat.completions.create(model=VISION, messages=looking_at(url))
    content = answer.choices[0].message.content or ""
    assert f"image/png {len(PNG)} bytes" in content


def test_other_ways_to_name_the_image(http: httpx2.Client) -> None:
    """A plain string, the Responses API's part, and the detail that nobody here looks at."""
    for part in (
        {"type": "image_url", "image_url": DATA_URL},
        {"type": "input_image", "image_url": DATA_URL},
        {"type": "image_url", "image_url": {"url": DATA_URL, "detail": "low"}},
    ):
        body = {"model": VISION, "messages": [{"role": "user", "content": [part]}]}
        answer = http.post("/v1/chat/completions", json=body)
        assert answer.status_code == 200, answer.text
        assert "image/png" in answer.json()["choices"][0]["message"]["content"]


@pytest.mark.parametrize("model", [NATIVE, OPENAI, RESPONSES, WITHOUT_TOOLS])
def test_a_model_without_eyes_says_so(openai: OpenAI, model: str) -> None:
    """Never another model in its place, and never the image as thousands of tokens of text."""
    for stream in (False, True):
        with pytest.raises(sdk.BadRequestError) as caught:
            openai.chat.completions.create(
                model=model, messages=looking_at(DATA_URL), stream=stream
            )
        assert caught.value.code == "unsupported_content"
        assert caught.value.param == "messages[0].content[1]"
        assert "image" in caught.value.message


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.png",
        "http://localhost:8787/health",
        "https://0x7f.1/a.png",
        "http://2130706433/",
        "http://[::1]/a.png",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/a.png",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.google.internal/",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://intranet/a.png",
        "http://127.0.0.1.nip.io/",
        "https://user:secret@example.com/a.png",
        "https://example.com:25/a.png",
        "file:///etc/passwd",
        "ftp://example.com/a.png",
        "gopher://example.com/",
        "javascript:alert(1)",
        "//example.com/a.png",
        "",
    ],
)
def test_addresses_that_do_not_lead_to_the_web(openai: OpenAI, url: str) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.chat.completions.create(model=VISION, messages=looking_at(url))
    assert caught.value.code == "invalid_image_url"
    assert caught.value.param == "messages[0].content[1].image_url"
    # Refused as an address, and not because nobody was there.
    assert "The image URL" in caught.value.message
    assert not url or url not in str(caught.value.body)


class Hidden(BaseHTTPRequestHandler):
    """An image that only this machine can see."""

    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_response(200)
        self.send_header("content-length", str(len(PNG)))
        self.end_headers()
        self.wfile.write(PNG)


def test_an_image_of_this_machine_is_not_fetched(openai: OpenAI) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Hidden) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            for host in ("127.0.0.1", "localhost", "0x7f000001", "[::ffff:7f00:1]"):
                with pytest.raises(sdk.BadRequestError):
                    openai.chat.completions.create(
                        model=VISION, messages=looking_at(f"http://{host}:{server.server_port}/")
                    )
        finally:
            server.shutdown()
    assert Hidden.seen == []


@pytest.mark.parametrize(
    "url",
    [
        "data:image/png;base64,",
        "data:image/png;base64,!!!!",
        "data:image/png;base64",
        "data:text/html;base64,PGgxPg==",
        "data:image/png;base64," + base64.b64encode(b"<svg/>").decode(),
    ],
)
def test_what_is_no_image(openai: OpenAI, url: str) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.chat.completions.create(model=VISION, messages=looking_at(url))
    assert caught.value.code == "invalid_image_url"


def test_a_large_image(openai: OpenAI) -> None:
    """A photograph as a telephone takes it."""
    photograph = PNG + bytes(7 * 2**19)
    url = "data:image/png;base64," + base64.b64encode(photograph).decode()
    answer = openai.chat.completions.create(model=VISION, messages=looking_at(url))
    assert f"image/png {len(photograph)} bytes" in (answer.choices[0].message.content or "")


def test_sound_and_files_are_refused_by_name(openai: OpenAI) -> None:
    parts: list[Any] = [
        {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
        {"type": "file", "file": {"file_data": "AAAA"}},
    ]
    for part in parts:
        with pytest.raises(sdk.BadRequestError) as caught:
            openai.chat.completions.create(
                model=VISION, messages=[*user("Hi"), {"role": "user", "content": [part]}]
            )
        assert caught.value.param == "messages[1].content[0].type"
