"""What every unit test starts with."""

import pytest

from core import isolate


@pytest.fixture(autouse=True)
def _a_new_isolate() -> None:
    """Tests must not find what others have left in what an isolate keeps."""
    isolate.forget()
