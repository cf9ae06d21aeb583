"""The form of an event."""

from __future__ import annotations

from types import MappingProxyType

from portail.forms.common import (
    ACCESS,
    AGREEMENT,
    EQUIPMENT,
    LEFT_OUT,
    MAIL,
    SUMMARY,
    THEMES,
    text_part,
    title,
)
from portail.forms.layout import ALONE, REQUIRED, Field, Fold, Layout, Outside, Part, Rows

__all__ = ["EVENT"]

_MENDED, _MOVED = "@origine=modifier,signaler", "etat=reporte,reprogramme"
"""A content that is there already; what a state tells of its former date."""
_THERE, _ONLINE = "mode=sur-place,les-deux", "mode=en-ligne,les-deux"
_ELSEWHERE = f"{_THERE};lieu=?"
_PAID, _BOOKED = "gratuite=payant", "inscription.regime=conseillee,obligatoire"

_ESSENTIAL = Part(
    "essentiel",
    "L’essentiel",
    "Essentiel",
    (
        title("Ce qu’on y fait, en une ligne."),
        SUMMARY,
        Field("format", "cases"),
        THEMES,
        Fold(
            "cadre",
            "Il fait partie d’un temps fort, d’un festival…",
            (
                Field("temps_fort", "reference"),
                Field("edition", "nombre", si="temps_fort=*", largeur="court"),
                Field("evenement_parent", "reference"),
                Field("etape", "nombre", si="evenement_parent=*", largeur="court"),
                Field("edition_precedente", "reference"),
                Field("envergure", "option", largeur="moyen"),
            ),
        ),
    ),
)
_WHEN = Part(
    "quand",
    "Quand",
    "Quand",
    (
        Fold(
            "etat",
            "Annulé, reporté, complet…",
            (
                Field("etat", "option", aide="", largeur="moyen"),
                Field("ancien_debut", "moment", si=_MOVED, aide=""),
                Field("motif", "texte", si="etat=*"),
            ),
            si=_MENDED,
        ),
        Rows(
            "seances",
            "séance",
            "Ajouter une séance",
            (Field(ALONE, "seance", libelle="Jour et heures"),),
            plus=(
                Field("note", "texte"),
                Field("etat", "option", si=_MENDED, aide="Si elle seule change.", largeur="moyen"),
                Field("ancien_debut", "moment", si=_MOVED, aide=""),
            ),
            premiere=True,
        ),
        Fold(
            "horaires",
            "Toutes les semaines, ou tous les jours d’une période…",
            (
                Field("horaires.du", "jour", requis="", largeur="moyen"),
                Field("horaires.au", "jour", requis="", largeur="moyen"),
                Field("horaires.tous_les", "cases"),
                Field("horaires.de", "heure", largeur="court"),
                Field("horaires.a", "heure", largeur="court"),
                Field("horaires.sauf", "liste-de-textes"),
            ),
        ),
    ),
)
_WHERE = Part(
    "ou",
    "Où",
    "Où",
    (
        Outside(
            "mode",
            "option",
            "Mode",
            choix=(
                ("sur-place", "Sur place"),
                ("en-ligne", "En ligne"),
                ("les-deux", "Les deux"),
            ),
            titre_tu=True,
        ),
        Field(
            "lieu",
            "reference",
            si=_THERE,
            requis="lieu ou commune obligatoire",
            aide="Commencez à écrire son nom : il est peut-être déjà dans l’annuaire.",
        ),
        Field(
            "adresse.commune",
            "commune",
            si=_ELSEWHERE,
            requis="",
            aide="Si le lieu n’est pas dans l’annuaire. Le nom suffit ; ajoutez le département "
            "s’il y en a plusieurs.",
            largeur="moyen",
        ),
        Fold(
            "adresse",
            "L’adresse d’un lieu qui n’est pas dans l’annuaire",
            (
                Field("adresse.nom", "texte"),
                Field("adresse.rue", "texte"),
                Field("adresse.code_postal", "texte", largeur="court"),
            ),
            si=_ELSEWHERE,
        ),
        Field("en_ligne", "texte", si=_ONLINE, requis=REQUIRED),
    ),
)
_FOR_WHOM = Part(
    "publics",
    "Pour qui, combien",
    "Pour qui, combien",
    (
        Field("publics", "cases", aide=""),
        Field("age.min", "nombre", libelle="À partir de quel âge", aide="", largeur="court"),
        Outside(
            "gratuite",
            "option",
            "Tarif",
            choix=(("", "Non précisé"), ("gratuit", "Gratuit"), ("payant", "Payant")),
        ),
        Field(
            "tarif.prix",
            "nombre",
            si=_PAID,
            aide="En euros. Plusieurs tarifs ? Précisez-les dans les conditions.",
            largeur="court",
        ),
        Field("tarif.reduit", "nombre", si=_PAID, largeur="court"),
        Field("tarif.conditions", "texte", si=_PAID),
        Field("inscription.regime", "option", libelle="Inscription", aide="", requis=""),
        Field("inscription.url", "texte", si=_BOOKED, libelle="Page de réservation", aide=""),
        Field("inscription.telephone", "texte", si=_BOOKED, largeur="moyen"),
        Field("inscription.courriel", "texte", si=_BOOKED, largeur="moyen"),
        Field("inscription.avant_le", "moment", si=_BOOKED, libelle="Réserver avant le", aide=""),
        ACCESS,
        EQUIPMENT,
        Fold(
            "groupes",
            "Groupes et classes, nombre de places",
            (
                Field("age.max", "nombre", libelle="Jusqu’à quel âge", aide="", largeur="court"),
                Field("jauge", "nombre", largeur="court"),
                Field("groupes.niveaux", "liste-de-textes"),
                Field("groupes.disciplines", "liste-de-textes"),
                Field("groupes.effectif_max", "nombre", largeur="court"),
                Field("groupes.duree", "texte", largeur="moyen"),
                Field("groupes.tarif", "texte"),
                Field("groupes.transport", "texte"),
                Field("groupes.pass_culture", "oui"),
            ),
        ),
    ),
)
_WHO = Part(
    "vous",
    "Qui propose",
    "Qui propose",
    (
        Field(
            "organisateurs",
            "references",
            aide="Le nom de la structure, comme il doit paraître.",
        ),
        MAIL,
        Fold(
            "avec",
            "Partenaires, auteurs",
            (Field("partenaires", "references"), Field("auteurs", "references")),
        ),
        AGREEMENT,
    ),
)

EVENT = Layout(
    (_ESSENTIAL, _WHEN, _WHERE, _FOR_WHOM, text_part("Déroulé, matériel, accès."), _WHO),
    MappingProxyType(
        {
            **LEFT_OUT,
            "debut": "the first row of « seances » says it",
            "fin": "the first row of « seances » says it",
            "rrule": "a rule that few can read; « horaires » says what is asked most",
            "tarif.gratuit": "the control « gratuite » says it",
        }
    ),
)
