"""Annotated types of the fields, on a small model: values, exact refusals, advice, JSON Schema."""

import pickle
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from doses import cases
from portail.codes import all_codes, diagnostic
from portail.diagnostics import Position
from portail.model.entry import Groupe
from portail.model.fields import (
    Booleen,
    CodePostal,
    CommuneRef,
    Duree,
    Entier,
    Heure,
    Jour,
    Liste,
    MomentField,
    Nombre,
    NomOuRef,
    PeriodeField,
    Ref,
    Terme,
    Texte,
)
from portail.model.kinds import Kind
from portail.model.scalars import Moment, Periode, Reading, champ
from portail.model.vocabulary import Term, Vocabularies, Vocabulary
from strategies import french_texts, wild_texts

PATH = "content/articles/a.md"


@dataclass(frozen=True)
class Commune:
    """A commune, as the reading of fields sees one."""

    code: str
    nom: str
    departement: str


@dataclass(frozen=True)
class Several:
    """Communes of one name."""

    candidates: tuple[Commune, ...]


@dataclass(frozen=True)
class Nothing:
    """No commune of that name."""

    nearest: tuple[str, ...] = ()


class Atlas:
    """Three communes, two of which share a name."""

    def commune(self, text):
        """See ``Places.commune``."""
        shared = (Commune("62700", "Saint-Exemple", "62"), Commune("02700", "Saint-Exemple", "02"))
        many = tuple(Commune(f"6270{n}", f"Ville-{n}", "62") for n in range(7))
        known = {
            "Wizernes": Commune("62897", "Wizernes", "62"),
            "Saint-Exemple": Several(shared),
            "62700": Several((*shared,)),
            "62500": Several(many),
        }
        return known.get(text, Nothing(("Wizernes", "Wismes") if text.startswith("Wi") else ()))


COULEURS = Vocabulary(
    "couleurs",
    (Term("bleu-ciel", "Bleu ciel", "Bleus ciel", ("azur",)), Term("vert", "Vert", "Verts")),
)
NOMBRES = Vocabulary("nombres", tuple(Term(f"nombre-{n}", "x", "x") for n in range(61)))
LETTRES = Vocabulary("lettres", tuple(Term(f"lettre-{n}", "x", "x") for n in range(20)))


class Place(Groupe):
    """A group inside the model."""

    nom: Annotated[str, Texte(10)] = champ("Nom", "…", "ici", default=...)


class Sample(Groupe):
    """One field of each type."""

    texte: Annotated[str, Texte(20)] | None = champ("Texte", "Aide.", "exemple")
    terme: Annotated[str, Terme("couleurs")] | None = champ("Terme", "Aide.")
    lettre: Annotated[str, Terme("lettres")] | None = champ("Lettre", "Aide.")
    numero: Annotated[str, Terme("nombres")] | None = champ("Nombre", "Aide.")
    termes: Annotated[tuple[Annotated[str, Terme("couleurs")], ...], Liste(2)] = champ(
        "Termes", "Aide.", default=()
    )
    lettres: Annotated[tuple[Annotated[str, Terme("lettres")], ...], Liste(2)] = champ(
        "Lettres", "Aide.", default=()
    )
    jour: Jour | None = champ("Jour", "Aide.")
    heure: Heure | None = champ("Heure", "Aide.")
    moment: MomentField | None = champ("Moment", "Aide.")
    periodes: Annotated[tuple[PeriodeField, ...], Liste(3)] = champ("Sauf", "Aide.", default=())
    entier: Annotated[int, Entier(1, 500)] | None = champ("Entier", "Aide.")
    nombre: Annotated[float, Nombre(0, 2.5)] | None = champ("Nombre", "Aide.")
    booleen: Booleen | None = champ("Oui", "Aide.")
    lieu: Annotated[str, Ref(Kind.LIEU, code="E411")] | None = champ("Lieu", "Aide.")
    qui: Annotated[tuple[Annotated[str, NomOuRef(Kind.LIEU)], ...], Liste(3)] = champ(
        "Qui", "Aide.", default=()
    )
    commune: CommuneRef | None = champ("Commune", "Aide.")
    code_postal: CodePostal | None = champ("Code postal", "Aide.")
    duree: Duree | None = champ("Durée", "Aide.")
    place: Place | None = champ("Endroit", "Aide.", {"nom": "ici"})


