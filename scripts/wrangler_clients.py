"""Runs the client tests against the real runtime: `wrangler dev` on the mock AI.

    wrangler_clients.py [pytest arguments]

BASE_URL (and API_KEY) name a server that already runs; WRANGLER_DEV_ARGS are added to
`wrangler dev`. Its output goes to .cache/wrangler-dev.log.
"""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOG = ROOT / ".cache" / "wrangler-dev.log"
WRANGLER = [ROOT / "node_modules/.bin/node", ROOT / "node_modules/wrangler/bin/wrangler.js"]
DEV = ["dev", "--env", "mock", "-c", "wrangler.toml", "-c", "mock_ai/wrangler.toml"]


class Failed(Exception):
    pass


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=30) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def reason() -> str:
    """One line out of wrangler's many."""
    log = LOG.read_text("utf-8", "replace")
    if "Pyodide bundle failed" in log:
        return "workerd cannot download the Python runtime; that needs the internet, once"
    errors = [line.strip() for line in log.splitlines() if "ERROR" in line]
    return f"{errors[-1] if errors else 'wrangler dev ended'} (see {LOG.relative_to(ROOT)})"


@contextmanager
def wrangler_dev() -> Iterator[str]:
    port = free_port()
    arguments = ["--ip", "127.0.0.1", "--port", str(port)]
    arguments += shlex.split(os.environ.get("WRANGLER_DEV_ARGS", ""))
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("w") as log:
        # A session of its own, so that workerd ends with it.
        process = subprocess.Popen(
            [*WRANGLER, *DEV, *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        while not answers(url):
            if process.poll() is not None:
                raise Failed(reason())
            time.sleep(0.2)
        yield url
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def run_tests(base_url: str, arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", "tests/clients", *arguments]
    environment = {**os.environ, "BASE_URL": base_url}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    if "BASE_URL" in os.environ:
        return run_tests(os.environ["BASE_URL"], arguments)
    try:
        with wrangler_dev() as url:
            return run_tests(url, arguments)
    except Failed as error:
        print(f"test-wrangler: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
