"""`make serve` itself: what it prints, what it logs, and how it ends. Not for another server."""

import argparse
import os
import re
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif("BASE_URL" in os.environ, reason="BASE_URL is another server")


@dataclass
class Serve:
    process: "subprocess.Popen[bytes]"
    log_file: Path

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    def says(self, text: str, times: int = 1) -> None:
        while self.log.count(text) < times:
            assert self.process.poll() is None, self.log
            time.sleep(0.02)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """As from a terminal: to make and all below it."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait()

    @property
    def url(self) -> str:
        banner = re.search(r"Base URL +(\S+)/v1", self.log)
        assert banner, self.log
        return banner[1]


def running(group: int) -> list[str]:
    """The processes of a process group, by name, where there is /proc to look into."""
    names = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, fields = stat.read_text().rpartition(") ")
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, _, process_group = fields.split()[:3]
        # Z has ended, and waits for somebody to ask.
        if int(process_group) == group and state != "Z":
            names.append(name)
    return names


def start(log_file: Path, **environment: str) -> Serve:
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            ["make", "--no-print-directory", "serve"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Serve(process, log_file)


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    log = tmp_path_factory.mktemp("serve") / "log"
    serve = start(log, PORT="0", API_KEYS="me=sk-one,secret-two")
    try:
        serve.says("Ctrl-C ends it")
        yield serve
    finally:
        serve.end()


def test_the_curl_line_works_as_printed(serve: Serve) -> None:
    printed = serve.log[serve.log.index("curl ") : serve.log.index("\nReady")]
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["curl"])
    parser.add_argument("url")
    parser.add_argument("-H", dest="headers", action="append")
    parser.add_argument("-d", dest="data")
    # A shell drops a backslash at the end of a line; shlex does not.
    curl = parser.parse_args(shlex.split(printed.replace("\\\n", "")))
    headers = dict(header.split(": ") for header in curl.headers)
    answer = httpx.post(curl.url, headers=headers, content=curl.data)
    assert answer.json()["choices"][0]["message"]["content"]


def test_each_request_is_a_line_without_key_query_or_prompt(serve: Serve) -> None:
    body = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "a private matter"}]}
    headers = {"authorization": "Bearer sk-one"}
    chat = httpx.post(f"{serve.url}/v1/chat/completions?q=7", headers=headers, json=body)
    httpx.get(f"{serve.url}/secret-two/translate?key=secret-two")
    httpx.get(f"{serve.url}/%73ecret%2Dtwo/translate")
    httpx.get(f"{serve.url}/sk-somebody/translate")
    serve.says("GET /…/translate 40", times=3)
    lines = serve.log[serve.log.index("POST /v1/chat/completions 200 ") :].splitlines()
    usage = chat.json()["usage"]
    assert [re.sub(r"\d+ ms", "# ms", line) for line in lines[-4:]] == [
        f"POST /v1/chat/completions 200 # ms {chat.headers['x-model-served']} key=me "
        f"{usage['prompt_tokens']}+{usage['completion_tokens']} tokens "
        f"{usage['neurons']:.2f} neurons",
        "GET /…/translate 404 # ms",
        "GET /…/translate 404 # ms",
        "GET /…/translate 401 # ms",
    ]
    assert "private" not in serve.log.partition("Ready")[2]


def test_a_stream_is_a_line_at_its_end_with_what_it_has_used(serve: Serve) -> None:
    messages = [{"role": "user", "content": "Hello"}]
    body = {"model": "gpt-4o-mini", "messages": messages, "stream": True}
    headers = {"authorization": "Bearer sk-one"}
    before = len(serve.log)
    httpx.post(f"{serve.url}/v1/chat/completions", headers=headers, json=body)
    serve.says(" tokens", times=1 + serve.log[:before].count(" tokens"))
    assert re.search(r"200 \d+ ms \S+ key=me \d+\+\d+ tokens", serve.log[before:])


def test_ctrl_c_ends_everything(tmp_path: Path) -> None:
    serve = start(tmp_path / "log", PORT="0")
    serve.says("Ctrl-C ends it")
    port = httpx.URL(serve.url).port
    serve.end(signal.SIGINT)
    assert running(serve.process.pid) == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    assert serve.log.endswith("Ctrl-C ends it.\n\n")


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        second = start(tmp_path / "log", PORT=str(port))
        assert second.process.wait() != 0
    said = [line for line in second.log.splitlines() if not line.startswith("make")]
    assert said == [
        f"Port {port} is taken. Choose another: PORT=8788 make serve (0 picks a free one)."
    ]


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    serve = start(tmp_path / "log", PORT="0", API_KEYS="")
    try:
        serve.says("Ctrl-C ends it")
        assert httpx.get(f"{serve.url}/v1/models").status_code == 503
    finally:
        serve.end()
