"""Servers for what asks other sites."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from liars import Liar


@pytest.fixture
def liar() -> Iterator[Liar]:
    """A server that says what a test tells it; its home answers."""
    server = Liar()
    server.routes["/"] = (200, {}, b"accueil")
    yield server
    server.close()
