"""Requests of the image endpoints to an :class:`ImageRequest`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import BadRequest
from core.web import Form, UploadedFile
from handlers.reading import fields
from handlers.reading.fields import Check, Field, read_fields, require_field
from media.image_size import HEAD, dimensions
from media.sniffing import sniff
from untrusted.json_text import parse_json
from workers_ai.catalogue.model import Model
from workers_ai.images.inputs import ImageRequest, InputImage, Option, Quality, is_sizable

VARIATION = "A variation of this image: the same subject, style and colours, composed anew."
"""The prompt of a variation, for which a client gives none."""

QUALITIES: Mapping[str, Quality] = {
    "auto": "medium",
    "low": "low",
    "medium": "medium",
    "standard": "medium",
    "high": "high",
    "hd": "high",
    "xhigh": "high",
    "max": "high",
}

_SIZE = re.compile(r"\s*([1-9]\d{0,4})\s*[xX×*]\s*([1-9]\d{0,4})\s*")
OUTPUT_FORMATS = ("png", "webp", "jpeg", "gif", "svg")


def read_size(value: Any, param: str) -> tuple[int, int] | None:
    """``1024x768`` as width and height; None for ``auto``."""
    text = fields.text(value, param)
    if text == "auto":
        return None
    found = _SIZE.fullmatch(text)
    if found is None:
        raise BadRequest(
            f"'{param}' must be auto, or width and height in pixels such as 1024x1024.",
            param=param,
            code="invalid_value",
        )
    return int(found[1]), int(found[2])


def _accept_only(check: Check, words: str, *possible: Any) -> Check:
    """What OpenAI has and the models here do only in part: a 400 that says which."""

    def checked(value: Any, param: str) -> Any:
        value = check(value, param)
        if value not in possible:
            raise BadRequest(words, param=param, code="unsupported_value")
        return value

    return checked


def _reject(words: str) -> Check:
    return _accept_only(lambda value, param: value, words)


_SHARED_FIELDS = (
    Field("model", fields.text),
    Field("n", fields.within(fields.integer, 1, 10), remark="as many calls side by side"),
    Field("response_format", fields.one_of("url", "b64_json")),
    Field("size", read_size, remark="the real one is in the answer"),
    Field("user", remark="nobody is watched here"),
)

_PROMPT_FIELDS = (
    *_SHARED_FIELDS,
    Field("prompt", fields.text),
    Field("quality", fields.one_of(*QUALITIES), remark="more or fewer steps"),
    Field(
        "background",
        _accept_only(
            fields.one_of("transparent", "opaque", "auto"),
            "No model here makes transparent images; 'background' can be opaque or auto.",
            *("opaque", "auto"),
        ),
    ),
    Field(
        "output_format",
        _accept_only(
            fields.one_of(*OUTPUT_FORMATS),
            "The models here give PNG or JPEG images, each of them one of the two.",
            *("png", "jpeg"),
        ),
    ),
    Field(
        "output_compression",
        _accept_only(
            fields.within(fields.integer, 0, 100),
            "Images are passed on as the model gives them; 'output_compression' can only be 100.",
            100,
        ),
    ),
    Field(
        "stream",
        _accept_only(
            fields.boolean,
            "Images come whole: there is nothing to stream. Leave 'stream' out or false.",
            False,
        ),
    ),
    Field(
        "partial_images",
        _accept_only(
            fields.within(fields.integer, 0, 3),
            "No model here shows an image while it is being made; 'partial_images' can only be 0.",
            0,
        ),
    ),
    # Of other servers; the last three are what Cherry Studio calls size, n and steps.
    Field("width", fields.within(fields.integer, 1, None)),
    Field("height", fields.within(fields.integer, 1, None)),
    Field("negative_prompt", fields.text, remark="400 where the model has none; so are the next"),
    Field("seed", fields.integer, remark="a negative one is none"),
    Field("guidance", fields.number),
    Field("guidance_scale", fields.number),
    Field("steps", fields.within(fields.integer, 1, None)),
    Field("num_steps", fields.within(fields.integer, 1, None)),
    Field("num_inference_steps", fields.within(fields.integer, 1, None)),
    Field("image_size", read_size),
    Field("batch_size", fields.within(fields.integer, 1, 10)),
    # Accepted and ignored on purpose.
    Field("complexity", remark="no model here plans an image"),
    Field("frame_count", remark="of GIFs, which output_format does not allow"),
    Field("frame_duration_ms", remark="of GIFs, which output_format does not allow"),
    Field("safety_identifier", remark="for OpenAI's abuse monitoring"),
    Field("svg", remark="of SVGs, which output_format does not allow"),
)

GENERATION_FIELDS = (
    *_PROMPT_FIELDS,
    Field("moderation", remark="Workers AI has one filter, which is always on"),
    Field("style", remark="a word in the prompt does more"),
)

EDIT_FIELDS = (
    *_PROMPT_FIELDS,
    Field(
        "strength", fields.within(fields.number, 0, 1), remark="how much may change, from 0 to 1"
    ),
    Field("image"),  # read below: one file or several
    Field("mask"),  # read below: a file; what is white in it is painted anew
    Field("markup", _reject("No model here reads markup on an image; say it in the prompt.")),
    Field("input_fidelity", remark="flux-2 keeps to its images; others have strength"),
)

VARIATION_FIELDS = (*_SHARED_FIELDS, Field("image"))  # read below: a file

OPTIONS: Mapping[str, str] = {
    "width": "width",
    "height": "height",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "guidance": "guidance",
    "guidance_scale": "guidance",
    "steps": "steps",
    "num_steps": "steps",
    "num_inference_steps": "steps",
    "strength": "strength",
}
"""Which option each field is; of several the first counts."""


def _parse_form_value(check: Check) -> Check:
    """A field of a form is text; a check that wants another type gets what the text says."""

    def checked(value: Any, param: str) -> Any:
        try:
            return check(value, param)
        except BadRequest as error:
            if error.code != "invalid_type" or not isinstance(value, str):
                raise
            try:
                plain = parse_json(value.lower())
            except ValueError:
                raise error from None
            return check(plain, param)

    return checked


def _adapt_to_forms(rows: Sequence[Field]) -> tuple[Field, ...]:
    return tuple(row._replace(check=row.check and _parse_form_value(row.check)) for row in rows)


EDIT_FORM, VARIATION_FORM = _adapt_to_forms(EDIT_FIELDS), _adapt_to_forms(VARIATION_FIELDS)


def build_image_request(
    model: Model,
    values: dict[str, Any],
    images: Sequence[InputImage] = (),
    mask: InputImage | None = None,
) -> ImageRequest:
    """The request that the fields of any of the endpoints stand for."""
    prompt = require_field(values, "prompt")
    if not prompt.strip():
        raise BadRequest("'prompt' must not be empty.", param="prompt", code="invalid_value")
    possible = model.details.get("image_formats", ())
    if possible and values.get("output_format", possible[0]) not in possible:
        raise unsupported_output_format(possible)
    return ImageRequest(
        model=model,
        prompt=prompt,
        n=values.get("n", values.get("batch_size", 1)),
        options=list(_collect_options(model, values).values()),
        quality=QUALITIES[values.get("quality", "auto")],
        images=images,
        mask=mask,
    )


def _collect_options(model: Model, values: Mapping[str, Any]) -> dict[str, Option]:
    found: dict[str, Option] = {}
    for field, name in OPTIONS.items():
        if values.get(field) not in (None, "") and name not in found:
            found[name] = Option(name, values[field], field)
    for field in ("size", "image_size"):
        for name, value in zip(("width", "height"), values.get(field) or (), strict=False):
            found.setdefault(name, Option(name, value, field))
    if not is_sizable(model):
        found = {name: found[name] for name in found if name not in ("width", "height")}
    if "seed" in found and found["seed"].value < 0:
        del found["seed"]
    return found


def unsupported_output_format(possible: Sequence[str]) -> BadRequest:
    return BadRequest(
        f"This model's images are {' or '.join(possible).upper()}; leave 'output_format' out.",
        param="output_format",
        code="unsupported_value",
    )


def read_form(form: Form, rows: Sequence[Field]) -> dict[str, Any]:
    """The checked values of a form, where an empty field is none."""
    body: dict[str, Any] = {name: value for name, value in form.fields if value != ""}
    return read_fields(body, rows)


async def read_images(form: Form, name: str) -> list[InputImage]:
    """The images in the fields ``name``, ``name[]`` and ``name[0]``."""
    given = [
        (field, value)
        for field, value in form.fields
        if field == name or (field.startswith(f"{name}[") and field.endswith("]"))
    ]
    if not given:
        raise BadRequest(
            f"'{name}' is required: an image, as a file of the form.",
            param=name,
            code="missing_required_parameter",
        )
    return [await _read_image(value, field) for field, value in given]


async def _read_image(file: str | UploadedFile, param: str) -> InputImage:
    head = b"" if isinstance(file, str) else await file.read(HEAD)
    content_type = sniff(head)
    if isinstance(file, str) or content_type is None:
        raise BadRequest(
            f"'{param}' must be a file that is a PNG, JPEG or WebP image.",
            param=param,
            code="invalid_image",
        )
    return InputImage(file, content_type, dimensions(head), param)
