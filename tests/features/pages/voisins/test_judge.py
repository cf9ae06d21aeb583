"""What strangers write, judged: what holds is told, all else is left and counted."""

import unicodedata
from copy import deepcopy
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, ends
from portail.clock import PARIS
from portail.features.pages.voisins.judge import Judge, clean
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from voisins import HOME, event, feature, once

DAY = date(2022, 9, 26)
GEOGRAPHY = Geography.load(data_dir(), "Hauts-de-France")
VOCABULARIES = Vocabularies.load(data_dir())


def judge(examples=True):
    return Judge(HOME, GEOGRAPHY, VOCABULARIES, DAY, examples)


def judged(*rows):
    one = judge()
    return one.events(rows), dict(one.reasons)


def test_an_event_is_told_by_its_facts():
    (one,), dropped = judged(event())
    assert not dropped
    assert (one.titre, one.url) == ("La nuit d’Athene noctua", f"{HOME}evenements/nuit/")
    assert (one.formats, one.publics, one.gratuit) == (("atelier",), ("tout-public",), True)
    assert one.occurrences[0].debut == datetime(2022, 10, 1, 14, tzinfo=PARIS)
    assert (one.place.nom, one.place.code, one.place.departement) == (
        "Salle des fêtes",
        "76255",
        "76",
    )
    assert (one.place.lat, one.place.lon, one.place.exacte) == (50.0461, 1.4194, True)
    assert "Un texte" not in repr(one)


def test_whole_days_and_hours_are_those_of_paris():
    rows = [
        once("2022-10-30T01:30:00+02:00", fin="2022-10-30T03:00:00+01:00"),
        once("2022-10-08T22:00:00Z", fin="2022-10-09T00:00:00+02:00"),
        once("2022-11-01T00:00:00+01:00", fin="2022-11-04T00:00:00+01:00", journee=True),
        once("2022-09-01T10:00:00+02:00"),
    ]
    (one,), _ = judged(event(calcule__occurrences=rows))
    first, second, third = one.occurrences
    assert (first.debut, first.last_day) == (
        datetime(2022, 10, 9, 0, 0, tzinfo=PARIS), date(2022, 10, 8),
    )  # fmt: skip
    assert second.duree == timedelta(hours=2, minutes=30)
    assert (third.journee, third.first_day, third.last_day) == (
        True, date(2022, 11, 1), date(2022, 11, 3),
    )  # fmt: skip
    assert [one.rang for one in one.occurrences] == [0, 1, 2]


@cases(
    "more",
    [
        {"calcule__occurrences": [once("2022-09-25T14:00:00+02:00")]},
        {"calcule__occurrences": []},
        {"reserve_a": "les adhérents"},
    ],
)
def test_what_is_over_undated_or_reserved_is_no_fault(more):
    assert judged(event(**more)) == ((), {})


ADDRESSES = (
    None, "https://ailleurs.example/sciences/", "javascript:alert(1)",
    "//ailleurs.example/sciences/x/", "https://voisin.example/autre/", "http://[/",
    f"{HOME}../admin/", "https://moi@voisin.example/sciences/x/",
    "https://voisin.example:8443/sciences/x/", f'{HOME}"onclick=x/', HOME + "a" * 600,
    f"{HOME}\u202ex/", f"{HOME}a b/",
)  # fmt: skip
DATES = (
    None, once("2022-10-01T14:00:00"), once("2022-13-01"), once("0001-01-01T00:00:00+14:00"),
    once("9999-12-31T23:59:59-12:00"), once("2025-10-01T14:00:00+02:00"),
    once(fin="2022-10-01T13:00:00+02:00"), once(fin=12), once(etat="?"), once(journee=True),
    once(journee=True, fin="2022-10-02T14:00:00+02:00"),
    once("2022-10-01T00:00:00+02:00", journee=True, fin="2022-10-01T00:00:00+02:00"),
)  # fmt: skip
TITLES = (None, "  \u200b ", "<img src=x>", "x" * 201, "<b>" * 100_000)


