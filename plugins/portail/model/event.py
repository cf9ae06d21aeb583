"""Events: when, where, for whom, and in which state."""

from datetime import date
from typing import Annotated, ClassVar

from .entry import Entry, Groupe, NomsOuLieux
from .fields import (
    LIEN_APRES,
    RESEAU,
    Annee,
    Booleen,
    Courriel,
    Detail,
    Duree,
    Effectif,
    Entier,
    Heure,
    Jour,
    LienEnLigne,
    LieuRef,
    Ligne,
    Liste,
    MomentField,
    Paragraphe,
    Partout,
    PeriodeField,
    Phrase,
    Publics,
    Ref,
    Telephone,
    TempsFortRef,
    Terme,
    Texte,
    Url,
)
from .kinds import Kind
from .parts import Accessibilite, Adresse, Age, Coordonnees, Tarif
from .rules import (
    Abroad,
    Both,
    Excludes,
    Needs,
    OneOf,
    OnlyOne,
    Order,
    Postponed,
    Rule,
    Sum,
    When,
    WhenWith,
)
from .scalars import champ

_MOVED_ONLINE = "deplace-en-ligne"
_QUAND = ("seances", "horaires", "rrule", "debut")
# What may have a sequel.
RecitRef = Annotated[str, Ref(Kind.ARTICLE, Kind.EVENT)]
Douceurs = Annotated[tuple[Annotated[str, Terme("douceurs")], ...], Liste(7)]


class Seance(Groupe):
    regles: ClassVar[tuple[Rule, ...]] = (
        Order("debut", "fin"),
        When("etat", "reporte", ("ancien_debut",), "E233"),
        Postponed(),
    )

    debut: MomentField = champ("Début", "Jour et heure.", "2027-10-09 14:00", default=...)
    fin: MomentField | None = champ("Fin", "Jour et heure.", "2027-10-09 16:00")
    etat: Annotated[str, Terme("etats")] | None = champ("État", "Si elle change.", "annule")
    ancien_debut: MomentField | None = champ(
        "Date d’abord annoncée", "Pour un report.", "2027-10-02 14:00"
    )
    note: Ligne | None = champ("Note", "Ce que cette séance a de propre.", "en LSF")
    douce: Douceurs = champ(
        "Séance douce", "Ce qui la rend plus calme que les autres.", "lumiere", default=()
    )


class Horaires(Groupe):
    """A weekly timetable between two days."""

    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"), Needs("a", "de"), Order("de", "a"))

    du: Jour = champ("Du", "Premier jour.", "2027-09-15", default=...)
    au: Jour = champ("Au", "Dernier jour.", "2027-12-15", default=...)
    tous_les: Annotated[tuple[Annotated[str, Terme("jours")], ...], Liste(7)] = champ(
        "Tous les", "Jours de la semaine ; tous si rien n’est dit.", "mercredi", default=()
    )
    de: Heure | None = champ("De", "Heure de début.", "14:00")
    a: Heure | None = champ("À", "Heure de fin.", "16:00")
    sauf: Annotated[tuple[PeriodeField, ...], Liste(100)] = champ(
        "Sauf", "Jours ou périodes sans séance.", "2027-11-01..2027-11-07", default=()
    )


class SansVoiture(Groupe):
    """How one comes and goes home without a car, as the organiser says it."""

    arret: Ligne = champ(
        "Gare ou arrêt",
        "Le plus proche, et comment on vient de là.",
        "Gare d’Exemple, puis 8 minutes à pied",
        default=...,
    )
    retour: Ligne | None = champ(
        "Dernier retour", "Le dernier train ou bus pour rentrer.", "Train de 22 h 48 pour $commune"
    )


class Inscription(Groupe):
    """Whether and how to book."""

    regles: ClassVar[tuple[Rule, ...]] = (
        When("regime", "obligatoire", ("url", "courriel", "telephone"), "E253"),
    )

    regime: Annotated[str, Terme("regimes")] = champ(
        "Régime", "aucune, conseillee ou obligatoire.", "obligatoire", default=...
    )
    url: Url | None = champ("Adresse", "Page de réservation.", "https://example.org/reserver")
    courriel: Courriel | None = champ("Courriel", "Pour réserver.", "contact@example.org")
    telephone: Telephone | None = champ("Téléphone", "Pour réserver.", "01 99 00 12 34")
    avant_le: MomentField | None = champ("Avant le", "Dernier jour pour réserver.", "2027-10-07")


