"""Issues as GitHub writes them from a form: under each label, what was answered."""

from portail.features.services.tableurs.columns import forms
from portail.features.services.tableurs.issue_forms import CONSENT, CONSENTS, FILES, fields_of_form
from portail_importer.deposer.issues import NO_ANSWER
from tables import lists

EVENT = {
    "Titre": "La nuit des papillons",
    "Résumé": "Une sortie fictive, lampe en main.",
    "Format": "sortie ou observation",
    "Date": "samedi 9 octobre 2021",
    "Heure de début": "20 h",
    "Heure de fin": "22 h",
    "Lieu": "Musée",
    "Publics": "familles, adultes",
    "Tarif": "gratuit",
    "Texte": "On apporte sa lampe.\n\nUn drap blanc suffit.",
}
"""Answers by label: an event of the week of these tests, at the lieu « Musée »."""


def known_forms():
    """The forms of a portal that adds nothing to the lists."""
    known = forms(lists())
    return {name: known[name] for name in FILES}


def issue_body(
    answers,
    form="evenements",
    *,
    ticked=True,
    newline="\r\n",
):
    """The text of an issue."""
    labels = [column.label for column in fields_of_form(known_forms()[form])]
    parts = [f"### {label}\n\n{answers.get(label) or NO_ANSWER}" for label in labels]
    boxes = "\n".join(f"- [{'X' if ticked else ' '}] {sentence}" for sentence in CONSENTS)
    text = "\n\n".join([*parts, f"### {CONSENT}\n\n{boxes}"])
    return text.replace("\n", newline)
