"""What several forms ask in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portail.forms.layout import REQUIRED, Field, Fold, Outside, Part, Rows

__all__ = [
    "ACCESS", "AGREEMENT", "EQUIPMENT", "LEFT_OUT", "MAIL", "SOURCES", "SUMMARY", "THEMES",
    "text_part", "title",
]  # fmt: skip

_IMAGE = "image.fichier=*"

THEMES = Field("themes", "cases")
SUMMARY = Field(
    "resume",
    "texte-long",
    aide="Deux phrases pour donner envie ; elles paraissent dans les listes et la lettre.",
)
_PICTURE = (
    Field(
        "image.fichier",
        "image",
        libelle="Image",
        requis="",
        aide="JPG, PNG ou WebP, 5 Mo au plus. Sans image, une empreinte est dessinée pour vous : "
        "c’est très bien aussi.",
    ),
    Field(
        "image.alt",
        "texte",
        si=_IMAGE,
        requis=REQUIRED,
        libelle="Ce que montre l’image",
        aide="Pour qui ne la voit pas : une phrase, sans « photo de ».",
    ),
    Field("image.credit", "texte", si=_IMAGE, requis=REQUIRED, aide="Qui a fait l’image."),
)
_PICTURE_MORE = (
    Field("image.legende", "texte", si=_IMAGE, libelle="Légende de l’image"),
    Field("image.licence", "option", si=_IMAGE, libelle="Licence de l’image"),
)
_PASTED = "Coller depuis Word convient : la mise en forme utile est gardée, le reste est retiré."
ACCESS = Field(
    "accessibilite",
    "acces",
    aide="Vous ne savez pas ? Laissez « inconnu » : c’est honnête, et cela ne veut jamais dire "
    "« non ».",
    notes=(
        ("moteur", "fauteuil, marche difficile"),
        ("auditif", "boucle, LSF, sous-titres"),
        ("visuel", "audiodescription, contrastes"),
        ("mental", "facile à lire, accompagnement"),
        ("psychique", "calme, petit groupe"),
    ),
)
EQUIPMENT = Fold(
    "acces",
    "Équipements et labels d’accessibilité",
    (
        Field("accessibilite.equipements", "cases"),
        Field("accessibilite.labels", "cases"),
        Field("accessibilite.precisions", "texte"),
    ),
)
MAIL = Outside(
    "courriel",
    "texte",
    "Votre adresse",
    "Pour vous répondre. Elle n’est jamais publiée ni écrite dans le fichier.",
    largeur="moyen",
    remplissage="email",
)
AGREEMENT = Outside(
    "accord",
    "oui",
    "Ce texte est de nous, ou nous avons le droit de le partager sous licence CC BY-SA 4.0.",
    requis=REQUIRED,
)
_RELATED = (
    Field("mots_cles", "liste-de-textes"),
    Field("dossiers", "references"),
    Field("communautes", "references"),
    Field("territoires", "references"),
)
_LANGUAGE = (
    Field("resume_falc", "texte-long"),
    Field("langue", "option", largeur="moyen"),
    Field("licence", "option", largeur="moyen"),
)
SOURCES = Rows(
    "references",
    "source",
    "Ajouter une source",
    (
        Field("titre", "texte"),
        Field("url", "texte"),
        Field("doi", "texte", largeur="moyen"),
        Field("note", "texte"),
    ),
)
_WRITTEN = "the form writes it: the day when it is used"
_EDITORS = "a choice of the editors"
LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "publie_le": _WRITTEN,
        "modifie": _WRITTEN,
        "statut": "a draft stays in the browser; what is proposed is to be published",
        "a_ne_pas_manquer": _EDITORS,
        "ids_externes": "for programs that bring contents from elsewhere",
        "anciennes_urls": "for whoever renames a file",
    }
)
"""Fields that no form asks for."""


def title(help: str) -> Field:
    """The title of a content, and what to write there."""
    return Field("titre", "texte", aide=help)


def text_part(
    help: str, *before: Field | Rows, sources: bool = True, without: tuple[str, ...] = ()
) -> Part:
    """The part « Image et texte », with the fold of what is rarely told, ``before`` first.

    ``help`` says what the text tells; ``sources`` whether they are asked there; ``without`` are
    the fields that the form asks elsewhere.
    """
    text = Outside("corps", "corps", "Texte", f"{help} {_PASTED}")
    related = tuple(one for one in _RELATED if one.chemin not in without)
    found = (SOURCES,) if sources else ()
    inside = (*before, *_PICTURE_MORE, *related, *found, *_LANGUAGE)
    more = Fold("details", "Plus de détails", inside)
    return Part("texte", "Image et texte", "Image et texte", (*_PICTURE, text, more))
