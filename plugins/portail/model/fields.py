"""Annotated types shared by the models: how each value is read from text, what its JSON Schema
says, which error refuses it (``x-code``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from portail.diagnostics import NO_FIX, Fix
from portail.late import expression
from portail.text.mail import encoded_word
from portail.text.normalise import fold, one_line

from . import scalars
from .faults import fault, phrase
from .kinds import PLACES, YEARLY, Kind
from .scalars import (
    Moment,
    Periode,
    Typed,
    field_name,
    read_text,
    reading_of,
    scalar,
    typed,
)
from .vocabulary import Vocabulary

_CANDIDATES = 6
_BALISE = expression(r"</?[a-zA-Z][^<>]*>|<!--")


def Texte(longueur: int = 300) -> Typed:
    """Plain text of at most ``longueur`` characters, without HTML nor encoded words of mails
    (E202, E205, E206, E246, E257)."""

    def validate(value: Any, info: ValidationInfo) -> str:
        text = one_line(read_text(value, info))
        if len(text) > longueur:
            raise fault("E205", cle=field_name(info), longueur=len(text), limite=longueur)
        tag = _BALISE.search(text)
        if tag:
            raise fault("E246", cle=field_name(info), valeur=tag[0])
        if word := encoded_word(text.replace("*", "")):
            raise fault("E257", cle=field_name(info), valeur=word)
        return text

    schema = {"type": "string", "minLength": 1, "maxLength": longueur, "x-code": "E205"}
    return Typed(validate, schema)


def Terme(vocabulaire: str) -> Typed:
    """A code of a controlled list; a synonym is accepted with an advice (E203, C206)."""

    def validate(value: Any, info: ValidationInfo) -> str:
        text = read_text(value, info)
        reading = reading_of(info)
        vocabulary = reading.vocabularies[vocabulaire]
        term = vocabulary.find(text)
        if term is None:
            room = value.room if isinstance(value, _Listed) else 1
            raise _unlisted(vocabulary, text, field_name(info), room)
        if term.code != text:
            reading.advice.append((field_name(info), text, term.code))
        return term.code

    return Typed(validate, {"type": "string", "x-vocabulaire": vocabulaire, "x-code": "E203"})


class _Listed(str):
    """A text of a list that may hold as many values."""

    room = 1


def _unlisted(vocabulary: Vocabulary, text: str, name: str, room: int = 1) -> PydanticCustomError:
    # The fault of ``text``, no value of the list (E203), where there is ``room`` for so many.
    remedy, fix = _nearest(vocabulary, text, name, room)
    value = fix.yaml or fix.value
    paste = f"{name}: {value}" if value else ""
    return fault("E203", fix, valeur=text, cle=name, remede=remedy, paste=paste)


def _nearest(vocabulary: Vocabulary, text: str, name: str, room: int) -> tuple[str, Fix]:
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    several = [vocabulary.find(part) for part in parts]
    known = [*dict.fromkeys(term.code for term in several if term)]
    meant = dict.fromkeys((*vocabulary.nearest(part), part)[0] for part in parts)
    is_sure = all(several)
    codes = known if is_sure else [code for code in meant if code in vocabulary]
    if codes and len(known if is_sure else meant) > room:
        return _fewer(codes, room), NO_FIX
    if is_sure and len(known) > 1:
        listed = f"[{', '.join(known)}]"
        return phrase("crochets", ligne=f"{name}: {listed}"), Fix(yaml=listed)
    if codes and len(meant) > 1:
        return phrase("proches", propose=f"{name}: [{', '.join(meant)}]"), NO_FIX
    near = known or vocabulary.nearest(text)
    if near:
        return phrase("proche", propose=near[0]), Fix(near[0], sure=False)
    return phrase("choisir", choix=_choices(vocabulary)), NO_FIX


def _fewer(codes: Sequence[str], room: int) -> str:
    if room == 1:
        return phrase("une_seule", choix=" ou ".join(codes))
    return phrase("au_plus", limite=room, choix=", ".join(codes))


# Codes of a list that a message gives: all but those of countries and of languages.
_MOST = 60


def _choices(vocabulary: Vocabulary) -> str:
    codes = list(vocabulary)
    return ", ".join(codes[:_MOST]) + (", …" if len(codes) > _MOST else "")


def Entier(low: int = 0, high: int = 1_000_000_000) -> Typed:
    return _number(low, high, entier=True)


def Nombre(low: float = 0, high: float = 1e12) -> Typed:
    return _number(low, high, entier=False)


def _number(low: float, high: float, *, entier: bool, prix: bool = False) -> Typed:
    def validate(value: Any, info: ValidationInfo) -> float | int:
        return scalars.read_nombre(
            read_text(value, info), field_name(info), low, high, entier=entier, prix=prix
        )

    schema = {
        "type": "integer" if entier else "number",
        "minimum": low,
        "maximum": high,
        "x-code": "E209",
        **({"x-unite": "€"} if prix else {}),
    }
    return Typed(validate, schema)


def Liste(limite: int = 50) -> BeforeValidator:
    """A list of at most ``limite`` distinct values; one value alone is a list of one
    (E227, E238)."""

    def before(value: Any, info: ValidationInfo) -> Any:
        values = value if isinstance(value, list) else [value]
        if len(values) > limite:
            raise fault("E227", cle=field_name(info), nombre=len(values), limite=limite)
        _refuse_doubles(values, field_name(info))
        return tuple([_listed(value, limite) for value in values])

    return BeforeValidator(before)


def _listed(value: Any, room: int) -> Any:
    # ``value`` of a list; a text that may be several says how many it may hold.
    if type(value) is not str or ("," not in value and ";" not in value):
        return value
    listed = _Listed(value)
    listed.room = room
    return listed


def _refuse_doubles(values: list[Any], name: str) -> None:
    texts = set()
    for rank, value in enumerate(values):
        if isinstance(value, str):
            if value in texts:
                raise fault("E238", cle=name, valeur=value, champ=(rank,))
            texts.add(value)


def _several(text: str, candidates: Sequence[Any]) -> dict[str, Any]:
    # Why ``text`` means several communes, which ones, and what to write instead.
    names = [
        f"{candidate.nom} ({candidate.departement}), {candidate.code}" for candidate in candidates
    ]
    example = f"{candidates[0].nom} ({candidates[0].departement})"
    reason = phrase("communes", valeur=text)
    remedy = phrase("departement", exemple=example)
    if text[:1].isdigit():
        reason = phrase("postal", valeur=text)
        if any(candidate.code == text.upper() for candidate in candidates):
            reason = phrase("insee", valeur=text)
        remedy = phrase("nom", exemple=example)
    more = len(names) - _CANDIDATES
    more_words = ""
    if more > 0:
        more_words = f" et {more} autre{'s' if more > 1 else ''}"
    return {
        "raison": reason,
        "candidats": " ; ".join(names[:_CANDIDATES]) + more_words,
        "remede": remedy,
    }


def _commune(value: Any, info: ValidationInfo) -> str:
    text = read_text(value, info)
    lookup = reading_of(info).places.commune(text)
    if hasattr(lookup, "code"):
        return str(lookup.code)
    if hasattr(lookup, "candidates"):
        raise fault("E431", valeur=text, **_several(text, lookup.candidates))
    near = ", ".join(f"« {name} »" for name in lookup.nearest[:3])
    remedy = phrase("proches", propose=near) if near else phrase("verifier")
    raise fault("E432", valeur=text, remede=remedy)


def _pays(value: Any, info: ValidationInfo) -> str | None:
    text = read_text(value, info)
    if fold(text) in _HOME:
        return None
    reading = reading_of(info)
    countries = reading.vocabularies["pays"]
    term = countries.find(text)
    if term is None:
        raise _unlisted(countries, text, field_name(info))
    if text not in (term.code, term.label):
        reading.advice.append((field_name(info), text, term.code))
    return term.label


_HOME = frozenset({"france", "fr"})
# A country other than France, kept as its French name; ``None`` for France (E203, C206).
Pays = Annotated[
    str | None, Typed(_pays, {"type": "string", "x-vocabulaire": "pays", "x-code": "E203"})
]


def _abroad(info: ValidationInfo) -> bool:
    # Whether the group that is being read has a country, perhaps a faulty one: it stands before
    # this field.
    read = info.data or {}
    return bool(read.get("pays", "rue" in read))


def _ville(value: Any, info: ValidationInfo) -> str:
    if _abroad(info):
        return str(_VILLE.read(value, info))
    return _commune(value, info)


def _postal(value: Any, info: ValidationInfo) -> str:
    text = read_text(value, info)
    if not _abroad(info):
        return str(_CODE_POSTAL.read(text, info))
    if not _FOREIGN_CODE.fullmatch(text):
        raise fault("E222", valeur=text)
    return text


_FOREIGN_CODE = expression(r"[0-9A-Za-z][0-9A-Za-z -]{1,9}", re.ASCII)

# A commune in plain French, kept as its INSEE code (E431, E432).
CommuneRef = Annotated[
    str, Typed(_commune, {"type": "string", "x-code": "E432", "x-completion": "communes"})
]
_VILLE = Texte(80)
# The same; any name where the group names another country, kept as it is written.
Ville = Annotated[
    str, Typed(_ville, {"type": "string", "x-code": "E432", "x-completion": "communes"})
]

Url = Annotated[str, typed(scalars.read_url, "E219", format="uri")]
# Word for the link of an online event that is sent to those who have booked.
LIEN_APRES = "lien-apres-inscription"
# The address where an event is followed, or ``LIEN_APRES``.
LienEnLigne = Annotated[
    str,
    typed(
        lambda text: text if text == LIEN_APRES else scalars.read_url(text),
        "E219",
        pattern=f"^([Hh][Tt][Tt][Pp][Ss]?:|{LIEN_APRES}$)",
        **{"x-mot": LIEN_APRES},
    ),
]
Courriel = Annotated[str, typed(scalars.read_courriel, "E220", format="email")]
Telephone = Annotated[str, typed(scalars.read_telephone, "E221")]
Jour = Annotated[date, typed(scalars.read_date, "E210", format="date")]
# A day of the record itself, where an hour says nothing.
JourFiche = Annotated[date, typed(partial(scalars.read_date, hours=False), "E210", format="date")]
# A day, or « au fil de l’eau » (E210, E212).
Echeance = Annotated[
    date | str,
    typed(
        scalars.read_echeance,
        "E210",
        pattern=r"^(\d{4}-\d{2}-\d{2}|[Aa]u fil de l['’]eau)$",
        **{"x-mot": scalars.AU_FIL, "x-forme": scalars.ECHEANCE},
    ),
]
Heure = Annotated[time, typed(scalars.read_heure, "E211", pattern=r"^\d{1,2}:\d{2}$")]
MomentField = Annotated[
    Moment, typed(scalars.read_moment, "E210", pattern=r"^\d{4}-\d{2}-\d{2}([ T]\d{1,2}:\d{2})?$")
]
PeriodeField = Annotated[
    Periode,
    typed(scalars.read_periode, "E240", pattern=r"^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$"),
]
Regle = Annotated[str, typed(scalars.read_regle, "E259")]
Doi = Annotated[str, typed(scalars.read_doi, "E241", **{"x-identifiant": "doi"})]
Orcid = Annotated[str, typed(scalars.read_orcid, "E241", **{"x-identifiant": "orcid"})]
AncienneUrl = Annotated[str, typed(scalars.read_ancienne_url, "E245", pattern="^/")]
Booleen = Annotated[bool, Typed(scalar(scalars.read_bool), {"type": "boolean", "x-code": "E226"})]


def _partout(value: Any, info: ValidationInfo) -> bool:
    # Yes or no (E226); territories go where those of any content are written (E267).
    names = value if isinstance(value, list) else [value]
    texts = [name.strip() for name in names if isinstance(name, str) and name.strip()]
    if not texts or not all(map(is_name, texts)) or scalars.is_bool(texts[0]):
        return scalars.read_bool(read_text(value, info))
    line = f"territoires: [{', '.join(texts)}]"
    raise fault("E267", valeur=", ".join(texts), ligne=line, paste=f"partout: true\n{line}")


_IN_NAMES = str.maketrans("", "", "’' -")


def is_name(text: str) -> bool:
    """Whether ``text`` may be the name of a place."""
    return len(text) > 1 and text[:2].isalpha() and text.translate(_IN_NAMES).isalnum()


# That one takes part in something from anywhere; ``territoires`` says where that stops.
Partout = Annotated[bool, Typed(_partout, {"type": "boolean", "x-code": "E226"})]

# What keeps a content apart, for those who make the network.
RESEAU = (
    "true s’il ne s’adresse qu’à ceux dont c’est le métier : il paraît dans « Le réseau », "
    "hors des listes du public et de la lettre."
)


def _matching(pattern: str, code: str, normal: Callable[[str], str] = str) -> Typed:
    form = re.compile(pattern, re.ASCII)

    def read(text: str) -> str:
        if not form.fullmatch(normal(text)):
            raise fault(code, valeur=text)
        return normal(text)

    return typed(read, code, pattern=f"^{pattern}$")


_CODE_POSTAL = _matching(r"\d{5}", "E222", lambda text: text.replace(" ", ""))
# Five figures; what another country writes, where the group names one (E222).
CodePostal = Annotated[
    str,
    Typed(
        _postal,
        {
            "type": "string",
            "pattern": rf"^{_FOREIGN_CODE.pattern}$",
            "x-france": r"^\d{5}$",
            "x-code": "E222",
        },
    ),
]
Duree = Annotated[
    str,
    _matching(
        r"\d{1,3} ?(min|minutes?|h|heures?|jours?|semaines?|mois|ans?)( ?(à|ou) ?\d{1,3}"
        r" ?(min|h|heures?|jours?|semaines?|mois))?( ?\d{1,2}( ?min)?)?",
        "E244",
        lambda text: " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split()),
    ),
]


@dataclass(frozen=True, slots=True)
class Reference(Typed):
    """A field that names another content of one of ``kinds``, tried in order.

    ``or_name`` also accepts a plain name. That the content exists is checked later, with ``code``.
    """

    kinds: Sequence[Kind] = field(default=(), hash=False)
    or_name: bool = False
    code: str = "E412"


def Ref(*kinds: Kind, code: str = "E412") -> Reference:
    """The slug of a content of one of ``kinds``; what names none is told on the whole site."""
    schema = {"type": "string", "x-references": [kind.value for kind in kinds], "x-code": code}
    return Reference(read_text, schema, kinds, code=code)


def NomOuRef(*kinds: Kind, longueur: int = 140, code: str = "E412") -> Reference:
    """The slug of a content of one of ``kinds``, or a plain name."""
    schema = {
        "type": "string",
        "maxLength": longueur,
        "x-references": [kind.value for kind in kinds],
        "x-code": code,
    }
    return Reference(Texte(longueur).read, schema, kinds, or_name=True, code=code)


Ligne = Annotated[str, Texte(140)]
Detail = Annotated[str, Texte(200)]
Phrase = Annotated[str, Texte(300)]
Paragraphe = Annotated[str, Texte(600)]
# A whole text in easy French.
Falc = Annotated[str, Texte(4_000)]
"""Texts by the room that a page has for them."""
LieuRef = Annotated[str, Ref(*PLACES, code="E411")]
NomOuLieu = Annotated[str, NomOuRef(*PLACES)]
TempsFortRef = Annotated[str, Ref(*YEARLY)]
# A territory: the tables know it, with or without its page.
TerritoireRef = Annotated[str, Ref(Kind.TERRITOIRE, code="E433")]
Publics = Annotated[tuple[Annotated[str, Terme("publics")], ...], Liste(12)]
Annee = Annotated[int, Entier(1990, 2100)]
Effectif = Annotated[int, Entier(0, 500_000)]
# A price, with or without its sign (E209).
Euros = Annotated[float, _number(0, 10_000, entier=False, prix=True)]
