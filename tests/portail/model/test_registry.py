"""Which model is of which kind, and what an entry names in its fields."""

import pytest

from portail.model.entry import REDACTION
from portail.model.kinds import KINDS, Kind
from portail.model.registry import MODELS, references_of


@pytest.fixture
def mentions(made):
    """A function that tells what an entry of a kind names, in one of its fields or in all."""
    return lambda kind, field="", **fields: [*references_of(made(kind, **fields), field)]


def test_a_model_for_each_kind():
    assert set(MODELS) == set(Kind)
    assert list(KINDS) == list(Kind)
    for kind, model in MODELS.items():
        named = f"genre-{kind.value}" if kind.info.champs else kind.info.class_name
        assert model.kind is kind and model.__name__ == named


def test_in_the_order_of_fields_with_their_place(mentions):
    found = mentions(
        Kind.EVENT,
        organisateurs=["musee", "Ville"],
        lieu="musee",
        territoires=["somme"],
        evenement_parent="village",
    )
    assert [(one.loc, one.value, one.folders) for one in found] == [
        (("auteurs", 0), REDACTION, ("lieux", "auteurs")),
        (("territoires", 0), "somme", ("territoires",)),
        (("lieu",), "musee", ("lieux",)),
        (("organisateurs", 0), "musee", ("lieux", "auteurs")),
        (("organisateurs", 1), "Ville", ("lieux", "auteurs")),
        (("evenement_parent",), "village", ("events",)),
    ]


def test_inside_groups_and_lists_of_groups(mentions):
    loans = [
        {"emprunteur": "École", "du": "2021-10-01", "au": "2021-10-02"},
        {"lieu": "musee", "du": "2021-10-03", "au": "2021-10-04"},
    ]
    found = mentions(Kind.RESSOURCE, itinerance=loans)
    assert found[-1].loc == ("itinerance", 1, "lieu")
    dossier = mentions(Kind.DOSSIER, elements=["articles/a"], regle={"territoire": "x"})
    assert [one.loc for one in dossier[1:]] == [("elements", 0, "ref"), ("regle", "territoire")]


def test_of_one_field_alone(mentions):
    named = {"organisateurs": ["musee", "Ville"], "lieu": "musee"}
    found = mentions(Kind.EVENT, "organisateurs", **named)
    assert [one.loc for one in found] == [("organisateurs", 0), ("organisateurs", 1)]


def test_fields_without_reference_name_nothing(mentions):
    found = mentions(Kind.LIEU, site="https://example.org/")
    assert [one.value for one in found] == [REDACTION]


@pytest.mark.parametrize(
    ("value", "known", "expected"),
    [
        ("x", {"lieux/x"}, "lieux/x"),
        ("x", {"auteurs/x"}, "auteurs/x"),
        ("x", {"auteurs/x", "lieux/x"}, "lieux/x"),
        ("x", {"articles/x"}, None),
        ("lieux/x", {"lieux/x"}, "lieux/x"),
        ("lieux/x", {"lieux/y"}, None),
        ("articles/x", {"articles/x"}, None),
        ("Ville / Nord", {"lieux/x"}, None),
    ],
)
def test_named(mentions, value, known, expected):
    (one,) = (
        one for one in mentions(Kind.EVENT, organisateurs=[value]) if one.loc[0] == "organisateurs"
    )
    assert one.named(known) == expected