def reading():
    """Vocabularies and geography of these tests, without advice yet."""
    return Reading(
        Vocabularies({"couleurs": COULEURS, "lettres": LETTRES, "nombres": NOMBRES}), Atlas()
    )


def read(**fields):
    """The sample with these fields."""
    return Sample.model_validate(fields, context=reading())


def refusals(**fields):
    """Place, code, message and hint of each mistake."""
    with pytest.raises(ValidationError) as caught:
        read(**fields)
    found = []
    for error in caught.value.errors():
        fault = error["ctx"]["fault"]
        said = diagnostic(error["type"], Position(PATH), **fault.values)
        found.append(((*error["loc"], *fault.loc), said.code, said.message, said.hint))
    return found


def refusal(**fields):
    """Code, message and hint of the only mistake, which is in the only field."""
    ((loc, *rest),) = refusals(**fields)
    assert loc == tuple(fields)
    code, message, hint = rest
    return code, message, hint


def test_what_is_no_group_and_has_no_name_is_a_value():
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate("", context=reading())
    (error,) = caught.value.errors()
    assert (error["type"], error["ctx"]["fault"].values) == ("E206", {"cle": "valeur"})


def test_which_fields_were_given_is_not_sent_to_another_process():
    one = read(texte="a")
    again = pickle.loads(pickle.dumps(one))
    assert (again, again.model_fields_set) == (one, set())


# ── Text ─────────────────────────────────────────────────────────────────────────────


@cases(
    ("written", "read_as"),
    [
        ("  La  nuit \n de\tMai ", "La nuit de Mai"),
        ("12\u00a0000 visiteurs", "12\u00a0000 visiteurs"),
        ("Pourquoi\u202f?", "Pourquoi\u202f?"),
        ("a < b et c > d", "a < b et c > d"),
    ],
)
def test_text_is_kept_but_for_blanks(written, read_as):
    assert read(texte=written).texte == read_as


def test_text_too_long():
    assert read(texte="é" * 20).texte == "é" * 20
    assert refusal(texte="é" * 21) == (
        "E205",
        "« texte » compte 21 signes ; la limite est de 20.",
        "Raccourcissez-le : les détails vont dans le texte, sous l’en-tête.",
    )


@cases(
    "text",
    ["", "\u00a0", "\xad\u2060", "\u3164", "\u2800", "\U000e0041", "\ufe0f"],
)
def test_text_that_is_empty(text):
    assert refusal(texte=text) == (
        "E206",
        "« texte » n’a pas de valeur.",
        "Complétez-le ; s’il est facultatif, vous pouvez aussi supprimer la ligne.",
    )


def test_text_that_is_none():
    assert refusal(texte=["a"]) == (
        "E202",
        "« texte » attend un texte simple.",
        "Écrivez-le sur la même ligne : texte: …",
    )


@cases(
    ("text", "tag"),
    [("<b>x</b>", "<b>"), ("<!-- x -->", "<!--")],
)  # fmt: skip
def test_text_with_html(text, tag):
    assert refusal(texte=text) == (
        "E246",
        f"« texte » contient du HTML (« {tag} ») : ce champ est du texte simple.",
        "Retirez la balise ; *…* donne l’italique.",
    )


