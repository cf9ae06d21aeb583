"""What the READMEs give to type is typed in CI, or a table says why not."""

import subprocess

import pytest

import commandes
from taper import Typist


def test_what_is_not_typed_is_there_and_has_its_reason(racine):
    pages = [*(racine / name for name in commandes.PAGES), commandes.NEW]
    told = [line for page in pages for line in commandes.lines(page.read_text(encoding="utf-8"))]
    assert {*commandes.LEFT} < {*told}
    assert all(commandes.LEFT.values())
    assert {"make release", "make serve", "sh installer.sh"} < {*told}
    assert any(f" init ../{commandes.PORTAL} " in line for line in told)


def test_a_line_that_fails_ends_it(tmp_path, capfd):
    page = tmp_path / "README.md"
    page.write_text(
        "Lisez.\n\n```sh\nmkdir a && cd a    # un dossier\n\nmake test\npwd\n```\n\n"
        "```yaml\nfaux: true\n```\n\n```sh\nexit 3\ntouch b\n```\n"
    )
    one = Typist(tmp_path, {"PATH": "/usr/bin:/bin"})
    with pytest.raises(subprocess.CalledProcessError):
        commandes.type_all(one, page)
    told = capfd.readouterr().out
    assert f"$ pwd\n{tmp_path}/a\n" in told and "(not typed: make test;" in told
    assert told.endswith("$ exit 3\n") and not (tmp_path / "a/b").exists()
