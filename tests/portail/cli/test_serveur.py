"""``portail serveur``: the configuration of a server for the site that was built."""

from __future__ import annotations

from pathlib import Path

import pytest

from portail.cli import main


@pytest.fixture(autouse=True)
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SITEURL", raising=False)
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "_headers").write_text("/*\n  X-Frame-Options: DENY\n", encoding="utf-8")
    (tmp_path / "pelicanconf.py").write_text('SITEURL = "https://exemple.org"\n', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("server", ["nginx", "apache"])
def test_the_site_that_was_built_at_its_address(
    server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serveur", server, "--racine", "/home/moi/www"]) == 0
    out, err = capsys.readouterr()
    assert "DENY" in out and not err
    assert ("exemple.org" in out and "/home/moi/www" in out) or server == "apache"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--output", "ailleurs"], "construisez d’abord"),
        (["--url", "exemple.org"], "L’adresse publique"),
        (["--url", "https://exemple.org/a b"], "L’adresse publique"),
        (["--url", "https://exemple.org;}"], "L’adresse publique"),
        (["--url", "https://exemple.org/portail"], "pour une autre adresse"),
        (["--racine", "/srv/a;b"], "--racine"),
        (["--racine", "srv"], "--racine"),
    ],
)
def test_what_cannot_be_written_is_said(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serveur", "nginx", *arguments]) == 2
    out, err = capsys.readouterr()
    assert said in err and not out
