"""What all tests share: how hypothesis searches, and a running server for those that ask for one.

``base_url`` is the server's origin, without ``/v1``. It is the local host, started once for all
tests on a free port, or whatever runs at ``BASE_URL`` (with the key ``API_KEY``).
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# No deadline: nothing here may depend on how fast the machine is. Pyodide is several times slower
# than CPython and runs the same tests, hence fewer examples there.
ON_PYODIDE = sys.platform == "emscripten"
settings.register_profile(
    "here", deadline=None, database=None, max_examples=20 if ON_PYODIDE else 100
)
settings.load_profile("here")


@dataclass(frozen=True)
class Server:
    base_url: str
    api_key: str


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if "BASE_URL" in os.environ:
        yield Server(os.environ["BASE_URL"].rstrip("/"), os.environ.get("API_KEY", "sk-local"))
        return
    # A file, not a pipe: nobody reads while the tests run, and a full pipe would stop the host.
    place = tmp_path_factory.mktemp("local-host")
    log = place / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [ROOT / "node_modules/.bin/node", ROOT / "local/serve.mjs"],
            cwd=ROOT,
            env={
                **os.environ,
                "PORT": "0",
                "API_KEYS": "sk-local",
                # Else translations would be those that an older run has remembered.
                "LOCAL_STATE": str(place / "state"),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        while "\nReady in " not in log.read_text():
            assert process.poll() is None, f"the local host did not start:\n{log.read_text()}"
            time.sleep(0.05)
        banner = re.search(r"^Base URL +(\S+)/v1$", log.read_text(), re.MULTILINE)
        assert banner, log.read_text()
        yield Server(banner[1], "sk-local")
    finally:
        process.terminate()
        process.wait()
    # It ends with 1 when a promise was rejected and nobody looked.
    assert process.returncode == 0, f"the local host found faults, see {log}"


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.base_url


@pytest.fixture(scope="session")
def api_key(server: Server) -> str:
    return server.api_key
