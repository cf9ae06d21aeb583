"""How little of the demonstration an ordinary change makes again."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from projects import Project, tree

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("demonstration")]

DAY = date(2021, 9, 27)
MOST = 40
"""Pages that the edit of one event may make again."""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory, racine: Path) -> Project:
    """The contents of the repository, on a day that is not pinned."""
    root = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(racine / "content", root / "content")
    project = Project(root, 'PORTAIL_DATE = ""\n')
    on(project, DAY)
    return project


def on(project: Project, day: date) -> set[str]:
    """Build on a day; the files that were made."""
    moment = datetime(day.year, day.month, day.day, 12)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        return {*project.build().rendered}
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]


def this_week(project: Project) -> list[Path]:
    """Events that begin within seven days."""
    days = {(DAY + timedelta(days=number)).isoformat() for number in range(7)}
    return [
        path
        for path in sorted(project.content.glob("events/**/*.md"))
        if (found := re.search(r"debut: (\d{4}-\d\d-\d\d)", path.read_text(encoding="utf-8")))
        and found[1] in days
    ]


def test_one_event_edited(demonstration: Project) -> None:
    events = this_week(demonstration)
    assert events
    for number, path in enumerate(events[:3]):
        text = path.read_text(encoding="utf-8")
        title = re.sub("^titre: .*", f"titre: Un autre titre {number}", text, flags=re.MULTILINE)
        path.write_text(f"{title}\nUne phrase de plus.\n", encoding="utf-8")
        made = on(demonstration, DAY)
        assert 2 <= len(made) <= MOST, path.name
        for page in made:
            shown = (demonstration.output / page).read_text(encoding="utf-8")
            assert f"Un autre titre {number}" in shown, page


def test_next_day(demonstration: Project) -> None:
    """Only what shows an item that is over, or new, is made again."""
    before = tree(demonstration.output)
    made = on(demonstration, DAY + timedelta(days=1))
    assert made == {
        p for p, digest in tree(demonstration.output).items() if before.get(p) != digest
    }
    assert len(made) <= MOST
    assert on(demonstration, DAY + timedelta(days=1)) == set()


def test_an_article_more_then_edited(demonstration: Project) -> None:
    """Its neighbours propose it, and only they; the lists that show it are made again."""
    on(demonstration, DAY)
    path = demonstration.content / "articles/fete-de-la-science-2021-en-chiffres.md"
    text = path.read_text(encoding="utf-8")
    twin = path.with_name("un-article-de-plus.md")
    twin.write_text(re.sub("^titre: .*", "titre: De plus", text, flags=re.MULTILINE), "utf-8")
    more = on(demonstration, DAY)
    assert 2 <= len(more) <= MOST
    path.write_text(re.sub("^titre: .*", "titre: Mieux", text, flags=re.MULTILINE), "utf-8")
    assert 2 <= len(on(demonstration, DAY)) <= MOST
    twin.unlink()
    assert 1 <= len(on(demonstration, DAY)) <= MOST
