"""The page of an announcement: how one answers it, that it is over, what is near."""

from __future__ import annotations

from typing import Any

from portail.facts.base import contacts, mail_and_phone
from portail.facts.channels import family_of
from portail.features.kinds.annonces.model import Annonce
from portail.features.services.alentours.relations import next_of
from portail.features.services.editions.editions import children_of
from portail.model.articles import ASKING
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry.around import Autour, OwnBlocs
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.slots import ANNONCE_BLOCS, ANSWERS
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien, Message
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import listing_of
from portail.text.dates import jour

_WORDS = WORDS["etats"]


def annonce_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    """What the page of an announcement has of its own."""
    message, after = annonce_messages(inputs, site)
    return {"apres": after, "boutons": annonce_buttons(inputs, site), "message": message}


_VERBS = {
    "emploi": "Postuler",
    "benevolat": "Proposer mon aide",
    "formation": "S’inscrire",
    "concours": "Participer",
    "appel": "Répondre à l’appel",
    "demande": _WORDS["a_la_demande"],
    "question": _WORDS["a_la_question"],
}
"""What one does, by category, else by family of categories."""


def annonce_buttons(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    """The first way to answer, while there is time."""
    entry = inputs.item.of(Annonce)
    ways = contacts(entry.contact)
    if entry.categorie in ASKING and not ways:  # who asks may be nobody but an inhabitant
        ways = mail_and_phone(site.config.courriel, None)
    if inputs.item.is_over or not ways:
        return ()
    family = _VERBS.get(family_of(entry, site), "Contacter")
    verb = _VERBS.get(entry.categorie or "", family)
    how = _WORDS.get(ways[0].sign, "")
    return (Lien(verb + how, ways[0].url, fin=entry.echeance),)


def annonce_messages(inputs: EntryInputs, site: Site) -> tuple[Message | None, Message | None]:
    """That it is over, and where the others are; what says so once its last day is past; by what
    it was answered."""
    if inputs.item.is_answered:
        answers = tuple(ANSWERS.ask(site, inputs.item))
        return Message(_WORDS["repondue"], _WORDS["par"] if answers else "", liens=answers), None
    end = inputs.item.of(Annonce).echeance
    if not end:
        return None, None
    text = _WORDS["repondre"].format(jour=jour(end))
    others = Lien("Les annonces en cours", listing_of(Annonce.kind))
    links = () if inputs.item.apart else (others,)  # those may not be there yet
    over = Message(_WORDS["terminee"], text, liens=links)
    return (over, None) if inputs.item.is_over else (None, over)


def annonce_blocs(item: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    """What features show of it, then what names it."""
    return OwnBlocs(ANNONCE_BLOCS.ask(site, item), related)


_NEAR = 3
"""Announcements shown after one."""


def annonces_around(item: Item, site: Site) -> Autour:
    """The announcements that follow, without those that its fields name."""
    named = (*item.targets, *(child.ref for child in children_of(item, site)))
    following = next_of(site, item.ref, _NEAR, named)
    cards = tuple(card_of(site, tie.ref) for tie in following)
    return Autour(Bloc(WORDS["blocs"]["annonces"], cards, avenir=True) if cards else None)
