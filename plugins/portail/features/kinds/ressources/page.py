"""The page of a resource: its box, availability, how to get or borrow it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from portail.facts.audience import audience, language
from portail.facts.base import Fact, licence, texts
from portail.facts.channels import added
from portail.facts.funding import deadline, eligible, is_closed, past
from portail.facts.place import town
from portail.features.services.alentours.blocs import what_next
from portail.model.resource import Pret
from portail.outputs.pages.entry.around import OwnBlocs
from portail.outputs.pages.entry.box import parted
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.entry.tables import faits
from portail.outputs.pages.names import resolve_names, resolved_values
from portail.outputs.pages.slots import LENT, OPEN_FUNDINGS
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien, Message
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.showings import shown_format
from portail.site.site import Site
from portail.site.urls import HOME
from portail.text.typography import capital, euros, nombre

from .loans import OutilView, asking, with_loans
from .model import Ressource
from .state import tool_state
from .tool_cards import months_of, pieces


def ressource_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    entry = inputs.item.of(Ressource)
    message, after = ressource_messages(inputs, site)
    facts = (*ressource_rows(inputs, site), *added(site, "page", inputs.item))
    listed = not (inputs.item.reseau or inputs.item.apart)
    lent = LENT.ask(site) if entry.itinerante and listed else ""
    trail = {"fil": (Lien("Accueil", HOME), Lien("Catalogue", lent))} if lent else {}
    return {
        **trail,
        "apres": after,
        "boutons": ressource_buttons(inputs, site),
        **parted(entry.kind, faits(facts)),
        "message": message,
        "outil": ressource_view(inputs, site),
    }


def ressource_blocs(item: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    cards = what_next(item, related, site)
    return OwnBlocs(rest=related, last=(Bloc("À voir aussi", cards),) if cards else ())


def ressource_rows(inputs: EntryInputs, site: Site) -> Iterator[Fact]:
    item = inputs.item
    links = inputs.links
    entry = item.of(Ressource)
    yield deadline(item, site)
    yield Fact("Montant", texts(entry.montant))
    owner = resolved_values(entry, "proprietaire", links)
    if entry.itinerante:
        place = town(item.commune)
        yield Fact("Prêteur", tuple(value._replace(note=place) for value in owner))
        price = entry.pret.tarif if entry.pret else None
        yield Fact(WORDS["prets"]["tarif"], texts(capital(price or "")))
    ages = (value._replace(text=capital(value.text)) for value in audience(item, site).values)
    yield Fact("Pour qui", (*eligible(item, site).values, *ages))
    yield Fact("Durée", texts(entry.duree))
    if entry.itinerante:
        yield asked_ahead(entry.pret or Pret())
    else:
        yield Fact("Propriétaire", owner)
    yield Fact("Porteur", resolved_values(entry, "porteur", links))
    yield Fact("Conception", resolved_values(entry, "auteurs_ressource", links))
    yield Fact("Année", texts(str(entry.annee) if entry.annee else None))
    yield language(item, site)
    if not entry.itinerance and entry.itinerante:
        carried = [fact for fact in carrying(entry.pret or Pret()) if fact.values]
        yield from carried if len(carried) <= _THIN else ()
    if entry.acces:
        terms = licence(entry.acces.licence, site.vocabularies).text
        # What a loan costs is told above.
        price = None if entry.itinerante and entry.pret and entry.pret.tarif else entry.acces.tarif
        yield Fact("Accès", texts(capital(price or ""), terms))


# Facts about moving a tool that its box holds: so few make no part of the page.
_THIN = 2


def ressource_buttons(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    """Ask for the loan, see the resource: what one comes for is first."""
    entry = inputs.item.of(Ressource)
    links: list[Lien] = []
    owner = resolve_names(entry, "proprietaire", inputs.links)
    if entry.itinerante:
        lender = tool_state(site, inputs.item.ref).preteur
        links += asking(inputs.item, lender, owner[0] if owner else None, site)
    url = entry.acces.url if entry.acces else None
    if url:
        open_ = entry.finance and not is_closed(inputs.item, site)
        verb = "Faire une demande" if open_ else "Consulter en ligne"
        end = entry.limite if open_ else None
        links.append(Lien(verb, url, urlsplit(url).hostname or "", fin=end))
    if entry.itinerante and not links:
        links += [Lien(WORDS["prets"]["voir"], who.url) for who in owner if who.url]
    return tuple(links)


def ressource_messages(inputs: EntryInputs, site: Site) -> tuple[Message | None, Message | None]:
    """That a funding is closed; what says so once its last day is past."""
    if not inputs.item.of(Ressource).limite:
        return None, None
    url = "" if inputs.item.apart else OPEN_FUNDINGS.ask(site)
    links = (Lien("Ceux qui restent ouverts", url),) if url else ()
    over = Message(past(inputs.item), "On ne peut plus le demander.", liens=links)
    if is_closed(inputs.item, site):
        return (over, None)
    return (None, over)


def ressource_view(inputs: EntryInputs, site: Site) -> OutilView | None:
    entry = inputs.item.of(Ressource)
    if not entry.itinerante:
        return None
    rows = list(carrying(entry.pret or Pret()))
    facts = faits(rows)
    thin = len(facts) <= _THIN and not entry.itinerance
    owner = resolve_names(entry, "proprietaire", inputs.links)
    view = OutilView(
        transport=() if thin else facts,
        a_demander=not all(fact.values for fact in rows),
        preteur=owner[0] if owner else None,
        publique=bool(shown_format(entry, site.vocabularies)),
        mois=months_of(site, inputs.item.ref),
    )
    return with_loans(view, inputs, site)


def carrying(loan: Pret) -> Iterator[Fact]:
    yield Fact("Contenu", texts(*pieces(loan)))
    surface = f"{nombre(loan.surface_m2)}\u00a0m²" if loan.surface_m2 else None
    yield Fact("Place nécessaire", texts(surface))
    yield Fact("Poids", texts(f"{nombre(loan.poids_kg)}\u00a0kg" if loan.poids_kg else None))
    yield Fact("Montage", texts(capital(loan.montage or "")))
    yield Fact("Transport", texts(capital(loan.transport or "")))
    yield Fact("Valeur à assurer", texts(euros(loan.assurance_eur) if loan.assurance_eur else None))
    if loan.exemplaires > 1:
        yield Fact("Exemplaires", texts(str(loan.exemplaires)))


def asked_ahead(loan: Pret) -> Fact:
    """How long before one asks for a loan."""
    wait = f"{loan.delai_jours} jours à l’avance" if loan.delai_jours else None
    return Fact("À demander", texts(wait))
