"""The form of a ressource: what one borrows, reads, watches, or what pays for a project."""

from __future__ import annotations

from types import MappingProxyType

from portail.forms.common import AGREEMENT, LEFT_OUT, MAIL, SUMMARY, THEMES, text_part, title
from portail.forms.layout import Field, Fold, Layout, Outside, Part, Rows

__all__ = ["RESSOURCE"]

_LENT, _MONEY = "pretee=oui", "type=financement"

_ESSENTIAL = Part(
    "essentiel",
    "L’essentiel",
    "Essentiel",
    (
        title("Son nom, et ce que c’est si le nom ne le dit pas."),
        SUMMARY,
        Field("type", "option", largeur="moyen"),
        Field("porteur", "reference", si=_MONEY),
        Field("pour_qui", "texte", si=_MONEY),
        Field("montant", "texte", si=_MONEY, largeur="moyen"),
        Field("echeance", "jour", si=_MONEY, largeur="moyen"),
        THEMES,
    ),
)
_FOR_WHOM = Part(
    "publics",
    "Pour qui",
    "Pour qui",
    (
        Field("publics", "cases", aide=""),
        Field("age.min", "nombre", libelle="À partir de quel âge", aide="", largeur="court"),
        Field("age.max", "nombre", libelle="Jusqu’à quel âge", aide="", largeur="court"),
        Field("duree", "texte", largeur="moyen"),
    ),
)
_WHERE = Part(
    "acces",
    "Où la trouver",
    "Où la trouver",
    (
        Field("acces.url", "texte"),
        Field("acces.tarif", "texte", largeur="moyen"),
        Field("acces.licence", "option", libelle="Licence de la ressource", aide=""),
    ),
)
_LOAN = Part(
    "pret",
    "La prêter",
    "Prêt",
    (
        Outside(
            "pretee",
            "option",
            "La prêtez-vous ?",
            choix=(("non", "Non"), ("oui", "Oui")),
        ),
        Field("pret.tarif", "texte", si=_LENT, libelle="Tarif du prêt", aide=""),
        Field("pret.transport", "texte", si=_LENT),
        Field("pret.montage", "texte", si=_LENT),
        Field("pret.panneaux", "nombre", si=_LENT, largeur="court"),
        Field("pret.caisses", "nombre", si=_LENT, largeur="court"),
        Field("pret.surface_m2", "nombre", si=_LENT, largeur="court"),
        Field("pret.poids_kg", "nombre", si=_LENT, largeur="court"),
        Fold(
            "prets",
            "Délai, assurance, prêts déjà prévus",
            (
                Field("pret.delai_jours", "nombre", largeur="court"),
                Field("pret.assurance_eur", "nombre", largeur="court"),
                Field("pret.exemplaires", "nombre", largeur="court"),
                Rows(
                    "itinerance",
                    "prêt",
                    "Ajouter un prêt",
                    (
                        Field("du", "jour", largeur="moyen"),
                        Field("au", "jour", largeur="moyen"),
                        Field("lieu", "reference"),
                        Field("emprunteur", "texte", si="lieu="),
                        Field("commune", "commune", si="lieu=", largeur="moyen"),
                        Field("exemplaire", "nombre", largeur="court"),
                    ),
                ),
            ),
            si=_LENT,
        ),
    ),
)
_WHO = Part(
    "vous",
    "Qui propose",
    "Qui propose",
    (
        Field("proprietaire", "reference"),
        MAIL,
        Fold(
            "avec",
            "Qui l’a faite, et quand",
            (
                Field("auteurs_ressource", "references"),
                Field("annee", "nombre", largeur="court"),
                Field("auteurs", "references", libelle="Auteurs de la fiche"),
            ),
        ),
        AGREEMENT,
    ),
)

RESSOURCE = Layout(
    (
        _ESSENTIAL,
        _FOR_WHOM,
        _WHERE,
        _LOAN,
        text_part("Ce qu’on y trouve, comment s’en servir."),
        _WHO,
    ),
    MappingProxyType({**LEFT_OUT}),
)
