"""``/v1/images/…``: what each model is given for each field, and what clients get back."""

import base64
import dataclasses
import json
from collections.abc import Mapping
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ports import Media, Multipart, Ports
from core.web import Form, Response
from gateway.handle import handle
from handlers.openai.images.request import (
    EDIT_FIELDS,
    GENERATION_FIELDS,
    VARIATION,
    VARIATION_FIELDS,
)
from support import fakes
from support.fakes import FakeAI, FakeReply, answer, changed, drain, failure, request, run
from support.openai_shapes import check_answer
from support.pictures import FakeFiles, bmp, gif, jpeg, options_of, png, upload, webp
from workers_ai.images.inputs import EDIT_STRENGTH

SCHNELL = "@cf/black-forest-labs/flux-1-schnell"
DEV = "@cf/black-forest-labs/flux-2-dev"
KLEIN = "@cf/black-forest-labs/flux-2-klein-4b"
LUCID = "@cf/leonardo/lucid-origin"
PHOENIX = "@cf/leonardo/phoenix-1.0"
SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
INPAINTING = "@cf/runwayml/stable-diffusion-v1-5-inpainting"
UNKNOWN = "@cf/new/painter"

GENERATIONS, EDITS, VARIATIONS = (f"/v1/images/{n}" for n in ("generations", "edits", "variations"))
PNG, JPEG = png(640, 480), jpeg(1024, 1024)


def drawn(image: bytes = JPEG, **options: Any) -> FakeReply:
    """As flux and lucid answer."""
    return answer({"image": base64.b64encode(image).decode()}, **options)


def bare(image: bytes = PNG, content_type: str = "image/png") -> FakeReply:
    """As phoenix and the diffusion models answer."""
    return FakeReply(image, content_type=content_type)


@dataclasses.dataclass(frozen=True)
class Got:
    response: Response
    ai: FakeAI
    files: FakeFiles | None

    @property
    def status(self) -> int:
        return self.response.status

    @property
    def json(self) -> Any:
        return json.loads(self.response.body)

    @property
    def error(self) -> Any:
        return self.json["error"]

    @property
    def options(self) -> dict[str, Any]:
        """What the model was given in the first call besides the prompt."""
        return options_of(self.ai.calls[0])


def send(path: str, body: object, *replies: FakeReply, files: FakeFiles | None = None) -> Got:
    """A request, JSON or a form, and its checked answer. By default the model draws a JPEG."""
    ai = FakeAI(*(replies or [drawn() for _ in range(10)]))
    sent = request("POST", path, body if isinstance(body, dict) else b"")
    if isinstance(body, Form):

        async def form(limit: int) -> Form:
            return body

        sent = changed(sent, form=form)
    sent = changed(sent, origin="https://gateway.example")

    def ports() -> Ports:
        return fakes.ports(ai)._replace(files=files)

    given = run(handle(sent, ports))
    got = Response(drain(given), given.status, given.headers)
    assert got.headers["content-type"] == "application/json"
    kind = "images" if got.status == 200 else "error"
    check_answer(kind, json.loads(got.body), status=got.status)
    return Got(got, ai, files)


def generate(*replies: FakeReply, files: FakeFiles | None = None, **fields: Any) -> Got:
    return send(GENERATIONS, {"model": SCHNELL, "prompt": "A cat", **fields}, *replies, files=files)


def edit(*fields: tuple[str, Any], **values: str) -> Got:
    """A form with one image, unless ``fields`` are given."""
    given = {"model": KLEIN, "prompt": "A hat", **values}
    files = fields or (("image", upload(png(500, 400))),)
    return send(EDITS, Form([*files, *given.items()]))


def vary(*fields: tuple[str, Any], **values: str) -> Got:
    files = fields or (("image", upload(png(500, 400))),)
    return send(VARIATIONS, Form([*files, *values.items()]))


