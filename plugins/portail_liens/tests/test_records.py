"""What an address becomes from one check to the next."""

from datetime import date, timedelta

from doses import cases
from portail_liens.records import Constat, Etat, due, followed

DAY = date(2026, 11, 20)


def checks(*found):
    """The record after checks: days after ``DAY``, what was found."""
    record = None
    for days, constat in found:
        record = followed(record, DAY + timedelta(days=days), constat)
    return record


@cases(
    ("found", "etat", "count"),
    [
        ([(0, Constat.INTROUVABLE)], Etat.A_REVOIR, 1),
        ([(0, Constat.INTROUVABLE), (0, Constat.INTROUVABLE)], Etat.A_REVOIR, 1),
        ([(0, Constat.INTROUVABLE), (1, Constat.MUET)], Etat.MORTE, 2),
        ([(0, Constat.MUET), (1, Constat.BON), (2, Constat.MUET)], Etat.A_REVOIR, 1),
        ([(0, Constat.MUET), (1, Constat.REFUS), (2, Constat.MUET)], Etat.A_REVOIR, 1),
        ([(3, Constat.MUET), (0, Constat.MUET)], Etat.A_REVOIR, 1),
        ([(0, Constat.CERTIFICAT), (9, Constat.CERTIFICAT)], Etat.A_REVOIR, 2),
        ([(0, Constat.PRIVE)], Etat.PRIVEE, 1),
        ([(0, Constat.MUET), (5, Constat.BON)], Etat.BONNE, 0),
        ([(0, Constat.DEPLACE)], Etat.DEPLACEE, 0),
        ([(0, Constat.ROBOTS)], Etat.A_OUVRIR, 0),
    ],
)
def test_dead_only_after_two_days(found, etat, count):
    record = checks(*found)
    assert (record.etat, record.echecs) == (etat, count)
    assert (record.premier_echec is None) == (count == 0)


def test_the_first_failure_keeps_its_day():
    record = checks((0, Constat.MUET), (1, Constat.ERREUR), (7, Constat.INTROUVABLE))
    assert (record.premier_echec, record.echecs, record.jour) == (DAY, 3, DAY + timedelta(days=7))


@cases(
    ("constat", "days", "asked"),
    [
        (Constat.BON, 29, False), (Constat.BON, 30, True), (Constat.DEPLACE, 29, False),
        (Constat.REFUS, 1, False), (Constat.MUET, 0, False), (Constat.MUET, 1, True),
        (Constat.BON, -1, True),
    ],
)  # fmt: skip
def test_when_it_is_asked_again(constat, days, asked):
    record = followed(None, DAY, constat)
    assert record.due(DAY + timedelta(days=days)) is asked


def test_never_asked_comes_first_then_the_longest_ago():
    known = {
        "https://a/": followed(None, DAY - timedelta(days=40), Constat.BON),
        "https://b/": followed(None, DAY - timedelta(days=50), Constat.BON),
        "https://c/": followed(None, DAY, Constat.BON),
    }
    urls = ["https://a/", "https://b/", "https://c/", "https://z/"]
    assert due(urls, known, DAY) == ["https://z/", "https://b/", "https://a/"]
