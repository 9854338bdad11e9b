"""How generated files are kept."""

import base64
import re

import pytest

from storage.files import EXTENSIONS, keep_file
from support import fakes
from support.fakes import changed, request, run
from support.pictures import FakeFiles, Kept


def keep(store: FakeFiles | None, content_type: str = "image/png") -> str:
    kept = fakes.ports(FILES_TTL="3600")._replace(files=store)
    sent = changed(request("POST", "/"), origin="https://gateway.example")
    return run(keep_file(b"the image", content_type, kept, sent))


def test_stores_a_file_under_a_random_name() -> None:
    store = FakeFiles()
    address = keep(store)
    found = re.fullmatch(r"https://gateway\.example/file/([0-9a-f]{32}\.png)", address)
    assert found
    assert store.kept[found[1]] == Kept(b"the image", "image/png", 3600)
    assert keep(store) != address


@pytest.mark.parametrize(
    ("content_type", "extension"),
    [*EXTENSIONS.items(), ("image/tiff", "bin"), ("text/html", "bin")],
)
def test_extensions(content_type: str, extension: str) -> None:
    assert keep(FakeFiles(), content_type).rpartition(".")[2] == extension


@pytest.mark.parametrize("store", [None, FakeFiles(full=True)])
def test_returns_a_data_url_if_a_file_cannot_be_stored(store: FakeFiles | None) -> None:
    encoded = base64.b64encode(b"the image").decode()
    assert keep(store) == f"data:image/png;base64,{encoded}"
