"""The portal that sources are brought to."""

from __future__ import annotations

import pytest

from plans import entry, write


@pytest.fixture
def site(tmp_path, monkeypatch):
    """It has one place, and is where commands run."""
    folder = tmp_path / "portail"
    write(folder, {"lieux/musee": entry("lieux", titre="Le Musée des vents", commune="Amiens")})
    monkeypatch.chdir(folder)
    return folder
