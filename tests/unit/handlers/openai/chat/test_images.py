"""Image models in a chat: as front ends and relays' channel tests use them."""

import base64
import re
from typing import Any

import pytest

from core.ports import Media
from handlers.openai.images.request import VARIATION
from support.exchange import CHAT, Got, send
from support.fakes import FakeAI, FakeFetch, FakeReply, answer, changed, failure
from support.openai_shapes import LONGEST_LINE
from support.pictures import jpeg, options_of, png

SCHNELL = "@cf/black-forest-labs/flux-1-schnell"
KLEIN = "@cf/black-forest-labs/flux-2-klein-4b"
SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
INPAINTING = "@cf/runwayml/stable-diffusion-v1-5-inpainting"

JPEG = jpeg(64, 64)
PNG = png(500, 400)
DATA_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()
IN_MARKDOWN = f"![A cat](data:image/jpeg;base64,{base64.b64encode(JPEG).decode()})"


def drawn(image: bytes = JPEG) -> FakeReply:
    return answer({"image": base64.b64encode(image).decode()}, headers={"cf-ai-req-id": "abc"})


def ask(
    content: Any = "A cat", *replies: FakeReply, fetch: FakeFetch | None = None, **fields: Any
) -> Got:
    """A chat with an image model; the answer is held against OpenAI's types."""
    body = {"model": SCHNELL, "messages": [{"role": "user", "content": content}], **fields}
    return send("POST", CHAT, body, *(replies or [drawn() for _ in range(4)]), fetch=fetch)


def parts(*urls: str, text: str = "A hat") -> list[Any]:
    images = [{"type": "image_url", "image_url": {"url": url}} for url in urls]
    return [{"type": "text", "text": text}, *images]


def test_not_streamed() -> None:
    got = ask()
    assert got.message["content"] == IN_MARKDOWN
    assert got.choice["finish_reason"] == "stop"
    assert got.json["model"] == SCHNELL
    assert got.json["usage"]["prompt_tokens"] > 0
    assert got.json["usage"]["completion_tokens"] > 0
    assert got.headers["x-model-served"] == SCHNELL
    assert got.headers["x-request-id"] == "abc"


def test_streamed() -> None:
    got = ask(stream=True)
    assert "".join(got.deltas("content")) == IN_MARKDOWN
    assert got.choices()[-1]["finish_reason"] == "stop"
    assert got.headers["x-model-served"] == SCHNELL
    assert got.body.endswith(b"data: [DONE]\n\n")


def test_streamed_with_usage() -> None:
    got = ask(stream=True, stream_options={"include_usage": True})
    assert got.events[-1]["usage"]["total_tokens"] > 0


def test_a_large_image_is_cut_into_lines_that_relays_read() -> None:
    image = JPEG + bytes(200_000)
    got = ask("A cat", drawn(image), stream=True)
    assert max(map(len, got.body.split(b"\n"))) < LONGEST_LINE
    url = "".join(got.deltas("content")).partition("base64,")[2].rstrip(")")
    assert base64.b64decode(url) == image


def test_several_are_several_choices() -> None:
    got = ask(n=2)
    assert [choice["index"] for choice in got.json["choices"]] == [0, 1]
    got = ask(n=2, stream=True)
    assert "".join(got.deltas("content", 1)) == IN_MARKDOWN


def test_the_last_user_message_is_the_prompt() -> None:
    messages = [
        {"role": "system", "content": "You paint."},
        {"role": "user", "content": "A dog"},
        {"role": "assistant", "content": IN_MARKDOWN},
        {"role": "user", "content": [{"type": "text", "text": "A"}, "cat"]},
        {"role": "assistant", "content": "Sure:"},
    ]
    assert ask(messages=messages).inputs == {"prompt": "A\ncat"}


@pytest.mark.parametrize(
    ("prompt", "alt"),
    [
        ("A [cat](x)!", "A cat x"),
        ("  a\n\nb  ", "a b"),
        ("<img>`\\`", "img"),
        ("[]", ""),
        ("猫" * 100, "猫" * 80),
    ],
)
def test_the_description_is_fit_for_markdown(prompt: str, alt: str) -> None:
    found = re.match(r"!\[(.*?)\]\(data:", ask(prompt).message["content"])
    assert found
    assert found[1] == alt


def test_what_chat_clients_send_to_every_model() -> None:
    got = ask(
        temperature=0.7, max_tokens=16, top_p=1, presence_penalty=0, seed=1, tools=[], user="x"
    )
    assert got.status == 200
    assert got.inputs == {"prompt": "A cat"}


def test_options_where_the_model_has_them() -> None:
    got = ask(model=KLEIN, seed=7, size="512x512", steps=4, negative_prompt="dogs")
    assert options_of(got.ai.calls[0]) == {
        "width": "512",
        "height": "512",
        "seed": "7",
        "steps": "4",
    }


def test_images_in_the_message_are_worked_on() -> None:
    options = options_of(ask(parts(DATA_URL, DATA_URL), model=KLEIN).ai.calls[0])
    assert list(options) == ["input_image_0", "input_image_1"]
    assert options["input_image_0"] == Media(PNG, "image/png", "numbers")


