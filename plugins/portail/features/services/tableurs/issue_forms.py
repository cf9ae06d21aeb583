"""The forms by which somebody opens an issue on a forge: made of the columns of the spreadsheets,
hence of the model, with the controlled lists of the portal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from portail.model.vocabulary import Vocabularies
from portail.text.place import Place

from .columns import BODY, IDENTIFIER, Column, Form, forms
from .models import example_cell

FOLDER = ".github/ISSUE_TEMPLATE"
# The file of each form, by the name of its spreadsheet.
FILES: Mapping[str, str] = MappingProxyType(
    {"evenements": "3-evenement.yml", "lieux": "4-lieu.yml"}
)
# The label of the boxes to tick, by which a forge knows an issue that such a form opened.
CONSENT = "Avant d’envoyer"
CONSENTS = (
    "Ce texte est de nous, ou nous avons le droit de le partager sous licence CC BY-SA 4.0.",
    "Rien ici n’est privé : ni adresse, ni téléphone d’une personne. Ce message est public.",
)
# How a form is called, and what begins the title of an issue.
_WORDS = {
    "evenements": ("Un événement", "Événement : "),
    "lieux": ("Un lieu ou une structure", "Lieu : "),
}
_TOLD = "Rempli, il devient un fichier et une proposition que la rédaction relit."
_HEAD = (
    "Écrit d’après le modèle et les listes du portail par « portail docs », qui le renouvelle.",
    "L’envoi est lu par .github/workflows/formulaire.yml.",
)
_INTRO = (
    "Le formulaire du site (« Je contribue ») va plus vite, et prend les images. Ici, quelques "
    "minutes après l’envoi, une réponse dit ce qui est à corriger ; « … → Edit » corrige."
)
_SEVERAL = "Plusieurs se séparent par des points-virgules."
_LONG = frozenset({BODY, "resume"})


def fields_of_form(form: Form) -> list[Column]:
    """The fields that a form asks for: the columns of its spreadsheet but for its identifier."""
    return [column for column in form.template if column.name != IDENTIFIER]


def is_required(form: Form, column: Column) -> bool:
    """Whether nobody can send the form without a field: the model asks for it, or it is the only
    one of the form by which something that is needed is said."""
    names = {candidate.name for candidate in form.template}
    alone = ({*some} & names == {column.name} for some in form.row.exige[1:])
    return column.required or any(alone)


def issue_form(form: Form, place: Place) -> str:
    """The text of the form (« GitHub’s form schema »), its examples at ``place``."""
    name, title = _WORDS[form.name]
    lines = [f"# {line}" for line in _HEAD]
    lines += [f"name: {name}", f"description: {_TOLD}", f"title: {_text(title)}"]
    lines += ["labels: [contenu]", "body:", "  - type: markdown", "    attributes:"]
    lines.append(f"      value: {_text(_INTRO)}")
    for column in fields_of_form(form):
        lines += _element(form, column, place)
    lines += ["  - type: checkboxes", "    id: accord", "    attributes:"]
    lines += [f"      label: {CONSENT}", "      options:"]
    for sentence in CONSENTS:
        lines += [f"        - label: {_text(sentence)}", "          required: true"]
    return "\n".join([*lines, ""])


def _element(form: Form, column: Column, place: Place) -> Iterator[str]:
    kind = "dropdown" if column.choices else "textarea" if column.name in _LONG else "input"
    yield f"  - type: {kind}"
    yield f"    id: {column.name.replace('.', '-')}"
    yield "    attributes:"
    yield f"      label: {_text(column.label)}"
    several = ""
    if column.listed and not column.choices:
        several = f" {_SEVERAL}"
    yield f"      description: {_text(column.help + several)}"
    if column.choices:
        yield f"      multiple: {str(column.listed).lower()}"
        yield "      options:"
        yield from (f"        - {_text(choice)}" for choice in column.choices)
    elif example := example_cell(form, column, place):
        yield f"      placeholder: {_text(example.removesuffix(' (exemple)'))}"
    if is_required(form, column):
        yield "    validations:"
        yield "      required: true"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def issue_form_files(vocabularies: Vocabularies, place: Place) -> dict[str, str]:
    """The text of every form, by its path in the repository of a portal."""
    by_name = forms(vocabularies)
    return {
        f"{FOLDER}/{file}": issue_form(by_name[name], place)
        for name, file in FILES.items()
        if name in by_name
    }
