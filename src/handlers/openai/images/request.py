"""Reads requests of the image endpoints as an :class:`ImageRequest`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import BadRequest
from core.limits import IMAGES
from core.web import Form, UploadedFile
from handlers.reading import fields
from handlers.reading.fields import Check, Field, read_fields, require_field
from media.image_size import HEAD, read_dimensions
from media.sniffing import sniff
from untrusted.json_text import parse_json
from workers_ai.catalogue.model import Model
from workers_ai.images.inputs import ImageRequest, InputImage, Option, Quality, is_sizable

VARIATION = "A variation of this image: the same subject, style and colours, composed anew."
"""The prompt of a variation: clients send none."""

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
"""The names of qualities of all of OpenAI's models, to the keys of
:data:`workers_ai.images.inputs.STEPS`."""

_SIZE = re.compile(r"\s*([1-9]\d{0,4})\s*[xX×*]\s*([1-9]\d{0,4})\s*")
OUTPUT_FORMATS = ("png", "webp", "jpeg", "gif", "svg")


def read_size(value: Any, param: str) -> tuple[int, int] | None:
    """Reads a size such as ``1024x768`` as width and height; None for ``auto``."""
    text = fields.text(value, param)
    if text == "auto":
        return None
    match = _SIZE.fullmatch(text)
    if match is None:
        raise BadRequest(
            f"'{param}' must be auto, or width and height in pixels such as 1024x1024.",
            param=param,
            code="invalid_value",
        )
    return int(match[1]), int(match[2])


def _accept_only(check: Check, message: str, *supported: Any) -> Check:
    """Accepts those of OpenAI's values that the models here support; a 400 names them."""

    def check_support(value: Any, param: str) -> Any:
        value = check(value, param)
        if value not in supported:
            raise BadRequest(message, param=param, code="unsupported_value")
        return value

    return check_support


def _reject(message: str) -> Check:
    return _accept_only(lambda value, param: value, message)


_SHARED_FIELDS = (
    Field("model", fields.text),
    Field("n", fields.within(fields.integer, 1, IMAGES), remark="as many calls side by side"),
    Field("response_format", fields.one_of("url", "b64_json")),
    Field("size", read_size, remark="best-effort; the actual size is in the answer"),
    Field("user", remark="nobody is watched here"),
)

_PROMPT_FIELDS = (
    *_SHARED_FIELDS,
    Field("prompt", fields.text),
    Field("quality", fields.one_of(*QUALITIES), remark="best-effort: more or fewer steps"),
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
    # Of other servers. Cherry Studio calls steps, size and n by the last three names.
    Field("width", fields.within(fields.integer, 1, None)),
    Field("height", fields.within(fields.integer, 1, None)),
    Field("negative_prompt", fields.text, remark="400 where the model has none; so are the next"),
    Field("seed", fields.integer, remark="negative values are ignored"),
    Field("guidance", fields.number),
    Field("guidance_scale", fields.number),
    Field("steps", fields.within(fields.integer, 1, None)),
    Field("num_steps", fields.within(fields.integer, 1, None)),
    Field("num_inference_steps", fields.within(fields.integer, 1, None)),
    Field("image_size", read_size),
    Field("batch_size", fields.within(fields.integer, 1, IMAGES)),
    # Ignored on purpose.
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
    Field("image"),  # see read_images: one file or several
    Field("mask"),  # see read_images: a file; its white parts are generated anew
    Field("markup", _reject("No model here reads markup on an image; say it in the prompt.")),
    Field("input_fidelity", remark="flux-2 keeps to its images; others have strength"),
)

VARIATION_FIELDS = (*_SHARED_FIELDS, Field("image"))  # see read_images: a file

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
"""The option that each field sets; the first of several fields wins."""


def _check_form_value(check: Check) -> Check:
    """Checks a field of a form, which is text; parses it for a check of another type."""

    def check_text(value: Any, param: str) -> Any:
        try:
            return check(value, param)
        except BadRequest as error:
            if error.code != "invalid_type" or not isinstance(value, str):
                raise
            try:
                parsed = parse_json(value.lower())
            except ValueError:
                raise error from None
            return check(parsed, param)

    return check_text


def _adapt_to_forms(rows: Sequence[Field]) -> tuple[Field, ...]:
    return tuple(row._replace(check=row.check and _check_form_value(row.check)) for row in rows)


EDIT_FORM, VARIATION_FORM = _adapt_to_forms(EDIT_FIELDS), _adapt_to_forms(VARIATION_FIELDS)


def build_image_request(
    model: Model,
    values: dict[str, Any],
    images: Sequence[InputImage] = (),
    mask: InputImage | None = None,
) -> ImageRequest:
    """Builds a request from the checked fields of any of the endpoints."""
    prompt = require_field(values, "prompt")
    if not prompt.strip():
        raise BadRequest("'prompt' must not be empty.", param="prompt", code="invalid_value")
    formats = model.details.get("image_formats", ())
    if formats and values.get("output_format", formats[0]) not in formats:
        raise unsupported_output_format(formats)
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
    """Returns the options that are set, by name."""
    options: dict[str, Option] = {}
    for field, name in OPTIONS.items():
        if values.get(field) not in (None, "") and name not in options:
            options[name] = Option(name, values[field], field)
    for field in ("size", "image_size"):
        for name, value in zip(("width", "height"), values.get(field) or (), strict=False):
            options.setdefault(name, Option(name, value, field))
    if not is_sizable(model):
        options = {name: options[name] for name in options if name not in ("width", "height")}
    if "seed" in options and options["seed"].value < 0:
        del options["seed"]
    return options


def unsupported_output_format(formats: Sequence[str]) -> BadRequest:
    """Returns the error for a format that the model's images do not have."""
    return BadRequest(
        f"This model's images are {' or '.join(formats).upper()}; leave 'output_format' out.",
        param="output_format",
        code="unsupported_value",
    )


def read_form(form: Form, rows: Sequence[Field]) -> dict[str, Any]:
    """Returns the checked values of a form; empty fields are ignored."""
    body: dict[str, Any] = {name: value for name, value in form.fields if value != ""}
    return read_fields(body, rows)


async def read_images(form: Form, name: str) -> list[InputImage]:
    """Reads the images in the fields ``name``, ``name[]`` and ``name[0]``. Raises
    :class:`BadRequest` if there are none."""
    files = [
        (field, value)
        for field, value in form.fields
        if field == name or (field.startswith(f"{name}[") and field.endswith("]"))
    ]
    if not files:
        raise BadRequest(
            f"'{name}' is required: an image, as a file of the form.",
            param=name,
            code="missing_required_parameter",
        )
    return [await _read_image(value, field) for field, value in files]


async def _read_image(file: str | UploadedFile, param: str) -> InputImage:
    head = b"" if isinstance(file, str) else await file.read(HEAD)
    content_type = sniff(head)
    if isinstance(file, str) or content_type is None:
        raise BadRequest(
            f"'{param}' must be a file that is a PNG, JPEG or WebP image.",
            param=param,
            code="invalid_image",
        )
    return InputImage(file, content_type, read_dimensions(head), param)
