"""The page of a resource: its box, how to get or to borrow it, what only tools show."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from portail.facts.audience import audience, language
from portail.facts.base import Fact, licence, missing, texts
from portail.facts.channels import deadline
from portail.facts.when import day_of
from portail.facts.where import town
from portail.model.ressource import Pret, Ressource
from portail.outputs.pages.borrowing import asking
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, faits, kit_of, resolve_names, resolved_values
from portail.outputs.pages.loans import with_loans
from portail.outputs.pages.states import RessourceState
from portail.outputs.pages.views.ressource import OutilView
from portail.outputs.pages.views.shared import Lien, Message
from portail.site.showings import shown_format
from portail.site.site import Site
from portail.text.inline import plain
from portail.text.numbers import euros, nombre
from portail.text.typography import capital


def ressource_rows(inputs: EntryInputs, site: Site) -> Iterator[Fact]:
    """Rows of the box."""
    item, entry, kit, links = inputs.item, inputs.item.entry, kit_of(site), inputs.links
    assert isinstance(entry, Ressource)
    yield deadline(item, site)._replace(label="Échéance")
    yield Fact("Montant", texts(entry.montant))
    if entry.itinerante:
        price = entry.pret.tarif if entry.pret else None
        yield Fact("Tarif du prêt", texts(capital(price)) if price else missing())
    yield Fact("Pour qui", (*texts(entry.pour_qui), *audience(item, site).values))
    yield Fact("Durée", texts(entry.duree))
    owner = resolved_values(entry, "proprietaire", links)
    if entry.itinerante:
        place = town(item.commune)
        yield Fact("Prêteur", tuple(one._replace(note=place) for one in owner))
        wait = entry.pret.delai_jours if entry.pret else None
        yield Fact("À demander", texts(f"{wait} jours à l’avance" if wait else None))
    else:
        yield Fact("Propriétaire", owner)
    yield Fact("Porteur", resolved_values(entry, "porteur", links))
    yield Fact("Conception", resolved_values(entry, "auteurs_ressource", links))
    yield Fact("Année", texts(str(entry.annee) if entry.annee else None))
    yield language(item, site)
    if entry.acces:
        terms = licence(entry.acces.licence, kit.vocabularies).text
        yield Fact("Accès", texts(capital(entry.acces.tarif or ""), terms))


def ressource_buttons(inputs: EntryInputs) -> tuple[Lien, ...]:
    """Ask for the loan, see the resource: what one comes for is first."""
    entry, state = inputs.item.entry, inputs.etat
    assert isinstance(entry, Ressource)
    links: list[Lien] = []
    if isinstance(state, RessourceState) and state.preteur:
        links += asking(plain(entry.titre), state.preteur)
    url = entry.acces.url if entry.acces else None
    if url:
        links.append(Lien("Consulter en ligne", url, urlsplit(url).hostname or ""))
    if entry.itinerante and not links:
        owner = resolve_names(entry, "proprietaire", inputs.links)
        links += [Lien("Voir qui le prête", one.url) for one in owner if one.url]
    return tuple(links)


def ressource_message(inputs: EntryInputs) -> Message | None:
    """A funding that is closed says so first."""
    entry = inputs.item.entry
    closed = any(one.code == "passe" for one in inputs.card.etiquettes)
    if not isinstance(entry, Ressource) or not closed:
        return None
    return Message("Clos", f"L’échéance était le {day_of(entry.echeance)}.")


def ressource_view(inputs: EntryInputs, kit: Kit) -> OutilView | None:
    """What only the page of a tool that is lent shows."""
    entry = inputs.item.entry
    if not isinstance(entry, Ressource) or not entry.itinerante:
        return None
    rows = list(_carrying(entry.pret or Pret()))
    known = any(one.values for one in rows)
    owner = resolve_names(entry, "proprietaire", inputs.links)
    view = OutilView(
        transport=faits(rows, empty=True) if known else (),
        a_demander=not all(one.values for one in rows),
        preteur=owner[0] if owner else None,
        publique=bool(shown_format(entry, kit.vocabularies)),
    )
    return with_loans(view, inputs, kit)


def _carrying(loan: Pret) -> Iterator[Fact]:
    """What moving it takes; what is not said has no value."""
    panels = _count(loan.panneaux, "panneau", "panneaux")
    yield Fact("Contenu", texts(panels, _count(loan.caisses, "caisse", "caisses")))
    surface = f"{nombre(loan.surface_m2)}\u00a0m²" if loan.surface_m2 else None
    yield Fact("Place nécessaire", texts(surface))
    yield Fact("Poids", texts(f"{nombre(loan.poids_kg)}\u00a0kg" if loan.poids_kg else None))
    yield Fact("Montage", texts(loan.montage))
    yield Fact("Transport", texts(loan.transport))
    yield Fact("Valeur à assurer", texts(euros(loan.assurance_eur) if loan.assurance_eur else None))
    if loan.exemplaires > 1:
        yield Fact("Exemplaires", texts(str(loan.exemplaires)))


def _count(number: int | None, one: str, many: str) -> str | None:
    return f"{nombre(number)} {one if number == 1 else many}" if number else None
