"""What an announcement is in tables of kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portail.facts.base import (
    BOX,
    FEED,
    Fact,
    contacts,
    named,
    names,
    owner,
    sort,
    text_of,
)
from portail.facts.channels import family_of
from portail.facts.common import CONTACT, JOB, whereabouts
from portail.facts.funding import deadline, deadline_today, until
from portail.features.services.alentours.relations import next_of
from portail.features.services.editions.editions import children_of
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.cards import card_of, offered, owned, shows_year, uncapitalised
from portail.outputs.pages.entry.inputs import AROUND, ENTRY_FIELDS, Autour, EntryInputs
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
    CardParts,
)
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.views.shared import Etiquette, Lien, Message
from portail.outputs.pages.words import WORDS
from portail.site.facets import Pair
from portail.site.item import Item
from portail.site.kind_tables import VALUES, WANTED, Rows, Wanted
from portail.site.site import Site
from portail.text.dates import jour, jour_court

from .model import Annonce


def _proposed(item: Item, site: Site) -> Fact:
    return Fact("Proposé par", names(item, site, "organisme"))


_YEARLY = named("Temps fort", "temps_fort")


def annonce_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    entry = item.of(Annonce)
    if entry.categorie:
        yield "categorie", entry.categorie


def annonce_line(item: Item, card: Card, site: Site) -> str:
    if item.is_over:
        return item.entry.kind.info.over
    end = item.entry.limite
    if end is None:
        return ""
    return f"jusqu’au {jour_court(end, semaine=False, annee=shows_year(end, site))}"


# From how many days to its end an announcement says what is left.
_SOON = 3


def annonce_card(item: Item, site: Site) -> CardParts:
    """Until when, who proposes it; whether it is over, or nearly."""
    owners = text_of(owner(item, site))
    labels = (Etiquette("Terminée", "passe"),) if item.is_over else tuple(_last_days(item, site))
    return (deadline_today(item, site), owners), labels


def _last_days(item: Item, site: Site) -> Iterator[Etiquette]:
    # « Plus que 2 jours », « Dernier jour »: true on the day of the build alone.
    today = site.day.date
    last = item.of(Annonce).limite
    days_left = (last - today).days if last else _SOON + 1
    if 0 <= days_left <= _SOON:
        text = "Dernier jour"
        if days_left:
            text = f"Plus que {days_left}\u00a0jour{'s' * (days_left > 1)}"
        yield Etiquette(text, "bientot", forte=True, fin=today)


_WORDS = WORDS["etats"]


def annonce_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    message, after = ended(inputs.item)
    return {"apres": after, "boutons": annonce_buttons(inputs, site), "message": message}


_VERBS = {
    "emploi": "Postuler",
    "benevolat": "Proposer mon aide",
    "formation": "S’inscrire",
    "concours": "Participer",
    "appel": "Répondre à l’appel",
}


def annonce_buttons(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    entry = inputs.item.of(Annonce)
    ways = contacts(entry.contact)
    if inputs.item.is_over or not ways:
        return ()
    verb = _VERBS.get(family_of(entry, site), "Contacter")
    how = _WORDS.get(ways[0].sign, "")
    return (Lien(verb + how, ways[0].url, fin=entry.echeance),)


def ended(item: Item) -> tuple[Message | None, Message | None]:
    """That what ends is over and where the others are; what says so after its last day."""
    end = item.entry.limite
    if not end:
        return None, None
    info = item.entry.kind.info
    text = _WORDS["repondre"].format(jour=jour(end))
    others = Lien(f"Les {uncapitalised(info.coming)}", info.listing)
    links = () if item.apart else (others,)  # those may not be there yet
    over = Message(info.passe, text, liens=links)
    if item.is_over:
        return (over, None)
    return (None, over)


# Announcements shown after one.
_NEAR = 3


def annonces_around(item: Item, site: Site) -> Autour:
    named = (*item.targets, *(child.ref for child in children_of(item, site)))
    following = next_of(site, item.ref, _NEAR, named)
    cards = tuple(card_of(site, tie.ref) for tie in following)
    return Autour(Bloc(WORDS["blocs"]["annonces"], cards, avenir=True) if cards else None)


ROWS: Rows = {
    BOX: (deadline, _proposed, _YEARLY, whereabouts, *JOB, CONTACT),
    FEED: (until, sort, _proposed, whereabouts, *JOB, CONTACT),
    CARD_PARTS: annonce_card,
    VALUES: annonce_values,
    SEARCH_LINE: annonce_line,
    SEARCH_BELOW: owned,
    WEEKLY_DETAILS: offered,
    ENTRY_FIELDS: annonce_fields,
    AROUND: annonces_around,
    WANTED: (
        Wanted(("contact",), "on ne sait pas à qui répondre"),
        Wanted(("organisme",), "on veut savoir qui propose"),
    ),
}
