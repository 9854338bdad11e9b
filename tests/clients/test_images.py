"""Images, as OpenAI's package asks for them, on their own endpoints and in a chat."""

import base64
import json
import re
from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import AsyncOpenAI, OpenAI
from openai.types import ImagesResponse

from clients.talk import text_of, user
from media.image_size import HEAD, read_dimensions
from media.sniffing import sniff
from support.openai_shapes import check_answer
from support.pictures import png

SCHNELL = "@cf/black-forest-labs/flux-1-schnell"
KLEIN = "@cf/black-forest-labs/flux-2-klein-4b"
DEV = "@cf/black-forest-labs/flux-2-dev"
LUCID = "@cf/leonardo/lucid-origin"
PHOENIX = "@cf/leonardo/phoenix-1.0"
SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
LIGHTNING = "@cf/bytedance/stable-diffusion-xl-lightning"
DREAMSHAPER = "@cf/lykon/dreamshaper-8-lcm"
INPAINTING = "@cf/runwayml/stable-diffusion-v1-5-inpainting"

MODELS = (SCHNELL, KLEIN, DEV, LUCID, PHOENIX, SDXL, LIGHTNING, DREAMSHAPER)
SIZED = tuple(model for model in MODELS if model != SCHNELL)

IMAGE, MASK = ("a.png", png(256, 256)), ("mask.png", png(256, 256))


def bytes_of(answer: ImagesResponse, place: int = 0) -> bytes:
    assert answer.data
    return base64.b64decode(answer.data[place].b64_json or "")


def address_of(answer: ImagesResponse) -> str:
    assert answer.data
    return answer.data[0].url or ""


def calls_of(http: httpx2.Client) -> list[dict[str, Any]]:
    """The latest calls for images as the mock saw them, the last one last."""
    body = {"model": "@mock/calls", "messages": [{"role": "user", "content": "?"}]}
    answer = http.post("/v1/chat/completions", json=body).json()
    calls = json.loads(answer["choices"][0]["message"]["content"])
    return [call for call in calls if call["model"] != "@mock/calls"]


# --- generations -------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_every_model_in_both_forms(openai: OpenAI, model: str) -> None:
    encoded = openai.images.generate(model=model, prompt="A cat", response_format="b64_json")
    kept = openai.images.generate(model=model, prompt="A cat", response_format="url")
    url = address_of(kept)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/file/[0-9a-f]{32}\.(png|jpg)", url)
    file = httpx2.get(url)
    assert file.status_code == 200
    for image, answer in ((bytes_of(encoded), encoded), (file.content, kept)):
        size = read_dimensions(image[:HEAD])
        assert size is not None
        assert answer.size == "{}x{}".format(*size)
        assert sniff(image) == f"image/{answer.output_format}"
    assert file.headers["content-type"] == f"image/{kept.output_format}"


@pytest.mark.parametrize("model", SIZED)
def test_sizes(openai: OpenAI, model: str) -> None:
    answer = openai.images.generate(
        model=model, prompt="A cat", size="512x768", response_format="b64_json"
    )
    assert read_dimensions(bytes_of(answer)[:HEAD]) == (512, 768)
    assert answer.size == "512x768"


def test_a_fixed_size_is_told(openai: OpenAI) -> None:
    answer = openai.images.generate(model="dall-e-3", prompt="A cat", size="1792x1024")
    assert answer.size == "1024x1024"


@pytest.mark.parametrize("model", [SCHNELL, KLEIN, PHOENIX])
def test_several_images_are_different_ones(openai: OpenAI, model: str) -> None:
    answer = openai.images.generate(model=model, prompt="Cats", n=4, response_format="b64_json")
    assert len({bytes_of(answer, place) for place in range(4)}) == 4


@pytest.mark.parametrize("model", [KLEIN, LUCID])
def test_a_seed_gives_the_same_images_again(openai: OpenAI, model: str) -> None:
    def draw(seed: int) -> list[bytes]:
        answer = openai.images.generate(
            model=model, prompt="A", n=2, response_format="b64_json", extra_body={"seed": seed}
        )
        return [bytes_of(answer, place) for place in range(2)]

    assert draw(7) == draw(7)
    assert draw(7)[1] == draw(8)[0]


def test_the_forms_that_names_stand_for(openai: OpenAI) -> None:
    assert address_of(openai.images.generate(model="dall-e-3", prompt="A cat"))
    assert bytes_of(openai.images.generate(model="gpt-image-1", prompt="A cat"))


def test_a_large_image(openai: OpenAI) -> None:
    answer = openai.images.generate(
        model=SCHNELL, prompt="[[bytes:1500000]]", response_format="b64_json"
    )
    assert len(bytes_of(answer)) >= 1_500_000


