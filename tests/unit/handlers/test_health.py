"""GET /health."""

import json
from typing import cast

import pytest

from core.ports import Ports
from core.version import VERSION
from core.web import Request
from handlers import health


def test_health_says_ok_and_the_version_and_asks_nobody() -> None:
    with pytest.raises(StopIteration) as stop:
        health.check(cast(Request, None), cast(Ports, None)).send(None)
    response = stop.value.value
    assert response.status == 200
    assert response.headers["content-type"] == "application/json"
    assert json.loads(response.body) == {"status": "ok", "version": VERSION}
