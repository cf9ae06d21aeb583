"""Kinds that gather others: dossiers, communities, projects, temps forts, territories."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ValidationInfo

from portail.model.entry import Entry, Groupe, NomsOuLieux
from portail.model.faults import Fault, fault, phrase
from portail.model.fields import (
    Annee,
    Booleen,
    CommuneRef,
    Entier,
    Jour,
    Ligne,
    Liste,
    MomentField,
    Paragraphe,
    Phrase,
    Ref,
    Reference,
    Terme,
    Texte,
    Url,
)
from portail.model.kinds import Kind, where
from portail.model.parts import Chiffre, Contact
from portail.model.rules import OneOf, Order, Rule
from portail.model.scalars import champ, read_text

_ELEMENTS = where(lambda info: info.is_subject)


class Regle(Groupe):
    """Gathers every content of a theme, a keyword and/or a territory."""

    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(("theme", "mot_cle", "territoire"), "E206", {"cle": "regle"}),
    )

    theme: Annotated[str, Terme("themes")] | None = champ("Thème", "Un thème.", "numerique")
    mot_cle: Annotated[str, Texte(60)] | None = champ("Mot-clé", "Un mot-clé.", "vaccin")
    territoire: Annotated[str, Ref(Kind.TERRITOIRE, code="E433")] | None = champ(
        "Territoire", "Un territoire.", "$territoire"
    )


def _read_ref(value: Any, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise fault("E202", cle="ref", exemple="articles/un-article")
    return read_text(value, info).removesuffix(".md")


RefLibre = Reference(_read_ref, {"type": "string", "x-code": "E401"}, _ELEMENTS, code="E401")


class Element(Groupe):
    """One content of a dossier, with a word of presentation."""

    ref: Annotated[str, RefLibre] = champ(
        "Référence", "Dossier et nom.", "articles/un-article", default=...
    )
    note: Phrase | None = champ("Note", "Pourquoi le lire.")


_NAMED = BeforeValidator(lambda value: {"ref": value} if isinstance(value, str) else value)


class Dossier(Entry):
    """An ordered selection on one subject."""

    kind: ClassVar[Kind] = Kind.DOSSIER
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "publie_le")
    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(
            ("elements", "regle"),
            "E201",
            {"cle": "elements", "remede": "Listez des contenus, ou donnez une « regle »."},
        ),
    )

    elements: Annotated[tuple[Annotated[Element, _NAMED], ...], Liste(200)] = champ(
        "Éléments", "Dans l’ordre de lecture.", "articles/un-article", default=()
    )
    regle: Regle | None = champ("Règle", "Réunit d’elle-même.", {"theme": "numerique"})


# Communities: ``content/communautes/``.


class Communaute(Entry):
    """People and structures gathered by a subject or a trade."""

    kind: ClassVar[Kind] = Kind.COMMUNAUTE
    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(
            ("membres", "regle"),
            "E201",
            {"cle": "membres", "remede": "Listez des membres, ou donnez une « regle »."},
        ),
    )

    animateurs: NomsOuLieux = champ("Animateurs", "Qui l’anime.", "association-exemple", default=())
    membres: NomsOuLieux = champ(
        "Membres", "Qui a accepté d’y figurer.", "musee-exemple", default=()
    )
    regle: Regle | None = champ("Règle", "Réunit des contenus.", {"mot_cle": "thèse"})
    contact: Contact | None = champ("Contact", "Où écrire.", {"courriel": "contact@example.org"})


# Projects: ``content/projets/``.


class EtapeProjet(Groupe):
    """One step of a project."""

    titre: Ligne = champ("Titre", "Ce qui se fait.", "Ateliers", default=...)
    date: MomentField | None = champ("Date", "Quand.", "2027-11-01")
    fait: Booleen | None = champ("Fait", "Si c’est fini.", "true")


class Projet(Entry):
    """Something that structures build together."""

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


# Yearly highlights: ``content/temps-forts/``.


class Edition(Groupe):
    """One year of a highlight."""

    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    annee: Annee = champ("Année", "De l’édition.", "2027", default=...)
    du: Jour | None = champ("Du", "Premier jour.", "2027-10-01")
    au: Jour | None = champ("Au", "Dernier jour.", "2027-10-11")
    theme: Ligne | None = champ("Thème", "De l’année.", "L’émotion de la découverte")
    chiffres: Annotated[tuple[Chiffre, ...], Liste(40)] = champ(
        "Chiffres", "Bilan de l’édition.", {"libelle": "animations", "valeur": "300"}, default=()
    )


def _by_year(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, dict):
        line = "editions: {2027: {du: 2027-10-01, au: 2027-10-11}}"
        raise fault("E208", cle="editions", remede=phrase("groupe", ligne=line))
    rows = []
    for year, edition in value.items():
        if isinstance(edition, dict) and "annee" in edition:
            remedy = f"L’année est déjà dite par « {year}: » : retirez cette ligne."
            raise fault("E204", champ=(year, "annee"), cle="annee", remede=remedy, _key=True)
        rows.append({"annee": year, **edition} if isinstance(edition, dict) else edition)
    return tuple(rows)


class TempsFort(Entry):
    """A national or local rendezvous that comes back every year."""

    kind: ClassVar[Kind] = Kind.TEMPS_FORT
    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(
            ("periode", "editions"),
            "E201",
            {"cle": "periode", "remede": "Dites quand il a lieu, ou donnez ses « editions »."},
        ),
    )

    periode: Ligne | None = champ("Période", "En quelques mots.", "octobre")
    mois: Annotated[tuple[Annotated[int, Entier(1, 12)], ...], Liste(12)] = champ(
        "Mois", "Numéros des mois.", "10", default=()
    )
    editions: Annotated[tuple[Edition, ...], BeforeValidator(_by_year)] = champ(
        "Éditions", "Par année.", {"2027": {"du": "2027-10-01", "au": "2027-10-11"}}, default=()
    )
    organisateur: NomsOuLieux = champ(
        "Organisateur", "Qui l’organise.", "association-exemple", default=()
    )
    participer: Paragraphe | None = champ("Participer", "Comment s’inscrire.")
    site: Url | None = champ("Site", "Site officiel.", "https://www.fetedelascience.fr/")


# Territories: ``content/territoires/``.

_EPCI = ("epci", "cc", "ca", "cu", "metropole")


class Service(Groupe):
    """A local service: what, and who or how many."""

    libelle: Ligne = champ("Libellé", "Quel service.", "médiathèques", default=...)
    valeur: Phrase | None = champ("Valeur", "Combien, lesquels.", "12")


class Territoire(Entry):
    """A region, a département or an EPCI; its body is a portrait."""

    kind: ClassVar[Kind] = Kind.TERRITOIRE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "type", "code")

    type: Annotated[str, Terme("types-territoires")] | None = champ(
        "Type", "Quel territoire.", "ca"
    )
    code: Annotated[str, Texte(12)] | None = champ(
        "Code", "INSEE (région, département) ou SIREN (EPCI).", "$siren"
    )
    siege: CommuneRef | None = champ("Siège", "Commune du siège.", "$commune")
    chiffres: Annotated[tuple[Chiffre, ...], Liste(40)] = champ(
        "Chiffres",
        "Avec année et source.",
        {"libelle": "habitants", "valeur": "105 000"},
        default=(),
    )
    services: Annotated[tuple[Service, ...], Liste(40)] = champ(
        "Services", "Ce qu’on y trouve.", {"libelle": "médiathèques", "valeur": "12"}, default=()
    )

    @classmethod
    def rules(cls, values: Any) -> Iterator[Fault]:
        """The code has the form that the type asks for (INSEE and SIREN conventions)."""
        yield from super().rules(values)
        if not (values.type and values.code):
            return
        if values.type in _EPCI:
            pattern = r"\d{9}"
            expected = "numéro SIREN"
            remedy = "Écrivez les neuf chiffres de l’EPCI, par exemple 200054781."
        elif values.type == "departement":
            pattern = r"\d{2}|2[AB]|9[78]\d"
            expected = "code de département"
            remedy = "Écrivez par exemple 29 ou 01."
        else:
            pattern = r"\d{2}|9[78]\d"
            expected = "code de région"
            remedy = "Écrivez par exemple 28."
        if not re.fullmatch(pattern, values.code):
            yield Fault(
                "E237", ("code",), {"valeur": values.code, "attendu": expected, "remede": remedy}
            )