@pytest.mark.parametrize("kind", ["jpeg", "png", "mislabelled", "base64-png"])
def test_the_type_is_that_of_the_bytes(openai: OpenAI, kind: str) -> None:
    answer = openai.images.generate(
        model=f"@mock/image/{kind}", prompt="A cat", response_format="b64_json"
    )
    assert sniff(bytes_of(answer)) == f"image/{answer.output_format}"


def test_the_answer_is_openais(openai: OpenAI) -> None:
    for model in ("dall-e-3", "gpt-image-1"):
        raw = openai.images.with_raw_response.generate(model=model, prompt="A cat")
        check_answer("images", json.loads(raw.text), status=200)
        assert raw.headers["x-model-served"].startswith("@cf/black-forest-labs/")
        assert re.fullmatch(r"[0-9a-f-]{36}", raw.headers["x-request-id"])


def test_what_cherry_studio_sends(http: httpx2.Client) -> None:
    body = {
        "model": SDXL,
        "prompt": "A cat",
        "negative_prompt": "dogs",
        "image_size": "512x512",
        "batch_size": 2,
        "seed": 5,
        "num_inference_steps": 10,
        "guidance_scale": 7.5,
    }
    answer = http.post("/v1/images/generations", json=body).json()
    assert len([item["url"] for item in answer["data"]]) == 2
    inputs = {"prompt": "A cat", "negative_prompt": "dogs", "guidance": 7.5, "num_steps": 10}
    sized = {**inputs, "width": 512, "height": 512}
    calls = [call["inputs"] for call in calls_of(http)[-2:]]
    assert calls == [{**sized, "seed": 5}, {**sized, "seed": 6}]


@pytest.mark.anyio
async def test_async(async_openai: AsyncOpenAI) -> None:
    answer = await async_openai.images.generate(model="gpt-image-1", prompt="A cat", n=2)
    assert bytes_of(answer, 0) != bytes_of(answer, 1)


# --- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize("prompt", ["[[nsfw]]", "[[flagged]]"])
@pytest.mark.parametrize("model", [SCHNELL, KLEIN, SDXL])
def test_the_content_filter(openai: OpenAI, model: str, prompt: str) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.images.generate(model=model, prompt=prompt)
    assert caught.value.code == "content_policy_violation"


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"prompt": "x" * 2049}, "prompt"),
        ({"prompt": ""}, "prompt"),
        ({"size": "huge"}, "size"),
        ({"size": "100x100", "model": SDXL}, "size"),
        ({"output_format": "webp"}, "output_format"),
        ({"background": "transparent"}, "background"),
        ({"model": "gpt-4o"}, "model"),
        ({"n": 11}, "n"),
        ({"extra_body": {"seed": 1}}, "seed"),
        ({"extra_body": {"stream": True}}, "stream"),
    ],
)
def test_what_cannot_be(openai: OpenAI, fields: dict[str, Any], param: str) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.images.generate(**{"model": SCHNELL, "prompt": "A cat", **fields})
    assert caught.value.param == param


@pytest.mark.parametrize(
    ("model", "status", "code"),
    [
        ("@mock/image/error/3040", 429, "capacity_exceeded"),
        ("@mock/image/error/4006", 429, "daily_neurons_exhausted"),
        ("@mock/image/garbage", 502, "upstream_error"),
        ("@mock/image/html-200", 502, "upstream_error"),
        ("@mock/image/empty", 502, "upstream_error"),
        ("@mock/image/not-json", 502, "upstream_error"),
        ("@mock/image/html-502", 502, "upstream_error"),
    ],
)
def test_failures(openai: OpenAI, model: str, status: int, code: str) -> None:
    with pytest.raises(sdk.APIStatusError) as caught:
        openai.images.generate(model=model, prompt="A cat", size="512x512")
    assert (caught.value.status_code, caught.value.code) == (status, code)


# --- edits and variations ----------------------------------------------------------------------


def test_an_edit(openai: OpenAI) -> None:
    answer = openai.images.edit(image=IMAGE, prompt="A hat", model="gpt-image-1", size="512x512")
    assert read_dimensions(bytes_of(answer)[:HEAD]) == (512, 512)
    other = openai.images.edit(image=MASK, prompt="A hat", model="gpt-image-1", size="512x512")
    assert bytes_of(other) != bytes_of(answer)