# --- fields ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "params"),
    [
        (GENERATION_FIELDS, "image_generate_params.ImageGenerateParamsBase"),
        (GENERATION_FIELDS, "image_generate_params.ImageGenerateParamsNonStreaming"),
        (EDIT_FIELDS, "image_edit_params.ImageEditParamsBase"),
        (EDIT_FIELDS, "image_edit_params.ImageEditParamsNonStreaming"),
        (VARIATION_FIELDS, "image_create_variation_params.ImageCreateVariationParams"),
    ],
)
def test_every_field_of_openais_is_a_row(rows: Any, params: str) -> None:
    types = pytest.importorskip("openai.types")
    module, name = params.split(".")
    hints = get_type_hints(getattr(getattr(types, module), name))
    names = [row.name for row in rows]
    assert len(names) == len(set(names))
    assert hints.keys() <= set(names)


def test_ignored_fields_say_why() -> None:
    for rows in (GENERATION_FIELDS, EDIT_FIELDS, VARIATION_FIELDS):
        read_elsewhere = {"image", "mask"}
        assert all(row.check or row.remark or row.name in read_elsewhere for row in rows)


# --- what models are given ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "fields", "given"),
    [
        (SCHNELL, {}, {}),
        (SCHNELL, {"size": "512x512", "quality": "auto", "style": "vivid"}, {}),
        (SCHNELL, {"width": 512, "height": 512}, {}),
        (SCHNELL, {"quality": "low"}, {"steps": 2}),
        (SCHNELL, {"quality": "standard"}, {}),
        (SCHNELL, {"quality": "hd"}, {"steps": 8}),
        (SCHNELL, {"quality": "hd", "steps": 3}, {"steps": 3}),
        (SCHNELL, {"num_inference_steps": 5}, {"steps": 5}),
        (SCHNELL, {"seed": -1, "negative_prompt": ""}, {}),
        (LUCID, {}, {}),
        (LUCID, {"size": "1536x1024"}, {"width": 1536, "height": 1024}),
        (LUCID, {"image_size": "512x256"}, {"width": 512, "height": 256}),
        (LUCID, {"size": "auto"}, {}),
        (LUCID, {"size": "1024x1024", "width": 640}, {"width": 640, "height": 1024}),
        (LUCID, {"quality": "low"}, {"num_steps": 10}),
        (LUCID, {"quality": "max"}, {"num_steps": 40}),
        (LUCID, {"guidance_scale": 4.5, "seed": 7}, {"guidance": 4.5, "seed": 7}),
        (PHOENIX, {"negative_prompt": "dogs"}, {"negative_prompt": "dogs"}),
        (PHOENIX, {"quality": "low"}, {"num_steps": 12}),
        (PHOENIX, {"quality": "high"}, {"num_steps": 50}),
        (SDXL, {"size": "512x768", "steps": 9}, {"width": 512, "height": 768, "num_steps": 9}),
        (SDXL, {"quality": "high"}, {"num_steps": 20}),
        (KLEIN, {"size": "1024x768"}, {"width": "1024", "height": "768"}),
        (KLEIN, {"quality": "high", "guidance": 2.5}, {"guidance": "2.5"}),
        (KLEIN, {"steps": 4}, {"steps": "4"}),
        (DEV, {"quality": "low", "seed": 5}, {"steps": "12", "seed": "5"}),
        (UNKNOWN, {"size": "512x512", "seed": 1}, {"width": 512, "height": 512, "seed": 1}),
        (UNKNOWN, {"quality": "high", "n": 2}, {}),
    ],
)
def test_options(model: str, fields: dict[str, Any], given: dict[str, Any]) -> None:
    got = generate(model=model, **fields)
    assert got.status == 200, got.json
    assert got.ai.calls[0].model == model
    assert got.options == given


def test_a_bare_prompt_goes_to_flux_2_as_a_form() -> None:
    got = generate(model=KLEIN)
    assert got.ai.calls[0].inputs == {"multipart": Multipart([("prompt", "A cat")])}


