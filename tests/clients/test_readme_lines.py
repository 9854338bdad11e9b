"""README's curl lines, run as they stand: only address and key are those of the server here."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.locate import find_routes
from gateway.routes import ROUTES, Route

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")


def commands() -> Iterator[str]:
    """The commands of all shell blocks that take the address from ``$URL``, one after another."""
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL):
        if "$URL" in block:
            lines = re.sub(r"\\\n\s*", "", block).splitlines()
            yield from (line for line in lines if line and not line.startswith("#"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands leave files for those that follow."""
    return tmp_path_factory.mktemp("readme")


@pytest.mark.parametrize("command", [line for line in commands() if line.startswith("curl")])
def test_a_line_does_what_it_says(command: str, folder: Path, base_url: str, api_key: str) -> None:
    settings = [line for line in commands() if not line.startswith("curl")]
    script = "\n".join(
        [
            "set -eu",
            'curl() { command curl --silent --show-error --fail-with-body "$@"; }',
            *settings,
            f"URL={base_url}",
            command,
        ]
    )
    done = subprocess.run(
        ["sh", "-c", script.replace("sk-local", api_key)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    saved = re.search(r" -o (\S+)$", command)
    assert (folder / saved[1]).stat().st_size if saved else done.stdout.strip()
    assert '"error":{' not in done.stdout


def called() -> set[tuple[str, str]]:
    """Method and path of every line."""
    found = set()
    for command in commands():
        address = re.search(r'\$URL([^\s"?]*)', command)
        if address and command.startswith("curl"):
            method = "POST" if re.search(r" (?:-d|-F|--data-binary) ", command) else "GET"
            method = "DELETE" if " -X DELETE " in command else method
            routes, _ = find_routes(address[1])
            found |= {(method, route.path) for route in routes.values() if route.method == method}
    # The address of a file is one that another line has brought; nothing can be cancelled.
    return {*found, ("GET", "/file/"), ("POST", "/responses/")}


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if not route.scope],
    ids=lambda route: f"{route.method} {route.path}",
)
def test_every_endpoint_has_a_line(route: Route) -> None:
    """Those for translation have another table, by client."""
    assert (route.method, route.path) in called()