def test_several_images(openai: OpenAI, http: httpx2.Client) -> None:
    images = [("a.png", png(256, 255)), ("b.png", png(255, 256)), ("c.png", png(9, 9))]
    answer = openai.images.edit(image=images, prompt="All of them", model=KLEIN, n=2)
    assert answer.data
    assert len(answer.data) == 2
    form = calls_of(http)[-2]["form"]
    sizes = [value["size"] for name, value in form if name.startswith("input_image_")]
    assert sizes == [len(data) for _, data in images]


def test_filling_in_a_mask(openai: OpenAI) -> None:
    answer = openai.images.edit(
        image=IMAGE, mask=MASK, prompt="A hat", model=INPAINTING, response_format="b64_json"
    )
    assert answer.size == "512x512"
    assert sniff(bytes_of(answer)) == "image/png"


def test_a_variation(openai: OpenAI) -> None:
    with pytest.deprecated_call():  # says the package: OpenAI has retired this endpoint
        answer = openai.images.create_variation(
            image=IMAGE, model="gpt-image-1", n=2, response_format="b64_json", size="512x512"
        )
    assert bytes_of(answer, 0) != bytes_of(answer, 1)
    assert answer.size == "512x512"


def test_models_that_cannot_edit(openai: OpenAI) -> None:
    for model in (SCHNELL, SDXL, PHOENIX, LUCID):
        with pytest.raises(sdk.BadRequestError, match="flux-2-klein-4b"):
            openai.images.edit(image=IMAGE, prompt="A hat", model=model)
        with pytest.raises(sdk.BadRequestError, match="flux-2-klein-4b"):
            with pytest.deprecated_call():
                openai.images.create_variation(image=IMAGE, model=model)


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"image": ("a.png", b"no image")}, "image"),
        ({"image": ("a.png", b"")}, "image"),
        ({"image": ("a.png", png(600, 600))}, "image"),
        ({"mask": MASK}, "mask"),
        ({"model": INPAINTING}, "mask"),
    ],
)
def test_edits_that_cannot_be(openai: OpenAI, fields: dict[str, Any], param: str) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.images.edit(**{"image": IMAGE, "prompt": "A hat", "model": KLEIN, **fields})
    assert caught.value.param == param


# --- files -------------------------------------------------------------------------------------


def test_a_file_for_browsers_and_caches(openai: OpenAI) -> None:
    url = address_of(openai.images.generate(model=SCHNELL, prompt="A cat"))
    file = httpx2.get(url)
    head = httpx2.head(url)
    for answer in (file, head):
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-length"] == str(len(file.content))
    assert head.content == b""
    for condition, name in (("if-none-match", "etag"), ("if-modified-since", "last-modified")):
        again = httpx2.get(url, headers={condition: file.headers[name]})
        assert (again.status_code, again.content) == (304, b"")
    assert httpx2.get(url.replace("/file/", "/file/0")).status_code == 404
    assert httpx2.post(url).status_code == 405


# --- in a chat ---------------------------------------------------------------------------------

MARKDOWN = re.compile(r"!\[A cat\]\((http://127\.0\.0\.1:\d+/file/[0-9a-f]{32}\.(?:png|jpg))\)")


@pytest.mark.parametrize("model", [SCHNELL, KLEIN, SDXL, "dall-e-3"])
def test_in_a_chat(openai: OpenAI, model: str) -> None:
    whole = openai.chat.completions.create(model=model, messages=user("A cat"))
    streamed = openai.chat.completions.create(model=model, messages=user("A cat"), stream=True)
    for text in (whole.choices[0].message.content or "", text_of(streamed)):
        found = MARKDOWN.fullmatch(text)
        assert found, text
        assert sniff(httpx2.get(found[1]).content)
    assert whole.usage
    assert whole.usage.total_tokens > 0


def test_an_image_in_a_chat_is_worked_on(openai: OpenAI, http: httpx2.Client) -> None:
    data = base64.b64encode(IMAGE[1]).decode()
    messages: list[Any] = [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "A hat"},
                {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}},
            ],
        }
    ]
    openai.chat.completions.create(model=KLEIN, messages=messages)
    assert [name for name, _ in calls_of(http)[-1]["form"]] == ["prompt", "input_image_0"]
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.chat.completions.create(model=SCHNELL, messages=messages)
    assert caught.value.code == "unsupported_content"


def test_from_the_address_bar(base_url: str, api_key: str) -> None:
    query = {"debug": "1", "key": api_key, "model": SCHNELL, "prompt": "A cat"}
    answer = httpx2.get(f"{base_url}/v1/chat/completions", params=query)
    assert MARKDOWN.fullmatch(answer.text)
    assert answer.headers["content-type"].startswith("text/plain")
    wrong = httpx2.get(f"{base_url}/v1/chat/completions", params={**query, "key": "x"})
    assert wrong.status_code == 401
