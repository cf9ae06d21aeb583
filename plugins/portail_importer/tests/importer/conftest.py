"""The portal that sources are brought to."""

from functools import partial

import pytest

import arrivages
from plans import entry, write


@pytest.fixture
def site(tmp_path, monkeypatch):
    """It has one place, and is where commands run."""
    folder = tmp_path / "portail"
    write(folder, {"lieux/musee": entry("lieux", titre="Le Musée des vents", commune="Amiens")})
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def bring(site, capsys):
    """``arrivages.bring`` to this portal."""
    return partial(arrivages.bring, site, capsys)


@pytest.fixture
def output(capsys):
    """What was printed since it was last asked."""
    return lambda: capsys.readouterr().out