@cases(
    ("text", "word"),
    [
        ("=?utf-8?B?DQo=?=", "=?utf-8?B?"),
        ("=*?*x?Q?y", "=?x?Q?"),
    ],
)
def test_text_with_an_encoded_word(text, word):
    assert refusal(texte=text) == (
        "E257",
        f"« texte » contient un mot encodé (« {word}… ») qu’un courriel lirait autrement.",
        "Écrivez le texte lui-même, comme il doit se lire.",
    )


@cases("text", ["Pourquoi =? Non", "a=?b?c?", "?=", "1+1=?"])
def test_text_with_odd_signs(text):
    assert read(texte=text).texte == text


# ── Controlled lists ─────────────────────────────────────────────────────────────────


@cases("written", ["bleu-ciel", "Bleu ciel", "BLEUS CIEL", "azur", "bleu ciel"])
def test_a_synonym_is_normalised_with_an_advice(written):
    context = reading()
    sample = Sample.model_validate({"terme": written}, context=context)
    assert sample.terme == "bleu-ciel"
    assert context.advice == ([] if written == "bleu-ciel" else [("terme", written, "bleu-ciel")])


def test_an_unknown_term():
    assert refusal(terme="bleu-cielo")[2] == "Vouliez-vous dire « bleu-ciel » ?"
    assert refusal(terme="magenta") == (
        "E203",
        "« magenta » n’est pas une valeur de « terme ».",
        "Choisissez : bleu-ciel, vert.",
    )
    every = ", ".join(f"lettre-{rank}" for rank in range(20))
    assert refusal(lettre="magenta")[2] == f"Choisissez : {every}."
    most = ", ".join(f"nombre-{rank}" for rank in range(60))
    assert refusal(numero="magenta")[2] == f"Choisissez : {most}, …."


def test_terms_separated_by_commas():
    ((loc, code, message, hint),) = refusals(termes="azur, Vert")
    assert (loc, code) == (("termes", 0), "E203")
    assert message == "« azur, Vert » n’est pas une valeur de « termes »."
    assert hint == "Une liste s’écrit entre crochets : termes: [bleu-ciel, vert]"


def test_terms_separated_by_semicolons_are_all_kept_even_if_one_is_not_sure():
    ((_, _, _, hint),) = refusals(termes="azur ; vart")
    assert hint == "Vouliez-vous dire termes: [bleu-ciel, vert] ?"
    ((_, _, _, hint),) = refusals(termes="azur ; Vert")
    assert hint == "Une liste s’écrit entre crochets : termes: [bleu-ciel, vert]"


@cases(
    ("written", "hint"),
    [
        ("azur, Vert", "Ce champ ne prend qu’une valeur. Gardez bleu-ciel ou vert."),
        ("azur ; vart", "Ce champ ne prend qu’une valeur. Gardez bleu-ciel ou vert."),
        ("azur, magenta", "Ce champ ne prend qu’une valeur. Gardez bleu-ciel."),
        ("azur, bleu ciel", "Vouliez-vous dire « bleu-ciel » ?"),
        ("vert,", "Vouliez-vous dire « vert » ?"),
        ("magenta, orange", "Choisissez : bleu-ciel, vert."),
    ],
)
def test_a_field_of_one_value_is_never_told_to_be_a_list(written, hint):
    assert refusal(terme=written)[2] == hint


def test_a_list_is_never_told_to_hold_more_than_it_can():
    ((_, _, _, hint),) = refusals(lettres="lettre-1, lettre-2 ; lettre-3")
    assert hint == (
        "Ce champ prend 2 valeurs au plus. Gardez-les parmi : lettre-1, lettre-2, lettre-3."
    )
    ((_, _, _, hint),) = refusals(termes="azur, Vert, bleu ciel")
    assert hint == "Une liste s’écrit entre crochets : termes: [bleu-ciel, vert]"


# ── Lists ────────────────────────────────────────────────────────────────────────────


def test_one_value_alone_is_a_list_of_one():
    assert read(termes="vert").termes == ("vert",)
    assert read(termes=[]).termes == ()


