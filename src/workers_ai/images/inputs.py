"""What a client wants of an image model, as the calls that model takes.

Which inputs a model has is in its row; of a model without a row everything is let through. What
it has not is refused by name, because a seed or an image that is dropped in silence gives another
picture than was asked for. Only ``size`` and ``quality`` are wishes: clients send them always, and
the answer says what came.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from core.errors import BadRequest
from core.ports import Call, Media, Multipart
from core.web import UploadedFile
from media.image_size import Size
from workers_ai.catalogue.lookup import BUILT_IN
from workers_ai.catalogue.model import Limit, Model

TASK = "Text-to-Image"
MOST_PROMPT = 32_000
"""Characters of a prompt, as OpenAI has it, where a model's row says nothing."""
EDIT_STRENGTH = 0.7
"""How far an edit without a mask may leave its image; the models' own default is 1, which
leaves nothing of it."""

INPUTS: Mapping[str, tuple[str, ...]] = {
    "width": ("width",),
    "height": ("height",),
    "steps": ("num_steps", "steps"),
    "guidance": ("guidance",),
    "strength": ("strength",),
    "seed": ("seed",),
    "negative_prompt": ("negative_prompt",),
}
"""Each option and the names that models have for it; where a model has two, the first."""

STEPS: Mapping[str, float | None] = {"low": 0.5, "medium": None, "high": 2}
"""Each quality and how many times the usual steps it takes; None leaves them to the model."""

_WAYS = {"image_b64": "base64"}
"""How an input takes a file, if not as numbers. Files in forms are files."""


class Option(NamedTuple):
    """A wish, and the parameter that the client gave it in."""

    name: str
    value: Any
    param: str


class InputImage(NamedTuple):
    """An image to work on: its bytes or the client's file, its true media type, its size in pixels
    where known, and the parameter it came in."""

    source: UploadedFile | bytes
    content_type: str
    size: Size | None
    param: str


class ImageRequest(NamedTuple):
    """``quality`` is a key of :data:`STEPS`."""

    model: Model
    prompt: str
    n: int = 1
    options: Sequence[Option] = ()
    quality: str = "medium"
    images: Sequence[InputImage] = ()
    mask: InputImage | None = None


def accepted(model: Model) -> frozenset[str]:
    """The names of a model's inputs, or of the fields of its form; empty where nothing is known."""
    return frozenset(model.details.get("form_fields", ())) or model.inputs


def input_name(model: Model, option: str) -> str | None:
    """The model's name for an option, None if it has none."""
    names = accepted(model)
    return next((name for name in INPUTS[option] if not names or name in names), None)


def is_sizable(model: Model) -> bool:
    return input_name(model, "width") is not None


def calls(request: ImageRequest) -> list[Call]:
    """One call for each image. Raises :class:`BadRequest` for what the model cannot do."""
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
        inputs.update(_steps(request.quality, steps, model.limits.get(steps)))
    return [Call(model.id, _dressed(model, {**inputs, **seed})) for seed in _seeds(request)]


def _dressed(model: Model, inputs: dict[str, Any]) -> dict[str, Any]:
    if "multipart" not in model.inputs:
        return inputs
    fields = [
        (name, value if isinstance(value, Media) else str(value)) for name, value in inputs.items()
    ]
    return {"multipart": Multipart(fields)}


def _prompt(request: ImageRequest) -> str:
    limit = request.model.limits.get("prompt_chars")
    most = int(limit.max) if limit and limit.max else MOST_PROMPT
    if len(request.prompt) > most:
        raise BadRequest(
            f"The prompt is too long: this model takes {most} characters.",
            param="prompt",
            code="string_above_max_length",
        )
    return request.prompt


# --- options ---------------------------------------------------------------------------------


def _unsupported(model: Model, option: Option) -> BadRequest:
    taken = [name for name in INPUTS if input_name(model, name)]
    return BadRequest(
        f"This model takes no '{option.param}'. Besides the prompt it takes: "
        f"{', '.join(taken) or 'nothing'}.",
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


def _steps(quality: str, name: str, limit: Limit | None) -> dict[str, int]:
    """The steps for a quality, as far as the model's row says what is usual."""
    factor = STEPS[quality]
    low, high, usual = limit or Limit()
    usual = usual or (high / 2 if high else None)
    if factor is None or usual is None or (low is not None and low == high):
        return {}
    return {name: int(max(low or 1, min(usual * factor, high or usual)))}


def _seeds(request: ImageRequest) -> Iterator[dict[str, int]]:
    """What the calls differ by: seeds counted on from the one that was given, or else from one by
    chance. A model without a seed makes another image each time."""
    given = next((option.value for option in request.options if option.name == "seed"), None)
    name = input_name(request.model, "seed")
    if name is None or (given is None and (request.n == 1 or not accepted(request.model))):
        yield from [{}] * request.n
        return
    first = int.from_bytes(os.urandom(3), "big") if given is None else given
    limit = request.model.limits.get(name)
    # At the end of the range it counts down: clamped, some would be the same again.
    step = -1 if limit and limit.max is not None and first + request.n - 1 > limit.max else 1
    for number in range(request.n):
        yield {name: first + step * number}


# --- images ----------------------------------------------------------------------------------


def _images(request: ImageRequest) -> dict[str, Any]:
    """The images and the mask under the model's names for them."""
    model, images, mask = request.model, request.images, request.mask
    editing = model.details.get("editing")
    if editing is None and not accepted(model):
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
    return Media(image.source, image.content_type, _WAYS.get(name, "numbers"))


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
    """The models that work on images, with a mask or without one."""
    rows = [model for model in BUILT_IN.models if model.live and "editing" in model.details]
    return [model.id for model in rows if ("mask" in model.details["editing"]) == mask]
