"""Builds the calls of image models.

A model's row says which inputs it accepts; a model without a row may accept everything. An option
that it does not accept is rejected by name, because a picture without the seed or the image is not
the one requested. Only ``size`` and ``quality`` are best-effort: clients always send them, and the
answer reports what the picture has.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from core.errors import BadRequest
from core.limits import IMAGE_PROMPT_CHARACTERS
from core.ports import Call, Media, MediaEncoding, Multipart
from core.web import UploadedFile
from media.image_size import Size
from workers_ai.catalogue.lookup import BUILT_IN
from workers_ai.catalogue.model import Limit, Model

TEXT_TO_IMAGE = "Text-to-Image"
EDIT_STRENGTH = 0.7
"""How much an edit without a mask changes its image; the models' own default is 1, which leaves
nothing of it."""

INPUTS: Mapping[str, tuple[str, ...]] = {
    "width": ("width",),
    "height": ("height",),
    "steps": ("num_steps", "steps"),
    "guidance": ("guidance",),
    "strength": ("strength",),
    "seed": ("seed",),
    "negative_prompt": ("negative_prompt",),
}
"""Options and the names that models have for them; the first that a model accepts is sent."""

Quality = Literal["low", "medium", "high"]
STEPS: Mapping[Quality, float | None] = {"low": 0.5, "medium": None, "high": 2}
"""Factors of the usual number of steps; None leaves it to the model."""

_ENCODINGS: dict[str, MediaEncoding] = {"image_b64": "base64"}
"""How an input accepts a file, if not as numbers. Files in forms are files."""


class Option(NamedTuple):
    """An option of the request, and the parameter that the client sent it in."""

    name: str
    value: Any
    param: str


class InputImage(NamedTuple):
    """An image to work on: its bytes or the client's file, its true media type, its size in pixels
    if known, and the parameter that the client sent it in."""

    source: UploadedFile | bytes
    content_type: str
    size: Size | None
    param: str


class ImageRequest(NamedTuple):
    """What a client wants of an image model."""

    model: Model
    prompt: str
    n: int = 1
    options: Sequence[Option] = ()
    quality: Quality = "medium"
    images: Sequence[InputImage] = ()
    mask: InputImage | None = None


def input_names(model: Model) -> frozenset[str]:
    """Names of a model's inputs, or of the fields of its form; empty if they are unknown."""
    return frozenset(model.details.get("form_fields", ())) or model.inputs


def input_name(model: Model, option: str) -> str | None:
    """The model's name for an option, None if it does not accept it."""
    names = input_names(model)
    return next((name for name in INPUTS[option] if not names or name in names), None)


def is_sizable(model: Model) -> bool:
    return input_name(model, "width") is not None


def build_calls(request: ImageRequest) -> list[Call]:
    """Builds a call for each image. Raises :class:`BadRequest` for what the model cannot do."""
    model = request.model
    inputs: dict[str, Any] = {"prompt": _prompt(request), **_images(request)}
    for option in request.options:
        name = input_name(model, option.name)
        if name is None:
            raise _unsupported(model, option)
        _check_limits(model, name, option)
        inputs[name] = option.value
    _check_sides(model, request.options)
    steps = input_name(model, "steps")
    if steps is not None and steps not in inputs:
        inputs.update(_choose_steps(request.quality, steps, model.limits.get(steps)))
    all_inputs = [{**inputs, **seed} for seed in _seeds(request)]
    if "multipart" in model.inputs:
        all_inputs = [_as_form(inputs) for inputs in all_inputs]
    return [Call(model.id, inputs) for inputs in all_inputs]


def _as_form(inputs: Mapping[str, Any]) -> dict[str, Any]:
    fields = [
        (name, value if isinstance(value, Media) else str(value)) for name, value in inputs.items()
    ]
    return {"multipart": Multipart(fields)}


def _prompt(request: ImageRequest) -> str:
    limit = request.model.limits.get("prompt_chars")
    most = int(limit.max) if limit and limit.max else IMAGE_PROMPT_CHARACTERS
    if len(request.prompt) > most:
        raise BadRequest(
            f"The prompt is too long: this model takes {most} characters.",
            param="prompt",
            code="string_above_max_length",
        )
    return request.prompt


# --- options ---------------------------------------------------------------------------------


def _unsupported(model: Model, option: Option) -> BadRequest:
    options = [name for name in INPUTS if input_name(model, name)]
    return BadRequest(
        f"This model takes no '{option.param}'. Besides the prompt it takes: "
        f"{', '.join(options) or 'nothing'}.",
        param=option.param,
        code="unsupported_parameter",
    )


