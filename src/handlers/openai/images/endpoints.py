"""``POST /v1/images/generations``, ``/edits`` and ``/variations``, as OpenAI publishes them.

An image that is wanted as base64, and that the model gives as base64, is cut out of the upstream's
JSON and put into the answer as it stands, on the platform's side.
"""

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
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.images.inputs import TEXT_TO_IMAGE

DEFAULT_MODEL = "dall-e-2"
DEFAULT_EDITOR = "gpt-image-1"


async def generate(request: Request, ports: Ports) -> JoinedBody:
    """Images from a prompt. Raises :class:`APIError`."""
    values = {"model": DEFAULT_MODEL} | read_fields(await read_json(request), GENERATION_FIELDS)
    model = await resolve_model(values["model"], TEXT_TO_IMAGE, ports)
    return await answer_with_images(build_image_request(model, values), values, request, ports)


async def edit(request: Request, ports: Ports) -> JoinedBody:
    """Images from images and a prompt, and where the model takes one, a mask."""
    form = await request.form(fields.MAX_BODY)
    values = {"model": DEFAULT_EDITOR} | read_form(form, EDIT_FORM)
    model = await resolve_model(values["model"], TEXT_TO_IMAGE, ports)
    images = await read_images(form, "image")
    masks = await read_images(form, "mask") if form.all("mask") else []
    wanted = build_image_request(model, values, images, masks[0] if masks else None)
    return await answer_with_images(wanted, values, request, ports)


async def vary(request: Request, ports: Ports) -> JoinedBody:
    """Images like an image."""
    form = await request.form(fields.MAX_BODY)
    values = {"model": DEFAULT_EDITOR} | read_form(form, VARIATION_FORM)
    model = await resolve_model(values["model"], TEXT_TO_IMAGE, ports)
    images = await read_images(form, "image")
    wanted = build_image_request(model, {**values, "prompt": VARIATION}, images)
    return await answer_with_images(wanted, values, request, ports)
