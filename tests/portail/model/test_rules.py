"""Rules across fields: the table that Python judges by, and what schemas tell of it."""

import json
from datetime import date, time
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator

from portail.codes import all_codes
from portail.features.kinds.lieux.model import Among
from portail.features.services.schemas.fields import fields_of, group_of
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.event import Event, Seance
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.rules import (
    Both,
    Bounds,
    Excludes,
    Needs,
    OneOf,
    OnlyOne,
    Order,
    Postponed,
    Rule,
    Same,
    Sum,
    When,
    WhenWith,
    Within,
)
from portail.model.scalars import Moment
from tables import lists

EVERY_KIND = pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)


def models(model):
    """A model and those of its groups."""
    yield model
    for _, info in fields_of(model):
        if inner := group_of(info):
            yield from models(inner)


def rules():
    every = {one: None for kind in Kind for one in models(MODELS[kind])}
    return ((model, rule) for model in every for rule in model.every_rule())


def named(row):
    """Fields that a row of ``x-regles`` names."""
    for key in ("champ", "autre", "debut", "fin", "groupe", "total"):
        if key in row:
            yield row[key]
    for key in ("champs", "autres", "avec", "ou"):
        yield from row.get(key, ())


def test_every_rule_names_fields_and_a_code_that_exist():
    found = list(rules())
    assert len({type(rule) for _, rule in found}) == 15
    for model, rule in found:
        row = rule.schema_row()
        assert set(named(row)) <= set(model.model_fields), (model, row)
        assert row["code"] in all_codes()
        assert json.loads(json.dumps(row)) == row


@EVERY_KIND
def test_a_schema_carries_the_rules_of_its_models(kind):
    schema = kind_schema(kind, lists())
    rows = schema["x-regles"]
    assert [row["regle"] for row in rows] == [one.regle for one in MODELS[kind].every_rule()]
    for row in rows:
        assert row["message"] and "{remede}" not in row["remede"], row
    choices = [one for one in MODELS[kind].every_rule() if isinstance(one, OneOf)]
    assert len(schema.get("allOf", ())) == len(choices)
    for rule in choices:
        told = [error.validator for error in Draft202012Validator(schema).iter_errors({})]
        assert "anyOf" in told, rule


def test_a_group_says_the_first_fault_of_its_own_and_an_entry_none():
    assert [type(rule).__name__ for rule in Seance.every_rule()] == ["Order", "When", "Postponed"]
    nothing = SimpleNamespace(**dict.fromkeys(Event.model_fields))
    assert [fault.code for fault in Event.rules(nothing)] == ["E215", "E217"]


def test_a_row_names_one_of_another_list():
    rule = Among("fermetures", "equipement", "equipements", "E261")
    shut = [SimpleNamespace(equipement=one) for one in ("atelier", None, "planetarium")]
    there = [SimpleNamespace(type="atelier")]
    found = list(rule.faults(SimpleNamespace(fermetures=shut, equipements=there)))
    assert [(one.loc, one.needs) for one in found] == [
        (("fermetures", 2, "equipement"), ("equipements",))
    ]
    assert not [*rule.faults(SimpleNamespace(fermetures=None, equipements=None))]


def at(rule, **values):
    """Where each fault is."""
    found = [*rule.faults(SimpleNamespace(**values))]
    assert {one.code for one in found} <= {rule.schema_row()["code"]}
    return [one.loc for one in found]


NOON, NIGHT = time(12), time(20)
MONDAY, SUNDAY = date(2022, 9, 26), date(2022, 10, 2)
GROUP = SimpleNamespace(a="x")


