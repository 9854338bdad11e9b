"""``POST /v1/images/generations``, ``/edits`` and ``/variations``, as OpenAI publishes them."""

from core.limits import FORM_BODY_BYTES
from core.ports import Ports
from core.web import JoinedBody, Request
from handlers.openai.images.answer import answer_with_images
from handlers.openai.images.request import (
    EDIT_FORM,
    GENERATION_FIELDS,
    VARIATION,
    VARIATION_FORM,
    build_image_request,
    read_form,
    read_images,
)
from handlers.reading import fields
from handlers.reading.fields import read_fields, read_json
from workers_ai.catalogue.aliases import EDITING_ALIASES
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.images.inputs import TEXT_TO_IMAGE

DEFAULT_MODEL = "dall-e-2"
DEFAULT_EDITOR = "gpt-image-1"


async def generate(request: Request, ports: Ports) -> JoinedBody:
    """Generates images from a prompt. Raises :class:`APIError`."""
    values = {"model": DEFAULT_MODEL} | read_fields(await read_json(request), GENERATION_FIELDS)
    model = await resolve_model(values["model"], TEXT_TO_IMAGE, ports)
    return await answer_with_images(build_image_request(model, values), values, request, ports)


async def edit(request: Request, ports: Ports) -> JoinedBody:
    """Edits images by a prompt and, if the model accepts one, a mask. Raises :class:`APIError`."""
    form = await fields.read_form(request, FORM_BODY_BYTES)
    values = {"model": DEFAULT_EDITOR} | read_form(form, EDIT_FORM)
    model = await resolve_model(values["model"], TEXT_TO_IMAGE, ports, EDITING_ALIASES)
    images = await read_images(form, "image")
    masks = await read_images(form, "mask") if form.all("mask") else []
    image_request = build_image_request(model, values, images, masks[0] if masks else None)
    return await answer_with_images(image_request, values, request, ports)


async def vary(request: Request, ports: Ports) -> JoinedBody:
    """Generates variations of an image. Raises :class:`APIError`."""
    form = await fields.read_form(request, FORM_BODY_BYTES)
    values = {"model": DEFAULT_EDITOR} | read_form(form, VARIATION_FORM)
    model = await resolve_model(values["model"], TEXT_TO_IMAGE, ports, EDITING_ALIASES)
    images = await read_images(form, "image")
    image_request = build_image_request(model, {**values, "prompt": VARIATION}, images)
    return await answer_with_images(image_request, values, request, ports)
