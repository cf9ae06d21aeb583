"""What the forms ask: every field of the models, or a reason not to ask it."""

import re
from copy import deepcopy

import pytest

from portail import cli
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.faults import phrases
from portail.model.kinds import FORMS, Kind
from portail.model.rules import Rule
from portail.model.vocabulary import Vocabularies
from portail.resources import brought, within
from portail_contribuer.contribuer import asking
from portail_contribuer.contribuer.drawn import (
    Champ,
    Lignes,
    Pli,
    control_paths,
    drawn,
    faults,
    field_schema,
)
from portail_contribuer.contribuer.layout import Field, Layout, Part, file_of, layout_of
from remake import replace

KINDS = sorted(FORMS)
MODES = {"reconduire", "modifier", "retour"}
"""What a form may begin from (``js/contribuer-reprise.js``)."""
each = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)


@pytest.fixture(scope="module")
def vocabularies(racine):
    return Vocabularies.load(racine / "data")


@pytest.fixture
def schema(kind, vocabularies):
    return kind_schema(kind, vocabularies)


def rules(above=Rule):
    """Names of the rules across fields, which schemas tell."""
    return {name for one in above.__subclasses__() for name in (one.regle, *rules(one))}


def test_scripts_know_every_rule_and_every_sentence():
    scripts = within(brought("theme"), "static/js")
    known = (scripts / "contribuer-regles.js").read_text(encoding="utf-8")
    assert {*re.findall(r"^  '?([a-z-]+)'?: \(", known, re.MULTILINE)} == rules()
    for name in ("controle", "lecture", "regles"):
        script = (scripts / f"contribuer-{name}.js").read_text(encoding="utf-8")
        said = set(re.findall(r"phrase\('([a-z_]+)'", script))
        assert said <= set(phrases()), said - set(phrases())


@each
def test_a_schema_is_left_as_it_was(kind, schema):
    before = deepcopy(schema)
    drawn(layout_of(kind), schema)
    assert schema == before


@each
def test_every_field_is_asked_once_or_left_out_for_a_reason(kind, schema, racine):
    layout, paths = layout_of(kind), [*control_paths(layout_of(kind))]
    assert [*faults(layout, schema, file_of(kind))] == []
    assert len(paths) == len(set(paths)) > 10
    assert all(len(reason.split()) > 3 for reason in layout.ecartes.values())
    assert (racine / file_of(kind)).is_file()


def test_what_a_form_forgot_is_said_with_the_two_ways_out(vocabularies):
    layout, schema = layout_of(Kind.EVENT), deepcopy(kind_schema(Kind.EVENT, vocabularies))
    schema["properties"]["langues"] = {"type": "array", "items": {"type": "string"}}
    schema["properties"]["tarif"]["properties"]["rabais"] = {"type": "number"}
    del schema["properties"]["resume"]
    left = dict(layout.ecartes) | {"titre": "on le devine, dit-on", "ancien": "n’est plus, dit-on"}
    file = "plugins/portail_contribuer/forms/event.yml"
    assert file_of(Kind.EVENT) == file
    forgotten = (
        "Le champ « {0} » n’est ni demandé par le formulaire, ni écarté.\n→ {1} : ajoutez "
        "« - {{chemin: {0}, saisie: …}} » à l’une de ses parties, ou « {0}: pourquoi il n’est pas "
        "demandé » à ses « ecartes »."
    )
    assert [*faults(replace(layout, ecartes=left), schema, file)] == [
        forgotten.format("langues", file),
        forgotten.format("tarif.rabais", file),
        f"Le champ « ancien » n’existe plus.\n→ {file} : retirez-le.",
        f"Le champ « resume » n’existe plus.\n→ {file} : retirez-le.",
        f"Le champ « titre » est demandé et écarté.\n→ {file} : retirez-le de l’un des deux.",
    ]


@each
def test_words_limits_and_what_is_required_are_those_of_the_schema(kind, schema):
    every = controls(drawn(layout_of(kind), schema))
    title, said = every[0], schema["properties"]["titre"]
    assert (title.libelle, title.limite, title.requis) == (
        said["title"], said["maxLength"], "obligatoire",
    )  # fmt: skip
    told = {one.chemin: one.requis for one in every}
    for name in set(schema["required"]) - layout_of(kind).ecartes.keys():
        assert told[name] == "obligatoire", name
    ids = [one.cle for one in every]
    assert len(ids) == len(set(ids)), "each control has a name of its own"
    assert {"corps", "accord"} <= set(ids)