def test_a_value_written_twice():
    ((loc, code, message, hint),) = refusals(qui=["La Coupole", "b", "La Coupole"])
    assert (loc, code) == (("qui", 2), "E238")
    assert message == "« La Coupole » est écrit deux fois dans « qui »."
    assert hint == "Gardez-en une."


def test_every_wrong_value_of_a_list_is_said():
    found = refusals(termes=["magenta", ["vert"]], periodes=["x", "2021-10-01", ""])
    assert [(loc, code) for loc, code, *_ in found] == [
        (("termes", 0), "E203"),
        (("termes", 1), "E202"),
        (("periodes", 0), "E210"),
        (("periodes", 2), "E206"),
    ]


# ── Other scalars ────────────────────────────────────────────────────────────────────


def test_typed_values():
    sample = read(
        jour=" 2021-10-09 ", heure="9:05", moment="2021-10-09T14:00", entier="40", nombre="2,5",
        periodes=["2021-11-01..2021-11-07"], booleen="oui", lieu="la-coupole",
        qui=["la-coupole", "Ville d’Amiens"], commune="Wizernes", code_postal="62 570",
        duree="1 h\u00a030",
    )  # fmt: skip
    assert sample.model_dump(exclude_none=True, exclude_defaults=True) == {
        "jour": "2021-10-09", "heure": "09:05:00", "moment": "2021-10-09 14:00", "entier": "40",
        "nombre": "2.5", "periodes": (str(Periode(date(2021, 11, 1), date(2021, 11, 7))),),
        "booleen": "True", "lieu": "la-coupole",
        "qui": ("la-coupole", "Ville d’Amiens"), "commune": "62897", "code_postal": "62570",
        "duree": "1 h 30",
    }  # fmt: skip
    assert sample.jour == date(2021, 10, 9)
    assert sample.heure == time(9, 5)
    assert sample.moment == Moment(date(2021, 10, 9), time(14))
    assert (sample.entier, sample.nombre, sample.booleen) == (40, 2.5, True)


def test_bounds_are_said():
    assert refusal(entier="0")[2] == "Écrivez un nombre entier de 1 à 500."
    assert refusal(nombre="3")[2] == "Écrivez un nombre de 0 à 2,5."


@cases("text", ["01000", "62 570"])
def test_a_postcode_keeps_its_zero(text):
    assert read(code_postal=text).code_postal == text.replace(" ", "")


@cases("text", ["512", "6257O", "٦٢٥٧٠"])
def test_postcodes_that_are_none(text):
    assert refusal(code_postal=text) == (
        "E222",
        f"« {text} » n’est pas un code postal.",
        "Écrivez cinq chiffres, par exemple 75001.",
    )


@cases(
    "text", ["45 min", "1 h 30", "1h30", "1 h 30 min", "6 mois",
             "1 jour ou 2 jours"]
)  # fmt: skip
def test_durations(text):
    assert read(duree=text).duree == text


@cases("text", ["une heure", "12:30:00", "1,5 h", "-2 h", "1000 min"])
def test_durations_that_are_none(text):
    assert refusal(duree=text) == (
        "E244",
        f"« {text} » n’est pas une durée.",
        "Écrivez par exemple 1 h 30, 45 min, 2 h ou 3 jours.",
    )


# ── Communes ─────────────────────────────────────────────────────────────────────────


def test_a_commune_is_kept_as_its_code():
    assert read(commune=" Wizernes ").commune == "62897"


def test_a_shared_name():
    assert refusal(commune="Saint-Exemple") == (
        "E431",
        (
            "Plusieurs communes s’appellent « Saint-Exemple » : Saint-Exemple (62), 62700 ; "
            "Saint-Exemple (02), 02700."
        ),
        "Précisez le département, par exemple Saint-Exemple (62), ou écrivez le code INSEE.",
    )