def test_a_bare_prompt_goes_to_others_as_json() -> None:
    assert generate().ai.calls[0].inputs == {"prompt": "A cat"}


@pytest.mark.parametrize(
    ("model", "field", "value", "words"),
    [
        (SCHNELL, "seed", 1, "it takes: steps."),
        (SCHNELL, "negative_prompt", "dogs", "it takes: steps."),
        (SCHNELL, "guidance_scale", 2, "it takes: steps."),
        (SCHNELL, "steps", 9, "at most 8"),
        (KLEIN, "negative_prompt", "dogs", "it takes: width, height, steps, guidance, seed."),
        (KLEIN, "num_inference_steps", 20, "must be 4 with"),
        (LUCID, "guidance", 11, "between 0 and 10"),
        (LUCID, "size", "4096x512", "The width in 'size' must be between 0 and 2500"),
        (LUCID, "seed", True, "must be an integer"),
        (DEV, "size", "128x1024", "between 256 and 1920"),
        (DEV, "height", 2000, "between 256 and 1920"),
        (SDXL, "size", "500x512", "multiples of 8"),
        (SDXL, "size", "100x104", "between 256 and 2048"),
        (SCHNELL, "size", "big", "width and height in pixels"),
        (SCHNELL, "size", "0x0", "width and height in pixels"),
        (SCHNELL, "size", 512, "must be a string"),
        (SCHNELL, "quality", "best", "must be one of"),
        (SCHNELL, "n", 0, "between 1 and 10"),
        (SCHNELL, "n", 11, "between 1 and 10"),
        (SCHNELL, "n", "2", "must be an integer"),
        (SCHNELL, "response_format", "png", "url, b64_json"),
        (SCHNELL, "background", "transparent", "opaque or auto"),
        (SCHNELL, "output_compression", 50, "only be 100"),
        (SCHNELL, "output_format", "webp", "PNG or JPEG"),
        (SCHNELL, "output_format", "png", "images are JPEG"),
        (SDXL, "output_format", "jpeg", "images are PNG"),
        (SCHNELL, "stream", True, "nothing to stream"),
        (SCHNELL, "partial_images", 2, "only be 0"),
        (SCHNELL, "prompt", "", "is required"),
        (SCHNELL, "prompt", " \n", "must not be empty"),
        (SCHNELL, "prompt", ["A cat"], "must be a string"),
        (SCHNELL, "prompt", "x" * 2049, "takes 2048 characters"),
        (KLEIN, "prompt", "x" * 32_001, "takes 32000 characters"),
        (INPAINTING, "model", INPAINTING, "needs an image and a mask"),
    ],
)
def test_rejects_unsupported_values_and_names_supported_ones(
    model: str, field: str, value: Any, words: str
) -> None:
    got = generate(**{"model": model, field: value})
    assert (got.status, got.error["param"]) == (400, field)
    assert words in got.error["message"]
    assert got.ai.calls == []


@pytest.mark.parametrize("path", [GENERATIONS, EDITS, VARIATIONS])
@pytest.mark.parametrize(
    ("model", "status", "code"),
    [
        ("gpt-4o", 400, "wrong_endpoint"),
        ("nobody-knows", 404, "model_not_found"),
        ("@cf/runwayml/stable-diffusion-v1-5-img2img", 404, "model_not_found"),
    ],
)
def test_the_model_must_be_one_for_images(path: str, model: str, status: int, code: str) -> None:
    fields = {"model": model, "prompt": "A cat"}
    image = ("image", upload())
    got = send(path, fields if path == GENERATIONS else Form([image, *fields.items()]))
    assert (got.status, got.error["code"]) == (status, code)


def test_a_prompt_is_required() -> None:
    got = send(GENERATIONS, {"model": SCHNELL})
    assert (got.error["param"], got.error["code"]) == ("prompt", "missing_required_parameter")


