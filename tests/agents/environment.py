"""Where the tools of these tests are, and what surrounds them: no way out but loopback."""

import os
from pathlib import Path

from conftest import ROOT

INSTALLED = ROOT / ".cache/agents"
NODE = ROOT / "node_modules/.bin/node"

NOWHERE = "http://127.0.0.1:9"
"""A proxy that refuses every connection."""


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of the machine's own settings but where programs are."""
    return {
        "PATH": f"{NODE.parent}:{os.environ['PATH']}",
        "HOME": str(home),
        "TMPDIR": str(home),
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), NOWHERE),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost"),
        "DO_NOT_TRACK": "1",
        **more,
    }