def test_an_image_by_its_address() -> None:
    url = "https://pictures.example/a.png"
    fetch = FakeFetch({url: FakeReply(PNG, content_type="image/png")})
    got = ask(parts(url), model=KLEIN, fetch=fetch)
    assert options_of(got.ai.calls[0])["input_image_0"].source == PNG
    assert fetch.urls == [url]
    got = ask(parts("http://127.0.0.1/a.png"), model=KLEIN)
    assert (got.status, got.error["code"]) == (400, "invalid_image_url")


def test_an_image_without_words() -> None:
    got = ask(parts(DATA_URL, text=""), model=KLEIN)
    assert ("prompt", VARIATION) in got.inputs["multipart"].fields


@pytest.mark.parametrize(
    ("model", "content", "param"),
    [
        (SCHNELL, parts(DATA_URL), "messages[0].content[1].image_url"),
        (SDXL, parts(DATA_URL), "messages[0].content[1].image_url"),
        (INPAINTING, "A cat", "model"),
        (SCHNELL, "", "messages"),
        (SCHNELL, [], "messages"),
        (SCHNELL, None, "messages[0].content"),
        (SCHNELL, 7, "messages[0].content"),
        (SCHNELL, [{"type": "text"}], "messages[0].content[0].text"),
        (SCHNELL, [{"type": "input_audio"}], "messages[0].content[0].type"),
        (SCHNELL, [7], "messages[0].content[0]"),
        (KLEIN, parts("data:image/png;base64,AAAA"), "messages[0].content[1].image_url"),
        (SCHNELL, "x" * 2049, "prompt"),
    ],
)
def test_rejects_unsupported_requests(model: str, content: Any, param: str) -> None:
    got = ask(content, model=model)
    assert (got.status, got.error["param"]) == (400, param)
    assert got.ai.calls == []


@pytest.mark.parametrize("messages", [[], [{"role": "system", "content": "x"}], ["A cat"]])
def test_requires_a_user_message(messages: list[Any]) -> None:
    got = ask(messages=messages)
    assert (got.status, got.error["param"]) == (400, "messages")


def test_requires_messages() -> None:
    got = send("POST", CHAT, {"model": SCHNELL})
    assert got.error["code"] == "missing_required_parameter"


@pytest.mark.parametrize("stream", [True, False])
def test_the_content_filter(stream: bool) -> None:
    got = ask("A cat", failure(3030, text="Input prompt contains NSFW content"), stream=stream)
    assert (got.status, got.error["code"]) == (400, "content_policy_violation")


# --- GET -----------------------------------------------------------------------------------------


def get(query: str, *replies: FakeReply, key: str = "key=sk-test&", **headers: str) -> Any:
    """From an address bar: without headers."""
    from gateway.handle import handle
    from support import fakes

    ai = FakeAI(*replies)
    sent = fakes.request("GET", f"{CHAT}?{key}{query}")
    sent = changed(sent, header=headers.get)
    return fakes.run(handle(sent, lambda: fakes.ports(ai)))


def test_a_look_from_the_address_bar() -> None:
    got = get(f"debug=1&model={SCHNELL}&prompt=A+cat", drawn())
    assert (got.status, got.body.decode()) == (200, IN_MARKDOWN)
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["x-model-served"] == SCHNELL


def test_models_that_write_do_so_there_too() -> None:
    got = get("debug&model=gpt-4o&prompt=Hello", answer({"response": "Hi ✓"}))
    assert got.body.decode() == "Hi ✓"


def test_an_answer_of_calls_alone_is_empty_there() -> None:
    call = {"name": "f", "arguments": {}}
    got = get("debug&model=gpt-4o&prompt=Hello", answer({"response": None, "tool_calls": [call]}))
    assert (got.status, got.body) == (200, b"")


@pytest.mark.parametrize(
    ("key", "status"), [("key=sk-wrong&", 401), ("", 401), ("key=%ff%00&", 401), ("key=&", 401)]
)
def test_the_key_must_be_right(key: str, status: int) -> None:
    assert get(f"debug=1&model={SCHNELL}&prompt=A", key=key).status == status


def test_a_key_in_a_header_does_as_well() -> None:
    query = f"debug=1&model={SCHNELL}&prompt=A"
    assert get(query, drawn(), key="", authorization="Bearer sk-test").status == 200


def test_without_debug_it_takes_a_post() -> None:
    got = get(f"model={SCHNELL}&prompt=A")
    assert (got.status, got.headers["allow"]) == (405, "POST, OPTIONS")


def test_no_other_route_takes_a_key_in_the_query() -> None:
    body = {"model": SCHNELL, "messages": [{"role": "user", "content": "A cat"}]}
    got = send("POST", CHAT + "?key=sk-test", body, headers={"authorization": ""})
    assert got.status == 401


def test_what_a_get_leaves_out() -> None:
    assert get("debug=1&prompt=A").status == 400
    assert get(f"debug=1&model={SCHNELL}").status == 400
