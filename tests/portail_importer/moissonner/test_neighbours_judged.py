"""What another portal says, judged: what holds is shown, all else is left and counted."""

import json
import unicodedata
from contextlib import suppress
from copy import deepcopy
from datetime import date, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases, ends
from portail.clock import PARIS
from portail.diagnostics import Refused
from portail.features.channels.donnees.exports import plan_exports
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail_importer.moissonner.neighbours import Judge
from portail_importer.moissonner.sources import Source
from voisins import HOME, agenda, event, once

DAY = date(2022, 9, 26)
GEOGRAPHY = Geography.load(data_dir(), "Hauts-de-France")
VOCABULARIES = Vocabularies.load(data_dir())


def judge(home=HOME, examples=True, day=DAY):
    source = Source(nom="Écho", adresse=home, voisin="true")
    return Judge(source, GEOGRAPHY, VOCABULARIES, day, examples)


def judged(*rows):
    one = judge()
    return one.events(agenda(*rows)), dict(one.dropped)


def test_an_event_is_told_by_its_facts():
    (one,), dropped = judged(event())
    assert not dropped
    assert (one.titre, one.url) == ("La nuit d’Athene noctua", f"{HOME}evenements/nuit/")
    assert (one.formats, one.publics, one.gratuit) == (("atelier",), ("tout-public",), True)
    assert one.occurrences[0].debut == datetime(2022, 10, 1, 14, tzinfo=PARIS)
    assert (one.lieu, one.commune) == ("Salle des fêtes", "76255")
    assert "Un texte" not in repr(one)


def test_whole_days_and_hours_are_those_of_the_portal():
    rows = [
        once("2022-10-30T01:30:00+02:00", fin="2022-10-30T03:00:00+01:00"),
        once("2022-10-08T22:00:00Z", fin="2022-10-09T00:00:00+02:00"),
        once("2022-11-01T00:00:00+01:00", fin="2022-11-04T00:00:00+01:00", journee=True),
        once("2022-09-01T10:00:00+02:00"),
    ]
    (one,), _ = judged(event(seances=rows))
    first, second, third = one.occurrences
    assert (first.debut, first.last_day) == (
        datetime(2022, 10, 9, 0, 0, tzinfo=PARIS), date(2022, 10, 8),
    )  # fmt: skip
    assert second.duree.total_seconds() == 9_000
    assert (third.journee, third.first_day, third.last_day) == (
        True, date(2022, 11, 1), date(2022, 11, 3),
    )  # fmt: skip
    assert [one.rang for one in one.occurrences] == [0, 1, 2]


@cases("more", [once("2022-09-25T14:00:00+02:00"), {"mode": "en-ligne"}])
def test_what_is_over_or_nowhere_is_no_fault(more):
    assert judged(event(**more)) == ((), {})


ADDRESSES = (
    None, "https://ailleurs.example/sciences/", "javascript:alert(1)", "/sciences/x/",
    "//ailleurs.example/sciences/x/", "https://voisin.example/autre/", "http://[/",
    f"{HOME}../admin/", "https://moi@voisin.example/sciences/x/",
    "https://voisin.example:8443/sciences/x/", f'{HOME}"onclick=x/', HOME + "a" * 600,
    f"{HOME}\u202ex/", f"{HOME}a b/", f"{HOME}\\..\\x/",
)  # fmt: skip
DATES = (
    {}, once("2022-10-01T14:00:00"), once("2022-13-01"), once("0001-01-01T00:00:00+14:00"),
    once("9999-12-31T23:59:59-12:00"), once("2025-10-01T14:00:00+02:00"),
    once(fin="2022-10-01T13:00:00+02:00"), once(fin=12), once(etat="?"), once(journee=True),
    once(journee=True, fin="2022-10-02T14:00:00+02:00"),
    once("2022-10-01T00:00:00+02:00", journee=True, fin="2022-10-01T00:00:00+02:00"),
)  # fmt: skip
TITLES = (None, "  \u200b ", "x" * 201, "e" + "\u0301" * 130)


@cases(
    "row",
    [
        None, "x", [], {},
        *(event(url=one) for one in ADDRESSES),
        *(event(titre=one) for one in TITLES),
        event(format="atelier"), event(format=[3]), event(publics={"a": 1}),
        event(gratuit="oui"), event(mode="telepathie"), event(mode=[]), event(nom_du_lieu=12),
        event(code_commune="00000"), event(code_commune=...), event(code_commune=[]),
        event(seances={}), event(seances=[once()] * 401),
        *(event(seances=[one]) for one in DATES),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_left_and_counted_alone(row):
    kept, dropped = judged(event("avant"), row, event("apres"))
    assert sorted(one.url.split("/")[-2] for one in kept) == ["apres", "avant"]
    assert sum(dropped.values()) == 1
    assert all(reason[0].islower() and not reason.endswith(".") for reason in dropped)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[1]", b"<p>En maintenance", b'{"version": "2", "features": []}',
        b'{"version": "1", "features": 3}', b"[" * 200_000, '{"version": "é"}'.encode("latin-1"),
        agenda(event())[:-9], '{"version": "1"}'.encode("utf-16"),
    ],
)  # fmt: skip
def test_what_is_no_agenda_is_refused_whole(data):
    with pytest.raises(Refused, match="Ce n’est pas l’agenda d’un portail"):
        judge().events(data)


