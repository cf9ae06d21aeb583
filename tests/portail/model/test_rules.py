"""Rules across fields: the table that Python judges by, and what schemas tell of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from portail.codes import all_codes
from portail.model import faults
from portail.model.entry import Entry, Groupe
from portail.model.event import Event, Seance
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.rules import Among, Needs, OneOf, OnlyOne, Rule
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail.schemas.fields import fields_of, group_of
from portail.schemas.kind_schema import kind_schema

ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = ROOT / "theme" / "static" / "js"
EVERY_KIND = pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)


def models(model: type[Groupe]) -> Iterator[type[Groupe]]:
    """A model and those of its groups."""
    yield model
    for _, info in fields_of(model):
        if inner := group_of(info):
            yield from models(inner)


def rules() -> Iterator[tuple[type[Groupe], Rule]]:
    every = {one: None for kind in Kind for one in models(MODELS[kind])}
    return ((model, rule) for model in every for rule in model.every_rule())


def named(row: dict[str, Any]) -> Iterator[str]:
    """Fields that a row of ``x-regles`` names."""
    for key in ("champ", "autre", "debut", "fin", "groupe", "total"):
        if key in row:
            yield row[key]
    for key in ("champs", "autres", "avec"):
        yield from row.get(key, ())


def test_every_rule_names_fields_and_a_code_that_exist() -> None:
    found = list(rules())
    assert len({type(rule) for _, rule in found}) == 14
    for model, rule in found:
        row = rule.told()
        assert set(named(row)) <= set(model.model_fields), (model, row)
        assert row["code"] in all_codes()
        assert json.loads(json.dumps(row)) == row


def test_the_script_knows_every_rule_and_every_sentence() -> None:
    judge = (SCRIPTS / "contribuer-regles.js").read_text(encoding="utf-8")
    known = set(re.findall(r"^  '?([a-z-]+)'?: \(", judge, re.MULTILINE))
    assert known == {rule.regle for _, rule in rules()}
    for name in ("controle", "lecture", "regles"):
        script = (SCRIPTS / f"contribuer-{name}.js").read_text(encoding="utf-8")
        said = set(re.findall(r"phrase\('([a-z_]+)'", script))
        assert said <= set(faults.PHRASES), said - set(faults.PHRASES)


@EVERY_KIND
def test_a_schema_carries_the_rules_of_its_models(kind: Kind) -> None:
    schema = kind_schema(kind, Vocabularies.load(data_dir()))
    rows = schema["x-regles"]
    assert [row["regle"] for row in rows] == [one.regle for one in MODELS[kind].every_rule()]
    for row in rows:
        assert row["message"] and "{remede}" not in row["remede"], row
    choices = [one for one in MODELS[kind].every_rule() if isinstance(one, OneOf)]
    assert len(schema.get("allOf", ())) == len(choices)
    for rule in choices:
        told = [error.validator for error in Draft202012Validator(schema).iter_errors({})]
        assert "anyOf" in told, rule


def test_a_group_says_the_first_fault_of_its_own_and_an_entry_none() -> None:
    assert [type(rule).__name__ for rule in Seance.every_rule()] == ["Order", "When"]
    nothing = SimpleNamespace(**dict.fromkeys(Event.model_fields))
    assert [fault.code for fault in Event.rules(nothing)] == ["E215", "E217"]
    assert isinstance(Entry(), BaseModel)


def test_one_way_to_say_when() -> None:
    rule = OnlyOne(("seances", "rrule", "debut"), avec=("rrule", "debut"))
    both = SimpleNamespace(seances=(), rrule="x", debut="y")
    assert list(rule.faults(both)) == []
    three = SimpleNamespace(seances=("z",), rrule="x", debut="y")
    assert [fault.loc for fault in rule.faults(three)] == [("rrule",)]
    lone = Needs("rrule", "debut").faults(SimpleNamespace(rrule="x", debut=None))
    assert [(fault.code, fault.needs) for fault in lone] == [("E243", ("debut",))]


def test_a_row_names_one_of_another_list() -> None:
    rule = Among("fermetures", "equipement", "equipements", "E261")
    shut = [SimpleNamespace(equipement=one) for one in ("atelier", None, "planetarium")]
    there = [SimpleNamespace(type="atelier")]
    found = list(rule.faults(SimpleNamespace(fermetures=shut, equipements=there)))
    assert [(one.loc, one.needs) for one in found] == [
        (("fermetures", 2, "equipement"), ("equipements",))
    ]
    assert not [*rule.faults(SimpleNamespace(fermetures=None, equipements=None))]
