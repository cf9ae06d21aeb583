"""Where a cursor stands, and what may be written there."""

from doses import cases
from portail.features.intake.lsp.answers import Names, hover, proposals
from portail.features.intake.lsp.cursor import Cursor, cursor_at
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir

KNOWN = Names(
    {"lieux": {"dome": "Le Dôme", "musee": "Musée de Normandie"}, "events": {"nuit": "La nuit"}},
    ("Caen", "Rouen"),
)
HEAD = "---\ntitre: A\n"


def at(text):
    """The cursor at the sign « ‸ » of a text."""
    lines = text.split("\n")
    line = next(rank for rank, one in enumerate(lines) if "‸" in one)
    column = lines[line].index("‸")
    return cursor_at([one.replace("‸", "") for one in lines], line, column)


@cases(
    ("text", "found"),
    [
        ("for‸", Cursor((), "", "for")),
        ("format: ate‸", Cursor((), "format", "ate")),
        ("format: [atelier, jeu‸", Cursor((), "format", " jeu")),
        ("format:\n  - ate‸", Cursor(("format",), "", "ate")),
        ("adresse:\n  rue: A\n  com‸", Cursor(("adresse",), "", "com")),
        ("adresse:\n  commune: Ca‸", Cursor(("adresse",), "commune", "Ca")),
        ("seances:\n  - debut: 2027-01-01\n    et‸", Cursor(("seances",), "", "et")),
        ("seances:\n  - et‸", Cursor(("seances",), "", "et")),
        ("tarif: {gra‸", Cursor(("tarif",), "", "gra")),
        ("tarif: {prix: 5, gra‸", Cursor(("tarif",), "", "gra")),
        ("tarif: {gratuit: tr‸", Cursor(("tarif",), "gratuit", "tr")),
        ("horaires: {tous_les: [lundi, ma‸", Cursor(("horaires",), "tous_les", " ma")),
    ],
)
def test_a_cursor_is_found(text, found):
    seen = at(HEAD + text)
    assert (seen.around, seen.key, seen.text.strip()) == (
        found.around,
        found.key,
        found.text.strip(),
    )


@cases("text", ["‸---\na: b", "---\na: b\n---\nle ‸texte", "a: ‸b"])
def test_a_cursor_elsewhere_is_none(text):
    assert at(text) is None


def proposed(text, said=()):
    cursor = at(HEAD + text)
    schema = kind_schema(Kind.EVENT, Vocabularies.load(data_dir()))
    return [one.text for one in proposals(schema, cursor, KNOWN, said)]


def test_what_may_be_written_is_proposed():
    assert "format" in proposed("‸") and "format" not in proposed("‸", ("format",))
    assert proposed("format: ate‸") == ["atelier"]
    assert proposed("lieu: dôme‸") == ["dome"]
    assert proposed("lieu: norm‸") == ["musee"], "a content is found by its title"
    assert proposed("adresse: {commune: ca‸") == ["Caen"]
    assert proposed("exemple: ‸") == ["true", "false"]
    assert proposed("seances:\n  - etat: rep‸")[0].startswith("rep")
    assert proposed("inconnu: ‸") == []


def test_a_field_and_a_code_are_told():
    schema = kind_schema(Kind.EVENT, Vocabularies.load(data_dir()))
    told = hover(schema, Cursor((), "format", "atelier"), "atelier")
    assert told.startswith("`atelier` : atelier\n\n**Format** (`format`)\n")
    assert "Exemple : `format: [atelier]`" in told
    assert hover(schema, Cursor((), "", "x"), "x") == ""
