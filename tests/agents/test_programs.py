"""The agents themselves, each set up by the lines that README shows: one calls a tool, and ends.

What a file says is in no prompt, so an agent that says it has been asked for a call, has made it,
and has sent its result back.
"""

import os
import re
import shlex
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agents.environment import INSTALLED, NODE, clean_environment
from conftest import ROOT

BIN = INSTALLED / "programs/node_modules/.bin"
README = (ROOT / "README.md").read_text("utf-8")
LIMIT = 120
"""Seconds until an agent that does not end is ended."""


def readme_block(text: str, language: str, base_url: str, api_key: str) -> str:
    """The block after a text, for this server."""
    after = README[README.index(f"\n{text}") :]
    block = re.search(rf"^```{language}\n(.*?)^```", after, re.MULTILINE | re.DOTALL)
    assert block
    return block[1].replace("http://127.0.0.1:8787", base_url).replace("sk-local", api_key)


def exports(block: str) -> dict[str, str]:
    words = shlex.split(block)
    return dict(word.split("=", 1) for word in words if "=" in word)


@dataclass(frozen=True)
class Program:
    label: str
    """How README begins to tell of it."""
    language: str
    command: list[str]
    call: str
    """A call that reads note.txt, FOLDER is where that is."""
    config: str = ""
    """Where README's block goes, below HOME; without it the block is a shell's."""
    settings: dict[str, str] = field(default_factory=dict)


PROGRAMS = {
    "codex": Program(
        "Codex,",
        "toml",
        ["exec", "--skip-git-repo-check", "--sandbox", "danger-full-access"],
        'exec_command {"cmd":"cat note.txt"}',
        ".codex/config.toml",
    ),
    "claude": Program(
        "Claude Code,",
        "sh",
        ["-p"],
        'Read {"file_path":"FOLDER/note.txt"}',
        settings={"CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "DISABLE_AUTOUPDATER": "1"},
    ),
    "opencode": Program(
        "opencode,",
        "json",
        ["run"],
        'read {"filePath":"FOLDER/note.txt"}',
        ".config/opencode/opencode.json",
        {"OPENCODE_DISABLE_AUTOUPDATE": "1", "OPENCODE_DISABLE_MODELS_FETCH": "1"},
    ),
    "qwen": Program(
        "Qwen Code:",
        "sh",
        ["-p"],
        'read_file {"file_path":"FOLDER/note.txt"}',
        settings={"QWEN_CODE_DISABLE_TELEMETRY": "1"},
    ),
}


def end(process: "subprocess.Popen[str]", home: Path) -> None:
    """Ends the process and all that it has started, whatever group they have moved to."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"HOME={home}\0".encode() in environment.read_bytes():
                os.kill(int(environment.parent.name), signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_tool_round(name: str, base_url: str, api_key: str, tmp_path: Path) -> None:
    program = PROGRAMS[name]
    home, folder = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    folder.mkdir()
    (folder / "note.txt").write_text("The word is ocarina.\n")
    block = readme_block(program.label, program.language, base_url, api_key)
    settings = {**program.settings, "WORKERS_AI_KEY": api_key}
    if program.config:
        config = home / program.config
        config.parent.mkdir(parents=True)
        config.write_text(block)
    else:
        settings |= exports(block)
    call = program.call.replace("FOLDER", str(folder))
    prompt = f"Read note.txt. [[call:{call}]]"
    # opencode puts what has blanks in quotes, and escapes those inside.
    prompts = prompt.split(" ") if name == "opencode" else [prompt]

    process = subprocess.Popen(
        [BIN / name, *program.command, *prompts],
        cwd=folder,
        env=clean_environment(home, **settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=LIMIT)
    finally:
        end(process, home)
    assert process.returncode == 0, output
    assert "The word is ocarina." in output


def test_the_ai_sdk_as_readme_has_it(base_url: str, api_key: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [NODE, "--input-type=module", "-"],
        cwd=INSTALLED / "npm",
        env=clean_environment(tmp_path),
        input=readme_block("**The AI SDK**", "js", base_url, api_key),
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    assert (done.stdout, done.stderr) == ('You said "Hello".\n', "")
