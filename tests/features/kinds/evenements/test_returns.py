"""Returns of organisers: nothing absurd, nothing that contradicts itself or comes too early."""

import re

import pytest

from doses import rows_of
from plans import entry
from portail.model.event import NIVEAUX, Retour

TABLES = rows_of("features/kinds/evenements/returns.yml")

OVER = {"debut": "2021-09-18 14:00", "jauge": "40"}


def told(tree, retour, **fields):
    """Code and key of each diagnostic."""
    text = entry("events", **OVER | fields, retour=retour)
    places = ((one.code, one.position) for one in tree.run({"events/x": text}).report)
    return [(code, _key(text.splitlines()[at.line - 1], at.column - 1)) for code, at in places]


def _key(line, column):
    """The key that is at a column, or whose value is."""
    found = re.match(r'[{, ]*"?([a-z_]+)"?:', line[column:]) or re.search(
        r"([a-z_]+): [^,:]*$", line[:column]
    )
    assert found, line[column:]
    return found[1]


@pytest.mark.parametrize(
    ("retour", "code", "where"), TABLES["what_cannot_be_is_told_where_it_is_written"]
)
def test_what_cannot_be_is_told_where_it_is_written(tree, retour, code, where):
    assert told(tree, retour) == [(code, where)]


@pytest.mark.parametrize("retour", TABLES["what_may_be_is_let_through"])
def test_what_may_be_is_let_through(tree, retour):
    assert told(tree, retour) == []


def test_a_return_waits_for_the_end(tree):
    given = {"tout_public": "4"}
    assert told(tree, given, debut="2021-09-27 14:00") == []
    assert told(tree, given, debut="2021-09-28 14:00") == [("E262", "tout_public")]
    assert told(tree, given, debut="2021-09-18 14:00", fin="2021-09-30") != []


def test_a_cancelled_event_had_no_visitors(tree):
    assert told(tree, {"tout_public": "4"}, etat="annule") == [("E264", "tout_public")]
    assert told(tree, {"satisfaction": "pas-satisfait"}, etat="annule") == []


def _read(**fields):
    return Retour.model_validate(fields)


def test_pupils_are_told_in_all_or_by_level():
    assert _read().visiteurs is None
    assert _read(tout_public="0").visiteurs == 0
    assert _read(primaire="3", lycee="4").eleves == 7
    assert _read(scolaires="9", primaire="3", tout_public="1").visiteurs == 10
    assert not _read().dit
    assert _read(annule="false").dit
    assert set(NIVEAUX) < set(Retour.model_fields)
