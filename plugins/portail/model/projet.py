"""Projects: ``content/projets/``."""

from __future__ import annotations

from typing import Annotated, ClassVar

from portail.model.entry import Entry, Groupe, NomsOuLieux, mapping
from portail.model.fields import Booleen, CommuneRef, Liste, MomentField, Terme, Texte, champ
from portail.model.kinds import Kind
from portail.model.parts import Contact

__all__ = ["EtapeProjet", "Projet"]


class EtapeProjet(Groupe):
    """One step of a project."""

    titre: Annotated[str, Texte(140)] = champ("Titre", "Ce qui se fait.", "Ateliers", default=...)
    date: MomentField | None = champ("Date", "Quand.", "2021-11-01")
    fait: Booleen | None = champ("Fait", "Si c’est fini.", "true")


class Projet(Entry):
    """Something that structures build together."""

    kind: ClassVar[Kind] = Kind.PROJET
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "avancement", "porteurs")

    avancement: Annotated[str, Terme("avancements")] | None = champ(
        "Avancement", "Où il en est.", "en-cours"
    )
    porteurs: NomsOuLieux = champ("Porteurs", "Qui le mène.", "ombelliscience", default=())
    partenaires: NomsOuLieux = champ("Partenaires", "Qui y participe.", "la-coupole", default=())
    commune: CommuneRef | None = champ("Commune", "Où il a lieu.", "Amiens")
    etapes: Annotated[tuple[Annotated[EtapeProjet, mapping], ...], Liste(60)] = champ(
        "Étapes", "Dans l’ordre.", {"titre": "Ateliers"}, default=()
    )
    besoins: Annotated[tuple[Annotated[str, Texte(300)], ...], Liste(20)] = champ(
        "Besoins", "Ce qui lui manque.", "une salle", default=()
    )
    contact: Annotated[Contact, mapping] | None = champ(
        "Contact", "Où écrire.", {"courriel": "contact@example.org"}
    )
