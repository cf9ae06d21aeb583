"""Settings of the letter: who sends it, where one subscribes, its editions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portail.dictionaries import dictionary, text
from portail.errors import ConfigError
from portail.text.slugs import is_slug

__all__ = [
    "FILTERS", "REGION", "SERVICES", "Edition", "LetterConfig", "is_address", "is_mailbox",
    "letter_config",
]  # fmt: skip

REGION = "region"
"""Code of the edition that every instance has: the whole region, without a filter."""
SERVICES = ("listmonk", "sympa", "courriel")
"""Where one subscribes: a Listmonk form, a Sympa list, a message to the editors."""
FILTERS = ("departement", "epci", "theme", "public")
"""What an edition may be narrowed to: keys of ``site.facets``."""

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[^\s\"<>]*)?")
_MAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_TAKEN = re.compile(rf"{REGION}|[0-9].*|flux|archives|page|desabonnement")
"""Names that address something else below the letter."""
_PLACE = "PORTAIL_LETTRE"
_EXAMPLE = '{"service": "sympa"}'
_KEYS = ("expediteur", "service", "inscription", "desabonnement", "liste", "editions")
_EDITION_KEYS = ("nom", *FILTERS, "liste")


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: its code in addresses, its name, the value of a facet that it is narrowed to
    (``("departement", "somme")``; ``None``: the whole region).

    ``liste`` names its list at the service: UUID of a public list of Listmonk, name of a list of
    Sympa; the address of a sending list is a setting of the sending, not of the site.
    """

    code: str
    nom: str
    filtre: tuple[str, str] | None = None
    liste: str = ""


@dataclass(frozen=True, slots=True)
class LetterConfig:
    """The letter of an instance.

    ``expediteur`` is the address that it comes from (empty: the editors'); ``service`` one of
    ``SERVICES``; ``inscription`` the address that the subscription form posts to (Listmonk:
    ``https://…/subscription/form``; Sympa: ``https://…/sympa``), ``desabonnement`` the page where
    one leaves. ``editions`` are in order, the region first.
    """

    expediteur: str = ""
    service: str = "courriel"
    inscription: str = ""
    desabonnement: str = ""
    editions: tuple[Edition, ...] = (Edition(REGION, ""),)

    @property
    def formulaire(self) -> str:
        """Where the subscription form posts to; ``""`` when there is no form: one writes."""
        offered = self.service != "courriel" and any(one.liste for one in self.editions)
        return self.inscription if offered else ""

    def edition(self, code: str) -> Edition | None:
        """The edition of a code."""
        return next((one for one in self.editions if one.code == code), None)


def is_mailbox(text: str) -> bool:
    """Whether ``text`` is one e-mail address and nothing else.

    >>> is_mailbox("lettre@exemple.org"), is_mailbox("a@b.fr, c@d.fr")
    (True, False)
    """
    return _MAIL.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether ``text`` is a whole http(s) address."""
    return _ADDRESS.fullmatch(text) is not None


def letter_config(value: object, region: str) -> LetterConfig:
    """Read the setting ``PORTAIL_LETTRE``; ``region`` names the edition of the whole region.

    Raises ``ConfigError`` for an unknown key (with the nearest), a value of another type, an
    address that is none, a service that is unknown, an edition without a name or a filter.
    """
    told = dictionary(value, _PLACE, _KEYS, _EXAMPLE)
    texts = {key: text(told, key, _PLACE) for key in _KEYS if key != "editions"}
    if texts["expediteur"] and not is_mailbox(texts["expediteur"]):
        raise ConfigError(f"{_PLACE} : « {texts['expediteur']} » n’est pas une adresse.")
    for key in ("inscription", "desabonnement"):
        if texts[key] and not is_address(texts[key]):
            raise ConfigError(
                f"{_PLACE} : {key} « {texts[key]} » n’est pas une adresse http(s) complète."
            )
    service = texts["service"] or "courriel"
    if service not in SERVICES:
        raise ConfigError(
            f"{_PLACE} : le service « {service} » n’est pas connu. Choisissez : "
            f"{', '.join(SERVICES)}."
        )
    if service != "courriel" and not texts["inscription"]:
        raise ConfigError(f"{_PLACE} : le service {service} demande « inscription ».")
    rows = dictionary(told.get("editions") or {}, f"{_PLACE}, editions", None, _EXAMPLE)
    editions = [Edition(REGION, region, None, texts["liste"])]
    editions += [_edition(code, row) for code, row in rows.items()]
    return LetterConfig(
        texts["expediteur"], service, texts["inscription"], texts["desabonnement"], tuple(editions)
    )


def _edition(code: str, row: object) -> Edition:
    place = f"{_PLACE}, édition « {code} »"
    told = dictionary(row, place, _EDITION_KEYS, _EXAMPLE)
    if not is_slug(code) or _TAKEN.fullmatch(code):
        raise ConfigError(f"{place} : ce nom ne convient pas à une adresse.")
    filters = [(key, text(told, key, place)) for key in FILTERS if told.get(key)]
    nom = text(told, "nom", place)
    if not nom or len(filters) != 1:
        raise ConfigError(f"{place} : donnez un « nom » et un seul de {', '.join(FILTERS)}.")
    return Edition(code, nom, filters[0], text(told, "liste", place))
