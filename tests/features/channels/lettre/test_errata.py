"""What a letter says of the events that changed since it announced them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from choices import SOMME, WEEK, Letters, on, refs
from plans import entry
from portail.agenda.weeks import Week
from portail.features.channels.lettre.picks import Changed, Selection

BASE: dict[str, Any] = {
    "titre": "Atelier",
    "debut": "2021-10-14 14:00",
    "adresse": {"nom": "Salle Exemple", "commune": "Amiens"},
}
NEXT = WEEK.next


def event(**fields: Any) -> dict[str, str | bytes]:
    known = {key: value for key, value in (BASE | fields).items() if value is not None}
    return {"events/atelier": entry("events", **known)}


def changed(letters: Letters, week: Week = NEXT, **fields: Any) -> Changed | None:
    """What the letter of ``week`` says of the event once it is so."""
    chosen = letters.choose(event(**fields), week)
    return chosen.errata[0] if chosen.errata else None


@pytest.fixture
def sent(letters: Letters) -> Letters:
    """The letters, once that of ``WEEK`` announced the event."""
    assert refs(letters.send(event()).une) == ["events/atelier"]
    return letters


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"titre": "Autre titre", "resume": "Autre résumé."},
        {"etat": "complet"},
        {"fin": "2021-10-14 16:00"},
        {
            "seances": [{"debut": "2021-10-14 14:00"}, {"debut": "2021-10-16 14:00"}],
            "debut": None,
        },
        {"adresse": {"nom": "SALLE  exemple", "rue": "2 rue Neuve", "commune": "Amiens"}},
        {"en_ligne": "https://exemple.org/direct"},
    ],
)
def test_what_is_no_mistake_of_the_letter(sent: Letters, fields: dict[str, Any]) -> None:
    assert changed(sent, **fields) is None


@pytest.mark.parametrize(
    ("fields", "etat", "days"),
    [
        ({"etat": "annule"}, "annule", ()),
        ({"etat": "reporte", "ancien_debut": "2021-10-14 14:00"}, "reporte", ()),
        (
            {
                "etat": "reporte",
                "ancien_debut": "2021-10-14 14:00",
                "debut": "2021-11-04 14:00",
            },
            "reporte",
            ("2021-11-04T14:00",),
        ),
        ({"debut": "2021-10-14 14:30"}, "programme", ("2021-10-14T14:30",)),
        ({"debut": "2021-10-15 14:00"}, "programme", ("2021-10-15T14:00",)),
        (
            {"adresse": {"nom": "Autre salle", "commune": "Amiens"}},
            "programme",
            ("2021-10-14T14:00",),
        ),
        (
            {"etat": "deplace-en-ligne", "en_ligne": "https://exemple.org/"},
            "deplace-en-ligne",
            ("2021-10-14T14:00",),
        ),
        ({"adresse": None, "en_ligne": "https://exemple.org/"}, "programme", ("2021-10-14T14:00",)),
        ({"debut": "2021-10-01 14:00"}, "programme", ()),
    ],
)
def test_what_changed_is_told_once(
    sent: Letters, fields: dict[str, Any], etat: str, days: tuple[str, ...]
) -> None:
    found = changed(sent, **fields)
    assert found is not None and found.apres is not None
    assert (found.titre, found.semaine) == ("Titre events/atelier", WEEK)
    assert found.avant.jours == ("2021-10-14T14:00",)
    assert (found.apres.etat, found.apres.jours) == (etat, days)
    sent.send(week=NEXT)
    assert sent.choose(week=NEXT.next).errata == ()


def test_a_room_that_is_given_at_last_is_no_other_place(sent: Letters) -> None:
    assert changed(sent, salle="Salle de travaux pratiques") is None


def test_a_page_that_is_no_more_is_told_once(sent: Letters, tmp_path: Path) -> None:
    (tmp_path / "content/events/atelier.md").unlink()
    found = sent.send(week=NEXT).errata
    assert [(one.ref, one.apres) for one in found] == [("events/atelier", None)]
    assert sent.choose(week=NEXT.next).errata == ()


def test_postponed_twice(sent: Letters) -> None:
    old = {"ancien_debut": "2021-10-14 14:00", "etat": "reporte"}
    weeks = [NEXT, NEXT.next, NEXT.next.next]
    dates = ["2021-10-28 14:00", "2021-11-04 14:00", "2021-11-04 14:00"]
    told: list[Selection] = []
    for week, day in zip(weeks, dates, strict=True):
        told.append(sent.send(event(debut=day, **old), week))
    assert [one.errata[0].avant.jours for one in told[:2]] == [
        ("2021-10-14T14:00",),
        ("2021-10-28T14:00",),
    ]
    assert told[2].errata == ()


def test_a_date_found_again_is_told(sent: Letters) -> None:
    sent.send(event(etat="reporte", ancien_debut="2021-10-14 14:00"), NEXT)
    fields = {"etat": "reprogramme", "ancien_debut": "2021-10-14 14:00"}
    found = changed(sent, NEXT.next, debut="2021-11-20 14:00", **fields)
    assert found is not None and found.apres is not None
    assert found.apres.jours == ("2021-11-20T14:00",)


def test_what_is_over_is_no_erratum(sent: Letters) -> None:
    assert changed(sent, Week(2021, 42), etat="annule") is None


def test_an_edition_tells_of_what_it_announced(sent: Letters) -> None:
    chosen = sent.choose(event(etat="annule"), NEXT, SOMME)
    assert [one.ref for one in chosen.errata] == ["events/atelier"]
    lille = {"events/lille": entry("events", debut="2021-10-14 14:00", commune=None)}
    sent.send(lille, NEXT, SOMME)
    cancelled = {"events/lille": entry("events", debut="2021-10-14 14:00", etat="annule")}
    week = NEXT
    sent.sent.pop(week.slug)
    sent.send(event(), WEEK, SOMME)
    assert sent.choose(cancelled, week, SOMME).errata == ()


def series(*days: str, **third: str) -> dict[str, Any]:
    rows = [{"debut": f"{day} 14:00"} for day in days]
    rows[2] |= third
    return {"seances": rows, "debut": None}


def test_one_session_of_many(letters: Letters) -> None:
    days = ("2021-10-05", "2021-10-12", "2021-10-19", "2021-10-26", "2021-11-02")
    letters.send(event(**series(*days)))
    assert changed(letters, **series(*days)) is None
    third = "2021-10-19T14:00"
    for etat in ("annule", "reporte"):
        old = {"ancien_debut": "2021-10-19 14:00"} if etat == "reporte" else {}
        found = changed(letters, **series(*days, etat=etat, **old))
        assert found is not None and found.apres is not None
        assert (found.avant.jours, found.apres.etat, found.apres.jours) == ((third,), etat, ())
    moved = {"debut": "2021-10-28 14:00", "ancien_debut": "2021-10-19 14:00"}
    found = changed(letters, **series(*days, etat="reprogramme", **moved))
    assert found is not None and found.apres is not None
    assert found.apres.jours == ("2021-10-28T14:00",)
    found = changed(letters, **series(*days, debut="2021-10-20 14:00"))
    assert found is not None and found.apres is not None
    assert (found.avant.jours, found.apres.jours) == ((third,), ("2021-10-20T14:00",))
    found = changed(letters, **series(*days), adresse={"nom": "Ailleurs", "commune": "Amiens"})
    assert found is not None and found.apres is not None
    assert found.avant.jours == found.apres.jours == ("2021-10-12T14:00", third)


def test_a_closed_day_of_a_long_exhibition_is_no_erratum(letters: Letters) -> None:
    def opening(**fields: Any) -> dict[str, Any]:
        hours = {"du": "2021-10-01", "au": "2021-12-20", "de": "14:00"}
        return {"horaires": hours | fields, "debut": None}

    letters.send(event(**opening()))
    assert changed(letters, **opening(sauf=["2021-11-01"])) is None
    assert changed(letters, **opening(au="2021-12-31")) is None
    assert changed(letters, **opening(au="2021-10-31")) is not None


def test_an_event_that_moves_to_this_week_end_is_on(sent: Letters) -> None:
    chosen = sent.choose(event(debut="2021-10-09 10:00"), NEXT)
    assert [one.ref for one in chosen.errata] == ["events/atelier"]
    assert on(chosen)["Somme (80)"] == ["events/atelier"]


def test_eight_letters_are_looked_at(sent: Letters) -> None:
    week = WEEK
    booking = {"regime": "obligatoire", "telephone": "03 20 00 00 00", "avant_le": "2021-10-05"}
    moved = event(debut="2022-01-20 14:00", inscription=booking)
    sent.sent.clear()
    sent.send(moved)
    for _ in range(7):
        week = week.next
        sent.send(week=week)
    assert changed(sent, week.next, debut="2022-01-20 14:00", etat="annule") is not None
    sent.send(moved, week.next)
    assert changed(sent, week.next.next, debut="2022-01-20 14:00", etat="annule") is None


def test_a_file_that_is_renamed_is_the_same_event(sent: Letters, tmp_path: Path) -> None:
    (tmp_path / "content/events/atelier.md").unlink()
    former = {"anciennes_urls": ["/evenements/atelier/"]}
    chosen = sent.choose({"events/fusees": entry("events", **BASE | former)}, NEXT)
    assert chosen.errata == () and chosen.une == ()
    moved = {"debut": "2021-10-15 14:00"}
    chosen = sent.choose({"events/fusees": entry("events", **BASE | former | moved)}, NEXT)
    assert [one.ref for one in chosen.errata] == ["events/fusees"]
