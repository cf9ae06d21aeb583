"""How little of the demonstration an ordinary change makes again: each week, as
``test_incremental`` tells it of a small site at each change."""

from __future__ import annotations

import os
import re
import shutil
import zlib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from demonstration import TODAY as DAY
from pictures import made_small
from projects import Project, tree

pytestmark = [pytest.mark.site, pytest.mark.long, pytest.mark.xdist_group("demonstration-editee")]

ADDRESS = "https://portail.example.org"
EXACT = (".html", ".xml", ".csv", ".geojson", ".txt", "flux.json")
"""Files made again for what they show of an event; calendars and other data hold its digest."""
MOST = 70
"""Pages that the edit of one event may make again, territories that it is the nearest to too."""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory, racine: Path) -> Project:
    """The contents of the repository, on a day that is not pinned."""
    root = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(racine / "content", root / "content")
    # What is tried here does not depend on what pictures show: small ones do.
    made_small(root)
    project = Project(root, 'PORTAIL_DATE = ""\n')
    on(project, DAY)
    return project


def on(project: Project, day: date) -> set[str]:
    """Build on a day; the files that were made."""
    moment = datetime(day.year, day.month, day.day, 12)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        return {*project.build(SITEURL=ADDRESS).rendered}
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]


def pages(made: set[str]) -> set[str]:
    """The pages among files: not the frames for other sites, the letters as they are sent, the
    feeds, the data, the ribbon."""
    shown = {path for path in made if path.endswith(".html") and not is_frame(path)}
    return {path for path in shown if not path.endswith("/courriel.html")}


def is_frame(path: str) -> bool:
    """Whether a page is what other sites show of the agenda."""
    return path.startswith("embarquer/") and path != "embarquer/index.html"


def feeds(made: set[str]) -> set[str]:
    """The feeds among files."""
    names = {"flux.xml", "atom.xml", "flux.json", "a-venir.xml"}
    return {path for path in made if path.rpartition("/")[2] in names}


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
        before = tree(demonstration.output)
        made = on(demonstration, DAY)
        assert 2 <= len(pages(made)) <= MOST, path.name
        made -= unchanged(before, demonstration)
        searched = {page for page in made if page.startswith("recherche/")}
        assert {"recherche/termes/fichiers.json"} < searched
        assert "recherche/termes/index.json" not in searched, "no value of it has changed"
        assert len([page for page in searched if "/fiches/" in page]) <= 3, path.name
        lists = {"api/v1/evenements/index.json"}
        for page in made - searched - lists:
            shown = (demonstration.output / page).read_bytes()
            if page.endswith(".deflate"):
                shown = zlib.decompress(shown)
            assert f"Un autre titre {number}" in shown.decode(), page
        data = {page.removeprefix("api/v1/") for page in made if page.startswith("api/")}
        events = {"evenements.json", "evenements.csv", "evenements-a-venir.geojson"}
        parts = {name for name in data if name.startswith("evenements/")}
        assert len(parts) == 3  # one period, in two formats, and the list
        held = {*events, "changements.json", "openagenda.json"}
        # What takes place nowhere but on line is on no map; OpenAgenda is given no example.
        sometimes = {"evenements-a-venir.geojson", "openagenda.json"}
        assert held - sometimes <= data - parts <= held
        assert "agenda/a-venir.xml" in made
        assert len(feeds(made)) <= 18, path.name


def unchanged(before: dict[str, str], project: Project) -> set[str]:
    """Files that are as they were."""
    return {path for path, _ in before.items() & tree(project.output).items()}


def read(project: Project) -> dict[str, str]:
    """What pages, feeds and tables hold now, by path."""
    return {
        str(path.relative_to(project.output)): path.read_text(encoding="utf-8")
        for path in project.output.rglob("*.*")
        if path.name.endswith(EXACT)
    }


def holding(texts: dict[str, str], words: str) -> set[str]:
    """Files with these words."""
    return {path for path, text in texts.items() if words in text}


def test_next_week_the_ribbon_changes_on_every_page(demonstration: Project) -> None:
    made = on(demonstration, DAY + timedelta(days=7))
    shown = pages({*tree(demonstration.output)})
    assert not (shown - made) & holding(read(demonstration), 'class="ruban"')
    assert "ruban.css" in made
    assert "agenda/2022-s40/index.html" in holding(
        read(demonstration), 'href="/agenda/2022-s40/" aria'
    )


def test_an_article_more_then_edited(demonstration: Project) -> None:
    """Its neighbours propose it, and only they; the lists that show it are made again."""
    on(demonstration, DAY)
    path = demonstration.content / "articles/fete-de-la-science-2021-en-chiffres.md"
    text = path.read_text(encoding="utf-8")
    twin = path.with_name("un-article-de-plus.md")
    twin.write_text(re.sub("^titre: .*", "titre: De plus", text, flags=re.MULTILINE), "utf-8")
    more = on(demonstration, DAY)
    assert 2 <= len(pages(more)) <= MOST
    path.write_text(re.sub("^titre: .*", "titre: Mieux", text, flags=re.MULTILINE), "utf-8")
    assert 2 <= len(pages(on(demonstration, DAY))) <= MOST
    twin.unlink()
    assert 1 <= len(pages(on(demonstration, DAY))) <= MOST


def test_one_lieu_edited(demonstration: Project) -> None:
    """Its page, and those that show its card: lists, places around it."""
    on(demonstration, DAY)
    for slug in ("la-coupole", "ombelliscience", "iemn"):
        path = demonstration.content / "lieux" / f"{slug}.md"
        text = path.read_text(encoding="utf-8")
        changed = re.sub("^resume: .*", "resume: Un autre résumé.", text, flags=re.MULTILINE)
        path.write_text(f"{changed}\nUne phrase de plus.\n", encoding="utf-8")
        before = tree(demonstration.output)
        made = on(demonstration, DAY)
        made -= unchanged(before, demonstration)
        assert f"lieux/{slug}/index.html" in made
        assert len([path for path in made if not path.startswith("recherche/")]) <= MOST, slug
