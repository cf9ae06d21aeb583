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
from portail.text.dates import jour
from projects import Project, tree

pytestmark = [pytest.mark.site, pytest.mark.long, pytest.mark.xdist_group("demonstration-editee")]

ADDRESS = "https://portail.example.org"
SEARCHED = re.compile(r"recherche/(suggestions\.json|fiches/\d+\.json|termes/)")
"""What the search shows, which has days; its lists of terms have none."""
TURNING = re.compile(
    "annonces/|boite-a-outils/|catalogue/|classes/|donnees/|ressources/|sitemap-catalogue"
    "|temps-forts/|territoires/|themes/(?:index|.*/page/)|newsletter/2022-s39/erratum/"
)
SEVERAL = re.compile("^(horaires|rrule|seances):", re.MULTILINE)
DAILY = {"api/v1/changements.json", "api/v1/evenements-a-venir.geojson", "api/v1/index.json"}
DAILY |= {"api/v1/openagenda.json"}
"""Open data that may depend on the day: what changed within a year, what is to come."""
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


def is_poster(path: str) -> bool:
    """Whether a page is a poster, or leads to all of them: they say on what day they were made."""
    return "/affiche/" in path or path.startswith("affiches/")


def is_map(path: str) -> bool:
    """Whether a page is a map of what is on or comes next, or the sitemap of these: that of what
    lasts is there while something does."""
    return path.startswith("carte/") or path == "sitemap-carte.xml"


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


def link_of(path: Path) -> str:
    """Address of an event's page, by its file."""
    name = path.parent.name if path.stem == "index" else path.stem
    return f"/evenements/{re.sub(r'^[0-9-]+', '', name)}/"


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


def counting(texts: dict[str, str], day: date) -> set[str]:
    """Lists of places and of territories that tell, of one at least, how many events are to come,
    which is so until this day, when the first of them ends."""
    return holding(texts, f'<p class="apart" data-fin="{day}">')


def showing(texts: dict[str, str], link: str) -> set[str]:
    """Files with this link, and the page that it leads to."""
    return {f"{link.strip('/')}/index.html"} | holding(texts, link)


@pytest.mark.parametrize("what", ["etat: annule", "debut: 2022-09-27 14:00"])
def test_one_event_cancelled_or_moved_within_the_week(demonstration: Project, what: str) -> None:
    """The counts of the ribbon may change, and no page for it; the rest shows the event, counts it,
    or tells of a place what comes first."""
    on(demonstration, DAY)
    for path in this_week(demonstration)[:2]:
        text = path.read_text(encoding="utf-8")
        before = showing(read(demonstration), link_of(path))
        key = what.partition(":")[0]
        without = re.sub(f"^({key}|fin): .*\n", "", text, flags=re.MULTILINE)
        path.write_text(without.replace("---\n", f"---\n{what}\n", 1), encoding="utf-8")
        made = on(demonstration, DAY)
        assert {"agenda/index.html", "agenda/2022-s39/index.html"} <= made
        letters = {page for page in pages(made) if page.startswith("newsletter/")}
        assert len(pages(made) - letters) <= MOST
        assert len(letters) <= 2  # of the region, of its département
        others = {"ruban.css", "index.html", "plan-du-site/index.html", "_redirects"}
        others |= {"agenda/2022/index.html", "lieux/index.html"}  # they count
        others |= {"carte/lieux/index.html"}
        data = {
            one for one in made if one.endswith((".ics", ".json", ".deflate")) or is_poster(one)
        }
        others |= data - feeds(made)
        texts = read(demonstration)
        if key == "debut":  # the first of those that are to come ends on another day
            others |= counting(texts, DAY + timedelta(days=1))
        assert made <= before | showing(texts, link_of(path)) | others
        path.write_text(text, encoding="utf-8")
        on(demonstration, DAY)


def test_day_after_day(demonstration: Project) -> None:
    """The mark of today, the home page, the views of the agenda, its maps, posters, what
    shows an event that is over now or counts it; never a week, unless the present month is another,
    nor what shows only what is to come."""
    on(demonstration, DAY)
    events = {one: link_of(one) for one in demonstration.content.glob("events/**/*.md")}
    over = "agenda/archives/index.html"
    texts = read(demonstration)
    last = {one for one, link in events.items() if over in showing(texts, link)}
    tools = {f"/ressources/{one.stem}/" for one in demonstration.content.glob("ressources/*.md")}
    tools |= {f"/ressources/{one.name}/" for one in demonstration.content.glob("ressources/*/")}
    again = {one for one in events if SEVERAL.search(one.read_text(encoding="utf-8"))}
    for days in range(1, 7):
        before = tree(demonstration.output)
        shown = {one: showing(texts, link) for one, link in events.items()}
        counted = counting(texts, DAY + timedelta(days=days - 1))
        made = on(demonstration, DAY + timedelta(days=days))
        after = tree(demonstration.output)
        changed = {path for path, digest in after.items() if before.get(path) != digest}
        # The folder of the search is made as a whole, and its index tells what is over.
        assert changed <= made and not pages(made - changed)
        made = changed | {path for path in made if SEARCHED.match(path)}
        texts = read(demonstration)
        past = {one for one, link in events.items() if over in showing(texts, link)}
        dated = {path for path in made if path.startswith("agenda/2")}
        assert feeds(made) <= {"agenda/a-venir.xml"}
        # A value of a facet that nothing to come has any more leaves the sitemap.
        expected = {"ruban.css", "index.html", "sitemap-agenda.xml", *DAILY, *counted}
        # How many are to come; what is on, of the month of the day before.
        eve = DAY + timedelta(days=days - 1)
        expected |= made & {"recherche/index.html", f"contribuer/dates/{eve:%Y-%m}.json"}
        # An issue that is not sent « devait partir » from the day after its own.
        expected |= made & holding(texts, f"devait partir {jour(eve)}")
        expected |= {path for path in made if SEARCHED.match(path)}
        expected |= made & {"_redirects"}  # posters that tell too little by now
        views = {path for path in made - dated if path.startswith("agenda/") or is_poster(path)}
        expected |= views | {path for path in made if is_frame(path) or is_map(path)}
        # The poster to print is that of the week while enough of it is to come, then the month's.
        expected |= made & holding(texts, "/affiche/2022-")
        if (DAY + timedelta(days=days)).day == 1:
            # The form looks no more at what was on last month.
            expected |= dated | {"contribuer/dates/index.json"}
        # Announcements end, tools come back, the event that is the nearest to a territory is
        # another, an urgent erratum waits for its day.
        expected |= {path for path in made if TURNING.match(path)}
        # Another of their days is over, or of those of a tool that one could see.
        expected |= made & {path for link in tools for path in holding(texts, link)}
        expected |= {path for one in again for path in shown[one] | showing(texts, events[one])}
        for one in past - last:
            expected |= shown[one] | showing(texts, events[one])
            expected |= {over, "lieux/index.html", "lieux/facettes.json", "plan-du-site/index.html"}
        assert "ruban.css" in made
        assert not made - expected, (days, sorted(made - expected))
        assert len(pages(made) - views) <= 4 * MOST
        last = past
    assert on(demonstration, DAY + timedelta(days=6)) == set()
    assert last, "some event of the week is over by its end"


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
