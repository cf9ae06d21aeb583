"""Tools on tour, in the agenda of where they showing."""

import json
from datetime import date

import pytest

from choices import REGIONAL, refs
from doses import rows_of
from plans import TODAY, entry
from portail.agenda.weeks import Week
from portail.features.pages.carte.page import now
from portail.outputs.base import TextFile
from portail.site.positions import position_of

select = pytest.importorskip("portail_lettre.table").select

NB = "\u00a0"
LOAN = {"lieu": "club", "du": "2021-09-20", "au": "2021-10-15"}
SCHOOL = {"emprunteur": "École", "commune": "Douai", "du": "2021-10-04", "au": "2021-10-04"}


def files(*loans, type="exposition", **event):
    """A museum of Amiens lends a tool; the club is at Lille. One event, elsewhere by default."""
    event = {"adresse": {"commune": "Calais"}, "themes": ["numerique"], **event}
    body = event.pop("texte", "Une phrase.")
    return {
        "lieux/musee": entry("lieux", titre="Musée"),
        "lieux/club": entry("lieux", titre="Club", type="mediatheque", commune="Lille"),
        "territoires/nord": entry("territoires", titre="Nord", code="59"),
        "territoires/somme": entry("territoires", titre="Somme"),
        "events/lille": entry("events", adresse={"commune": "Lille"}),
        "events/autre": entry("events", body, **event),
        "ressources/lune": entry(
            "ressources", titre="La *Lune*", type=type, proprietaire="musee",
            pret={"exemplaires": 2}, themes=["numerique"], itinerance=list(loans),
        ),
    }  # fmt: skip


def told(site):
    rows = site.ahead.all.lasting
    return [(one.ref, one.du, one.au) for one in rows if one.ref in site.showings]


def test_a_stay_is_what_lasts_where_the_tool_is(tree):
    site = tree.site(files(LOAN, SCHOOL))
    assert told(site) == [
        ("ressources/lune#0", date(2021, 9, 20), date(2021, 10, 15)),
        ("ressources/lune#1", date(2021, 10, 4), date(2021, 10, 4)),
    ]
    club, school = (site.showings[ref] for ref, _, _ in told(site))
    assert (club.lieu, club.hote, club.ouvert) == ("lieux/club", "Club", True)
    assert (school.lieu, school.hote, school.ouvert) == ("", "École", False)

    def held(cle, code):
        return [one.ref for one in site.ahead.of((cle, code)).lasting]

    assert held("departement", "nord") == ["ressources/lune#0", "ressources/lune#1"]
    assert held("departement", "somme") == []
    assert held("theme", "numerique") == held("departement", "nord")


@pytest.mark.parametrize(
    ("loans", "type"),
    [
        ([LOAN], "malle-pedagogique"),
        ([{**LOAN, "du": "2021-09-01", "au": "2021-09-26"}], "exposition"),
        ([{"emprunteur": "Quelqu’un", "du": "2021-09-20", "au": "2021-10-15"}], "exposition"),
    ],
    ids=["not for the public", "over", "nobody knows where"],
)
def test_what_is_no_stay(tree, loans, type):
    assert tree.site(files(*loans, type=type)).showings == {}


def test_a_site_without_an_event_has_no_agenda(tree):
    some = {name: text for name, text in files(LOAN).items() if not name.startswith("events/")}
    assert tree.site(some).showings == {}


@pytest.mark.parametrize(
    ("where", "debut", "texte", "showings"),
    rows_of("portail/site/showings.yml"),
    ids=["at its host", "in its commune", "later", "elsewhere", "about something else"],
)
def test_an_event_about_the_tool_there_and_then_wins(tree, where, debut, texte, showings):
    event = {"adresse": None, **where, "debut": debut, "texte": texte}
    assert len(told(tree.site(files(LOAN, **event)))) == showings


# ── Pages ─────────────────────────────────────────────────────────────────────────────


def test_pages_of_the_agenda_and_of_its_host(tree):
    pages = tree.pages(files(LOAN, SCHOOL))
    bars = pages["/agenda/en-ce-moment/"].view().durees
    assert [(one.carte.titre, one.carte.url, one.carte.details, one.dates) for one in bars] == [
        ("La *Lune*", "/ressources/lune/", ("", "Club, Lille"),
         f"20{NB}sept. – 15{NB}oct."),
        ("La *Lune*", "/ressources/lune/", ("", "École, Douai", "visite à confirmer"),
         f"4{NB}oct."),
    ]  # fmt: skip
    bands = pages["/agenda/2021-s39/"].view().bandeaux
    assert [(one.titre, one.details) for one in bands] == [
        ("La *Lune*", ("Club, Lille", f"jusqu’au 15{NB}octobre"))
    ]
    month = pages["/agenda/2021/10/"].view().durables
    assert [card.details[1] for card in month.cartes] == ["Club, Lille", "École, Douai"]

    def held(url):
        return {one.titre: [card.details for card in one.cartes]
                for one in pages[url].view().blocs if "passage" in one.titre}  # fmt: skip

    assert held("/lieux/club/") == {
        "De passage ici": [(f"Du 20{NB}septembre au 15{NB}octobre 2021",)]
    }
    assert held("/lieux/musee/") == {}
    assert "Ressources" not in [one.titre for one in pages["/lieux/club/"].view().blocs]


def test_the_page_of_home(tree):
    bloc = tree.view("/", files(LOAN)).en_ce_moment
    assert bloc.notes == (f"Jusqu’au 15{NB}oct.",)
    assert [one.details for one in bloc.cartes] == [("", "Club, Lille")]


def test_posters_of_its_territory_when_there_are_some(tree):
    there = {
        f"events/{town.lower()}{rank}": entry("events", adresse={"commune": town})
        for town in ("Lille", "Calais")
        for rank in range(4)
    }
    site = tree.site({**files(LOAN), **there})
    posters_of = pytest.importorskip("portail_papier.affiches.posters").posters_of
    posters = [one for some in posters_of(site).by_scope.values() for one in some]
    told = {one.scope.nom: [bar.ref for bar in one.lasting] for one in posters}
    assert told["Nord"] == ["ressources/lune#0"]
    assert told["Pas-de-Calais"] == []


def test_maps_place_it_where_it_is(tree):
    site = tree.site(files(LOAN, SCHOOL))
    club, school = (position_of(one.item, site) for one in site.showings.values())
    assert club and school
    assert [one.commune.nom for one in (club, school) if one.commune] == ["Lille", "Douai"]
    assert [one.item.ref for one in now(site)] == ["ressources/lune#0"]


def test_near_me(tree):
    """The data that filters read place the tool where it is."""
    plan = tree.run(files(LOAN)).plan
    data = next(
        one for one in plan if isinstance(one, TextFile) and one.url.endswith("a/facettes.json")
    )
    found = json.loads("".join(data.produce()))
    (row,) = [one for one in found["lignes"] if "/ressources/lune/" in json.dumps(one)]
    assert found["jour"] == TODAY.isoformat()
    assert row[-1] and not row[-2]


def test_the_letter_tells_events_only(tree):
    chosen = select(tree.site(files(LOAN)), Week.of(TODAY), REGIONAL)
    assert {*refs(chosen, "prendre")} == {"events/lille", "events/autre"}