def test_the_model_has_a_default() -> None:
    assert send(GENERATIONS, {"prompt": "A cat"}).ai.calls[0].model == SCHNELL


# --- several images ----------------------------------------------------------------------------


def seeds(model: str, **fields: Any) -> list[int]:
    got = generate(model=model, **fields)
    assert len(got.json["data"]) == len(got.ai.calls) == fields["n"]
    return [int(options_of(call)["seed"]) for call in got.ai.calls]


@pytest.mark.parametrize("model", [KLEIN, LUCID])
def test_several_images_differ_by_seed(model: str) -> None:
    assert seeds(model, n=3, seed=5) == [5, 6, 7]
    by_chance = seeds(model, n=10)
    assert len(set(by_chance)) == 10
    assert seeds(model, n=10) != by_chance


def test_a_model_without_a_seed_is_asked_several_times() -> None:
    got = generate(n=4)
    assert [call.inputs for call in got.ai.calls] == [{"prompt": "A cat"}] * 4
    assert len(got.json["data"]) == 4


def test_batch_size_is_n() -> None:
    assert len(generate(batch_size=2).json["data"]) == 2


def test_calls_are_made_side_by_side() -> None:
    assert generate(n=6).ai.rounds == 1


# --- answers -----------------------------------------------------------------------------------


def test_base64() -> None:
    got = generate(response_format="b64_json", n=2)
    assert [base64.b64decode(item["b64_json"]) for item in got.json["data"]] == [JPEG, JPEG]
    assert got.json["size"] == "1024x1024"
    assert got.json["output_format"] == "jpeg"
    assert got.json["quality"] == "medium"
    assert got.json["background"] == "opaque"
    assert "url" not in got.json["data"][0]


def test_a_bare_file_as_base64() -> None:
    got = generate(bare(), model=SDXL, response_format="b64_json", size="512x512")
    assert base64.b64decode(got.json["data"][0]["b64_json"]) == PNG
    assert (got.json["size"], got.json["output_format"]) == ("640x480", "png")


def test_the_type_is_that_of_the_bytes() -> None:
    files = FakeFiles()
    got = generate(bare(JPEG), model=SDXL, files=files)
    assert got.json["output_format"] == "jpeg"
    [(name, kept)] = files.kept.items()
    assert (kept.content_type, name.rpartition(".")[2]) == ("image/jpeg", "jpg")


def test_an_address() -> None:
    files = FakeFiles()
    got = generate(drawn(PNG), files=files)
    [(name, kept)] = files.kept.items()
    assert got.json["data"] == [{"url": f"https://gateway.example/file/{name}"}]
    assert (kept.data, kept.content_type, kept.seconds) == (PNG, "image/png", 2_592_000)


def test_several_addresses() -> None:
    files = FakeFiles()
    urls = [item["url"] for item in generate(n=3, files=files).json["data"]]
    assert len(set(urls)) == len(files.kept) == 3


@pytest.mark.parametrize("files", [None, FakeFiles(full=True)])
@pytest.mark.parametrize("reply", [drawn, bare])
def test_a_data_url_if_an_image_cannot_be_stored(files: FakeFiles | None, reply: Any) -> None:
    [item] = generate(reply(PNG), model=LUCID, files=files).json["data"]
    assert item["url"] == "data:image/png;base64," + base64.b64encode(PNG).decode()


@pytest.mark.parametrize(
    ("model", "key"),
    [
        ("dall-e-2", "url"),
        ("dall-e-3", "url"),
        (SCHNELL, "url"),
        ("gpt-image-1", "b64_json"),
        ("GPT-Image-1-mini", "b64_json"),
    ],
)
def test_the_default_is_what_clients_of_that_name_read(model: str, key: str) -> None:
    assert list(generate(model=model).json["data"][0]) == [key]
    other = {"url": "b64_json", "b64_json": "url"}[key]
    assert list(generate(model=model, response_format=other).json["data"][0]) == [other]


