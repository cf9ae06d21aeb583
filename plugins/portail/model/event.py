"""Events: when, where, for whom, and in which state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Annotated, Any, ClassVar

from pydantic import model_validator

from portail.model.entry import Entry, Groupe, NomsOuLieux, mapping
from portail.model.faults import Fault, fault
from portail.model.fields import (
    Booleen,
    Courriel,
    Duree,
    Entier,
    Heure,
    Jour,
    Liste,
    MomentField,
    PeriodeField,
    Ref,
    Telephone,
    Terme,
    Texte,
    Url,
    champ,
)
from portail.model.kinds import Kind
from portail.model.parts import Accessibilite, Adresse, Age, Tarif, refuse_reversed

__all__ = ["Event", "Groupes", "Horaires", "Inscription", "Seance"]

_QUAND = ("seances", "horaires", "rrule", "debut")


def _refuse_end_before(debut: Any, fin: Any) -> None:
    if fin is not None and fin.precedes(debut):
        raise fault(
            "E213", champ=("fin",), fin=fin, debut=debut, cle="fin", label="avant « debut »"
        )


class Seance(Groupe):
    """One session among several."""

    debut: MomentField = champ("Début", "Jour et heure.", "2021-10-09 14:00", default=...)
    fin: MomentField | None = champ("Fin", "Jour et heure.", "2021-10-09 16:00")
    etat: Annotated[str, Terme("etats")] | None = champ("État", "Si elle change.", "annule")
    ancien_debut: MomentField | None = champ(
        "Date d’abord annoncée", "Pour un report.", "2021-10-02 14:00"
    )
    note: Annotated[str, Texte(140)] | None = champ(
        "Note", "Ce que cette séance a de propre.", "en LSF"
    )

    @model_validator(mode="after")
    def _ordered(self) -> Seance:
        _refuse_end_before(self.debut, self.fin)
        if self.etat == "reporte" and self.ancien_debut is None:
            raise fault("E233", champ=("etat",))
        return self


class Horaires(Groupe):
    """A weekly timetable between two days."""

    du: Jour = champ("Du", "Premier jour.", "2021-09-15", default=...)
    au: Jour = champ("Au", "Dernier jour.", "2021-12-15", default=...)
    tous_les: Annotated[tuple[Annotated[str, Terme("jours")], ...], Liste(7)] = champ(
        "Tous les", "Jours de la semaine ; tous si rien n’est dit.", "mercredi", default=()
    )
    de: Heure | None = champ("De", "Heure de début.", "14:00")
    a: Heure | None = champ("À", "Heure de fin.", "16:00")
    sauf: Annotated[tuple[PeriodeField, ...], Liste(100)] = champ(
        "Sauf", "Jours ou périodes sans séance.", "2021-11-01..2021-11-07", default=()
    )

    @model_validator(mode="after")
    def _ordered(self) -> Horaires:
        refuse_reversed(self.du, self.au)
        if self.a is not None and self.de is None:
            raise fault("E243", champ=("a",), cle="a", autre="de")
        if self.a is not None and self.de is not None and self.a <= self.de:
            raise fault(
                "E213",
                champ=("a",),
                fin=_hour(self.a),
                debut=_hour(self.de),
                cle="a",
                label="avant « de »",
            )
        return self


def _hour(hour: time) -> str:
    return f"{hour:%H:%M}"


class Inscription(Groupe):
    """Whether and how to book."""

    regime: Annotated[str, Terme("regimes")] = champ(
        "Régime", "aucune, conseillee ou obligatoire.", "obligatoire", default=...
    )
    url: Url | None = champ("Adresse", "Page de réservation.", "https://example.org/reserver")
    courriel: Courriel | None = champ("Courriel", "Pour réserver.", "contact@example.org")
    telephone: Telephone | None = champ("Téléphone", "Pour réserver.", "03 21 00 00 00")
    avant_le: MomentField | None = champ("Avant le", "Dernier jour pour réserver.", "2021-10-07")


class Groupes(Groupe):
    """For those who come with a class or a group."""

    niveaux: Annotated[tuple[Annotated[str, Texte(60)], ...], Liste(20)] = champ(
        "Niveaux", "Cycles ou classes.", "cycle 3", default=()
    )
    disciplines: Annotated[tuple[Annotated[str, Texte(60)], ...], Liste(20)] = champ(
        "Disciplines", "Matières.", "SVT", default=()
    )
    effectif_max: Annotated[int, Entier(1, 10_000)] | None = champ("Effectif", "Au plus.", "30")
    duree: Duree | None = champ("Durée", "D’une séance.", "1 h 30")
    tarif: Annotated[str, Texte(140)] | None = champ(
        "Tarif", "Par groupe ou par élève.", "3 € par élève"
    )
    transport: Annotated[str, Texte(200)] | None = champ(
        "Transport", "Comment venir.", "parking pour car"
    )
    pass_culture: Booleen | None = champ("Pass Culture", "Accepté ou non.", "true")


class Event(Entry):
    """Something that takes place: ``content/events/``."""

    kind: ClassVar[Kind] = Kind.EVENT
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "publie_le", "format")

    debut: MomentField | None = champ(
        "Début", "Jour, et heure si on la connaît.", "2021-10-09 14:00"
    )
    fin: MomentField | None = champ("Fin", "Jour, et heure si on la connaît.", "2021-10-09 16:00")
    seances: Annotated[tuple[Annotated[Seance, mapping], ...], Liste(800)] = champ(
        "Séances", "Plusieurs dates.", {"debut": "2021-10-09 14:00"}, default=()
    )
    horaires: Annotated[Horaires, mapping] | None = champ(
        "Horaires",
        "Toutes les semaines.",
        {"du": "2021-09-15", "au": "2021-12-15", "tous_les": ["mercredi"]},
    )
    rrule: Annotated[str, Texte(300)] | None = champ(
        "Règle de récurrence", "RFC 5545, avec debut.", "FREQ=MONTHLY;BYDAY=1SA;COUNT=6"
    )

    lieu: Annotated[str, Ref(Kind.LIEU, code="E411")] | None = champ(
        "Lieu", "Un lieu de l’annuaire.", "la-coupole"
    )
    adresse: Annotated[Adresse, mapping] | None = champ(
        "Adresse", "Si l’endroit n’est pas dans l’annuaire.", {"commune": "Wizernes"}
    )
    en_ligne: Url | None = champ("En ligne", "Adresse où suivre.", "https://example.org/direct")

    format: Annotated[tuple[Annotated[str, Terme("formats")], ...], Liste(2)] = champ(
        "Format", "Un ou deux.", "atelier", default=()
    )
    envergure: Annotated[str, Terme("envergures")] | None = champ(
        "Envergure", "Label Fête de la science.", "village-des-sciences"
    )
    publics: Annotated[tuple[Annotated[str, Terme("publics")], ...], Liste(12)] = champ(
        "Publics", "À qui il s’adresse.", "familles", default=()
    )
    groupes: Annotated[Groupes, mapping] | None = champ(
        "Groupes", "Pour venir avec une classe.", {"niveaux": ["cycle 3"]}
    )
    age: Annotated[Age, mapping] | None = champ("Âge", "En années.", {"min": "8"})
    tarif: Annotated[Tarif, mapping] | None = champ(
        "Tarif", "Gratuit, ou un prix.", {"gratuit": "true"}
    )
    inscription: Annotated[Inscription, mapping] | None = champ(
        "Inscription", "S’il faut réserver.", {"regime": "obligatoire"}
    )
    jauge: Annotated[int, Entier(1, 1_000_000)] | None = champ("Jauge", "Nombre de places.", "40")
    accessibilite: Annotated[Accessibilite, mapping] | None = champ(
        "Accessibilité", "Ce qui est accessible, à qui.", {"moteur": "oui"}
    )

    organisateurs: NomsOuLieux = champ("Organisateurs", "Qui l’organise.", "la-coupole", default=())
    partenaires: NomsOuLieux = champ(
        "Partenaires", "Qui y participe.", "ombelliscience", default=()
    )

    temps_fort: Annotated[str, Ref(Kind.TEMPS_FORT)] | None = champ(
        "Temps fort", "Rendez-vous dont il fait partie.", "fete-de-la-science"
    )
    edition: Annotated[int, Entier(1990, 2100)] | None = champ(
        "Édition", "Année du temps fort.", "2021"
    )
    evenement_parent: Annotated[str, Ref(Kind.EVENT)] | None = champ(
        "Événement parent",
        "Village, festival ou parcours qui le contient.",
        "village-des-sciences-amiens",
    )
    etape: Annotated[int, Entier(1, 500)] | None = champ("Étape", "Rang dans un parcours.", "1")
    edition_precedente: Annotated[str, Ref(Kind.EVENT)] | None = champ(
        "Édition précédente", "Le même événement, une autre année.", "nuit-de-la-chouette-2020"
    )

    etat: Annotated[str, Terme("etats")] = champ(
        "État", "programme, complet, annule, reporte…", "programme", default="programme"
    )
    ancien_debut: MomentField | None = champ(
        "Date d’abord annoncée", "Obligatoire pour un report.", "2021-10-02 14:00"
    )

    @property
    def mode(self) -> str:
        """How one attends: ``presentiel``, ``en-ligne`` or ``hybride``."""
        if not self.en_ligne:
            return "presentiel"
        return "hybride" if self.lieu or self.adresse else "en-ligne"

    @property
    def premier_jour(self) -> date | None:
        """First day named by the front matter, before any expansion."""
        if self.debut:
            return self.debut.jour
        if self.horaires:
            return self.horaires.du
        return min((seance.debut.jour for seance in self.seances), default=None)

    @classmethod
    def rules(cls, values: Any) -> Iterator[Fault]:
        """One *When*, one *Where*, an old date for a postponement; end after start."""
        yield from super().rules(values)
        yield from _when(values)
        if not (values.lieu or values.adresse or values.en_ligne):
            yield Fault("E217", needs=("lieu", "adresse", "en_ligne"))
        if values.lieu and values.adresse:
            yield Fault(
                "E242",
                ("adresse",),
                {
                    "cle": "adresse",
                    "autre": "lieu",
                    "remede": "Gardez le lieu de l’annuaire, ou l’adresse.",
                },
            )
        if values.etat == "reporte" and values.ancien_debut is None:
            yield Fault("E233", ("etat",), needs=("ancien_debut",))
        if values.edition and not values.temps_fort:
            yield Fault(
                "E243",
                ("edition",),
                {"cle": "edition", "autre": "temps_fort"},
                needs=("temps_fort",),
            )
        if values.etape and not values.evenement_parent:
            yield Fault(
                "E243",
                ("etape",),
                {"cle": "etape", "autre": "evenement_parent"},
                needs=("evenement_parent",),
            )


def _when(values: Any) -> Iterator[Fault]:
    given = [key for key in _QUAND if getattr(values, key)]
    if "rrule" in given and "debut" in given:
        given.remove("debut")
    elif "rrule" in given:
        yield Fault("E243", ("rrule",), {"cle": "rrule", "autre": "debut"}, needs=("debut",))
    if not given:
        yield Fault("E215", needs=_QUAND)
    for extra in given[1:]:
        yield Fault("E216", (extra,), {"cle": given[0], "autre": extra})
    if values.fin and not values.debut:
        yield Fault("E243", ("fin",), {"cle": "fin", "autre": "debut"}, needs=("debut",))
    if values.debut and values.fin and values.fin.precedes(values.debut):
        yield Fault(
            "E213",
            ("fin",),
            {"fin": values.fin, "debut": values.debut, "cle": "fin"},
            label="avant « debut »",
        )
