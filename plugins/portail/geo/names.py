"""Names of territories: from what people write to INSEE codes, and their articles in a sentence.

The communes of the instance's region come first: a name that is unique there means that commune,
whoever else bears it. Elsewhere a name must be unique in the country.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import TypeAlias

from msgspec import Struct

from portail.text.normalise import is_number, name_key
from portail.text.suggest import MISTAKE, ranked
from portail.text.typography import typeset

from .places import TITLES, Departement, Epci, Row, Territoire, column, having

_LONGEST = 100
_SHOWN = 3
_MERGED = frozenset(("deleguee", "associee", "ancienne"))

# INSEE codes: one is an answer, several are candidates.
Codes: TypeAlias = tuple[str, ...]


def is_merged(nature: str) -> bool:
    """Whether a name of that nature is the one of a commune that merged into another."""
    return nature in _MERGED


class Unknown(Struct, frozen=True):
    """No commune has the name; each of ``nearest`` can be written instead."""

    nearest: tuple[str, ...] = ()


def _key(name: str) -> str:
    # « Lyon 8e » is « Lyon 8e Arrondissement ».
    return name_key(name).removesuffix(" arrondissement")


class _Scope:
    """Some communes by name; each index appears when first asked for."""

    def __init__(self, rows: Sequence[Row], alias: Sequence[Row]) -> None:
        self._names = column(rows, 1)
        self._codes = column(rows, 0)
        self._alias = alias

    def tiers(self, name: str) -> Iterator[Sequence[str]]:
        # Codes by exact spelling, by any spelling, by a usual name, by the name of a commune that
        # merged into another.
        yield self.exact.get(name, ())
        key = _key(name)
        yield self.keys.get(key, ())
        yield self.usual.get(key, ())
        yield self.merged.get(key, ())

    def named(self, name: str, tiers: int = 4) -> Sequence[str]:
        return next(filter(None, islice(self.tiers(name), tiers)), ())

    @cached_property
    def exact(self) -> Mapping[str, list[str]]:
        return grouped(zip(self._names, self._codes, strict=True))

    @cached_property
    def keys(self) -> Mapping[str, list[str]]:
        return grouped(zip(map(name_key, self._names), self._codes, strict=True))

    @cached_property
    def usual(self) -> Mapping[str, list[str]]:
        return self._other_names(merged=False)

    @cached_property
    def merged(self) -> Mapping[str, list[str]]:
        return self._other_names(merged=True)

    def _other_names(self, merged: bool) -> Mapping[str, list[str]]:
        here = set(self._codes)
        rows = [row for row in self._alias if (is_merged(row[2])) is merged and row[1] in here]
        return grouped(dict.fromkeys((_key(row[0]), row[1]) for row in rows))


class CommuneNames:
    """Communes by what people write.

    ``communes`` and ``alias`` are the rows of their tables; ``departements`` gives the code of a
    département by the key of its name; ``home`` holds the codes of those that come first, if any.
    """

    def __init__(
        self,
        communes: Sequence[Row],
        alias: Sequence[Row],
        departements: Mapping[str, str],
        home: frozenset[str] = frozenset(),
    ) -> None:
        self.communes = communes
        self.alias = alias
        self.departements = departements
        self.home = home
        codes = column(communes, 0)
        self._place = dict(zip(codes, range(len(codes)), strict=True))

    def find(self, text: str) -> Codes | Unknown:
        """What ``text`` names; candidates come region first, then by code. See
        ``Geography.commune``.
        """
        text = " ".join(text.split())
        if not text or len(text) > _LONGEST:
            return Unknown()
        if _is_number(text.upper()):
            return self._numbered(text.upper())
        return self.written(text) or self._proposed(text)

    def __contains__(self, code: object) -> bool:
        return code in self._place

    def row(self, code: str) -> Row:
        """The row of an INSEE code. Raises ``KeyError``."""
        return self.communes[self._place[code]]

    def posted(self, postcode: str) -> Sequence[str]:
        return self._postcodes.get(postcode, ())

    def label(self, code: str) -> str:
        """What to write for a commune: its name, told by its département or code when shared."""
        _, nom, _, departement, *_ = self.row(code)
        for text in (nom, f"{nom} ({departement})"):
            if self.written(text) == (code,):
                return text
        return f"{nom} ({code})"

    def written(self, text: str) -> Codes:
        # No name has a code, which is seen once all are read.
        if "(" not in text or not any(map(str.isdigit, text)):
            named = self._own.named(text)
            if len(named) == 1:
                return (named[0],)
            # A merged commune of another region is often the first word of a town of ours.
            around = self._country.named(text, 3 if self.home else 4)
            if named or around:
                return (*sorted(named), *sorted(set(around).difference(named)))
        name, wanted = self._parts(text)
        tiers = self._country.tiers(name) if wanted else iter(())
        matches = ([code for code in tier if self._is_at(code, wanted)] for tier in tiers)
        return tuple(sorted(next(filter(None, matches), ())))

    def _parts(self, text: str) -> tuple[str, str]:
        name, _, inside = (part.strip() for part in text.rstrip(" )").partition("("))
        if text.count("(") != 1 or text.rstrip()[-1] != ")" or not name or not inside:
            return text, ""
        return name, self.departements.get(name_key(inside), inside.upper())

    def _proposed(self, text: str) -> Unknown:
        name, wanted = self._parts(text)
        homonyms = self._ordered(self._country.named(name))
        if homonyms and wanted:
            return Unknown(tuple(map(self.label, homonyms[:_SHOWN])))
        inside = _Scope(having(self.communes, 3, frozenset({wanted})), self.alias)
        near = self._near(name, inside if inside.exact else self._own)
        labels = dict.fromkeys((*near[: _SHOWN - bool(homonyms)], *map(self.label, homonyms)))
        return Unknown((*labels,)[:_SHOWN])

    def _is_at(self, code: str, wanted: str) -> bool:
        row = self.row(code)
        return wanted in (code, row[3]) or wanted in row[2].split()

    def _numbered(self, number: str) -> Codes | Unknown:
        # An INSEE code, unless it is also a postcode of others: 62570 is Méricourt's INSEE code and
        # the postcode of Wizernes. Postcodes of the region hide those of others.
        posted = [code for code in self._postcodes.get(number, ()) if code != number]
        here = [code for code in posted if self._is_home(code)]
        if number in self._place:
            also = here if self._is_home(number) else here or posted
            return (number, *sorted(also))
        proposals = self._ordered(here or posted)
        if len(proposals) > 1:
            return tuple(proposals)
        return Unknown(tuple(map(self.label, proposals)))

    def _near(self, name: str, inside: _Scope) -> tuple[str, ...]:
        # Names like ``name``; those of ``inside`` are a mistake nearer. A postcode before the name
        # is dropped.
        word = name_key(name.strip(" 0123456789"))
        hits = ranked(word, inside.keys, key=str)
        if not hits or hits[0][0] > MISTAKE:
            elsewhere = self._country.keys.keys() - inside.keys.keys()
            hits += [(rank + MISTAKE, key) for rank, key in ranked(word, elsewhere, key=str)]
            hits.sort(key=lambda row: row[0])
        codes = list(
            chain.from_iterable(
                self._ordered(inside.keys.get(key) or self._country.keys[key])
                for _, key in hits[:_SHOWN]
            )
        )
        return tuple(map(self.label, codes[:_SHOWN]))

    def _ordered(self, codes: Iterable[str]) -> list[str]:
        return sorted(codes, key=lambda code: (not self._is_home(code), code))

    def _is_home(self, code: str) -> bool:
        return not self.home or self.row(code)[3] in self.home

    @cached_property
    def home_rows(self) -> Sequence[Row]:
        return having(self.communes, 3, self.home)

    @cached_property
    def _own(self) -> _Scope:
        if self.home:
            return _Scope(self.home_rows, self.alias)
        return self._country

    @cached_property
    def _country(self) -> _Scope:
        return _Scope(self.communes, self.alias)

    @cached_property
    def _postcodes(self) -> Mapping[str, list[str]]:
        rows = zip(column(self.communes, 2), self._place, strict=True)
        return grouped((post, code) for cell, code in rows for post in cell.split())


def grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


# A territory after « de » or « dans », as French says it: « du Nord », « dans le Nord ».
#
# The article of a département is that of the code officiel géographique (INSEE, column TNCC: type
# de nom en clair); names made of two rivers (« Eure-et-Loir ») and islands without one have none.

_MASCULINE = frozenset(
    "14 15 18 25 29 30 32 39 45 46 56 59 62 63 67 68 69 81 83 84 90 94 95".split()
)
_PLURAL = frozenset("04 05 06 08 13 22 40 64 65 66 78 79 88 92 984".split())
# Codes of départements and of what stands for one overseas; the others are feminine.
_BARE = frozenset("75 974 975 976 977 978 986".split())

_NAMED = ("du ", "des ", "de la ", "de l'", "de l’")
_FEMININE = ("Communauté ", "Métropole ")
_IN = (("du ", "dans le "), ("des ", "dans les "), ("de la ", "dans la "), ("de l’", "dans l’"))
_VOWELS = "AEÉÈIÎOUYŒ"


def of_territory(territoire: Territoire) -> str:
    """« de » and the name of a territory, with its article. An EPCI that is called by the name of
    a land is called by it, one that has the name of a town or none says what it is.

    >>> [of_territory(Departement(code, nom, "")) for code, nom in (
    ...     ("02", "Aisne"), ("59", "Nord"), ("80", "Somme"), ("13", "Bouches-du-Rhône"),
    ...     ("28", "Eure-et-Loir"), ("75", "Paris"))]
    ['de l’Aisne', 'du Nord', 'de la Somme', 'des Bouches-du-Rhône', 'd’Eure-et-Loir', 'de Paris']
    >>> of_territory(Epci("", "Communauté d'agglomération du Pays de Saint-Omer", "ca", "62"))
    'du Pays de Saint-Omer'
    >>> of_territory(Epci("", "Communauté urbaine d'Arras", "cu", "62"))
    'de la communauté urbaine d’Arras'
    """
    name = typeset(territoire.nom)
    match territoire:
        case Departement(code=code):
            return _departement(code, name)
        case Epci():
            return _epci(name.partition(" (")[0])
    return f"de la région {name}"


def in_territory(territoire: Territoire) -> str:
    """The same after « dans », « en » or « à ».

    >>> [in_territory(Departement(code, nom, "")) for code, nom in (
    ...     ("02", "Aisne"), ("59", "Nord"), ("13", "Bouches-du-Rhône"), ("28", "Eure-et-Loir"))]
    ['dans l’Aisne', 'dans le Nord', 'dans les Bouches-du-Rhône', 'en Eure-et-Loir']
    """
    phrase = of_territory(territoire)
    for before, after in _IN:
        if phrase.startswith(before):
            return after + phrase[len(before) :]
    name = phrase.removeprefix("de ").removeprefix("d’")
    if "-et-" in name:
        return f"en {name}"
    return f"à {name}"


def at_town(name: str) -> str:
    """The name of a commune after « à ».

    >>> [at_town(name) for name in ("Amiens", "Le Touquet", "Les Hautes-Rivières", "La Flamengrie")]
    ['à Amiens', 'au Touquet', 'aux Hautes-Rivières', 'à La Flamengrie']
    """
    return _contracted(name, "au", "aux") or f"à {name}"


def from_town(name: str) -> str:
    """The name of a commune after « de ».

    >>> [from_town(name) for name in ("Amiens", "Le Touquet", "Les Attaques", "La Flamengrie")]
    ['d’Amiens', 'du Touquet', 'des Attaques', 'de La Flamengrie']
    """
    return _contracted(name, "du", "des") or _of(name)


def _contracted(name: str, one_town: str, several: str) -> str:
    for article, preposition in (("Le ", one_town), ("Les ", several)):
        if name.startswith(article):
            return f"{preposition} {name.removeprefix(article)}"
    return ""


def _of(name: str) -> str:
    if name[:1] in _VOWELS:
        return f"d’{name}"
    return f"de {name}"


def _departement(code: str, name: str) -> str:
    if code in _BARE or "-et-" in name:
        return _of(name)
    if code in _PLURAL:
        return f"des {name}"
    if name[0] in _VOWELS or name == "Hérault":
        return f"de l’{name}"
    if code in _MASCULINE:
        return f"du {name}"
    return f"de la {name}"


def _is_number(code: str) -> bool:
    """Whether it has the shape of a postcode or of a code of INSEE."""
    departement = "20" if code[:2] in ("2A", "2B") else code[:2]
    return len(code) == 5 and is_number(departement + code[2:])


def _epci(name: str) -> str:
    below = name.removeprefix(next(filter(name.startswith, TITLES), ""))
    if below != name and below.startswith(_NAMED):
        return below
    if below != name:
        return f"de la {name[0].lower()}{name[1:]}"
    if name.startswith(_FEMININE):
        return f"de la {name}"
    if name.startswith("Eurométropole"):
        return f"de l’{name}"
    return _of(name)
