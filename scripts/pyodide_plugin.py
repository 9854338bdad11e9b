"""A pytest plugin for Pyodide: test files that need what has no wheel there are skipped aloud."""

import re
import sys
from collections.abc import Generator
from types import ModuleType

import pytest

MISSING = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")

# Packages of requirements.txt that have no wheel for Pyodide, or need one that has none. Any
# other module that cannot be found is a mistake in the test.
WITHOUT_WHEEL = {"deepl", "httpx", "jsonschema"}


def _httpx2_jsfetch() -> ModuleType:
    """The openai package's HTTP library asks for this module when it runs under Pyodide; what is
    published under the name is empty. Tests use the package's types only, so names suffice.
    """
    module = ModuleType("httpx2_jsfetch")
    for name in ("AsyncJavascriptFetchTransport", "JavascriptFetchTransport"):
        setattr(module, name, type(name, (), {}))
    return module


sys.modules["httpx2_jsfetch"] = _httpx2_jsfetch()


def on_start(nodeid: str) -> None:
    """Replaced by the runner, which wants to know where the interpreter died."""


def pytest_runtest_logstart(nodeid: str) -> None:
    on_start(nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    missing = MISSING.search(report.longreprtext) if report.failed else None
    if missing and missing[1] in WITHOUT_WHEEL:
        report.outcome = "skipped"
        reason = f"Skipped: does not load in Pyodide, which has no module {missing[1]}"
        report.longrepr = (str(collector.path), 0, reason)
    return report
