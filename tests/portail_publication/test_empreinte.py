"""The digest of a site: that which the usual tools give, and where two sites differ."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from essai import Essai

from portail.diagnostics import ConfigError
from portail_publication.commands import empreinte
from portail_publication.empreinte import MADE, read, record

FILES = {
    "index.html": b"<!DOCTYPE html>\n<title>Accueil</title>\n",
    "404.html": b"",
    "lieux/index.html": b"<p>Lieux\n",
    "lieux/été/index.html": "<p>Été\n".encode(),
    "lieux-dits/index.html": b"<p>L\n",
    ".well-known/security.txt": b"Contact: mailto:x@example.org\n",
}
USUAL = (
    "find . -path ./.git -prune -o -type f -printf '%P\\n' | LC_ALL=C sort"
    " | xargs -d '\\n' sha256sum"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of files whose names sort otherwise with and without their folders."""
    for name, data in FILES.items():
        path = tmp_path / "output" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "output"


def usual(site: Path, more: str = "") -> str:
    """What the tools of any Linux print."""
    command = ["bash", "-c", USUAL + more]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=True).stdout


def test_it_is_what_the_usual_tools_say(site: Path, tmp_path: Path) -> None:
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref: x\n")
    one = read(site, tmp_path)
    assert one.whole.sha256 == usual(site, " | sha256sum").split()[0]
    lieux = usual(site, " | grep '  lieux/' | sha256sum").split()[0]
    assert one.folders["lieux"].sha256 == lieux
    root = usual(site, " | grep -v / | sha256sum").split()[0]
    assert one.folders["."].sha256 == root
    assert [*one.folders] == [".", ".well-known", "lieux", "lieux-dits"]
    assert one.whole.size == sum(map(len, FILES.values()))


def test_the_order_of_the_folder_and_its_dates_are_nothing(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "ailleurs"
    for name in reversed(FILES):
        path = other / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(FILES[name])
        path.chmod(0o600)
    assert read(other, tmp_path).whole == read(site, tmp_path).whole


@pytest.mark.parametrize("change", ["byte", "name", "more", "less"])
def test_any_difference_is_told_with_its_place(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    other = tmp_path / "autre"
    shutil.copytree(site, other)
    page = other / "lieux/index.html"
    if change == "byte":
        page.write_bytes(b"<p>Lieuy\n")
    elif change == "name":
        page.rename(page.with_name("index.htm"))
    elif change == "more":
        (other / "lieux/x.css").write_bytes(b"")
    else:
        page.unlink()
    assert empreinte([str(site), "--comparer", str(other)]) == 1
    told = capsys.readouterr().out
    assert "lieux/" in told and "lieux-dits" not in told and "404.html" not in told
    if change == "byte":
        assert "lieux/index.html" in told and "octet 8 (ligne 1)" in told
    else:
        assert "seulement dans" in told
    assert empreinte([str(site), "--comparer", str(site)]) == 0


def test_a_digest_that_was_kept_stands_for_its_site(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "empreinte.json"
    assert empreinte([str(site), "--vers", str(kept)]) == 0
    assert read(site, tmp_path).whole.sha256 in capsys.readouterr().out
    assert empreinte([str(kept), "--comparer", str(site)]) == 0
    (site / "index.html").write_bytes(b"")
    assert empreinte([str(site), "--comparer", str(kept)]) == 1
    assert "index.html : 0 octets, 39" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"format":1}',
        '{"format":1,"empreinte":"x","fabrication":{},"fichiers":{"a":["b",1]}}',
        '{"format":1,"empreinte":"x","fabrication":[],"fichiers":{"a":{"b":1}}}',
    ],
)
def test_a_digest_that_was_altered_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(ConfigError, match="empreinte"):
        read(tmp_path / "x.json", tmp_path)


def test_a_kept_digest_cannot_lie_on_its_files(site: Path, tmp_path: Path) -> None:
    told = json.loads(read(site, tmp_path).saved())
    told["fichiers"]["index.html"][0] = "0" * 64
    (tmp_path / "x.json").write_text(json.dumps(told))
    with pytest.raises(ConfigError):
        read(tmp_path / "x.json", tmp_path)


def test_a_link_or_a_name_of_two_lines_is_refused(site: Path, tmp_path: Path) -> None:
    (site / "lieux/secret").symlink_to("/etc/hostname")
    with pytest.raises(ConfigError, match="lien"):
        read(site, tmp_path)
    (site / "lieux/secret").unlink()
    (site / "a\nb").write_bytes(b"")
    with pytest.raises(ConfigError, match="signe"):
        read(site, tmp_path)


def test_names_drive_no_terminal(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "lieux/\x1b[2J").write_bytes(b"")
    assert empreinte([str(site), "--detail"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_what_made_it_is_known_as_long_as_it_stands(essai: Essai) -> None:
    made = dict.fromkeys(MADE, "x") | {"jour": "2021-09-27"}
    cache = essai.root / "cache"

    def again() -> None:
        seal = essai.publish().seal
        assert seal
        record(seal, made)

    again()
    assert read(essai.out, cache).made == made
    essai.fiches["p3"].texte = "autre"
    essai.publish()
    assert read(essai.out, cache).made == {}, "nothing was said of this one"
    again()
    (essai.out / "flux.xml").write_bytes(b"x")
    assert read(essai.out, cache).made == {}, "it was touched by hand"


def test_a_site_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(ConfigError, match="portail build"):
        empreinte(["nulle-part"])
