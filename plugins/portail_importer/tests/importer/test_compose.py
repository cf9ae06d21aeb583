"""What a reader found becomes a file that the model accepts, and says what it leaves aside."""

import json

from doses import cases, rows_of
from fiches import codes, known
from portail.model.kinds import Kind
from portail_importer.importer.sources.compose import compose
from portail_importer.importer.sources.items import SourceItem

MISSING = {"E201", "E215", "E217"}
"""Codes of what a source did not say."""


def composed(kind="events", **fields):
    given = {"titre": "Une sortie", "texte": "On part de la gare."} | fields
    given |= {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    return compose(SourceItem(row=1, kind=Kind(kind), namespace="page", **given), known())


def named(losses):
    return [[loss.name, loss.value] for loss in losses]


@cases("row", rows_of("portail_importer/tests/importer/compositions.yml"))
def test_what_is_composed(row):
    made = composed(**row["donne"])
    values = dict(made.values)
    asked = row.get("valeurs", {})
    assert row.get("entier", values) == values
    assert {name: values.get(name) for name in asked} == asked
    written = json.dumps(values)
    assert [word for word in row.get("sans", ()) if word in written] == []
    told = {"pertes": named(made.losses), "doutes": named(made.doubts), "corps": made.body}
    judged = told.keys() & row.keys()
    assert {name: told[name] for name in judged} == {name: row[name] for name in judged}
    wrong = codes(made)
    assert wrong == {*row["codes"]} if "codes" in row else wrong <= MISSING
    said = repr((made.losses, made.doubts))
    assert [word for word in row.get("dit", ()) if word not in said] == []
    assert all(loss.reason for loss in made.losses)