def test_a_postcode_instead_of_a_commune():
    assert refusal(commune="62500") == (
        "E431",
        (
            "Plusieurs communes ont le code postal 62500 : Ville-0 (62), 62700 ; "
            "Ville-1 (62), 62701 ; Ville-2 (62), 62702 ; Ville-3 (62), 62703 ; "
            "Ville-4 (62), 62704 ; Ville-5 (62), 62705 et 1 autre."
        ),
        "Écrivez le nom de la commune, par exemple Ville-0 (62).",
    )


def test_a_number_that_is_an_insee_code_and_a_postcode():
    assert refusal(commune="62700") == (
        "E431",
        (
            "62700 est un code INSEE, et le code postal d’autres communes : "
            "Saint-Exemple (62), 62700 ; Saint-Exemple (02), 02700."
        ),
        "Écrivez le nom de la commune, par exemple Saint-Exemple (62).",
    )


def test_an_unknown_commune():
    assert refusal(commune="Wizerne") == (
        "E432",
        "La commune « Wizerne » est inconnue.",
        "Vouliez-vous dire « Wizernes », « Wismes » ?",
    )
    assert refusal(commune="Xyz")[2] == "Vérifiez son nom, ou écrivez son code INSEE."


# ── Groups ───────────────────────────────────────────────────────────────────────────


def test_groups():
    assert read(place={"nom": "ici"}).place == Place(nom="ici")
    assert refusal(place="ici")[:2] == (
        "E208",
        "« place » attend plusieurs champs, chacun avec son nom.",
    )
    assert refusal(place="")[:2] == ("E206", "« place » n’a pas de valeur.")
    assert refusals(place={"nom": "x" * 11})[0][:2] == (("place", "nom"), "E205")


def test_models_do_not_change():
    with pytest.raises(ValidationError):
        read(texte="a").texte = "b"


# ── Properties ───────────────────────────────────────────────────────────────────────

PLAIN = st.recursive(
    wild_texts(12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(wild_texts(6), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(Sample.model_fields)), PLAIN, max_size=4))
def test_any_value_is_read_or_refused_with_our_words(fields):
    try:
        read(**fields)
    except ValidationError as error:
        for one in error.errors():
            assert one["type"] in all_codes() or one["type"] in {"extra_forbidden", "missing"}
            assert one["loc"][0] in fields


@given(french_texts())
def test_french_text_is_never_refused_but_for_its_length(text):
    wide = Sample.model_fields["texte"]
    assert wide.title == "Texte"
    if 0 < len(text.strip()) <= 20:
        sample = read(texte=text)
        assert sample.texte
        assert read(texte=sample.texte).texte == sample.texte  # reading twice changes nothing


# ── JSON Schema ──────────────────────────────────────────────────────────────────────


def test_the_schema_says_type_bounds_and_code():
    properties = Sample.model_json_schema()["properties"]

    def found(name):
        schema = properties[name]
        return next((one for one in schema.get("anyOf", []) if one != {"type": "null"}), schema)

    assert found("texte") == {"type": "string", "minLength": 1, "maxLength": 20, "x-code": "E205"}
    assert found("terme") == {"type": "string", "x-vocabulaire": "couleurs", "x-code": "E203"}
    assert found("entier") == {"type": "integer", "minimum": 1, "maximum": 500, "x-code": "E209"}
    assert found("nombre") == {"type": "number", "minimum": 0, "maximum": 2.5, "x-code": "E209"}
    assert found("booleen") == {"type": "boolean", "x-code": "E226"}
    assert found("jour") == {"type": "string", "format": "date", "x-code": "E210"}
    assert found("lieu") == {"type": "string", "x-references": ["lieux"], "x-code": "E411"}
    assert properties["termes"]["items"] == found("terme")
    assert properties["texte"]["title"] == "Texte"
    assert properties["texte"]["description"] == "Aide."
    assert properties["texte"]["examples"] == ["exemple"]
    assert Place.model_json_schema()["required"] == ["nom"]
