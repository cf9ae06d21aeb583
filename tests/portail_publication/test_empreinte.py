"""The digest of a site: that which the usual tools give."""

import subprocess

import pytest

from portail.diagnostics import ConfigError
from portail_publication.commands import digest, empreinte, lines

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
def site(tmp_path):
    """A folder of files whose names sort otherwise with and without their folders."""
    return written(tmp_path / "output", [*FILES])


def written(root, names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(FILES[name])
    return root


def usual(site, more=""):
    """What the tools of any Linux print."""
    command = ["bash", "-c", USUAL + more]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=True).stdout


def test_it_is_what_the_usual_tools_say(site, capsys):
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref: x\n")
    assert empreinte([str(site)]) == 0
    assert usual(site, " | sha256sum").split()[0] in capsys.readouterr().out
    assert empreinte([str(site), "--detail"]) == 0
    assert capsys.readouterr().out == usual(site)


def test_the_order_of_the_folder_and_its_dates_are_nothing(site, tmp_path):
    other = written(tmp_path / "ailleurs", [*reversed(FILES)])
    (other / "index.html").chmod(0o600)
    assert [*lines(other)] == [*lines(site)]


@pytest.mark.parametrize("change", ["byte", "name", "more", "less"])
def test_any_difference_is_seen(site, change):
    first = [*lines(site)]
    page = site / "lieux/index.html"
    if change == "byte":
        page.write_bytes(b"<p>Lieuy\n")
    elif change == "name":
        page.rename(page.with_name("index.htm"))
    elif change == "more":
        (site / "lieux/x.css").write_bytes(b"")
    else:
        page.unlink()
    changed = {row.split("  ")[1] for row in {*first} ^ {*lines(site)}}
    assert changed and all(name.startswith("lieux/") for name in changed)
    assert digest(first) != digest([*lines(site)])


def test_a_link_or_a_name_of_two_lines_is_refused(site):
    (site / "lieux/secret").symlink_to("/etc/hostname")
    with pytest.raises(ConfigError, match="lien"):
        [*lines(site)]
    (site / "lieux/secret").unlink()
    (site / "a\nb").write_bytes(b"")
    with pytest.raises(ConfigError, match="signe"):
        [*lines(site)]


def test_names_drive_no_terminal(site, capsys):
    (site / "lieux/\x1b[2J").write_bytes(b"")
    assert empreinte([str(site), "--detail"]) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nulle-part", "output/index.html"])
def test_a_site_that_is_not_there_is_one_sentence(site, name):
    with pytest.raises(ConfigError, match="portail build"):
        empreinte([str(site.parent / name)])
