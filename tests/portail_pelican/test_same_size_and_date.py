"""An edit that leaves a file its size and its date is seen by every command that reads contents.

Dates are given back wherever they are made the same for all: reproducible archives, layers of
images, some checkouts. A day or an hour has always the same size. ``--clean`` starts from nothing:
neither what stamps vouch for nor what the cache holds is believed.
"""

import os
import sqlite3

import pytest

from faults import SOUND
from portail_publication.store import checksum
from projects import Project

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("dates")]

ARTICLE = "content/articles/sans-faute.md"
OLD = 1_600_000_000
COMMANDS = [("build",), ("build", "--clean"), ("build", "--verifier")]


def dated(project, name, before, after):
    """Replace what a file says by as many signs, and leave it the date of all files."""
    path = project.root / name
    size = path.stat().st_size
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    os.utime(path, (OLD, OLD))
    assert path.stat().st_size == size


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A portal that was built once, all of whose files have one date; each test leaves it sound."""
    project = Project(tmp_path_factory.mktemp("dates"))
    project.write(SOUND)
    for path in project.content.rglob("*.*"):
        os.utime(path, (OLD, OLD))
    project.does("build")
    return project


def test_an_edit_is_published_and_a_fault_refused(project):
    (page,) = project.output.glob("articles/*/index.html")
    before, fault = "publie_le: 2021-09-01", "publie_le: 2021-13-45"
    dated(project, ARTICLE, before, fault)
    assert project.portail("check").code == 1
    dated(project, ARTICLE, fault, before)
    project.does("check")
    for day, command in enumerate(COMMANDS, 11):
        dated(project, ARTICLE, before, fault)
        assert project.portail(*command).code == 1, command
        before = f"publie_le: 2021-09-{day}"
        dated(project, ARTICLE, fault, before)
        project.does(*command)
        assert f'"2021-09-{day}"' in page.read_text("utf-8"), command


def test_a_clean_build_believes_nothing_of_the_cache(project):
    """A text that somebody wrote in the cache, with its seal, is nobody's."""
    (page,) = project.output.glob("articles/*/index.html")
    whole = page.read_bytes()
    forged = ("<p>Un faux</p>", "Un faux")
    with sqlite3.connect(project.root / ".cache/corps.sqlite") as connection:
        row = (*forged, checksum(*forged))
        connection.execute("UPDATE body SET html = ?, text = ?, seal = ?", row)
    project.does("build", "--clean")
    assert page.read_bytes() == whole
