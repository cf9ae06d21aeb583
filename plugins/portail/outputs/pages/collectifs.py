"""First gestures of projects, communities and authors."""

from __future__ import annotations

from portail.facts.base import contacts
from portail.model.auteur import Auteur
from portail.model.communaute import Communaute
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.projet import Projet
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import contribution
from portail.outputs.pages.views.shared import Lien, Vide


def collectif_buttons(entry: Entry) -> tuple[Lien, ...]:
    """Taking part in a project that goes on, writing to a community."""
    if not isinstance(entry, (Projet, Communaute)):
        return ()
    ways = contacts(entry.contact)
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