@pytest.mark.parametrize(
    ("image", "kind"), [(png(), "png"), (gif(), "gif"), (webp(b"VP8X"), "webp"), (bmp(), None)]
)
def test_reports_the_formats_that_openai_has(image: bytes, kind: str | None) -> None:
    assert generate(drawn(image)).json.get("output_format") == kind


def test_rejects_an_image_of_another_format() -> None:
    got = generate(drawn(JPEG), model=LUCID, output_format="png")
    assert (got.status, got.error["param"]) == (400, "output_format")
    assert "JPEG" in got.error["message"]
    assert generate(drawn(JPEG), model=LUCID, output_format="jpeg").status == 200


def test_headers() -> None:
    got = generate(drawn(headers={"cf-ai-req-id": "abc"})).response
    assert got.headers["x-model-served"] == SCHNELL
    assert got.headers["x-request-id"] == "abc"


@pytest.mark.parametrize(
    ("reply", "status", "code"),
    [
        (failure(3030, text="Input prompt contains NSFW content"), 400, "content_policy_violation"),
        (failure(4006, 429), 429, "daily_neurons_exhausted"),
        (failure(5006), 400, "invalid_input"),
        (answer({"image": ""}), 502, "upstream_error"),
        (answer({"response": "no"}), 502, "upstream_error"),
        (FakeReply(b"<html>"), 502, "upstream_error"),
    ],
)
def test_failures(reply: FakeReply, status: int, code: str | None) -> None:
    got = generate(reply)
    assert (got.status, got.error["code"]) == (status, code)


# --- edits -------------------------------------------------------------------------------------


def test_an_edit() -> None:
    got = edit(n="2", size="512x512", seed="3", response_format="b64_json")
    assert got.status == 200, got.json
    options = got.options
    image = options.pop("input_image_0")
    assert options == {"width": "512", "height": "512", "seed": "3"}
    assert isinstance(image, Media)
    assert image.content_type == "image/png"  # whatever the client called it
    assert len(got.ai.calls) == 2
    assert "b64_json" in got.json["data"][0]


@pytest.mark.parametrize(
    "names", [["image"] * 2, ["image[]"] * 3, ["image[0]", "image[1]"], ["image"]]
)
def test_several_images_in_every_spelling(names: list[str]) -> None:
    got = edit(*((name, upload(png(5, place + 1))) for place, name in enumerate(names)))
    assert list(got.options) == [f"input_image_{place}" for place in range(len(names))]


def test_the_editors_default() -> None:
    got = send(EDITS, Form([("image", upload()), ("prompt", "A hat")]))
    assert got.ai.calls[0].model == KLEIN
    assert list(got.json["data"][0]) == ["b64_json"]


def test_a_name_for_either_task_edits_with_a_model_that_can() -> None:
    assert edit(("image", upload()), model="dall-e-2").ai.calls[0].model == KLEIN


def test_filling_in_a_mask() -> None:
    got = edit(("image", upload()), ("mask", upload()), model=INPAINTING, negative_prompt="blur")
    image, mask = got.options["image_b64"], got.options["mask"]
    assert (image.encoding, mask.encoding) == ("base64", "numbers")
    assert got.options["negative_prompt"] == "blur"
    assert "strength" not in got.options
    assert (
        edit(("image", upload()), ("mask", upload()), model=INPAINTING, strength="0.5").options[
            "strength"
        ]
        == 0.5
    )


def test_a_model_with_unknown_inputs_may_edit() -> None:
    got = edit(model=UNKNOWN)
    assert got.options["strength"] == EDIT_STRENGTH
    assert got.options["image_b64"].encoding == "base64"
    assert "mask" in edit(("image", upload()), ("mask", upload()), model=UNKNOWN).options


