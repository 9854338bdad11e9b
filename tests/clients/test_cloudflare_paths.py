"""Cloudflare's own paths: what is written for its REST API needs another host and nothing else."""

import json
from typing import Any

import httpx2
import pytest
from openai import DefaultHttpxClient, OpenAI

from clients.checking import Transport
from clients.talk import NATIVE, OPENAI, user
from media.sniffing import sniff
from support import openai_shapes
from support.pictures import png
from support.translations import expected

ACCOUNT = "/client/v4/accounts/any/ai"
M2M100 = "@cf/meta/m2m100-1.2b"


def result(answer: httpx2.Response) -> Any:
    assert answer.status_code == 200, answer.text
    value = answer.json()
    assert value.keys() == {"result", "success", "errors", "messages"}
    assert (value["success"], value["errors"], value["messages"]) == (True, [], [])
    return value["result"]


def failure(answer: httpx2.Response, status: int, code: int) -> None:
    assert answer.status_code == status, answer.text
    value = answer.json()
    assert (value["result"], value["success"], value["messages"]) == (None, False, [])
    assert [error["code"] for error in value["errors"]] == [code]


@pytest.mark.parametrize("path", [f"{ACCOUNT}/run", "/ai/run", "/v1/ai/run"])
def test_the_guides_translation(http: httpx2.Client, path: str) -> None:
    body = {"text": "Hello", "source_lang": "en", "target_lang": "zh"}
    answer = http.post(f"{path}/{M2M100}", json=body)
    assert result(answer) == {"translated_text": expected("Hello", "zh")}
    assert answer.headers["x-model-served"] == M2M100


def test_the_id_with_its_at_sign_encoded(http: httpx2.Client) -> None:
    body = {"text": "Hello", "target_lang": "fr"}
    answer = http.post(f"{ACCOUNT}/run/%40cf/meta/m2m100-1.2b", json=body)
    assert result(answer)["translated_text"] == expected("Hello", "fr")


