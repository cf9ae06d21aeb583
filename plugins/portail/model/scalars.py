"""From the text of a scalar to a typed value, each with its own error: dates, numbers, addresses.

Every function takes the text as written (YAML types nothing for us) and raises a ``fault``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, time
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote

from msgspec import Struct
from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from portail.clock import moment_here
from portail.diagnostics import Diagnostic, Fix
from portail.files import is_safe_relative
from portail.late import expression
from portail.text.addresses import address_parts
from portail.text.dates import (
    iso_moment,
    iso_period,
    mois,
    other_weekday,
    suggested_date,
    suggested_time,
    typed_day,
)
from portail.text.normalise import decimal_of, fold, is_day, is_number
from portail.text.place import Place
from portail.text.visible import GAP, deceives, shows
from portail.text.yearly import yearly_days

from .faults import fault, phrase
from .vocabulary import Vocabularies

# A day, with an hour or without: what a contributor writes in ``debut`` and ``fin``.


class Moment(Struct, frozen=True):
    """A day and, unless it is a whole day, an hour of the clock of the portal."""

    jour: date
    heure: time | None = None

    def __str__(self) -> str:
        if self.heure:
            return f"{self.jour.isoformat()} {self.heure:%H:%M}"
        return self.jour.isoformat()

    def precedes(self, moment: Moment) -> bool:
        """Whether it is surely before ``moment``: a whole day is only before another day."""
        if self.jour != moment.jour or self.heure is None or moment.heure is None:
            return self.jour < moment.jour
        return self.heure < moment.heure


class Periode(Struct, frozen=True):
    """Days from ``du`` to ``au``, both included."""

    du: date
    au: date

    def __str__(self) -> str:
        first = self.du.isoformat()
        last = self.au.isoformat()
        if first == last:
            return first
        return f"{first}..{last}"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.du <= day <= self.au


_HEURES = expression(r"\d\s*[h:][^+]*\d\s*[h:]", re.IGNORECASE | re.ASCII)
# What says more than one day, and the phrase that tells where to write it.
_SEVERAL = (
    ("tous_les", expression(r"\b(?:tous les|toutes les|chaque)\b", re.IGNORECASE)),
    ("deux_jours", expression(r"\bdu\b.*\d.*\bau\b.*\d", re.IGNORECASE)),
    ("plusieurs_jours", expression(r"\d.*(?:\bet\b|&|;|,).*\d\s*(?:/|[a-zà-ÿ]{3})", re.IGNORECASE)),
)
_BARE_URL = expression(r"(?://)?((?:[\w-]{1,63}\.){1,6}[a-zA-Z]{2,18}(?:[/?#]\S*)?)")
# Without « % & = ? / # », which mean something else in a mailto: address (RFC 6068).
_COURRIEL = expression(r"[A-Za-z0-9.!$'+*^_`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}")
# France's have ten figures (ARCEP); those of other countries, fifteen at most (ITU-T E.164).
_TELEPHONE = expression(r"(?:(?:\+|00)33|0)[1-9]\d{8}|(?:\+|00)(?!33)[1-9]\d{8,14}", re.ASCII)
_RESOLVERS = ("https://doi.org/", "https://dx.doi.org/", "http://doi.org/", "http://dx.doi.org/")
# Extensions of the pages that other programs publish: any other would name a file that servers or
# their programs read (``/web.config``, ``/ads.txt``, ``/sw.js``).
_PAGES = ("asp", "aspx", "cfm", "htm", "html", "jsp", "php", "php3", "php5", "shtml", "xhtml")
# Those of French and of its neighbours, in both cases: browsers fold other signs into them.
_LETTERS = "a-zA-Zà-öø-ÿÀ-ÖØ-ÞœŒŸ"
_ENDINGS = "|".join(chain.from_iterable((page, page.upper(), page.title()) for page in _PAGES))
_ANCIENNE = expression(
    # A letter or a digit first, or « ~ » before it (personal pages): no ``.htaccess``,
    # ``.well-known`` nor ``_headers``. Accents and signs, that other generators leave in a name.
    rf"(?:/~?[{_LETTERS}0-9][{_LETTERS}0-9_~+,’'()-]*(?:\.\d+)*(?:\.(?:{_ENDINGS}))?)+/?",
    re.ASCII,
)
_ANCIENNE_LONGEST = 200
_CURRENCIES = ("€", "euros", "euro", "eur")
_OUI = {"true", "oui", "vrai", "yes", "on"}
_NON = {"false", "non", "faux", "no", "off"}


def read_date(text: str, form: str = "AAAA-MM-JJ", *, hours: bool = True) -> date:
    """An ISO day between 1990 and 2100 (E210, E212); ``form`` says how else to write it."""
    if not is_day(text):
        proposed = (moment_here(text) or suggested_date(text) or "")[:10]
        raise _no_day(text, proposed, form, hours=hours)
    year, month, day = map(int, text.split("-"))
    if not 1990 <= year <= 2100:
        raise fault("E212", valeur=text)
    absent = _absent(year, month, day)
    if absent:
        raise fault("E210", valeur=text, **absent)
    return date(year, month, day)


# What has no deadline: one applies when one wants.
AU_FIL = "au fil de l’eau"
# The forms of a deadline.
ECHEANCE = f"AAAA-MM-JJ, ou écrivez « {AU_FIL} »"


def read_echeance(text: str) -> date | str:
    """A day, or the words of ``AU_FIL`` (E210, E212)."""
    if fold(text) == fold(AU_FIL):
        return AU_FIL
    return read_date(text, ECHEANCE)


def _no_day(text: str, proposed: str, form: str, *, hours: bool = False) -> PydanticCustomError:
    # Why ``text`` is no day (E210): what it means if that is sure, else what is wrong with it;
    # never a day that nobody wrote.
    if proposed and (weekday := other_weekday(text)):
        reason = phrase("autre_semaine", semaine=weekday)
        remedy = phrase("revoir_semaine", exemple=proposed)
        return fault("E210", valeur=text, raison=reason, remede=remedy)
    if proposed:
        remedy = phrase("ecrire_jour", exemple=proposed)
        meant = moment_here(text) or iso_moment(text) or ""
        is_lost = hours and meant[10:] and "00:00" not in (meant[11:], text[11:16])
        fix = Fix("" if is_lost else meant[: len(proposed)])
        return fault("E210", fix, valeur=text, raison=phrase("iso"), remede=remedy)
    parts = typed_day(text)
    absent: dict[str, Any] = _absent(*parts) if parts else {}
    remedy = phrase("forme_jour", forme=form)
    why = absent or {"raison": phrase("iso"), "remede": remedy}
    return fault("E210", Fix(iso_period(text)), valeur=text, **why)


def _absent(year: int, month: int, day: int) -> dict[str, Any]:
    if not 1 <= month <= 12:
        return {"raison": phrase("mois", mois=month), "remede": phrase("revoir_mois")}
    last = calendar.monthrange(year, month)[1]
    if 1 <= day <= last:
        return {}
    reason = phrase("jours", mois=mois(date(year, month, 1)), jours=last)
    return {"raison": reason, "remede": phrase("revoir_jour")}


def read_heure(text: str, day: str = "") -> time:
    """An hour from 0:00 to 23:59 (E211); ``day`` is what is written before it."""
    figures = text.removesuffix(":00") if text.count(":") == 2 else text
    hour, colon, minute = figures.partition(":")
    if colon and len(hour) in (1, 2) and len(minute) == 2 and is_number(hour + minute):
        with suppress(ValueError):
            return time(int(hour), int(minute))
    meant = suggested_time(text)
    if meant:
        remedy = phrase("ecrire_heure", exemple=f"{day} {meant}".lstrip())
    else:
        remedy = phrase("deux_heures" if _HEURES.search(text) else "heure")
    fix = Fix((iso_moment(f"{day} {text}") if day else meant) or "")
    raise fault("E211", fix, valeur=text, remede=remedy)


def read_moment(text: str) -> Moment:
    """A day, or a day and an hour separated by a space or ``T`` (E210, E211, E212)."""
    day, separator, hour = text.replace("T", " ", 1).partition(" ")
    if here := moment_here(text):
        remedy = phrase("ecrire_heure", exemple=here)
        reason = phrase("autre_horloge")
        raise fault("E210", Fix(here), valeur=text, raison=reason, remede=remedy)
    if alone := suggested_time(text):
        remedy = phrase("forme_jour", forme=f"AAAA-MM-JJ {alone}")
        raise fault("E210", valeur=text, raison=phrase("heure_seule"), remede=remedy)
    if separator and not is_day(day):
        meant = suggested_date(text) or ""
        several = () if meant else (name for name, pattern in _SEVERAL if pattern.search(text))
        for name in several:
            raise fault("E210", valeur=text, raison=phrase("iso"), remede=phrase(name))
        raise _no_day(text, meant, "AAAA-MM-JJ HH:MM")
    return Moment(read_date(day), read_heure(hour.strip(), day) if separator else None)


def read_periode(text: str) -> Periode:
    """One day, or two days separated by ``..`` (E210, E212, E240)."""
    first, separator, last = text.partition("..")
    if not separator:
        day = read_date(text)
        return Periode(day, day)
    days = [first.strip(), last.strip()]
    if all(map(is_day, days)):
        du, au = map(read_date, days)
        if du <= au:
            return Periode(du, au)
    raise fault("E240", Fix(iso_period(text)), valeur=text)


# A year that is no leap year: what a rule says of it holds in every other.
_ANY_YEAR = 2027


def read_regle(text: str) -> str:
    """The rule of what comes back every year (E259)."""
    try:
        yearly_days(text, _ANY_YEAR)
    except ValueError:
        raise fault("E259", valeur=text) from None
    return text


def is_bool(text: str) -> bool:
    return text.lower() in _OUI | _NON


def read_bool(text: str) -> bool:
    if not is_bool(text):
        raise fault("E226", valeur=text)
    return text.lower() in _OUI


def read_nombre(
    text: str, cle: str, low: float, high: float, *, entier: bool, prix: bool = False
) -> float | int:
    """A number between ``low`` and ``high``, a comma or a point before its decimals (E209); a
    price may say its unit: « 5,50 € »."""
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if prix:
        unit = next(filter(plain.lower().endswith, _CURRENCIES), "")
        plain = plain[: len(plain) - len(unit)]
    number = decimal_of(plain)
    if number is not None and low <= number <= high and not (entier and number % 1):
        return int(number) if entier else number + 0.0  # no « -0 »
    kind = phrase("entier" if entier else "nombre")
    expected = phrase("prix" if prix else "bornes", genre=kind, low=_shown(low), high=_shown(high))
    raise fault("E209", valeur=text, cle=cle, attendu=expected)


def _shown(bound: float) -> str:
    grouped = f"{bound:,.12g}" if bound >= 10_000 else f"{bound:g}"
    return grouped.replace(",", "\u00a0").replace(".", ",")


_SIGNS = frozenset('<>"\\^`{|}')
"""Signs that an address writes in its way."""


def read_url(text: str) -> str:
    """An absolute http(s) address without spaces or credentials (E219), of a host that is what it
    looks like (E258)."""
    parts = address_parts(text)
    host = parts.hostname or ""
    odd_host = "." not in host or host.startswith(".") or ".." in host or "%" in host
    refusals = {
        "url_forme": not any(parts),
        "url_debut": text.startswith("//") or parts.scheme not in ("http", "https"),
        "url_secret": parts.username is not None or parts.password is not None,
        "url_signe": odd_host or text.split() != [text] or not _SIGNS.isdisjoint(text),
        "url_longue": len(text) > 2000,
    }
    if refused := next((name for name, holds in refusals.items() if holds), ""):
        bare = _BARE_URL.fullmatch(text)
        fix = Fix(f"https://{bare[1]}" if bare else "")
        raise fault("E219", fix, valeur=text, raison=phrase(refused))
    if deceives(host):
        raise fault("E258", valeur=host)
    return text


def read_courriel(text: str) -> str:
    """An e-mail address (E220), of a host that is what it looks like (E258)."""
    plain = text.removeprefix("mailto:")
    local, _, host = plain.partition("@")
    if deceives(host):
        raise fault("E258", valeur=host)
    if (
        len(plain) > 254
        or not _COURRIEL.fullmatch(plain)
        or ".." in plain
        or local.strip(".") != local
    ):
        raise fault("E220", valeur=text)
    return plain


_IN_NUMBERS = str.maketrans("", "", ".()-")
"""Signs that part the figures of a telephone number, besides blanks."""


def read_telephone(text: str) -> str:
    plain = "".join(text.replace("(0)", "").translate(_IN_NUMBERS).split())
    if not _TELEPHONE.fullmatch(plain):
        raise fault("E221", valeur=text)
    return text


def read_doi(text: str) -> str:
    """A DOI without its resolver, nor what an address writes in its way (E241)."""
    resolver = next(filter(text.lower().startswith, (*_RESOLVERS, "doi:")), "")
    plain = text[len(resolver) :].lstrip()
    if text[:4].lower() == "http":
        plain = unquote(plain)
    number, _, suffix = plain.removeprefix("10.").partition("/")
    good = plain[:3] == "10." and is_number(number) and 4 <= len(number) <= 9
    if (
        not good
        or suffix.split() != [suffix]
        or len(suffix) > 200
        or not set('"<>').isdisjoint(suffix)
    ):
        raise fault("E241", valeur=text, attendu="DOI", remede=phrase("doi"))
    return plain


def read_orcid(text: str) -> str:
    """An ORCID iD whose check character is right (ISO 7064 MOD 11-2; E241)."""
    plain = text.removeprefix("https://orcid.org/")
    figures = plain.replace("-", "")[:-1]
    if len(plain) == 19 and plain[4::5] == "---" and len(figures) == 15 and is_number(figures):
        total = 0
        for digit in figures:
            total = (total + int(digit)) * 2
        check = (12 - total % 11) % 11
        if plain[-1] == ("X" if check == 10 else str(check)):
            return plain
    raise fault(
        "E241",
        valeur=text,
        attendu="identifiant ORCID",
        remede="Copiez-le depuis orcid.org : 0000-0002-1825-0097.",
    )


def read_ancienne_url(text: str) -> str:
    """A former absolute site path that can be written as a file (E245)."""
    path = text
    with suppress(UnicodeDecodeError):
        path = unquote(text, errors="strict")
    fit = len(path) <= _ANCIENNE_LONGEST and _ANCIENNE.fullmatch(path)
    if not fit or not is_safe_relative(path[1:].removesuffix("/")):
        raise fault("E245", valeur=text)
    return path


# How an annotation reads a value: the machinery under ``portail.model.fields``.

T = TypeVar("T")


class Places(Protocol):
    """What reading needs of geography; see ``portail.geo.territories.Geography``."""

    def commune(self, text: str) -> Any:
        """A commune, the ``candidates`` of a shared name or postcode, or the ``nearest`` names."""
        ...

    @property
    def place(self) -> Place:
        """Where examples are."""


class Reading(Struct):
    """What validation is given besides the document, and where it leaves its advice.

    ``advice`` receives (field, value as written, code) for each synonym met; the other fields are
    what features bring (``roles`` and ``judges`` of ``Feature``).
    """

    vocabularies: Vocabularies
    places: Places
    advice: list[tuple[str, str, str]] = []
    judges: tuple[Callable[..., Iterable[Diagnostic]], ...] = ()
    judges_bytes: tuple[Callable[[PurePosixPath, bytes], Iterable[Diagnostic]], ...] = ()
    packs: Callable[[str, str, Iterable[str], str], str] | None = None


def champ(titre: str, aide: str, exemple: object = None, **more: Any) -> Any:
    """A model field with its French label, help and example (form, docs and schemas use them)."""
    more.setdefault("default", None)
    if more["default"] is ...:
        del more["default"]
    examples = None if exemple is None else [exemple]
    return Field(title=titre, description=aide, examples=examples, **more)


def field_name(info: ValidationInfo) -> str:
    return info.field_name or "valeur"


def read_text(value: Any, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise fault("E202", cle=field_name(info), exemple=f"{field_name(info)}: …")
    if not shows(value) or GAP in value:
        raise fault("E206", cle=field_name(info))
    return value.strip()


def reading_of(info: ValidationInfo) -> Reading:
    if not isinstance(info.context, Reading):
        raise TypeError("models are validated with a Reading as context")
    return info.context


def scalar(read: Callable[[str], T]) -> Callable[[Any, ValidationInfo], T]:
    def validate(value: Any, info: ValidationInfo) -> T:
        return read(read_text(value, info))

    return validate


@dataclass(frozen=True, slots=True)
class Typed:
    """Annotation of a field: the function that reads its value, and its JSON Schema."""

    read: Callable[[Any, ValidationInfo], Any]
    schema: dict[str, Any] = field(hash=False)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self.schema)


def typed(read: Callable[[str], Any], code: str, **schema: Any) -> Typed:
    """The annotation of a scalar that ``read`` types and ``code`` refuses."""
    return Typed(scalar(read), {"type": "string", "x-code": code, **schema})