@pytest.mark.parametrize("model", [SCHNELL, LUCID, PHOENIX, SDXL])
def test_models_that_cannot_edit_name_those_that_can(model: str) -> None:
    got = edit(model=model)
    assert (got.status, got.error["param"]) == (400, "image")
    assert KLEIN in got.error["message"]
    assert got.ai.calls == []


@pytest.mark.parametrize(
    ("fields", "values", "param", "words"),
    [
        ([("x", "y")], {}, "image", "is required"),
        ([("image", "data:,")], {}, "image", "must be a file"),
        ([("image", upload(b""))], {}, "image", "must be a file"),
        ([("image[]", upload(b"<svg/>"))], {}, "image[]", "must be a file"),
        ([("image", upload(png(512, 20)))], {}, "image", "at most 511x511"),
        ([("image", upload())] * 5, {}, "image", "at most 4 images"),
        ([("image", upload()), ("mask", upload())], {}, "mask", INPAINTING),
        ([("image", upload()), ("mask", upload(b"?"))], {}, "mask", "must be a file"),
        ([("image", upload())], {"model": INPAINTING}, "mask", "needs an image and a mask"),
        ([("image", upload()), ("markup", upload())], {}, "markup", "say it in the prompt"),
        ([], {"prompt": ""}, "prompt", "is required"),
        ([], {"n": "many"}, "n", "must be an integer"),
        ([], {"n": "1.5"}, "n", "must be an integer"),
        ([], {"n": "11"}, "n", "between 1 and 10"),
        ([], {"stream": "true"}, "stream", "nothing to stream"),
        ([], {"stream": "maybe"}, "stream", "must be a boolean"),
        ([], {"strength": "0.5"}, "strength", "it takes: width, height, steps, guidance, seed."),
        ([], {"size": "100x100"}, "size", "at least"),
    ],
)
def test_rejects_unsupported_edits(
    fields: list[tuple[str, Any]], values: dict[str, str], param: str, words: str
) -> None:
    if param == "size":
        values = {**values, "model": DEV}
        words = "between 256 and 1920"
    got = edit(*fields, **values)
    assert (got.status, got.error["param"]) == (400, param), got.json
    assert words in got.error["message"]
    assert got.ai.calls == []


def test_forms_say_false_and_nothing() -> None:
    assert edit(stream="False", partial_images="0", background="", size="").status == 200


# --- variations --------------------------------------------------------------------------------


def test_a_variation() -> None:
    got = vary(n="2", size="512x512", response_format="url")
    assert got.status == 200
    assert len(got.json["data"]) == 2
    [prompt] = [v for name, v in got.ai.calls[0].inputs["multipart"].fields if name == "prompt"]
    assert prompt == VARIATION
    assert got.options["input_image_0"].content_type == "image/png"


def test_a_variation_needs_a_model_that_takes_images() -> None:
    assert vary(model="dall-e-2").ai.calls[0].model == KLEIN
    got = vary(model=SCHNELL)
    assert (got.status, got.error["param"]) == (400, "image")
    assert KLEIN in got.error["message"]
    assert vary(("image", upload()), model=INPAINTING).error["param"] == "mask"


def test_a_variation_needs_an_image() -> None:
    got = vary(("n", "1"))
    assert (got.error["param"], got.error["code"]) == ("image", "missing_required_parameter")


# --- anything ----------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
NAMES = st.sampled_from([row.name for row in EDIT_FIELDS])


@given(st.sampled_from([SCHNELL, KLEIN, SDXL, UNKNOWN]), st.dictionaries(NAMES, VALUES))
def test_any_fields(model: str, fields: Mapping[str, Any]) -> None:
    got = send(GENERATIONS, {"prompt": "A cat", **fields, "model": model})
    assert got.status in (200, 400)


@given(st.lists(st.tuples(NAMES, st.text() | st.binary().map(upload) | st.just(upload()))))
def test_any_form(fields: list[tuple[str, Any]]) -> None:
    for path in (EDITS, VARIATIONS):
        assert send(path, Form(fields)).status in (200, 400, 404)
