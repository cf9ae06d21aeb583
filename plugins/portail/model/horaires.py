"""The field of opening hours: French, or the syntax of OpenStreetMap, in which they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import ValidationInfo

from portail.model.faults import fault
from portail.model.fields import Texte
from portail.model.typed import Typed
from portail.text.opening_hours_spoken import osm_hours
from portail.text.opening_hours_text import Misread, read_opening_hours
from portail.text.opening_hours_words import LEXICON, is_spoken

__all__ = ["Horaires"]

_CODE = "E249"
_EXAMPLE = "Écrivez par exemple Tu-Fr 10:00-12:00,14:00-18:00; PH off (fermé les jours fériés)."

_FRENCH = "Écrivez par exemple : mardi à dimanche 10 h-18 h, fermé les jours fériés."

_SAID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "manque": ("il manque les heures", "Ajoutez 10:00-18:00, ou « off » si c’est fermé."),
        "jour": ("un jour s’écrit Mo, Tu, We, Th, Fr, Sa ou Su", _EXAMPLE),
        "mois": (
            "un mois s’écrit Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov ou Dec",
            "Écrivez par exemple Apr-Sep Sa,Su 14:00-18:00.",
        ),
        "date": (
            "ce jour ou cette période de l’année ne se lit pas",
            "Écrivez par exemple Dec 25, Dec 24-Jan 2 ou Apr-Sep.",
        ),
        "heure": (
            "des heures s’écrivent 10:00-12:00, ou 10:00-12:00,14:00-18:00",
            "De 10 h à 18 h : 10:00-18:00. Jusqu’après minuit : 20:00-02:00.",
        ),
        "chevauche": (
            "ces heures chevauchent celles qui précèdent",
            "Écrivez les heures d’un jour dans l’ordre : 10:00-12:00,14:00-18:00.",
        ),
        "rang": (
            "le rang d’un jour dans le mois ne se lit pas",
            "Écrivez Su[1] pour le premier dimanche du mois, Su[-1] pour le dernier.",
        ),
        "guillemet": (
            "une précision s’écrit entre deux guillemets droits",
            "Écrivez par exemple Sa 14:00-18:00 \"sur rendez-vous\".",
        ),
        "annee": (
            "une année ne s’écrit pas ici",
            "Une fermeture d’une seule fois s’écrit dans « fermetures ».",
        ),
        "soleil": (
            "le lever et le coucher du soleil ne sont pas lus",
            "Écrivez des heures, ou une précision entre deux guillemets droits.",
        ),
        "semaine": (
            "les numéros de semaine ne sont pas lus",
            "Écrivez des dates : Apr 15-Sep 30 Sa,Su 14:00-18:00.",
        ),
        "sinon": (
            "cette façon de séparer deux règles n’est pas lue",
            "Séparez-les par un point-virgule : Mo-Fr 10:00-18:00; PH off.",
        ),
        "ajout": (
            "une fermeture ne s’ajoute pas à des heures",
            "Séparez-la par un point-virgule : Mo-Fr 10:00-18:00; We off.",
        ),
        "ordre": (
            "cette règle annule les exceptions écrites avant elle",
            "Écrivez-la d’abord, puis les exceptions : Mo-Fr 10:00-18:00; PH off.",
        ),
        "annule": (
            "cette règle annule une règle écrite avant elle",
            "Réunissez leurs heures (Mo 10:00-12:00,14:00-18:00), ou distinguez leurs jours.",
        ),
        "mots_inconnu": ("ce mot n’est pas compris ici", _FRENCH),
        "mots_manque": ("il manque les heures", "Ajoutez « de 10 h à 18 h », ou « fermé »."),
        "mots_jour": ("on attend ici un jour de la semaine", _FRENCH),
        "mots_date": ("ce jour de l’année ne se lit pas", "Écrivez par exemple : 24 décembre."),
        "mots_heure": (
            "on attend ici une heure", "Écrivez par exemple : de 10 h à 12 h et de 14 h à 18 h."
        ),
        "mots_annule": (
            "ces horaires contredisent ceux qui précèdent",
            "Réunissez les heures d’un même jour : mardi de 10 h à 12 h et de 14 h à 18 h.",
        ),
        "autre": ("on attend ici un jour, un mois, des heures ou « off »", _EXAMPLE),
    }
)  # fmt: skip
"""What is wrong and what to write, by the names of ``Misread``; the schema carries them."""

_texte = Texte(255)


def _read(value: Any, info: ValidationInfo) -> str:
    text = str(_texte.read(value, info))
    try:
        return _osm(text)
    except Misread as error:
        reason, remedy = _SAID[error.raison]
        raise fault(
            _CODE, trouve=error.trouve, rang=error.signe + 1, raison=reason, remede=remedy,
            _signe=error.signe,
        ) from None  # fmt: skip


def _osm(text: str) -> str:
    """``text``, or what it says in French, in the syntax of OpenStreetMap."""
    try:
        read_opening_hours(text)
    except Misread:
        if not is_spoken(text):
            raise
        return osm_hours(text)
    return text


Horaires = Annotated[
    str,
    Typed(
        _read,
        {
            **_texte.schema,
            "x-code": _CODE,
            "x-raisons": {name: [*said] for name, said in _SAID.items()},
            "x-mots": [[*one] for one in LEXICON],
        },
    ),
]
"""Opening hours, French turned into the syntax of OpenStreetMap (E202, E205, E206, E246, E249)."""