class Car(Groupe):
    """Seats left in a coach that already comes with a class."""

    regles: ClassVar[tuple[Rule, ...]] = (OneOf(("courriel", "telephone"), "E268"),)

    places: Annotated[int, Entier(1, 90)] = champ(
        "Places", "Combien restent libres.", "24", default=...
    )
    depart: Ligne = champ("Départ", "D’où il part.", "$commune, place du marché", default=...)
    jour: Jour = champ("Jour", "Celui du trajet.", "2027-10-09", default=...)
    courriel: Courriel | None = champ(
        "Courriel", "De la structure à qui demander.", "contact@example.org"
    )
    telephone: Telephone | None = champ(
        "Téléphone", "De la structure à qui demander.", "01 99 00 12 34"
    )


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
    tarif: Ligne | None = champ("Tarif", "Par groupe ou par élève.", "3 € par élève")
    transport: Detail | None = champ("Transport", "Comment venir.", "parking pour car")
    pass_culture: Booleen | None = champ("Pass Culture", "Accepté ou non.", "true")
    car: Car | None = champ(
        "Car à partager",
        "Les places libres du car d’une classe qui vient déjà.",
        {
            "places": "24",
            "depart": "$commune",
            "jour": "2027-10-09",
            "courriel": "contact@example.org",
        },
    )


# School levels whose visitors a return tells apart, in their order.
NIVEAUX = ("maternelle", "primaire", "college", "lycee")
_COMPTES = ("seances", "tout_public", "scolaires", *NIVEAUX)


class Retour(Groupe):
    """What whoever held an event tells of it once it is over; nothing of it is required.

    It asks what the national form of evaluation does (bilan 2021 d’Ombelliscience), in two minutes.
    """

    regles: ClassVar[tuple[Rule, ...]] = (
        Both("annule", _COMPTES, "E264"),
        Sum(NIVEAUX, "scolaires", "E263"),
    )
    tus: ClassVar[frozenset[str]] = frozenset({"satisfaction", "difficultes"})

    annule: Booleen | None = champ("N’a pas eu lieu", "true s’il a été annulé.", "true")
    seances: Annotated[int, Entier(1, 800)] | None = champ(
        "Séances tenues", "Combien ont eu lieu.", "3"
    )
    tout_public: Effectif | None = champ(
        "Visiteurs tout public", "Combien, toutes séances réunies ; 0 si personne.", "120"
    )
    scolaires: Effectif | None = champ(
        "Visiteurs scolaires", "Élèves venus avec leur classe, tous niveaux réunis.", "80"
    )
    maternelle: Effectif | None = champ("Dont maternelle", "Élèves de maternelle.", "20")
    primaire: Effectif | None = champ("Dont primaire", "Élèves du CP au CM2.", "60")
    college: Effectif | None = champ("Dont collège", "Élèves de collège.", "0")
    lycee: Effectif | None = champ("Dont lycée", "Élèves de lycée.", "0")
    equipes: Annotated[int, Entier(0, 500)] | None = champ(
        "Équipes de recherche", "Combien y ont pris part.", "1"
    )
    premiere_fois: Booleen | None = champ(
        "Première participation", "true si l’organisateur participe pour la première fois.", "true"
    )
    satisfaction: Annotated[str, Terme("satisfactions")] | None = champ(
        "Appréciation", "De l’organisateur ; jamais montrée seule.", "satisfait"
    )
    difficultes: Paragraphe | None = champ(
        "Difficultés",
        "Rencontrées en préparant, en accueillant ; ne nommez personne.",
        "Deux classes n’ont pas trouvé de car.",
    )

    @property
    def eleves(self) -> int | None:
        """Pupils of all levels: as many as are told, else those of the levels; ``None`` when
        neither is said."""
        levels = [count for name in NIVEAUX if (count := getattr(self, name)) is not None]
        return sum(levels) if self.scolaires is None and levels else self.scolaires

    @property
    def visiteurs(self) -> int | None:
        counts = [count for count in (self.tout_public, self.eleves) if count is not None]
        if counts:
            return sum(counts)
        return None

    @property
    def dit(self) -> bool:
        return any(value is not None for _, value in self)


