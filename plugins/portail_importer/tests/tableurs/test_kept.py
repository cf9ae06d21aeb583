"""A schema is worked out once for all who ask: each gets what the first did."""

from copy import deepcopy

from portail.features.desk.docs.fields_page import fields_page
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.kinds import Kind
from portail.model.vocabulary import Term, Vocabularies, Vocabulary
from portail.resources import data_dir
from portail.text.place import PLACE
from portail_importer.tableurs.columns import forms
from portail_importer.tableurs.models import template


def test_whoever_uses_a_schema_leaves_it_as_it_was():
    lists = Vocabularies.load(data_dir())
    kept = {(kind, at): kind_schema(kind, lists, at) for kind in Kind for at in (PLACE, None)}
    before = deepcopy(kept)
    for kind in Kind:
        fields_page(kind, kept[kind, PLACE], lists)
    for form in forms(lists).values():
        template(form, PLACE)
    assert {key: kind_schema(key[0], lists, key[1]) for key in kept} == before


def test_two_portals_have_each_their_lists():
    ours = Vocabularies.load(data_dir())
    theirs = Vocabularies({**ours, "themes": Vocabulary("themes", (Term("mer", "Mer", "Mer"),))})
    asked = [kind_schema(Kind.EVENT, lists) for lists in (ours, theirs, ours)]
    words = [one["properties"]["themes"]["items"]["enum"] for one in asked]
    assert words[0] == words[2] == [*ours["themes"]]
    assert words[1] == ["mer"]
    assert {*forms(ours)} == {*forms(theirs)} and forms(ours) is not forms(theirs)
