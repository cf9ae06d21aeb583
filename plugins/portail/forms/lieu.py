"""The form of a lieu: a place or a structure of the directory."""

from __future__ import annotations

from dataclasses import replace
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
from portail.forms.layout import Field, Fold, Layout, Part, Rows

__all__ = ["LIEU"]

_ESSENTIAL = Part(
    "essentiel",
    "L’essentiel",
    "Essentiel",
    (
        title("Le nom de la structure, comme il doit paraître."),
        SUMMARY,
        Field("type", "option", largeur="moyen"),
        THEMES,
    ),
)
_WHERE = Part(
    "ou",
    "Où",
    "Où",
    (
        Field("adresse.rue", "texte"),
        Field("adresse.code_postal", "texte", largeur="court"),
        Field(
            "adresse.commune",
            "commune",
            requis="commune ou territoires obligatoires",
            largeur="moyen",
        ),
        Field("acces", "texte-long"),
        Fold(
            "adresse",
            "Bâtiment, coordonnées, structure sans commune",
            (
                Field("adresse.nom", "texte", libelle="Nom du bâtiment", aide=""),
                Field("coordonnees.lat", "nombre", requis="", largeur="court"),
                Field("coordonnees.lon", "nombre", requis="", largeur="court"),
                Field("territoires", "references"),
            ),
        ),
    ),
)
_COMING = Part(
    "venir",
    "Venir",
    "Venir",
    (
        Field("publics", "cases", aide=""),
        Field("duree_visite", "texte", largeur="court"),
        Field("horaires_ouverture", "texte"),
        Fold(
            "tarifs",
            "Tarifs, fermetures",
            (
                Rows(
                    "tarifs",
                    "tarif",
                    "Ajouter un tarif",
                    (Field("libelle", "texte"), Field("prix", "nombre", largeur="court")),
                ),
                Rows(
                    "fermetures",
                    "fermeture",
                    "Ajouter une fermeture",
                    (
                        Field("du", "jour", largeur="moyen"),
                        Field("au", "jour", largeur="moyen"),
                        Field("motif", "texte"),
                    ),
                ),
            ),
        ),
    ),
)
_ACCESS = Part(
    "acces",
    "Accessibilité et équipements",
    "Accessibilité",
    (
        ACCESS,
        EQUIPMENT,
        Fold(
            "equipements",
            "Équipements",
            (
                Rows(
                    "equipements",
                    "équipement",
                    "Ajouter un équipement",
                    (
                        Field("type", "option", largeur="moyen"),
                        Field("places", "nombre", largeur="court"),
                        Field("places_pmr", "nombre", largeur="court"),
                    ),
                ),
            ),
        ),
    ),
)
_WHO = Part(
    "vous",
    "Contacts, et qui propose",
    "Contacts",
    (
        Field("site", "texte"),
        Field("telephone", "texte", largeur="moyen"),
        Field("courriel", "texte", largeur="moyen"),
        Fold(
            "avec",
            "Réseaux, offre, chiffres clés",
            (
                Field("membre_de", "references"),
                Field("offre", "cases"),
                Field("roles", "cases"),
                Rows(
                    "chiffres",
                    "chiffre",
                    "Ajouter un chiffre",
                    (
                        Field("libelle", "texte"),
                        Field("valeur", "texte", largeur="moyen"),
                        Field("annee", "nombre", largeur="court"),
                        Field("source", "texte"),
                    ),
                ),
                Field("auteurs", "references", libelle="Auteurs de la fiche"),
            ),
        ),
        replace(MAIL, nomme="votre-courriel"),
        AGREEMENT,
    ),
)

LIEU = Layout(
    (
        _ESSENTIAL,
        _WHERE,
        _COMING,
        _ACCESS,
        text_part("Ce qu’on y fait, ce qu’on y voit.", without=("territoires",)),
        _WHO,
    ),
    MappingProxyType(
        {
            **LEFT_OUT,
            "commune": "« adresse.commune » says it",
            "reseaux_sociaux": "names that are free: a mapping, which no control writes",
            "verifie_le": "whoever reviews it writes it",
        }
    ),
)