class Event(Entry):
    """Something that takes place: ``content/events/``."""

    kind: ClassVar[Kind] = Kind.EVENT
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "publie_le", "format")
    regles: ClassVar[tuple[Rule, ...]] = (
        Needs("rrule", "debut"),
        OneOf((*_QUAND, "edition"), "E215"),
        OnlyOne(_QUAND, avec=("rrule", "debut")),
        Needs("fin", "debut"),
        Order("debut", "fin"),
        OneOf(("lieu", "adresse", "en_ligne", "partout"), "E217"),
        Both("partout", ("lieu", "adresse"), "E266"),
        Needs("coordonnees", "adresse"),
        Abroad(),
        Needs("salle", "lieu", ou=("adresse",)),
        Needs("sans_voiture", "lieu", ou=("adresse",)),
        Excludes("adresse", "lieu", "Gardez le lieu de l’annuaire, ou l’adresse."),
        WhenWith(
            "en_ligne", LIEN_APRES, "inscription", cle="regime", attendu="obligatoire", code="E254"
        ),
        When("etat", "reporte", ("ancien_debut",), "E233"),
        Postponed(),
        Needs("edition", "temps_fort"),
        Needs("etape", "evenement_parent"),
    )

    debut: MomentField | None = champ(
        "Début", "Jour, et heure si on la connaît.", "2027-10-09 14:00"
    )
    fin: MomentField | None = champ("Fin", "Jour, et heure si on la connaît.", "2027-10-09 16:00")
    seances: Annotated[tuple[Seance, ...], Liste(800)] = champ(
        "Séances", "Plusieurs dates.", {"debut": "2027-10-09 14:00"}, default=()
    )
    horaires: Horaires | None = champ(
        "Horaires",
        "Toutes les semaines.",
        {"du": "2027-09-15", "au": "2027-12-15", "tous_les": ["mercredi"]},
    )
    rrule: Phrase | None = champ(
        "Règle de récurrence", "RFC 5545, avec debut.", "FREQ=MONTHLY;BYDAY=1SA;COUNT=6"
    )

    lieu: LieuRef | None = champ("Lieu", "Un lieu de l’annuaire.", "musee-exemple")
    adresse: Adresse | None = champ(
        "Adresse", "Si l’endroit n’est pas dans l’annuaire.", {"commune": "$commune"}
    )
    salle: Ligne | None = champ(
        "Salle", "Salle, étage, bâtiment ou entrée, dans le lieu.", "auditorium"
    )
    coordonnees: Coordonnees | None = champ(
        "Coordonnées", "De l’adresse ; sinon, celles de la commune.", {"lat": "$lat", "lon": "$lon"}
    )
    dedans_dehors: Annotated[tuple[Annotated[str, Terme("dedans-dehors")], ...], Liste(2)] = champ(
        "Dedans, dehors", "À l’abri, dehors, ou les deux.", "dehors", default=()
    )
    sans_voiture: SansVoiture | None = champ(
        "Sans voiture",
        "La gare ou l’arrêt le plus proche, et le dernier retour.",
        {"arret": "Gare d’Exemple, puis 8 minutes à pied"},
    )
    en_ligne: LienEnLigne | None = champ(
        "En ligne", "Adresse où suivre, ou lien-apres-inscription.", "https://example.org/direct"
    )
    partout: Partout | None = champ(
        "Partout",
        "true si l’on y prend part de chez soi, ou d’où l’on est ; « territoires » dit où, si ce "
        "n’est pas dans toute la région.",
        "true",
    )

    format: Annotated[tuple[Annotated[str, Terme("formats")], ...], Liste(2)] = champ(
        "Format", "Un ou deux.", "atelier", default=()
    )
    envergure: Annotated[str, Terme("envergures")] | None = champ(
        "Envergure", "Label Fête de la science.", "village-des-sciences"
    )
    publics: Publics = champ("Publics", "À qui il s’adresse.", "familles", default=())
    reserve_a: Annotated[str, Texte(80)] | None = champ(
        "Réservé à", "Ceux qui peuvent seuls y venir.", "les bénévoles"
    )
    reseau: Booleen | None = champ("Réseau", RESEAU, "true")
    groupes: Groupes | None = champ(
        "Groupes", "Pour venir avec une classe.", {"niveaux": ["cycle 3"]}
    )
    age: Age | None = champ("Âge", "En années.", {"min": "8"})
    tarif: Tarif | None = champ("Tarif", "Gratuit, ou un prix.", {"gratuit": "true"})
    inscription: Inscription | None = champ(
        "Inscription", "S’il faut réserver.", {"regime": "conseillee"}
    )
    jauge: Annotated[int, Entier(1, 1_000_000)] | None = champ("Jauge", "Nombre de places.", "40")
    langues_parlees: Annotated[tuple[Annotated[str, Terme("langues")], ...], Liste(6)] = champ(
        "Langues parlées", "Celles de l’animation.", "en", default=()
    )
    accessibilite: Accessibilite | None = champ(
        "Accessibilité", "Ce qui est accessible, à qui.", {"moteur": "oui"}
    )

    douce: Douceurs = champ(
        "Séances douces",
        "Ce qui rend toutes ses séances plus calmes ; pour une seule, « douce » de la séance.",
        "lumiere",
        default=(),
    )

    organisateurs: NomsOuLieux = champ(
        "Organisateurs", "Qui l’organise.", "musee-exemple", default=()
    )
    partenaires: NomsOuLieux = champ(
        "Partenaires", "Qui y participe.", "association-exemple", default=()
    )

    temps_fort: TempsFortRef | None = champ(
        "Temps fort", "Rendez-vous dont il fait partie.", "fete-de-la-science"
    )
    edition: Annee | None = champ("Édition", "Année du temps fort.", "2027")
    evenement_parent: Annotated[str, Ref(Kind.EVENT)] | None = champ(
        "Événement parent", "Village, festival ou parcours qui le contient.", "village-des-sciences"
    )
    etape: Annotated[int, Entier(1, 500)] | None = champ("Étape", "Rang dans un parcours.", "1")
    edition_precedente: Annotated[str, Ref(Kind.EVENT)] | None = champ(
        "Édition précédente", "Le même événement, une autre année.", "nuit-de-la-chouette-2026"
    )

    etat: Annotated[str, Terme("etats")] = champ(
        "État", "programme, complet, annule, reporte…", "programme", default="programme"
    )
    ancien_debut: MomentField | None = champ(
        "Date d’abord annoncée", "Obligatoire pour un report.", "2027-10-02 14:00"
    )
    suite: Jour | None = champ(
        "Suite promise", "Jour où vous direz la suite : résultats, récit, réponse.", "2027-11-15"
    )
    suite_de: RecitRef | None = champ(
        "Suite de", "L’article ou l’événement dont celui-ci est la suite.", "nuit-de-la-chouette"
    )
    a_confirmer: Ligne | None = champ(
        "À confirmer", "Auprès de qui, avant d’y aller ; la lettre n’en dit rien.", "Musée Exemple"
    )
    motif: Detail | None = champ(
        "Motif", "Pourquoi il est annulé, reporté, complet…", "La salle Exemple est fermée."
    )

    retour: Retour | None = champ(
        "Retour", "Une fois passé : qui est venu, comment c’était.", {"tout_public": "120"}
    )

    @property
    def mode(self) -> str:
        """How one attends: ``presentiel``, ``en-ligne`` or ``hybride``. What has moved on line is
        there alone, whatever place it gives still."""
        if self.etat == _MOVED_ONLINE:
            return "en-ligne"
        if not self.en_ligne:
            return "presentiel"
        if self.lieu or self.adresse or self.partout:
            return "hybride"
        return "en-ligne"

    @property
    def first_day(self) -> date | None:
        """First day named by the front matter, before any expansion."""
        if self.debut:
            return self.debut.jour
        if self.horaires:
            return self.horaires.du
        return min((seance.debut.jour for seance in self.seances), default=None)


def away(entry: Entry) -> bool:
    """Whether it is an event that nobody goes to: it is on line alone."""
    return isinstance(entry, Event) and entry.mode == "en-ligne"
