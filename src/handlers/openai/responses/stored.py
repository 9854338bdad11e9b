"""``/v1/responses/{id}`` and what is below it: stored Responses, of the key that made them."""

from typing import Any

from core.errors import BadRequest, NotFound
from core.ports import Ports
from core.web import Request, Response, json_response, stream_headers
from handlers.openai.responses.history import is_reference, open_responses, recall
from handlers.openai.responses.replay import replay_events
from handlers.reading import fields
from storage.responses import Item, Responses

_check_order = fields.one_of("asc", "desc")
_check_limit = fields.within(fields.integer, 1, 100)


async def retrieve(request: Request, ports: Ports) -> Response:
    """Returns ``/{id}``, as events with ``?stream=true``, and ``/{id}/input_items``."""
    id_, rest = _read_path(request, "", "input_items")
    responses = _open(request, ports)
    if rest:
        return json_response(await _list_input(id_, responses, request))
    response = await responses.load(id_)
    if response is None:
        raise _not_found()
    if request.query.get("stream") not in ("true", "1"):
        return json_response(response)
    after = _read_number(request, "starting_after", -1)
    return Response(replay_events(response, after), 200, stream_headers(request))


async def delete(request: Request, ports: Ports) -> Response:
    """Deletes ``/{id}``. Responses that continue it cannot be continued then."""
    id_, _ = _read_path(request, "")
    if not await _open(request, ports).delete(id_):
        raise _not_found()
    return json_response({"id": id_, "object": "response", "deleted": True})


async def cancel(request: Request, ports: Ports) -> Response:
    """Refuses ``/{id}/cancel``: only Responses in the background can be cancelled."""
    _read_path(request, "cancel")
    raise BadRequest(
        "Only responses with background: true can be cancelled, and none is made here. An answer "
        "under way ends when its connection is closed.",
        code="unsupported_value",
    )


async def _list_input(id_: str, responses: Responses, request: Request) -> dict[str, Any]:
    """Returns a page of what a Response was made from: ``limit`` of its input items and those of
    the conversation that it continues ``after`` an item, in that ``order``."""
    limit = _check_limit(_read_number(request, "limit", 20), "limit")
    order = _check_order(request.query.get("order") or "desc", "order")
    turns = await responses.load_turns(id_)
    if not turns:
        raise _not_found()
    items = [item for turn in turns for item in (*turn.input, *turn.output)]
    items = items[: len(items) - len(turns[-1].output)]
    _, items = await recall(responses, None, items)
    items = [_write_item(item) for item in items if "id" in item and not is_reference(item)]
    if order == "desc":
        items.reverse()
    after = request.query.get("after")
    if after:
        ids = [item["id"] for item in items]
        if after not in ids:
            raise BadRequest(
                "'after' must be the id of an input item.", param="after", code="invalid_value"
            )
        items = items[ids.index(after) + 1 :]
    page = items[:limit]
    return {
        "object": "list",
        "data": page,
        "first_id": page[0]["id"] if page else "",
        "last_id": page[-1]["id"] if page else "",
        "has_more": len(items) > limit,
    }


def _write_item(item: Item) -> Item:
    """Writes an input item with what OpenAI adds: the types of a message and its parts, a status,
    the summary of thinking."""
    if item.get("type") in (None, "message"):
        content = item.get("content")
        parts = content if isinstance(content, list) else [content or ""]
        is_answer = item.get("role") == "assistant"
        written = [_write_part(part, is_answer=is_answer) for part in parts]
        item = {**item, "type": "message", "content": written}
    elif item["type"] == "reasoning":
        item = {"summary": [], **item}
    return {"status": "completed", **item}


def _write_part(part: Any, *, is_answer: bool) -> Any:
    if isinstance(part, str):
        part = {"text": part}
    if not isinstance(part, dict) or not isinstance(part.get("text"), str):
        return part
    if is_answer:
        return {"annotations": [], "logprobs": [], **part, "type": "output_text"}
    return {**part, "type": "input_text"}


# --- requests --------------------------------------------------------------------------------


def _open(request: Request, ports: Ports) -> Responses:
    responses = open_responses(request, ports)
    if responses is None:
        raise NotFound("Nothing is stored here, as `store: false` in every answer says.")
    return responses


def _read_path(request: Request, *endings: str) -> tuple[str, str]:
    """Returns the id of a Response, and what follows it in the path: one of ``endings``. Raises
    :class:`NotFound`."""
    parts = [part for part in request.path.split("/") if part]
    _, id_, *ending = parts[parts.index("responses") :]
    rest = "/".join(ending)
    if rest not in endings:
        raise NotFound("There is no such endpoint here.", code="unknown_url")
    return id_, rest


def _read_number(request: Request, name: str, default: int) -> int:
    text = request.query.get(name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest(f"'{name}' must be an integer.", param=name, code="invalid_type")
    return int(text)


def _not_found() -> NotFound:
    return NotFound(
        "No response with this id is stored: it was made with `store: false` or another key, or it "
        "has expired or been deleted."
    )
