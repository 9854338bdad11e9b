"""README says what the code does: its tables are the code's own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from core import limits
from core.settings import ROWS
from gateway.routes import ROUTES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_tables_are_up_to_date() -> None:
    script = ROOT / "scripts/make_readme.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_setting_is_there() -> None:
    assert all(f"| `{row.name}` |" in README for row in ROWS)


def test_every_limit_is_there() -> None:
    names = [name for name in vars(limits) if name.isupper()]
    section = README.partition("<!-- limits -->\n")[2].partition("<!-- /limits -->")[0]
    assert len(names) == section.count("\n") - 2


def test_every_route_is_there_and_on_the_page() -> None:
    page = (ROOT / "public/index.html").read_text("utf-8")
    for route in ROUTES:
        if route.path.startswith("/client/"):
            continue  # what the endpoint of the same name is below Cloudflare's own address
        line = rf"\b{route.method}\b[^|\n]*{re.escape(route.path)}"
        assert re.search(line, README), route
        if not route.path.endswith("/"):  # a single one of what the page lists
            assert re.search(line, page), route


def test_the_page_loads_nothing_from_elsewhere() -> None:
    page = (ROOT / "public/index.html").read_text("utf-8")
    assert not re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", page)


def test_the_page_runs_and_loads_nothing_but_its_own() -> None:
    page = (ROOT / "public/index.html").read_text("utf-8")
    policy = (ROOT / "public/_headers").read_text("utf-8")
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy
    assert not re.findall(r"<style|style=|<script>| on\w+=|javascript:", page)


DOMAIN = "https://your.domain"
TRANSLATION_CLIENTS = [
    ("Immersive Translate", [f'"freeApiUrl":"{DOMAIN}/v2/translate"']),
    ("Immersive Translate", [f'"proApiUrl":"{DOMAIN}/v2/translate"', "2 a second"]),
    ("Immersive Translate", [f"{DOMAIN}/translate?token=KEY", "4 a second"]),
    ("Immersive Translate", [f"{DOMAIN}/imme?token=KEY"]),
    ("kiss-translator", [f"{DOMAIN}/translate", f"{DOMAIN}/v2/translate", "20 texts"]),
    ("FluentRead", [DOMAIN + "/{{apiKey}}/translate", "1 text"]),
    ("Bob", [f"{DOMAIN}/translate"]),
    ("pot", [f"{DOMAIN}/translate?token=KEY"]),
    ("Zotero", [f"{DOMAIN}/KEY/jsonrpc"]),
    ("SubtitleEdit", [f"{DOMAIN}/", "20 lines"]),
    ("deepl-python", [f'deepl.DeepLClient("KEY", server_url="{DOMAIN}")', "50 texts"]),
    ("deepl-node", [f'new deepl.DeepLClient("KEY", {{ serverUrl: "{DOMAIN}" }})', "50 texts"]),
]


@pytest.mark.parametrize(("client", "settings"), TRANSLATION_CLIENTS)
def test_translation_clients_are_told_what_to_set(client: str, settings: list[str]) -> None:
    page = (ROOT / "public/index.html").read_text("utf-8")
    rows = re.findall(
        rf"^\| [^|\n]*\b{client}\b[^|\n]* \| [^|\n]+ \| [^|\n]+ \|$", README, re.MULTILINE
    )
    assert any(all(one in row for one in settings) for row in rows), rows
    entries = re.findall(
        rf"<dt>[^<]*\b{client}\b[^<]*<small>[^<]+</small>.*?</dd>", page, re.DOTALL
    )
    written = [re.sub(r"<(?!small)[^>]+>|(?<=\":) (?=\")", "", entry) for entry in entries]
    assert any(all(one in entry for one in settings) for entry in written), written
