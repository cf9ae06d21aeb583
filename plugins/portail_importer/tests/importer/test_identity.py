"""Who is who when a source comes back: renumbered, reordered, moved; what it has no more."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrivages import (
    DAY,
    OPTIONS,
    Happening,
    agenda,
    files,
    ics,
    linked,
    new,
    tree,
)
from doses import dose
from plans import entry, write
from portail.cli import main

QUICK = settings(
    max_examples=dose(6, 60), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


FORMS = {"agenda.ics": ics, "evenements.jsonld": linked, "agenda.json": agenda}


def clean(site):
    for one in (site / "content/events").rglob("*.md"):
        one.unlink()


TITLES = ("Visite des réserves", "Les neutrinos", "La nuit des vents")


@st.composite
def seasons(draw):
    """Events of few titles, so that many share theirs; no two begin together under one."""
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(TITLES), st.integers(1, 120), st.sampled_from((10, 14, 18))),
            min_size=1, max_size=7, unique=True,
        )
    )  # fmt: skip
    form = draw(st.sampled_from(("{n}@x.example", "{n}-{{hour}}@x.example", "{{hour}}@x.example")))
    paged = draw(st.booleans())
    return [
        Happening(form.format(n=rank + 7), title, DAY + timedelta(days=shift), hour,
                  f"https://x.example/{rank}/" if paged else "", f"Un texte, le {rank}e.")
        for rank, (title, shift, hour) in enumerate(keys)
    ]  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
@QUICK
@given(season=seasons(), data=st.data())
def test_what_comes_back_is_known_again(name, season, data, site, bring):
    """Whatever is renumbered, put in another order, or moved by some hours."""
    clean(site)
    first = bring(name, FORMS[name](*season))
    assert (first.code, new(first), first.read) == (0, len(season), len(season)), first.text
    before = files(site)
    again = season
    if data.draw(st.booleans(), "renumbered"):
        again = [one._replace(uid=f"new-{rank}@y.example") for rank, one in enumerate(again)]
    if data.draw(st.booleans(), "moved"):
        moved = data.draw(st.integers(0, len(again) - 1))
        again = [one._replace(hour=one.hour + (rank == moved)) for rank, one in enumerate(again)]
    again = data.draw(st.permutations(again))
    second = bring(name, FORMS[name](*again))
    assert (second.code, new(second), second.gone) == (0, 0, 0), second.text
    after = files(site)
    assert after.keys() == before.keys()
    hours = sorted((one.title, f"{one.day} {one.hour:02}:00") for one in again)
    assert sorted((it["titre"], str(it["debut"])[:16]) for it in after.values()) == hours
    third = bring(name, FORMS[name](*again))
    assert third.counts.keys() <= {"inchangé", "inchangés"}, third.text


@pytest.mark.parametrize("name", FORMS)
def test_editions_of_years_are_as_many(name, site, bring):
    editions = [
        Happening(f"fete-{year}@x.example", "Fête de la science", date(year, 10, 5),
                  url=f"https://x.example/{year}/", text=f"Édition {year}.")
        for year in range(2019, 2028)
    ]  # fmt: skip
    assert new(bring(name, FORMS[name](*editions))) == 9
    assert {it["resume"] for it in files(site).values()} == {it.text for it in editions}
    # A year later: the window has moved, one edition is new, none takes the place of another.
    later = Happening("fete-2028@x.example", "Fête de la science", date(2028, 10, 5),
                      url="https://x.example/2028/", text="Édition 2028.")  # fmt: skip
    run = bring(name, FORMS[name](*editions[3:], later))
    assert (new(run), run.gone) == (1, 0), run.text


def test_an_edition_on_the_page_of_the_last_one_is_new(site, bring):
    last, coming = (
        Happening("", "Fête du vent", day, url="https://x.example/fete/")
        for day in (date(2026, 6, 1), date(2027, 6, 1))
    )
    for name in ("agenda.ics", "evenements.jsonld"):
        clean(site)
        bring(name, FORMS[name](last))
        assert new(bring(name, FORMS[name](coming))) == 1, name


VISIT = Happening("41-{hour}@x.example", "Visite", DAY + timedelta(days=9))
WALK = Happening("42-{hour}@x.example", "Balade", DAY + timedelta(days=20))


def test_what_the_source_has_no_more_stays_to_be_verified(site, bring):
    past = Happening("43-{hour}@x.example", "Atelier", DAY - timedelta(days=9))
    bring("avant.ics", ics(VISIT, WALK, past))
    run = bring("apres.ics", ics(VISIT))
    assert (run.gone, run.counts) == (1, {"inchangé": 1})
    assert "balade.md, disparu de la source, à vérifier." in run.text
    assert "atelier.md" not in run.text and "etat" not in files(site)["balade"]


KNOWN = [Happening(f"{n}@x.example", f"Visite {n}", DAY + timedelta(days=n)) for n in range(41, 53)]


@pytest.mark.parametrize(
    "text",
    [
        ics(Happening("91@y.example", "Heure du conte", DAY + timedelta(days=3))),
        ics(*KNOWN[:8]).partition("END:VCAL")[0],
        ics(*KNOWN[:10]),
    ],
    ids=["another source", "cut", "its first page"],
)
def test_what_may_still_be_there_is_not_cancelled(text, site, bring):
    bring("a.ics", ics(*KNOWN))
    bring("a.ics", text)
    assert not [name for name, it in files(site).items() if "etat" in it]


def test_a_hand_written_event_is_ours(site, bring):
    mine = entry("events", titre="Visite", debut="2026-12-04 10:00", lieu="musee",
                 publie_le="2026-11-20", format=["visite"])  # fmt: skip
    write(site, {"events/la-visite": mine})
    theirs = VISIT._replace(place="Le Musée des vents")
    before = tree(site)
    run = bring("a.ics", ics(theirs._replace(hour=10, text="Leurs mots.")))
    assert run.counts == {"laissé": 1} and tree(site) == before
    assert "content/events/la-visite.md, laissé, déjà là" in run.text
    # At another hour it may be another one.
    run = bring("a.ics", ics(theirs))
    assert new(run) == 1 and "peut-être déjà là, à une autre heure : events/la-visite" in run.text


def test_a_feed_with_other_identifiers_brings_nothing_twice(site, bring):
    def feed(prefix, link):
        items = "".join(
            f"<item><title>Le vent {n}</title><link>https://x.example/{link}{n}</link>"
            f"<guid>{prefix}{n}</guid><pubDate>Mon, 0{n} Sep 2026 10:00:00 +0200</pubDate>"
            f"<description>Une phrase sur le vent, la {n}e.</description></item>"
            for n in range(1, 4)
        )
        return f'<rss version="2.0"><channel><title>Vents</title>{items}</channel></rss>'

    assert new(bring("flux.xml", feed("a", "vent/"))) == 3
    for text in (feed("b", "vent/"), feed("c", "?p="), feed("d", "page/")):
        assert new(bring("flux.xml", text)) == 0
        assert len([*(site / "content/articles").rglob("*.md")]) == 3


def test_items_of_one_identifier_that_are_two_are_both_brought(bring):
    """Some programs write one identifier for all of their events."""
    twins = [Happening("1@x.example", title, DAY + timedelta(days=9)) for title in TITLES]
    assert new(bring("a.ics", ics(*twins))) == 3
    assert new(bring("a.ics", ics(*reversed(twins)))) == 0


def test_a_repetition_without_end_is_known_again_weeks_later(site, output):
    """Its timetable begins on the day of the import, and Office 365 gives it another identifier."""
    lesson = Happening("a@x.example", "Cours du soir", DAY - timedelta(days=30))
    for uid, day in (("a", DAY), ("b", DAY + timedelta(days=21))):
        text = ics(lesson._replace(uid=f"{uid}@x.example"))
        text = text.replace("DESCRIPTION", "RRULE:FREQ=WEEKLY\r\nDESCRIPTION")
        (site.parent / "a.ics").write_text(text, encoding="utf-8")
        code = main(["importer", str(site.parent / "a.ics"), "--date", f"{day}", *OPTIONS])
        assert code == 0
    assert [*files(site)] == ["cours-du-soir"], output()


def test_an_exhibition_that_has_begun_is_known_again(site, bring):
    shown = Happening("a@x.example", "Exposition", DAY - timedelta(days=60))
    for uid, start in (("a", 60), ("b", 53)):
        one = shown._replace(uid=f"{uid}@x.example", day=DAY - timedelta(days=start))
        end = f"DTEND;VALUE=DATE:{DAY + timedelta(days=40):%Y%m%d}\r\nDESCRIPTION"
        text = ics(one).replace("DESCRIPTION", end)
        text = text.replace(f";TZID=Europe/Paris:{one.start}", f";VALUE=DATE:{one.day:%Y%m%d}")
        run = bring("a.ics", text)
        assert run.code == 0, run.text
    assert [*files(site)] == ["exposition"]
