"""What a letter says of the events that changed since it announced them."""

import pytest

from choices import SOMME, WEEK, refs
from doses import each, rows_of
from plans import entry
from portail.agenda.weeks import Week

BASE = {
    "titre": "Atelier",
    "debut": "2021-10-14 14:00",
    "adresse": {"nom": "Salle Exemple", "commune": "Amiens"},
}
FORMER = {"anciennes_urls": ["/evenements/atelier/"]}
NEXT = WEEK.next
BAL = {"events/bal": entry("events", debut="2021-10-02 20:00")}
"""What makes a letter of one that would only hold what comes back."""


def event(**fields):
    known = {key: value for key, value in (BASE | fields).items() if value is not None}
    return {"events/atelier": entry("events", **known)}


def changed(letters, week=NEXT, **fields):
    """The days that the letter of ``week`` says of the event once it is so; ``None`` when it says
    nothing."""
    errata = letters.choose(event(**fields), week).errata
    return errata[0].apres.jours if errata else None


@pytest.fixture
def sent(letters):
    """The letters, once that of ``WEEK`` announced the event."""
    assert refs(letters.send(event())) == ["events/atelier"]
    return letters


@each(rows_of("features/channels/lettre/errata.yml"))
def test_what_changed_is_told_once(letters, avant, champs, dit):
    before = avant or {}
    letters.send(event(**before) | BAL)
    found = letters.send(event(**before | champs), NEXT).errata
    told = [
        {"annonces": [*one.avant.jours], "etat": one.apres.etat, "jours": [*one.apres.jours]}
        for one in found
    ]
    assert told == ([] if dit is None else [dit])
    assert {(one.avant.titre, one.semaine) for one in found} <= {("Atelier", WEEK)}
    assert letters.choose(week=NEXT.next).errata == ()


@pytest.mark.parametrize("left", [{}, {"lieux/salle": entry("lieux", **FORMER)}])
def test_a_page_that_is_no_more_is_told_once(sent, tmp_path, left):
    (tmp_path / "content/events/atelier.md").unlink()
    found = sent.send(left, NEXT).errata
    assert [(one.avant.titre, one.apres) for one in found] == [("Atelier", None)]
    assert sent.choose(week=NEXT.next).errata == ()


def test_postponed_twice(sent):
    old = {"ancien_debut": "2021-10-14 14:00", "etat": "reprogramme"}
    first = sent.send(event(debut="2021-10-28 14:00", **old), NEXT)
    second = sent.send(event(debut="2021-11-04 14:00", **old), NEXT.next)
    assert first.errata[0].avant.jours == ("2021-10-14T14:00",)
    assert second.errata[0].avant.jours == ("2021-10-28T14:00",)
    assert sent.choose(None, NEXT.next.next).errata == ()


def test_a_date_found_again_is_told(sent):
    old = {"ancien_debut": "2021-10-14 14:00"}
    sent.send(event(etat="reporte", **old), NEXT)
    found = changed(sent, NEXT.next, debut="2021-11-20 14:00", etat="reprogramme", **old)
    assert found == ("2021-11-20T14:00",)


def test_what_is_over_is_no_erratum(sent):
    assert changed(sent, Week(2021, 42), etat="annule") is None


def test_an_edition_tells_of_what_it_announced(sent):
    chosen = sent.choose(event(etat="annule"), NEXT, SOMME)
    assert [one.ref for one in chosen.errata] == ["events/atelier"]
    lille = {"events/lille": entry("events", debut="2021-10-14 14:00", commune=None)}
    sent.send(lille, NEXT, SOMME)
    cancelled = {"events/lille": entry("events", debut="2021-10-14 14:00", etat="annule")}
    sent.sent.pop(NEXT.slug)
    sent.send(event(), WEEK, SOMME)
    assert sent.choose(cancelled, NEXT, SOMME).errata == ()


def test_an_event_that_moves_to_this_week_end_is_on(sent):
    chosen = sent.choose(event(debut="2021-10-09 10:00"), NEXT)
    assert [one.ref for one in chosen.errata] == ["events/atelier"]
    assert refs(chosen, "faire") == ["events/atelier"]


def test_eight_letters_are_looked_at(sent):
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


def test_a_file_that_is_renamed_is_the_same_event(sent, tmp_path):
    (tmp_path / "content/events/atelier.md").unlink()
    chosen = sent.choose({"events/fusees": entry("events", **BASE | FORMER)}, NEXT)
    assert chosen.errata == () and chosen.things == ()
    moved = BASE | FORMER | {"debut": "2021-10-15 14:00"}
    chosen = sent.choose({"events/fusees": entry("events", **moved)}, NEXT)
    assert [one.ref for one in chosen.errata] == ["events/fusees"]