@cases(
    "row",
    [
        None, "x", [], {}, event(calcule=None), event(tarif=[]), event(calcule__commune=3),
        *(event(id=one) for one in (None, "nuit", "tag:a b", "x:" + "a" * 600)),
        *(event(url=one) for one in ADDRESSES),
        *(event(titre=one) for one in TITLES),
        event(etat="etat-de-demain"), event(format="atelier"),
        event(publics={"a": 1}), event(tarif__gratuit="oui"),
        event(calcule__mode="telepathie"), event(calcule__mode=[]),
        event(calcule__adresse__nom=12), event(calcule__commune__nom="x" * 201),
        event(calcule__occurrences={}),
        *(event(calcule__occurrences=[one]) for one in DATES),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_left_and_counted_alone(row):
    kept, dropped = judged(event("avant"), row, event("apres"))
    assert sorted(one.id[-5:] for one in kept) == ["apres", "avant"]
    assert sum(dropped.values()) == 1
    assert all(reason[0].islower() and not reason.endswith(".") for reason in dropped)


@cases(
    ("title", "shown"),
    [
        ("<script>alert(1)</script>Nuit", "Nuit"),
        ("Nuit <b onclick=x>blanche</b>", "Nuit blanche"),
        ("p < 0,05 & q > 1", "p < 0,05 & q > 1"),
        ("Nuit\u202e des \u2066\u200fétoiles\u2069", "Nuit des étoiles"),
        ("Nuit\r\n\x1b[31m\x00 des\u2028étoiles", "Nuit [31m des étoiles"),
        ("e\u0301toile\u0300\u0301\u0302\u0303\u0304", "étoilè\u0301\u0302"),
        ("Nuit \ud800&", "Nuit ?&"),
        ("Nuit\u00a0: étoiles", "Nuit\u00a0: étoiles"),
    ],
)
def test_titles_are_one_line_of_text(title, shown):
    (one,), dropped = judged(event(titre=title))
    assert (unicodedata.normalize("NFC", one.titre), dropped) == (
        unicodedata.normalize("NFC", shown), {},
    )  # fmt: skip


@given(st.text(st.characters(), max_size=80))
def test_no_text_drives_what_shows_it(text):
    shown = clean(text, 1000)
    assert not any(unicodedata.category(sign)[0] == "C" for sign in shown)
    assert shown == shown.strip() and "\n" not in shown


def test_codes_of_no_list_are_left():
    hostile = ['x" onclick="y', "<b>", "../a", "constructor", 3, None, ["atelier"]]
    (one,), dropped = judged(
        event(
            format=[*hostile, "atelier"], publics=hostile, themes=hostile, calcule__mode="hybride"
        )
    )
    assert (one.formats, one.publics, one.themes, dropped) == (("atelier",), (), (), {})


def place(**more):
    (one,), _ = judged(event(**{f"calcule__{key}": value for key, value in more.items()}))
    return one.place


@cases(
    "position",
    [
        {}, {"latitude": 0, "longitude": 0}, {"latitude": "50", "longitude": "1"},
        {"latitude": True, "longitude": 1.4}, {"latitude": 1e400, "longitude": 1},
        {"latitude": 10**400, "longitude": 1}, {"latitude": 50.05}, {"latitude": None},
        {"latitude": 43.3, "longitude": 5.4, "exacte": True},
    ],
)  # fmt: skip
def test_a_point_that_is_none_gives_way_to_the_commune(position):
    """Out of France, or in Marseille for an event of Eu."""
    found = place(position=position)
    assert (found.lat, found.lon, found.exacte) == (50.0485, 1.413, False)


def test_communes_are_those_of_our_tables():
    assert place(commune={"code": "974", "nom": "Saint-Omer"}).code == "62765"
    unknown = place(commune={"nom": "Syldavie"}, position={})
    assert (unknown.commune, unknown.code, unknown.lat) == ("Syldavie", "", None)
    island = place(
        commune={"code": "97411", "nom": "x"},
        position={"latitude": -20.8789, "longitude": 55.4481, "exacte": True},
    )
    assert (island.commune, island.departement, island.exacte) == ("Saint-Denis", "974", True)


def test_an_identifier_serves_once_and_examples_are_kept_or_not_as_ours_are():
    rows = [event(exemple=True), event(titre="Autre"), event("autre")]
    kept, dropped = judged(*rows)
    assert [(one.id[-5:], one.exemple) for one in kept] == [("autre", False), ("/nuit", True)]
    assert dropped == {"un identifiant sert deux fois": 1}
    assert judge(examples=False).events(rows[:1]) == ()


def test_lieux_hold_in_the_same_way():
    (one,) = judge().lieux([feature()])
    assert (one.titre, one.type, one.place.code, one.place.lat) == (
        "Musée",
        "musee",
        "76255",
        50.0461,
    )
    (one,) = judge().lieux([feature(type=["musee"])])
    assert one.type == ""
    bad = [{}, 3, feature(url="https://a.example/"), feature(titre="")]
    nowhere = {**feature(code_commune="", commune=""), "geometry": {"coordinates": [0, 0]}}
    other = judge()
    assert other.lieux([*bad, nowhere, {**feature(), "geometry": {"coordinates": 3}}]) == ()
    assert sum(other.reasons.values()) == 6


def test_what_is_beyond_the_limit_is_left():
    one = judge()
    with ends():
        assert len(one.events([event(f"e{n}") for n in range(5_100)])) == 5_000
    assert [(row.count, "au-delà" in row.reason) for row in one.dropped] == [(100, True)]


def test_any_value_in_any_place_stops_nothing():
    """Each value of a record is replaced by others, of each type of JSON."""
    odd = [None, True, 0, -1e308, "", "\ud800", [], {}, [[]], {"nom": []}, "x" * 10_000]

    def places(value, path=()):
        yield path
        rows = value.items() if isinstance(value, dict) else ()
        for key, inside in enumerate(value) if isinstance(value, list) else rows:
            yield from places(inside, (*path, key))

    for make, ask in ((event(), Judge.events), (feature(), Judge.lieux)):
        for *path, last in [path for path in places(make) if path]:
            for value in odd:
                row = deepcopy(make)
                group = row
                for step in path:
                    group = group[step]
                group[last] = value
                assert len(ask(judge(), [row])) <= 1


def test_what_takes_place_under_another_clock_keeps_its_hour():
    rows = [once("2022-10-01T18:00:00+04:00", fin="2022-10-01T20:00:00+04:00")]
    (there,), _ = judged(event(calcule__occurrences=rows))
    (once_there,) = there.occurrences
    assert once_there.debut == datetime(2022, 10, 1, 16, tzinfo=PARIS)
    assert (once_there.debut.hour, once_there.duree) == (18, timedelta(hours=2))
    assert there.on_another_clock
    (online,), _ = judged(event(calcule__occurrences=rows, calcule__mode="en-ligne"))
    assert (online.occurrences[0].debut.hour, online.on_another_clock) == (16, False)
    days = [once("2022-10-01T00:00:00+04:00", fin="2022-10-03T00:00:00+04:00", journee=True)]
    (whole,), _ = judged(event(calcule__occurrences=days))
    assert [*whole.occurrences[0].days()] == [date(2022, 10, 1), date(2022, 10, 2)]
    assert not whole.on_another_clock
