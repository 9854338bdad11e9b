"""A pytest plugin: coverage is measured in all tests but those with random input (hypothesis).

Those reach other lines in each run, so a line that only they reach is not safely covered; and
they execute so many lines that measuring would double the time of `make test-unit`.
"""

from collections.abc import Generator

import pytest
from coverage import Coverage


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    measurement = Coverage.current()
    if measurement is None or item.get_closest_marker("hypothesis") is None:
        return (yield)
    measurement.stop()
    try:
        return (yield)
    finally:
        measurement.start()