@pytest.mark.parametrize(
    ("rule", "names", "good", "bad"),
    [
        (OneOf(("a", "b"), "E217"), "a b", [(1, None), (None, 1), (1, 1)], [((None, ""), [()])]),
        (
            OnlyOne(("a", "b", "c"), ("a", "b")),
            "a b c",
            [(None, None, None), (1, 1, None), (None, 1, None)],
            [((1, None, 1), [("c",)]), ((None, 1, 1), [("c",)]), ((1, 1, 1), [("c",)])],
        ),
        (
            OnlyOne(("a", "b", "c"), ("a", "d")),
            "a b c",
            [(1, None, None)],
            [((1, 1, 1), [("b",), ("c",)])],
        ),
        (Excludes("a", "b", "r"), "a b", [(1, None), (None, 1)], [((1, 1), [("a",)])]),
        (Needs("a", "b"), "a b", [(1, 1), (None, None), (None, 1)], [((1, None), [("a",)])]),
        (
            Order("a", "b"),
            "a b",
            [
                (MONDAY, MONDAY),
                (MONDAY, SUNDAY),
                (None, MONDAY),
                (SUNDAY, None),
                (NOON, NIGHT),
                (Moment(MONDAY), Moment(MONDAY, NOON)),
            ],
            [
                ((SUNDAY, MONDAY), [("b",)]),
                ((NIGHT, NOON), [("b",)]),
                ((NOON, NOON), [("b",)]),
                ((Moment(MONDAY, NIGHT), Moment(MONDAY, NOON)), [("b",)]),
            ],
        ),
        (
            Within("a", "b", 6, "E214"),
            "a b",
            [(MONDAY, SUNDAY), (None, SUNDAY), (MONDAY, None)],
            [((MONDAY, date(2022, 10, 3)), [("b",)])],
        ),
        (
            Postponed(),
            "etat debut ancien_debut",
            [
                ("reporte", Moment(MONDAY, NOON), Moment(MONDAY, NOON)),
                ("reporte", Moment(MONDAY, NOON), Moment(MONDAY)),
                ("reporte", None, Moment(MONDAY)),
                ("reporte", Moment(MONDAY), None),
                ("reprogramme", Moment(SUNDAY), Moment(MONDAY)),
                ("annule", Moment(SUNDAY), None),
            ],
            [
                (("reporte", Moment(SUNDAY), Moment(MONDAY)), [("etat",)]),
                (("reporte", Moment(MONDAY, NIGHT), Moment(MONDAY, NOON)), [("etat",)]),
            ],
        ),
        (
            When("a", "v", ("b", "c"), "E215"),
            "a b c",
            [("v", None, 1), ("v", 1, None), ("w", None, 0)],
            [(("v", None, None), [("a",)])],
        ),
        (
            WhenWith("c", "v", "b", "a", "x", "E215"),
            "c b",
            [("v", GROUP), ("w", None)],
            [(("v", None), [("c",)]), (("v", SimpleNamespace(a="y")), [("c",)])],
        ),
        (
            Both("a", ("b", "c"), "E242"),
            "a b c",
            [(1, None, None), (None, 1, 1)],
            [((1, None, 1), [("a",)]), ((1, 1, None), [("a",)])],
        ),
        (
            Bounds("age"),
            "min max",
            [(3, 3), (None, 1), (3, None)],
            [((3, 2), [("max",)]), ((1, 0), [("max",)])],
        ),
        (
            Sum(("a", "b"), "c", "E209"),
            "a b c",
            [(1, 2, 3), (9, 9, None), (None, None, 0)],
            [((1, 3, 3), [("c",)]), ((1, None, 0), [("c",)])],
        ),
        (
            Same("a", "b", "r"),
            "a b",
            [("x", GROUP), (None, GROUP), ("y", None)],
            [(("y", GROUP), [("b", "a")])],
        ),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Rule) else "",
)
def test_what_each_rule_lets_through_and_where_it_is_broken(rule, names, good, bad):
    """``good``: values of the fields of these names; ``bad``: values, and where the faults are."""
    for values, where in [*((some, []) for some in good), *bad]:
        assert at(rule, **dict(zip(names.split(), values, strict=True))) == where, values


def test_what_fills_the_sentence_of_a_fault():
    def filled(rule, **values):
        (one,) = rule.faults(SimpleNamespace(**values))
        return one.values

    assert filled(OnlyOne(("a", "b"), ("a", "c")), a=1, b=1) == {"cle": "a", "autre": "b"}
    assert filled(Needs("a", "b"), a=1, b=None) == {"cle": "a", "autre": "b"}
    (lone,) = Needs("a", "b").faults(SimpleNamespace(a=1, b=None))
    assert lone.needs == ("b",)
    assert filled(Excludes("a", "b", "r"), a=1, b=1) == {"cle": "a", "autre": "b", "remede": "r"}
    assert filled(Order("a", "b"), a=NIGHT, b=NOON) == {
        "fin": "12:00",
        "debut": "20:00",
        "cle": "b",
    }
    assert filled(Sum(("a", "b"), "c", "E209"), a=1, b=3, c=2) == {"somme": 4, "valeur": 2}
    bounds = filled(Bounds("age"), min=3, max=2)
    assert (bounds["valeur"], bounds["cle"]) == (2, "max")
    assert "3" in str(bounds["attendu"])
    same = filled(Same("a", "b", "r"), a="y", b=GROUP)
    assert same == {"cle": "b.a", "autre": "a", "remede": "r"}
