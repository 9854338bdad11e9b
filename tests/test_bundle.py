"""What `wrangler deploy` would upload: all of src/, its compiled code, nothing else, and small.

The compiled code is half of it. It is what makes the start three times as fast, and limits of
uploads are far away: 3 MB, 10 MB on paid plans.
"""

import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LIMITS = json.loads((ROOT / "bench/limits.json").read_text("utf-8"))
"""In KiB, among others."""
# wrangler puts a README of its own into the folder.
NOT_BUNDLED = {"README.md"}


def built(path: Path) -> bool:
    return "__pycache__" in path.parts


@pytest.fixture(scope="module", params=["", "mock"])
def dry_run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What wrangler printed; the folder it wrote is in the first line."""
    outdir = tmp_path_factory.mktemp("bundle")
    done = subprocess.run(
        [
            ROOT / "node_modules/.bin/node",
            ROOT / "node_modules/wrangler/bin/wrangler.js",
            "deploy",
            "--dry-run",
            f"--outdir={outdir}",
            f"--env={request.param}",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return f"{outdir}\n{done.stdout}"


def test_the_bundle_is_src(dry_run: str) -> None:
    outdir = Path(dry_run.splitlines()[0])
    bundled = {path.relative_to(outdir).as_posix() for path in outdir.rglob("*") if path.is_file()}
    files = (ROOT / "src").rglob("*.*")
    sources = {path.relative_to(ROOT / "src").as_posix() for path in files if not built(path)}
    assert {"entry.py", "compiled.bin", "translation/languages/ngrams.txt"} <= sources
    assert bundled - NOT_BUNDLED == sources


def test_the_bundle_is_small(dry_run: str) -> None:
    total = re.search(r"Total Upload: .* gzip: ([\d.]+) KiB", dry_run)
    assert total, dry_run
    assert float(total[1]) <= LIMITS["with the compiled code, gzip"]


def test_the_source_is_small(dry_run: str) -> None:
    outdir = Path(dry_run.splitlines()[0])
    sources = b"".join(
        path.read_bytes()
        for path in sorted(outdir.rglob("*"))
        if path.is_file() and path.name not in NOT_BUNDLED | {"compiled.bin"}
    )
    assert len(gzip.compress(sources)) / 1024 <= LIMITS["source and tables, gzip"]


def test_the_compiled_code_is_what_was_just_made(dry_run: str) -> None:
    assert "[custom build] Running: node scripts/compile.mjs" in dry_run
    assert "not compiled" not in dry_run


def test_the_bindings_are_declared(dry_run: str) -> None:
    bindings = set(re.findall(r"^env\.(\w+)", dry_run, re.MULTILINE))
    assert {"AI", "DB", "FILES"} <= bindings
    assert "assets directory" in dry_run
