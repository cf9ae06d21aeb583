"""A content written back: read again, it is the same; and its JSON Schema accepts it."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checkout import ROOT
from portail.features.services.schemas.examples import example_page
from portail.features.services.schemas.fields import (
    MAPPINGS,
    example_of,
    fields_of,
    group_of,
    is_list,
)
from portail.features.services.schemas.front_matter import front_matter_of
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.event import Event, Retour
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.source.document import FORBIDDEN, parse_front_matter, split
from portail.source.yaml_text import written as yaml
from portail.text.visible import shows
from tables import reading

SITES = (ROOT / "content", ROOT / "tests/sites/vitrine/content")
A_FILE = PurePosixPath("content/x.md")
EVERY_KIND = pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)


READING = reading("Hauts-de-France")
PLACES = READING.places


def plain(text):
    """The front matter of a file, as models read it."""
    parts = split(text, A_FILE)
    root, found = parse_front_matter(parts.front, A_FILE, parts.front_line)
    assert not found
    return root.plain()


def read(fields, kind):
    return MODELS[kind].model_validate(fields, context=READING)


def again(fields, kind):
    """What a file with these fields says."""
    lines = "\n".join(f"{key}: {yaml(value)}" for key, value in fields.items())
    return read(plain(f"---\n{lines}\n---\n"), kind)


def texts(kind):
    """Files of a kind, the example of ``portail docs`` last: where each is, what it holds."""
    for site in SITES:
        for path in sorted((site / kind.value).rglob("*.md")):
            yield str(path), path.read_text(encoding="utf-8")
    yield "portail docs", example_page(kind)


def shown(entry):
    """A content without what the site never tells of it."""
    told = entry.retour if isinstance(entry, Event) else None
    if told is None:
        return entry
    return entry.model_copy(update={"retour": told.model_copy(update=dict.fromkeys(told.tus))})


@EVERY_KIND
def test_every_content_is_written_as_it_was_read(kind):
    validator = Draft202012Validator(kind_schema(kind, READING.vocabularies))
    for path, text in texts(kind):
        entry = read(plain(text), kind)
        fields = front_matter_of(entry, PLACES.label)
        assert again(fields, kind) == shown(entry), path
        assert [error.message for error in validator.iter_errors(fields)] == [], path


def filled(model, *, year=True):
    """Every field of a model as a file may write it, groups filled in too."""
    found = {}
    for name, info in fields_of(model):
        group = group_of(info)
        if name == "editions":
            found[name] = {"2021": filled(group, year=False)}
        elif group is not None:
            found[name] = [filled(group)] if is_list(name, info) else filled(group)
        elif name != "annee" or year:
            found[name] = example_of(name, info) or ("oui" if is_term(info) else "Un texte")
    return found


def is_term(info):
    return any("x-vocabulaire" in getattr(one, "schema", {}) for one in info.metadata)


@EVERY_KIND
def test_every_field_is_written(kind):
    model = MODELS[kind]
    given = filled(model)
    if "tarif" in given and kind is Kind.EVENT:
        given["tarif"] = {
            "prix": "5,50",
            "reduit": "3",
            "conditions": "Pour tous",
            "gratuit": "non",
        }
        for name in ("annule", *Retour.tus):  # one contradicts the others, two are never told
            del given["retour"][name]
    entry = read(given, kind)
    fields = front_matter_of(entry, PLACES.label)
    defaults = {name for name, info in fields_of(model) if info.default == getattr(entry, name)}
    assert fields.keys() | defaults == {name for name, _ in fields_of(model)}
    assert again(fields, kind) == entry


def test_what_is_only_counted_with_others_is_not_written():
    told = {"tout_public": "0", "satisfaction": "satisfait", "difficultes": "La pluie."}
    entry = read(filled(Event) | {"tarif": {"gratuit": "true"}, "retour": told}, Kind.EVENT)
    assert front_matter_of(entry, PLACES.label)["retour"] == {"tout_public": 0}


def test_the_words_of_a_file():
    entry = read(
        {
            "titre": "Un  atelier",
            "publie_le": "2021-09-01",
            "adresse": {"commune": "62042"},
            "horaires": {
                "du": "2021-09-15",
                "au": "2021-12-15",
                "tous_les": "mercredi",
                "de": "9:00",
                "sauf": ["2021-10-27", "2021-11-01 .. 2021-11-07"],
            },
            "tarif": {"prix": "5,50", "reduit": "3,00", "gratuit": "non"},
            "ancien_debut": "2021-10-02T9:05",
            "ids_externes": {"openagenda": "12"},
            "etat": "programme",
        },
        Kind.EVENT,
    )
    assert front_matter_of(entry, PLACES.label, ("etat", "licence", "genre")) == {
        "titre": "Un atelier",
        "publie_le": "2021-09-01",
        "licence": "CC-BY-SA-4.0",
        "ids_externes": {"openagenda": "12"},
        "horaires": {
            "du": "2021-09-15",
            "au": "2021-12-15",
            "tous_les": ["mercredi"],
            "de": "09:00",
            "sauf": ["2021-10-27", "2021-11-01..2021-11-07"],
        },
        "adresse": {"commune": "Athies (62)"},
        "tarif": {"gratuit": False, "prix": 5.5, "reduit": 3},
        "etat": "programme",
        "ancien_debut": "2021-10-02 09:05",
    }


def test_every_commune_of_the_region_has_a_name_of_its_own():
    home = PLACES.home
    for one in PLACES.communes_of(home):
        found = PLACES.commune(PLACES.label(one.code))
        assert getattr(found, "code", None) == one.code, one


WORDS = st.text(max_size=60).filter(lambda text: shows(text) and not FORBIDDEN.search(text))
TEXTS = WORDS.filter(lambda text: "<" not in text)


@given(
    titre=TEXTS,
    mots=st.lists(TEXTS.map(str.strip), max_size=3, unique=True),
    ids=st.dictionaries(WORDS.map(str.strip).filter(lambda key: key != "<<"), WORDS, max_size=3),
    lat=st.floats(-90, 90),
    prix=st.decimals(0, 10_000, places=6),
)
def test_whatever_is_read_is_written(titre, mots, ids, lat, prix):
    given_fields = {
        "titre": titre,
        "mots_cles": mots,
        "ids_externes": ids,
        "coordonnees": {"lat": str(lat), "lon": "2"},
        "tarifs": [{"libelle": titre, "prix": str(prix)}],
    }
    entry = read(given_fields, Kind.LIEU)
    assert again(front_matter_of(entry, PLACES.label), Kind.LIEU) == entry


def test_the_mappings_are_those_of_the_documentation():
    found = {name for model in MODELS.values() for name, _ in fields_of(model) if name in MAPPINGS}
    assert found == MAPPINGS
