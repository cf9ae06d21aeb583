"""The page of an announcement: what to know to answer it, how, and what to do when it is over."""

from __future__ import annotations

from portail.facts.base import contacts
from portail.facts.channels import family_of
from portail.model.annonce import Annonce
from portail.model.kinds import Kind
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.views.shared import Lien, Message
from portail.site.site import Site
from portail.site.urls import listing_of
from portail.text.dates import jour

_VERBS = {
    "emploi": "Postuler",
    "benevolat": "Proposer mon aide",
    "formation": "S’inscrire",
    "concours": "Participer",
    "appel": "Répondre à l’appel",
}
"""What one does, by category, else by family of categories."""


def annonce_buttons(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    """The first way to answer, while there is time."""
    entry = inputs.item.entry
    assert isinstance(entry, Annonce)
    ways = contacts(entry.contact)
    if inputs.item.passe or not ways:
        return ()
    family = _VERBS.get(family_of(entry, site), "Contacter")
    verb = _VERBS.get(entry.categorie or "", family)
    how = {"courriel": " par courriel", "telephone": " par téléphone"}.get(ways[0].sign, "")
    return (Lien(verb + how, ways[0].url, fin=entry.echeance),)


def annonce_message(inputs: EntryInputs) -> Message | None:
    """That it is over, and where the others are."""
    entry = inputs.item.entry
    assert isinstance(entry, Annonce)
    return _over(entry) if inputs.item.passe else None


def annonce_after(inputs: EntryInputs) -> Message | None:
    """The same, for an announcement that will end."""
    entry = inputs.item.entry
    assert isinstance(entry, Annonce)
    return None if inputs.item.passe else _over(entry)


def _over(entry: Annonce) -> Message | None:
    if not entry.echeance:
        return None
    text = f"Il n’est plus possible d’y répondre depuis le {jour(entry.echeance)}."
    links = (Lien("Les annonces en cours", listing_of(Kind.ANNONCE)),)
    return Message("Cette annonce est terminée", text, liens=links)
