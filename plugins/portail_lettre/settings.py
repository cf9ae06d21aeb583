"""Settings of the letter: where one subscribes, its editions, and what each edition is narrowed to,
which the reference tables must have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Annotated

from pydantic import BeforeValidator

from portail.config import SiteConfig, is_mailbox
from portail.diagnostics import ConfigError
from portail.geo.places import Departement, Epci
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.settings import Text, Url, among, no_dictionary, only, read
from portail.site.draft import instead
from portail.site.facets import territory_pair
from portail.text.normalise import is_slug

LETTER = "PORTAIL_LETTRE"
_EXAMPLE = '{"service": "sympa"}'

# Code of the edition that every instance has: the whole region, without a filter.
REGION = "region"
# What an edition may be narrowed to: keys of ``site.facets``.
_FILTERS = ("departement", "epci", "theme", "public")
# Names that address something else below the letter.
_TAKEN = frozenset({REGION, "flux", "archives", "page", "desabonnement"})

_Mailbox = Annotated[Text, only(is_mailbox, "« {value} » n’est pas une adresse.")]
_Service = among("le service « {value} » n’est pas connu.", "listmonk", "sympa", "courriel")


def _editions(value: object) -> object:
    value = value or {}
    if not isinstance(value, Mapping) or not all(isinstance(code, str) for code in value):
        raise ConfigError(no_dictionary(f"{LETTER}, editions", _EXAMPLE))
    return tuple(_edition(code, row) for code, row in value.items())


def _edition(code: str, row: object) -> Edition:
    place = f"{LETTER}, édition « {code} »"
    fields = read(_Edition, row, place, _EXAMPLE)
    if not is_slug(code) or code in _TAKEN or code[0].isdigit():
        raise ConfigError(f"{place} : ce nom ne convient pas à une adresse.")
    filters = [(key, getattr(fields, key)) for key in _FILTERS if getattr(fields, key)]
    if not fields.nom or len(filters) != 1:
        raise ConfigError(f"{place} : donnez un « nom » et un seul de {', '.join(_FILTERS)}.")
    return Edition(code, fields.nom, filters[0], fields.liste)


@dataclass(frozen=True, slots=True)
class _Edition:
    """An edition as it is set, below its code."""

    nom: Text = ""
    departement: Text = ""
    epci: Text = ""
    theme: Text = ""
    public: Text = ""
    liste: Text = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the letter."""

    # Its name in addresses.
    code: str
    nom: str
    # Value of a facet that it is narrowed to: ``("departement", "somme")``.
    filtre: tuple[str, str] | None = None
    # Its list at the service: UUID of a public list of Listmonk, name of a list of Sympa.
    liste: str = ""


@dataclass(frozen=True, slots=True)
class LetterConfig:
    """The letter of an instance."""

    # Address that it comes from; empty for the editors'.
    expediteur: _Mailbox = ""
    # Where one subscribes: a Listmonk form, a Sympa list, a message to the editors.
    service: Annotated[Text, _Service] = "courriel"
    # Address that the subscription form posts to (Listmonk: ``https://…/subscription/form``; Sympa:
    # ``https://…/sympa``).
    inscription: Url = ""
    desabonnement: Url = ""
    # List of the edition of the whole region.
    liste: Text = ""
    # In order, the region first.
    editions: Annotated[tuple[Edition, ...], BeforeValidator(_editions)] = (Edition(REGION, ""),)

    @property
    def formulaire(self) -> str:
        """Where the subscription form posts to; ``""`` when there is no form: one writes."""
        offered = self.service != "courriel" and any(edition.liste for edition in self.editions)
        if offered:
            return self.inscription
        return ""

    def edition(self, code: str) -> Edition | None:
        return next((edition for edition in self.editions if edition.code == code), None)


def read_letter(value: object) -> LetterConfig:
    """Read ``PORTAIL_LETTRE``. Raises ``ConfigError``."""
    letter = read(LetterConfig, value or {}, LETTER, _EXAMPLE)
    if letter.service != "courriel" and not letter.inscription:
        raise ConfigError(f"{LETTER} : le service {letter.service} demande « inscription ».")
    return letter


def letter_of(config: SiteConfig) -> LetterConfig:
    """The letter of an instance; its first edition has the name of all that the portal is of."""
    return _named(config.added.get("lettre") or LetterConfig(), config.ensemble)


@lru_cache
def _named(letter: LetterConfig, whole: str) -> LetterConfig:
    narrowed = (edition for edition in letter.editions if edition.code != REGION)
    return replace(letter, editions=(Edition(REGION, whole, None, letter.liste), *narrowed))


def posts(config: SiteConfig) -> str:
    """Where the form of the letter posts."""
    return letter_of(config).formulaire


def confront_editions(config: SiteConfig, geography: Geography, vocabularies: Vocabularies) -> None:
    """Raise ``ConfigError`` when what an edition is narrowed to is in no table: its pages would be
    written, and empty. Without a region, territories are not asked."""
    for edition in letter_of(config).editions:
        if edition.filtre is not None:
            codes = _values(edition.filtre[0], geography, vocabularies)
            if codes is not None and edition.filtre[1] not in codes:
                raise ConfigError(_refused(edition, edition.filtre, config.region, codes))


def _values(key: str, geography: Geography, vocabularies: Vocabularies) -> list[str] | None:
    # The codes that ``key`` of an edition may be; ``None`` when nothing says it.
    if key in ("theme", "public"):
        return [*vocabularies[f"{key}s"]]
    if geography.home is None:
        return None
    departements = geography.departements_of(geography.home.code)
    epci = chain.from_iterable(geography.home_epci_of(dep.code) for dep in departements)
    territories: Iterable[Departement | Epci] = departements if key == "departement" else epci
    return [territory_pair(territory, geography)[1] for territory in territories]


def _refused(edition: Edition, wanted: tuple[str, str], region: str, codes: list[str]) -> str:
    key, value = wanted
    where = {
        "departement": f"un département de la région {region}",
        "epci": f"une intercommunalité de la région {region}",
        "theme": "un thème (data/themes.yml)",
        "public": "un public (data/publics.yml)",
    }[key]
    return (
        f"{LETTER}, édition « {edition.code} » : « {value} » n’est pas {where}."
        f"{instead(value, codes)}"
    )