def test_curl_without_a_content_type(http: httpx2.Client) -> None:
    answer = http.post(
        f"{ACCOUNT}/run/{M2M100}",
        content=b'{"text":"Hello","target_lang":"fr"}',
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert result(answer)["translated_text"] == expected("Hello", "fr")


def test_a_text_model(http: httpx2.Client) -> None:
    said = result(http.post(f"{ACCOUNT}/run/{NATIVE}", json={"messages": user("Hello")}))
    assert said["response"] == 'You said "Hello".'
    assert type(said["usage"]["total_tokens"]) is int
    said = result(http.post(f"{ACCOUNT}/run/{OPENAI}", json={"messages": user("Hello")}))
    assert said["choices"][0]["message"]["content"] == 'You said "Hello".'


def test_a_text_model_streamed(http: httpx2.Client) -> None:
    """Untouched, so in Workers AI's own frames."""
    body = {"messages": user("Hello"), "stream": True}
    answer = http.post(f"{ACCOUNT}/run/{NATIVE}", json=body)
    assert answer.headers["content-type"].startswith("text/event-stream")
    lines = [line for line in answer.text.splitlines() if line]
    assert lines[-1] == "data: [DONE]"
    frames = [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]
    assert "".join(frame.get("response") or "" for frame in frames) == 'You said "Hello".'


def test_embeddings(http: httpx2.Client) -> None:
    found = result(http.post(f"{ACCOUNT}/run/@cf/baai/bge-m3", json={"text": ["a", "b"]}))
    assert found["shape"] == [2, 1024]
    assert [len(vector) for vector in found["data"]] == [1024, 1024]


def test_images(http: httpx2.Client) -> None:
    sdxl = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
    answer = http.post(f"{ACCOUNT}/run/{sdxl}", json={"prompt": "A cat"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert sniff(answer.content) == "image/png"
    schnell = "@cf/black-forest-labs/flux-1-schnell"
    encoded = http.post(f"{ACCOUNT}/run/{schnell}", json={"prompt": "A cat"})
    assert result(encoded)["image"].startswith("/9j/")


def test_a_form(http: httpx2.Client) -> None:
    answer = http.post(
        f"{ACCOUNT}/run/@cf/black-forest-labs/flux-2-klein-4b",
        data={"prompt": "A hat", "width": "512", "height": "512"},
        files={"input_image_0": ("a.png", png(256, 256), "image/png")},
    )
    assert result(answer)["image"].startswith("/9j/")


@pytest.mark.parametrize(
    "content_type",
    ["audio/wav", "application/octet-stream", "application/x-www-form-urlencoded"],
)
@pytest.mark.parametrize("model", ["whisper", "whisper-large-v3-turbo"])
def test_a_recording_there_and_back(http: httpx2.Client, model: str, content_type: str) -> None:
    spoken = http.post(f"{ACCOUNT}/run/@cf/deepgram/aura-1", json={"text": "Hello there"})
    assert spoken.headers["content-type"] == "audio/mpeg"
    heard = http.post(
        f"{ACCOUNT}/run/@cf/openai/{model}",
        content=spoken.content,
        headers={"content-type": content_type},
    )
    assert result(heard)["text"] == "Hello there"


def test_openais_package_on_cloudflares_address(base_url: str, api_key: str) -> None:
    tools: Any = [{"type": "function", "function": {"name": "look", "parameters": {}}}]
    with OpenAI(
        base_url=f"{base_url}{ACCOUNT}/v1",
        api_key=api_key,
        max_retries=0,
        http_client=DefaultHttpxClient(transport=Transport()),
    ) as client:
        for model in (NATIVE, OPENAI):
            raw = client.chat.completions.with_raw_response.create(
                model=model, messages=user("[[call:look {}]]"), tools=tools
            )
            value = json.loads(raw.text)
            openai_shapes.check_answer("chat", value, status=200)
            message = value["choices"][0]["message"]
            # One API's Cloudflare channel reads the text into a Go string.
            assert not message["content"]
            assert message["tool_calls"][0]["function"]["name"] == "look"
        assert client.models.list().data
        assert len(client.embeddings.create(model="bge-m3", input="Hello").data) == 1


def test_the_list_of_models(http: httpx2.Client) -> None:
    def search(**query: Any) -> dict[str, Any]:
        answer = http.get(f"{ACCOUNT}/models/search", params=query)
        assert answer.status_code == 200
        value: dict[str, Any] = answer.json()
        assert value["success"] is True
        assert value["result_info"]["count"] == len(value["result"])
        return value

    every = search(per_page=1000)
    names = [row["name"] for row in every["result"]]
    assert M2M100 in names
    assert len(set(names)) == len(names) == every["result_info"]["total_count"]
    assert [row["name"] for row in search(search="m2m100")["result"]] == [M2M100]
    spoken = search(task="Text-to-Speech")["result"]
    assert {row["task"]["name"] for row in spoken} == {"Text-to-Speech"}
    assert all(row["name"].startswith("@cf/baai/") for row in search(author="baai")["result"])
    pages = [search(per_page=5, page=page)["result"] for page in (1, 2)]
    assert [row["name"] for page in pages for row in page] == names[:10]


def test_errors_in_cloudflares_envelope(http: httpx2.Client, base_url: str) -> None:
    run = f"{ACCOUNT}/run"
    failure(http.post(f"{run}/@cf/nobody/nothing", json={"prompt": "Hello"}), 404, 5007)
    failure(http.post(f"{run}/{M2M100}", json={"text": "Hello"}), 400, 5006)
    failure(http.post(f"{run}/{M2M100}", content=b"{"), 400, 5006)
    failure(http.post(f"{run}/{M2M100}", content=bytes(26 * 2**20)), 413, 3006)
    for quirk in ("html-200", "html-502", "empty", "not-json"):
        failure(http.post(f"{run}/@mock/image/{quirk}", json={"prompt": "A cat"}), 502, 10001)
    failure(httpx2.post(f"{base_url}{run}/{M2M100}", json={}), 401, 10000)
    failure(httpx2.get(f"{base_url}{ACCOUNT}/models/search"), 401, 10000)