@cases(
    ("title", "shown"),
    [
        ("p < 0,05 & q > 1", "p < 0,05 & q > 1"),
        ("Nuit\u202e des \u2066\u200fétoiles\u2069", "Nuit des étoiles"),
        ("Nuit\r\n\x1b[31m\x00 des\u2028étoiles", "Nuit [31m des étoiles"),
        ("e\u0301toile", "étoile"),
    ],
)
def test_titles_are_one_line_of_text(title, shown):
    (one,), dropped = judged(event(titre=title))
    assert (one.titre, dropped) == (shown, {})


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_text_drives_what_shows_it(text):
    for one in judged(event(titre=f"a{text}"))[0]:
        assert not any(unicodedata.category(sign)[0] == "C" for sign in one.titre)
        assert one.titre == one.titre.strip()


def test_codes_of_no_list_are_left():
    hostile = ['x" onclick="y', "<b>", "../a", "constructor"]
    (one,), dropped = judged(
        event(format=[*hostile, "atelier"], publics=hostile, themes=hostile, mode="hybride")
    )
    assert (one.formats, one.publics, one.themes, dropped) == (("atelier",), (), (), {})


def test_an_address_serves_once_and_examples_are_kept_or_not_as_ours_are():
    rows = [event(exemple=True), event(titre="Autre"), event("autre")]
    kept, dropped = judged(*rows)
    assert [(one.url.split("/")[-2], one.exemple) for one in kept] == [
        ("autre", False), ("nuit", True),
    ]  # fmt: skip
    assert dropped == {"une adresse sert deux fois": 1}
    assert judge(examples=False).events(agenda(rows[0])) == ()


def test_what_is_beyond_the_limit_is_left():
    one = judge()
    with ends():
        assert len(one.events(agenda(*(event(f"e{n}") for n in range(5_100))))) == 5_000
    assert dict(one.dropped) == {"au-delà de 5000": 100}


def test_any_value_in_any_place_stops_nothing():
    """Each value of a record is replaced by others, of each type of JSON."""
    odd = [None, True, 0, -1e308, "", [], {}, [[]], {"nom": []}, "x" * 10_000, 10**400]
    for name in (whole := event(seances=[once()])):
        for value in odd:
            assert len(judged({**deepcopy(whole), name: value})[0]) <= 1
    for text in (b'"\\ud800"', b"NaN", b"1e400", b"[" * 600 + b"]" * 600):
        data = agenda(event(titre=0)).replace(b'"titre": 0', b'"titre": ' + text)
        with suppress(Refused):  # what is no JSON is refused whole
            assert judge().events(data) == ()


def test_a_portal_of_ours_is_a_neighbour_of_which_all_holds(whole_site):
    """What a build publishes, judged: every event to come that has a place, with its dates."""
    maps = {one.url: one for one in plan_exports(whole_site)}
    data = "".join(maps["/api/v1/evenements-a-venir.geojson"].produce()).encode()
    one = judge("https://portail.example.org", day=whole_site.day.date)
    far_events = {urlsplit(far.url).path: far for far in one.events(data)}
    ours = {
        item.url: item
        for item in whole_site.of_kind(Kind.EVENT)
        if item.listed
        and not item.is_over
        and item.entry.paru(whole_site.day.date)
        and item.commune
    }
    assert {*one.dropped} <= {"une commune n’est pas connue"}
    assert far_events and far_events.keys() <= ours.keys()
    assert {url for url, item in ours.items() if not item.commune.pays} == far_events.keys()
    for url, far in far_events.items():
        item = ours[url]
        mine = [(o.debut, o.fin, o.journee, o.etat) for o in item.occurrences[item.past_count :]]
        assert [(o.debut, o.fin, o.journee, o.etat) for o in far.occurrences] == mine, url
        assert far.commune == item.commune.code
        assert set(far.formats) == set(item.entry.format)
        assert far.gratuit == (item.entry.tarif.gratuit if item.entry.tarif else None)
    assert len(json.loads(data)["features"]) == len(far_events) + one.dropped.total()
