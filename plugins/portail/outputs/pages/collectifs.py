"""Practical boxes and first gestures of projects, communities and authors."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.auteur import Auteur
from portail.model.communaute import Communaute
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.projet import Projet
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, contribution, resolve_names
from portail.outputs.pages.rows import contact_rows, lacking_rows, site_link, texts
from portail.outputs.pages.views.shared import Lien, Vide

__all__ = ["auteur_rows", "collectif_buttons", "communaute_rows", "nothing_yet", "projet_rows"]

Rows = Iterator[tuple[str, list[Lien]]]


def projet_rows(inputs: EntryInputs, kit: Kit) -> Rows:
    """Who carries a project, where, whom to write to."""
    entry = inputs.item.entry
    assert isinstance(entry, Projet)
    yield "Porté par", list(resolve_names(entry, "porteurs", inputs.links))
    yield "Où", texts(kit.place(inputs.item.commune))
    contacts = contact_rows(entry.contact)
    yield "Contact", contacts
    if not contacts and entry.avancement != "termine":
        yield from lacking_rows(["Contact"])


def communaute_rows(inputs: EntryInputs, kit: Kit) -> Rows:
    """Who runs a community, whom to write to."""
    entry = inputs.item.entry
    assert isinstance(entry, Communaute)
    yield "Animée par", list(resolve_names(entry, "animateurs", inputs.links))
    contacts = contact_rows(entry.contact)
    yield "Contact", contacts
    if not contacts:
        yield from lacking_rows(["Contact"])


def auteur_rows(inputs: EntryInputs, kit: Kit) -> Rows:
    """Where someone works, and who they are elsewhere."""
    entry = inputs.item.entry
    assert isinstance(entry, Auteur)
    yield "Structure", list(resolve_names(entry, "affiliation", inputs.links))
    yield "ORCID", [Lien(entry.orcid, f"https://orcid.org/{entry.orcid}")] if entry.orcid else []
    yield "Site", site_link(entry.site)


def collectif_buttons(entry: Entry) -> tuple[Lien, ...]:
    """Taking part in a project that goes on, writing to a community."""
    if not isinstance(entry, (Projet, Communaute)):
        return ()
    ways = contact_rows(entry.contact)
    if not ways or (isinstance(entry, Projet) and entry.avancement == "termine"):
        return ()
    return (Lien("Participer" if isinstance(entry, Projet) else "Rejoindre", ways[0].url),)


_NOTHING = {
    Communaute: ("Rien n’est encore publié dans cette communauté", "Proposer un contenu", None),
    Auteur: ("Aucune contribution publiée pour l’instant", "Proposer un article", Kind.ARTICLE),
}


def nothing_yet(inputs: EntryInputs) -> Vide | None:
    """What stands where the contents of a community or of an author would be."""
    if inputs.related.blocs or type(inputs.item.entry) not in _NOTHING:
        return None
    phrase, way, kind = _NOTHING[type(inputs.item.entry)]
    return Vide(phrase, issues=contribution(way, kind))
