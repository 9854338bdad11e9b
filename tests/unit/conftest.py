"""What every unit test starts with."""

import pytest

from storage import ledger, translations


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """An isolate keeps translations and counts; tests must not find those of others."""
    translations.recent.clear()
    ledger._here.clear()