def _check_limits(model: Model, name: str, option: Option) -> None:
    limit = model.limits.get(name, Limit())
    low, high, value = limit.min, limit.max, option.value
    if isinstance(value, str) or not (
        (low is not None and value < low) or (high is not None and value > high)
    ):
        return
    words = f"at least {low}" if high is None else f"at most {high}"
    if low is not None and high is not None:
        words = f"{low}" if low == high else f"between {low} and {high}"
    subject = f"The {option.name} in 'size'" if option.param == "size" else f"'{option.param}'"
    raise BadRequest(
        f"{subject} must be {words} with this model.", param=option.param, code="invalid_value"
    )


def _check_sides(model: Model, options: Sequence[Option]) -> None:
    multiple = model.details.get("side_multiple", 1)
    for option in options:
        if option.name in ("width", "height") and option.value % multiple:
            raise BadRequest(
                f"'{option.param}' does not fit: with this model width and height must be "
                f"multiples of {multiple}.",
                param=option.param,
                code="invalid_value",
            )


def _choose_steps(quality: Quality, name: str, limit: Limit | None) -> dict[str, int]:
    """The steps for a quality, if the model's row says how many are usual."""
    factor = STEPS[quality]
    low, high, default = limit or Limit()
    usual = default or (high / 2 if high else None)
    if factor is None or usual is None or (low is not None and low == high):
        return {}
    return {name: int(max(low or 1, min(usual * factor, high or usual)))}


def _seeds(request: ImageRequest) -> Iterator[dict[str, int]]:
    """Seeds by which the calls differ: counted from the client's, or else from a random one.

    A model without a seed makes another image each time.
    """
    seed = next((option.value for option in request.options if option.name == "seed"), None)
    name = input_name(request.model, "seed")
    if name is None or (seed is None and (request.n == 1 or not input_names(request.model))):
        yield from [{}] * request.n
        return
    first = int.from_bytes(os.urandom(3), "big") if seed is None else seed
    limit = request.model.limits.get(name)
    # At the end of the range it counts down: clamped, some would be the same.
    step = -1 if limit and limit.max is not None and first + request.n - 1 > limit.max else 1
    for number in range(request.n):
        yield {name: first + step * number}


# --- images ----------------------------------------------------------------------------------


def _images(request: ImageRequest) -> dict[str, Any]:
    """The images and the mask under the model's names for them."""
    model, images, mask = request.model, request.images, request.mask
    editing = model.details.get("editing")
    if editing is None and not input_names(model):
        editing = {"images": ("image_b64",), **({"mask": "mask"} if mask else {})}
    if not images and (editing is None or "mask" not in editing):
        return {}
    if editing is None:
        raise _cannot_edit("This model makes images from a prompt alone.", images[0].param)
    slots = editing["images"]
    if not images or (mask is None and "mask" in editing):
        raise _cannot_edit(
            "This model fills in what a mask covers: it needs an image and a mask, at "
            "POST /v1/images/edits.",
            "mask" if images else "model",
        )
    if mask is not None and "mask" not in editing:
        raise BadRequest(
            f"This model takes no mask; these do: {', '.join(_editors(mask=True))}.",
            param=mask.param,
            code="unsupported_parameter",
        )
    if len(images) > len(slots):
        raise BadRequest(
            f"This model works on at most {len(slots)} image{'s' * (len(slots) > 1)} at a time.",
            param=images[0].param,
            code="invalid_value",
        )
    for image in images:
        _check_side(model, image)
    inputs = {name: _media(name, image) for name, image in zip(slots, images, strict=False)}
    if mask is not None:
        return {**inputs, editing["mask"]: _media(editing["mask"], mask)}
    if input_name(model, "strength"):
        return {**inputs, "strength": EDIT_STRENGTH}
    return inputs


def _media(name: str, image: InputImage) -> Media:
    return Media(image.source, image.content_type, _ENCODINGS.get(name, "numbers"))


def _check_side(model: Model, image: InputImage) -> None:
    limit = model.limits.get("input_image_side_px")
    if limit and limit.max and image.size and max(image.size) > limit.max:
        width, height = image.size
        raise BadRequest(
            f"This model works on images of at most {limit.max}x{limit.max} pixels; this one has "
            f"{width}x{height}.",
            param=image.param,
            code="invalid_value",
        )


def _cannot_edit(why: str, param: str) -> BadRequest:
    return BadRequest(
        f"{why} Models that work on images: {', '.join(_editors(mask=False))}.",
        param=param,
        code="unsupported_content",
    )


def _editors(*, mask: bool) -> list[str]:
    """Ids of the models that work on images, with a mask or without one."""
    rows = [model for model in BUILT_IN.models if model.live and "editing" in model.details]
    return [model.id for model in rows if ("mask" in model.details["editing"]) == mask]