@each
def test_conditions_name_a_control_and_one_of_its_values(kind, schema):
    parts = drawn(layout_of(kind), schema)
    known = {one.chemin: one for one in controls(parts)}
    for condition in conditions(parts):
        name, _, values = condition.partition("=")
        if name == "@origine":
            assert {*values.split(",")} <= MODES, condition
            continue
        codes = {one.code for one in known[name].choix}
        if values == "?":
            assert known[name].saisie == "reference", condition
        elif codes and values != "*":
            assert {*filter(None, values.split(","))} <= codes, condition
        else:
            assert values in ("", "*"), condition


@each
def test_what_is_asked_first_names_fields_and_once(kind, schema):
    """Of whoever mends a content: a field, its group, rows, a control outside the file (``@``)."""
    parts, layout = drawn(layout_of(kind), schema), layout_of(kind)
    known = {one.chemin: one for one in controls(parts)}
    names = {f"@{one.chemin}" if one.hors else one.chemin for one in controls(parts)}
    rows = {one.chemin for one in everything(parts) if isinstance(one, Lignes)}
    assert layout.questions, "a correction asks what is wrong"
    assert len({one.cle for one in layout.questions}) == len(layout.questions)
    assert "autre" not in {one.cle for one in layout.questions}, "the whole form"
    for question in layout.questions:
        for wanted in question.champs:
            name, _, condition = wanted.partition(":")
            assert any(f"{one}.".startswith(f"{name}.") for one in names | rows), wanted
            if condition:
                witness, _, value = condition.partition("=")
                assert value in {one.code for one in known[witness].choix}, wanted


def test_only_what_is_asked_at_first_is_shown_and_a_choice_may_be_left_unsaid(vocabularies):
    schema = kind_schema(Kind.EVENT, vocabularies)
    event = {one.chemin: one for one in controls(drawn(layout_of(Kind.EVENT), schema))}
    hidden = {name for name, one in event.items() if one.cache}
    assert {"en_ligne", "tarif.prix", "inscription.url", "image.alt"} <= hidden
    assert not hidden & {"lieu", "adresse.commune", "titre", "inscription.regime"}
    assert event["inscription.regime"].choix[0].code == event["inscription.regime"].defaut == ""
    assert event["langue"].defaut == "fr" and event["langue"].choix[0].code == "fr"
    assert event["mode"].defaut == "sur-place"


def test_a_field_that_the_schema_lacks_is_refused(vocabularies):
    part = Part("a", "A", (Field("tarif.rabais", "nombre"),))
    with pytest.raises(KeyError, match="rabais"):
        drawn(Layout("", "", "", (part,)), kind_schema(Kind.EVENT, vocabularies))


def test_a_field_is_required_when_its_groups_are(vocabularies):
    schema = kind_schema(Kind.EVENT, vocabularies)
    assert field_schema(schema, "titre")[1]
    assert not field_schema(schema, "image.alt")[1], "an event may have no picture"


def controls(parts):
    """Every control of a form but those of its rows."""
    return [one for one in everything(parts) if isinstance(one, Champ)]


def everything(parts):
    """Every control of a form and all its rows."""
    return [
        each
        for part in parts
        for one in part.contenu
        for each in (one.contenu if isinstance(one, Pli) else (one,))
    ]


def conditions(parts):
    """Each condition of what is not in a row."""
    folds = [one for part in parts for one in part.contenu if isinstance(one, Pli)]
    for one in (*folds, *everything(parts)):
        yield from filter(None, one.si.split(";"))


def test_the_command_tells_of_a_field_that_a_form_forgot(racine, monkeypatch, capsys):
    event = layout_of(Kind.EVENT)
    rest = dict(event.ecartes)
    field, _ = rest.popitem()
    monkeypatch.setattr(asking, "FORMS", (Kind.EVENT,))
    monkeypatch.setattr(asking, "layout_of", lambda _: replace(event, ecartes=rest))
    assert cli.main(["docs", "--check", "--dossier", str(racine / "docs")]) == 1
    assert capsys.readouterr().err.startswith(
        f"Le champ « {field} » n’est ni demandé par le formulaire, ni écarté.\n"
        f"→ {file_of(Kind.EVENT)} : "
        f"ajoutez « - {{chemin: {field}, saisie: …}} » à l’une de ses parties, "
        f"ou « {field}: pourquoi il n’est pas demandé » à ses « ecartes ».\n"
    )
