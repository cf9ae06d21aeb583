"""Projects: ``content/projets/``."""

from typing import Annotated, ClassVar

from portail.model.entry import Entry, Groupe, NomsOuLieux
from portail.model.fields import Booleen, CommuneRef, Ligne, Liste, MomentField, Phrase, Terme
from portail.model.kinds import Kind
from portail.model.parts import Contact
from portail.model.scalars import champ


class EtapeProjet(Groupe):
    """One step of a project."""

    titre: Ligne = champ("Titre", "Ce qui se fait.", "Ateliers", default=...)
    date: MomentField | None = champ("Date", "Quand.", "2027-11-01")
    fait: Booleen | None = champ("Fait", "Si c’est fini.", "true")


class Projet(Entry):
    kind: ClassVar[Kind] = Kind.PROJET
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "avancement", "porteurs")

    avancement: Annotated[str, Terme("avancements")] | None = champ(
        "Avancement", "Où il en est.", "en-cours"
    )
    porteurs: NomsOuLieux = champ("Porteurs", "Qui le mène.", "association-exemple", default=())
    partenaires: NomsOuLieux = champ("Partenaires", "Qui y participe.", "musee-exemple", default=())
    commune: CommuneRef | None = champ("Commune", "Où il a lieu.", "$commune")
    etapes: Annotated[tuple[EtapeProjet, ...], Liste(60)] = champ(
        "Étapes", "Dans l’ordre.", {"titre": "Ateliers"}, default=()
    )
    besoins: Annotated[tuple[Phrase, ...], Liste(20)] = champ(
        "Besoins", "Ce qui lui manque.", "une salle", default=()
    )
    contact: Contact | None = champ("Contact", "Où écrire.", {"courriel": "contact@example.org"})
