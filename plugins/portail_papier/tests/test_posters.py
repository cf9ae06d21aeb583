"""Posters: whose, of which periods, from which day; the one to print."""

from datetime import date

import pytest

from plans import Tree, entry, event
from portail.agenda.weeks import Month, Week
from portail_papier.affiches.posters import LEAST, posters_of

LIEU = {"lieux/musee": entry("lieux", titre="Musée", commune="Wizernes")}
S39, S40 = Week(2021, 39), Week(2021, 40)


def posters(tree, files, **options):
    return posters_of(tree.site(files, **options))


def told(poster):
    return [(day.isoformat(), one.ref) for day, one in poster.rows]


def slugs(found, url="/agenda/"):
    return [one.url.removeprefix(url) for one in found.by_scope.get(url, ())]


def several(count, **fields):
    days = ("2021-09-28", "2021-09-29", "2021-10-20", "2022-02-01", "2022-03-01")
    return {f"events/e{rank}": event(days[rank], **fields) for rank in range(count)}


def test_whose_events(tree):
    """Five events to come, however far; none that is everywhere."""
    found = posters(tree, LIEU | several(LEAST, lieu="musee"))
    scopes = [some[0].scope for some in found.by_scope.values()]
    assert [(one.url, one.sorte, one.nom) for one in scopes] == [
        ("/agenda/", "region", "Hauts-de-France"),
        ("/agenda/departement/pas-de-calais/", "departement", "Pas-de-Calais"),
        ("/agenda/epci/ca-pays-de-saint-omer/", "epci", "Pays de Saint-Omer"),
    ]
    assert found.without == ()
    near = found.by_scope["/agenda/epci/ca-pays-de-saint-omer/"]
    assert [one.period.slug for one in near] == ["2021/09", "2021/10"], "two events make no week"
    online = event("2021-10-02", partout=True, en_ligne="https://example.org/", adresse=None)
    less = posters(
        Tree(tree.root / "moins"),
        LIEU | several(LEAST - 1, lieu="musee") | {"events/partout": online},
    )
    assert [*less.by_scope] == ["/agenda/"]
    assert less.without == (
        "/agenda/departement/pas-de-calais/", "/agenda/epci/ca-pays-de-saint-omer/",
    )  # fmt: skip


def test_the_present_and_the_next_where_something_takes_place(tree):
    days = ("2021-09-26", "2021-09-29", "2021-10-20", "2021-11-02")
    found = posters(tree, {f"events/e{n}": event(day) for n, day in enumerate(days)})
    assert slugs(found) == ["affiche/2021-s39/", "affiche/2021-09/", "affiche/2021-10/"]
    assert [told(one) for one in found.by_scope["/agenda/"]] == [
        [("2021-09-29", "events/e1")],
        [("2021-09-29", "events/e1")],
        [("2021-10-20", "events/e2")],
    ]
    addresses = {one.period: one.url for one in found.by_scope["/agenda/"]}
    assert addresses[S39] == "/agenda/affiche/2021-s39/"
    assert S40 not in addresses


def test_from_the_day_of_the_build_on(tree):
    files = {"events/a": event("2021-09-27"), "events/b": event("2021-10-01")}
    found = posters(tree, files, day=date(2021, 9, 30))
    first = found.by_scope["/agenda/"][0]
    assert (first.du, told(first)) == (date(2021, 9, 30), [("2021-10-01", "events/b")])


def test_what_has_begun_is_told_on_the_first_day(tree):
    found = posters(tree, {"events/a": event("2021-10-02", fin="2021-10-05")})
    assert [told(one) for one in found.by_scope["/agenda/"]] == [
        [("2021-10-02", "events/a")], [("2021-10-04", "events/a")], [("2021-10-02", "events/a")],
    ]  # fmt: skip


def test_cancelled_alone_keeps_its_posters_until_its_day_is_over(tree):
    files = LIEU | several(LEAST, lieu="musee")
    before = posters(tree, files).by_scope
    off = posters(tree, several(LEAST, lieu="musee", etat="annule"))
    addresses = {url: [one.url for one in some] for url, some in off.by_scope.items()}
    assert addresses == {url: [one.url for one in some] for url, some in before.items()}
    assert len(addresses) == 3
    assert {one.nombre for some in off.by_scope.values() for one in some} == {0}
    assert {off.proposed(url) for url in addresses} == {""}  # nobody is asked to print it
    assert posters(tree, {}, day=date(2022, 3, 2)).by_scope == {}


def test_what_is_cancelled_is_told_beside_the_rest_and_not_counted(tree):
    cancelled = {"events/a": event("2021-09-29", etat="annule")}
    found = posters(tree, cancelled | {"events/b": event("2021-09-30")})
    first = found.by_scope["/agenda/"][0]
    assert (first.nombre, len(first.rows)) == (1, 2)


def test_what_lasts_is_apart(tree):
    found = posters(tree, {"events/expo": event("2021-09-01", fin="2021-10-20")})
    assert slugs(found) == [
        "affiche/2021-s39/", "affiche/2021-s40/", "affiche/2021-09/", "affiche/2021-10/",
    ]  # fmt: skip
    assert all(one.rows == () and len(one.lasting) == 1 for one in found.by_scope["/agenda/"])


def test_an_edition_that_runs_is_no_event(tree):
    editions = {"2021": {"du": "2021-09-28", "au": "2021-10-11"}}
    files = {"temps-forts/fete": entry("temps-forts", editions=editions)}
    assert posters(tree, files).by_scope == {}
    found = posters(tree, files | {"events/a": event("2021-09-29")})
    assert [one.ref for one in found.by_scope["/agenda/"][0].lasting] == ["temps-forts/fete"]
    found = posters(tree, several(LEAST))
    assert found.by_scope["/agenda/departement/pas-de-calais/"][0].lasting == ()


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2021-09-27", "2021-09-28", "2021-10-03"), "2021-s39"),
        (("2021-09-28", "2021-10-02"), "2021-10"),
        (("2021-09-28", "2021-09-29"), "2021-09"),
        (("2021-10-20",), "2021-10"),
    ],
)
def test_the_one_to_print(tree, days, expected):
    found = posters(tree, {f"events/e{n}": event(day) for n, day in enumerate(days)})
    assert found.proposed("/agenda/") == f"/agenda/affiche/{expected}/"
    assert found.proposed("/agenda/departement/nord/") == ""


def test_the_month_instead_of_a_poor_week(tree):
    days = ("2021-10-02", "2021-10-14", "2021-10-20")
    found = posters(tree, {f"events/e{n}": event(day) for n, day in enumerate(days)})
    week, month = found.by_scope["/agenda/"]
    assert (week.period, month.period) == (S39, Month(2021, 10))
    assert found.instead(week) == month
    assert found.instead(month) is None
