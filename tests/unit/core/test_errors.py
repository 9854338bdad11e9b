"""The tree of errors, and the words that must never leave the Worker."""

import ast
from collections.abc import Iterator
from pathlib import Path

from core import errors
from core.errors import DISABLING_WORDS, APIError, Unauthorized
from support.openai_shapes import DISABLING_CODES, DISABLING_TYPES


def test_only_a_wrong_key_is_a_401() -> None:
    kinds: list[type[APIError]] = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, APIError)
    ]
    assert len(kinds) == 12
    assert {kind for kind in kinds if kind.status == 401} == {Unauthorized}
    assert not {kind.type for kind in kinds} & DISABLING_TYPES
    assert {kind.code for kind in kinds} & DISABLING_CODES == {"invalid_api_key"}


SRC = Path(errors.__file__).parents[1]


def literals(tree: ast.AST) -> Iterator[str]:
    """Every text in a module that may end up in an answer: all but docstrings and the list of
    the words themselves. Pieces of one f-string are joined."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DISABLING_WORDS":
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            parts = (part.value for part in node.values if isinstance(part, ast.Constant))
            yield "".join(map(str, parts))
            yield from (text for part in node.values for text in literals(part))
        else:
            yield from literals(node)


def test_no_text_in_the_source_has_a_disabling_word() -> None:
    texts = {
        text for path in SRC.rglob("*.py") for text in literals(ast.parse(path.read_text("utf-8")))
    }
    assert "Workers AI failed to answer." in texts
    assert "'' must be an integer." in texts  # an f-string's pieces as one
    assert [text for text in texts if any(word in text.lower() for word in DISABLING_WORDS)] == []


def test_an_error_takes_the_values_of_its_class_where_none_are_given() -> None:
    error = APIError("No.")
    assert (error.status, error.type, error.code, error.param) == (500, "api_error", None, None)
    error = APIError("No.", status=418, type="teapot", code="hot")
    assert (error.status, error.type, error.code) == (418, "teapot", "hot")
    assert str(error) == error.message == "No."
