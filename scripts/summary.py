"""Prints what the parts of `make test` came to, from their JUnit reports.

usage: summary.py FOLDER PART...

A part without a report, or with one that holds no test, counts as failed: nothing ran.
Skipped tests are named, with their reason.
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree


@dataclass
class Part:
    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)


def read(report: Path) -> Part:
    part = Part()
    if report.is_file():
        for case in ElementTree.parse(report).iter("testcase"):
            skip = case.find("skipped")
            if skip is not None:
                name = f"{case.get('classname', '')} {case.get('name', '')}".strip()
                part.skipped.append(f"{name}: {reason(skip)}")
            elif case.find("failure") is not None or case.find("error") is not None:
                part.failed += 1
            else:
                part.passed += 1
    if not (part.passed or part.failed or part.skipped):
        part.failed = 1
    return part


def reason(skip: ElementTree.Element) -> str:
    """pytest puts the reason for skipping a whole file into the text, as a tuple's repr."""
    message = skip.get("message") or "no reason given"
    if message == "collection skipped" and skip.text:
        message = skip.text.rpartition("Skipped: ")[2].rstrip("')")
    return message


def main(folder: str, *names: str) -> int:
    parts = {name: read(Path(folder) / f"{name}.xml") for name in names}
    width = max(map(len, (*parts, "all")))
    for name, part in parts.items():
        for line in part.skipped:
            print(f"{name:{width}}  skipped: {line}")
    for name, part in parts.items():
        print(f"{name:{width}}  {part.passed} passed, {part.failed} failed{_skipped(part)}")
    everything = Part(
        sum(part.passed for part in parts.values()),
        sum(part.failed for part in parts.values()),
        [line for part in parts.values() for line in part.skipped],
    )
    tail = f"{everything.passed} passed, {everything.failed} failed{_skipped(everything)}"
    print(f"{'all':{width}}  {tail}")
    return 1 if everything.failed else 0


def _skipped(part: Part) -> str:
    return f", {len(part.skipped)} skipped" if part.skipped else ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
