"""What is stored of a Response when it has ended, and what later requests refer to."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from access.keys import owner_of
from core.errors import BadRequest
from core.limits import RESPONSE_BYTES
from core.ports import Ports
from core.web import Request, dump_json
from handlers.openai.responses.stream import ResponseEvents
from storage.responses import Item, Responses
from workers_ai.text.generation import ToolOrigin

Keep = Callable[[dict[str, Any]], None]
"""Stores a Response that has ended. Sets its ``store`` to false if it is not stored after all."""


def open_responses(request: Request, ports: Ports) -> Responses | None:
    """Returns the stored Responses of the request's key, None if nothing is stored here."""
    database, seconds = ports.database, ports.settings.responses_ttl
    if database is None or not seconds:
        return None
    return Responses(database, owner_of(request.key), seconds, ports.sleep)


# --- what requests refer to ------------------------------------------------------------------


async def recall(
    responses: Responses | None, previous: str | None, items: Sequence[Any]
) -> tuple[list[Item], list[Any]]:
    """Returns the items of the conversation that a request continues, and its input with the items
    that it refers to. A reference to thinking that is gone becomes empty thinking; any other that
    is not stored stays. Raises :class:`BadRequest`."""
    earlier = [] if previous is None else await _load_conversation(responses, previous)
    references = [item for item in (*earlier, *items) if is_reference(item)]
    if not references:
        return earlier, list(items)
    found = await responses.find_items([item["id"] for item in references]) if responses else {}
    return [_resolve(item, found) for item in earlier], [_resolve(item, found) for item in items]


def is_reference(item: Any) -> bool:
    """Returns whether an input item is a reference, which may come without a type."""
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        return False
    return item.get("type") == "item_reference" or not (item.get("type") or "role" in item)


def _resolve(item: Any, found: Mapping[str, Item]) -> Any:
    if not is_reference(item):
        return item
    gone = {"type": "reasoning", "summary": []} if item["id"].startswith("rs_") else item
    return found.get(item["id"], gone)


async def _load_conversation(responses: Responses | None, previous: str) -> list[Item]:
    if responses is None:
        raise _not_stored(
            "Nothing is stored here, as `store: false` in every answer says: send the whole "
            "conversation as input, without 'previous_response_id'."
        )
    turns = await responses.load_turns(previous)
    if not turns or turns[0].previous:
        raise _not_stored(
            "The response that 'previous_response_id' names, or one that it continues, is not "
            "stored: it was made with `store: false`, or it has expired or been deleted."
        )
    return [item for turn in turns for item in (*turn.input, *turn.output) if not _is_cut(item)]


def _is_cut(item: Item) -> bool:
    """Returns whether an item is a call of which the end is missing."""
    return item.get("status") == "incomplete" and item.get("type") not in ("message", "reasoning")


def _not_stored(message: str) -> BadRequest:
    return BadRequest(message, param="previous_response_id", code="previous_response_not_found")


# --- what is stored --------------------------------------------------------------------------


def prepare_keeping(
    values: Mapping[str, Any], responses: Responses | None, ports: Ports
) -> Keep | None:
    """Returns what stores the Response to a request, None if that is not to be stored or its input
    is too large. ``values`` are the fields of the request, with their items as ``input``."""
    if responses is None or not values.get("store", True):
        return None
    previous = values.get("previous_response_id", "")
    input = dump_json([_without_media(item) for item in values["input"]])
    room = RESPONSE_BYTES - len(input)
    if room < 0:
        return None

    def keep(response: dict[str, Any]) -> None:
        output = dump_json(response["output"])
        head = dump_json({name: response[name] for name in response if name != "output"})
        if response["status"] == "failed" or len(output) + len(head) > room:
            response["store"] = False
            return
        ports.run_later(
            responses.keep(
                response["id"],
                previous,
                head.decode(),
                input=input.decode(),
                output=output.decode(),
            )
        )

    return keep


class KeptEvents(ResponseEvents):
    """Writes the events of a Response that is stored when it has ended."""

    def __init__(
        self, request: Mapping[str, Any], origins: Mapping[str, ToolOrigin], keep: Keep
    ) -> None:
        super().__init__(request, origins)
        self._keep = keep

    def write_json(self, *, error: Mapping[str, Any] | None = None) -> dict[str, Any]:
        response = super().write_json(error=error)
        if response["status"] != "in_progress":
            self._keep(response)
        return response


_MEDIA = {
    "image_url": "An image",
    "input_image": "An image",
    "image": "An image",
    "computer_screenshot": "An image",
    "input_file": "A file",
    "file": "A file",
    "document": "A file",
    "input_audio": "A recording",
}
"""Types of parts that are not stored, and what is said in their place."""


def _without_media(item: Item) -> Item:
    """Returns an input item with a text in place of each image or file."""
    stored = {**item}
    for name in ("content", "output"):
        if name in stored:
            stored[name] = _replace_media(stored[name])
    if "result" in stored:  # of a call that has made an image
        stored["result"] = None
    return stored


def _replace_media(value: Any) -> Any:
    if isinstance(value, list):
        return [_replace_media(part) for part in value]
    if isinstance(value, dict) and (what := _MEDIA.get(str(value.get("type")))):
        return {"type": "input_text", "text": f"[{what} was here, which is not stored.]"}
    return value
