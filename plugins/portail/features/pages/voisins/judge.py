"""What a neighbour said, judged as what strangers write: what does not hold is left and counted.

Nothing is guessed: open data say every value in one way (``docs/technique/opendata.md``).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import nh3
from msgspec import Struct, field
from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence
from portail.clock import portal_zone
from portail.codes import diagnostic
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic, Position
from portail.feature import Around
from portail.geo.coordinates import BoundingBox, distance_km
from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.text.addresses import is_address
from portail.text.dates import jour
from portail.text.figures import instant_of
from portail.text.shapes import is_visible_ascii
from portail.text.typography import plain

from .copies import (
    OLD_DAYS,
    Copy,
    Dropped,
    FarEvent,
    FarLieu,
    FarPlace,
    Neighbour,
    read_copy,
)
from .settings import Voisin, folder_of, voisins_of

MOST = 5_000
_OCCURRENCES = 400
# How far from the day of the build an occurrence may be.
_YEARS = timedelta(days=3 * 366)
_DAY = timedelta(days=1)
# Offsets from UTC that are in use: whole quarters of an hour, from Baker Island to Kiribati.
_QUARTER = timedelta(minutes=15)
_WEST = timedelta(hours=-12)
_EAST = timedelta(hours=14)
# Characters at most.
# More than a title of ours may have (140).
_TITLE = 200
_NAME = 200
_ADDRESS = 500
# A point further than that from the centre of its commune is a mistake: Arles is 20 km deep.
_FAR_KM = 60.0
_MODES = ("presentiel", "en-ligne", "hybride")
_SIGNS = frozenset('"<>\\^`{|}')
"""Signs that an address writes in its way (RFC 3986)."""
_BLANKS = re.compile(r"[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")
_PILED = re.compile("([\u0300-\u036f\u0489\u20d0-\u20ff]{2})[\u0300-\u036f\u0489\u20d0-\u20ff]+")

FRANCE = tuple(
    BoundingBox(*box)
    for box in (
        (41.3, -5.3, 51.2, 9.7),
        (14.3, -63.2, 18.2, -60.7),  # Antilles
        (2.0, -54.7, 5.9, -51.5),  # Guyane
        (-21.5, 55.1, -20.8, 55.9),  # La Réunion
        (-13.1, 44.9, -12.5, 45.4),  # Mayotte
        (46.7, -56.5, 47.2, -56.1),  # Saint-Pierre-et-Miquelon
        (-23.0, 163.5, -19.5, 168.2),  # Nouvelle-Calédonie
        (-28.0, -155.0, -7.8, -134.4),  # Polynésie française
        (-14.5, -178.3, -13.1, -176.0),  # Wallis-et-Futuna
    )
)

T = TypeVar("T", FarEvent, FarLieu)


class Unfit(Exception):
    """A content that does not hold; the text is the reason (see ``Dropped``)."""


def clean(value: object, most: int) -> str:
    r"""A text of a stranger as one line, without markup nor invisible signs. Raises ``Unfit``.

    >>> clean("<b>Nuit</b> \u202edes\tétoiles", 50)
    'Nuit des étoiles'
    """
    if not isinstance(value, str):
        raise Unfit("un texte n’en est pas un")
    if len(value) > 10 * most:
        raise Unfit("un texte est trop long")
    if "<" in value or "&" in value:
        # A lone half of a sign, which JSON may write, is no text for nh3.
        value = value.encode("utf-8", "replace").decode()
        value = html.unescape(nh3.clean(value, tags=set()))
    value = _BLANKS.sub(" ", unicodedata.normalize("NFC", value))
    value = "".join(sign for sign in value if unicodedata.category(sign)[0] != "C")
    value = _PILED.sub(r"\1", value).strip()
    if len(value) > most:
        raise Unfit("un texte est trop long")
    return value


class Judge(Struct):
    """Judges what one neighbour said; ``home`` is its ``accueil``."""

    home: str
    geography: Geography
    vocabularies: Vocabularies
    day: date
    examples: bool = True
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What was left, the most frequent reason first."""
        rows = sorted(self.reasons.items(), key=lambda row: (-row[1], row[0]))
        return tuple(Dropped(reason, count) for reason, count in rows)

    def events(self, rows: Iterable[Any]) -> tuple[FarEvent, ...]:
        """Those that hold, are open to all and not over."""
        events = self._valid(rows, self._event)
        return tuple(sorted(events, key=lambda event: (event.occurrences[0].debut, event.id)))

    def lieux(self, rows: Iterable[Any]) -> tuple[FarLieu, ...]:
        """Those that hold and have a point."""
        return tuple(sorted(self._valid(rows, self._lieu), key=lambda lieu: lieu.id))

    def _valid(self, rows: Iterable[Any], judge_row: Callable[[Any], T | None]) -> Iterator[T]:
        ids: set[str] = set()
        for rank, row in enumerate(rows):
            try:
                if rank >= MOST:
                    raise Unfit(f"au-delà de {MOST}")
                content = judge_row(row)
                if content and content.id in ids:
                    raise Unfit("un identifiant sert deux fois")
            except Unfit as unfit:
                self.reasons[str(unfit)] += 1
                continue
            if content:
                ids.add(content.id)
                yield content

    def _event(self, row: Any) -> FarEvent | None:
        row, computed = _group(row), _group(_group(row).get("calcule"))
        if row.get("reserve_a") or self._left(row):
            return None
        mode = computed.get("mode")
        occurrences = self._occurrences(computed.get("occurrences", []), there=mode != "en-ligne")
        if not occurrences:
            return None
        gratuit = _group(row.get("tarif", {})).get("gratuit")
        commune = _group(computed.get("commune", {}))
        address = _group(computed.get("adresse", {}))
        if mode not in _MODES or not (gratuit is None or isinstance(gratuit, bool)):
            raise Unfit("une valeur n’est pas de celles qui sont prévues")
        return FarEvent(
            id=_identifier(row.get("id")),
            url=self._url(row.get("url")),
            titre=_title(row.get("titre")),
            occurrences=occurrences,
            etat=self._state(row.get("etat")),
            mode=mode,
            place=self._place(
                nom=address.get("nom"),
                commune=commune.get("nom", address.get("commune")),
                code=commune.get("code"),
                position=_group(computed.get("position", {})),
            ),
            formats=self._codes(row.get("format"), "formats"),
            publics=self._codes(row.get("publics"), "publics"),
            themes=self._codes(row.get("themes"), "themes"),
            gratuit=gratuit,
            exemple=row.get("exemple") is True,
        )

    def _lieu(self, row: Any) -> FarLieu | None:
        row = _group(row)
        properties = _group(row.get("properties"))
        if self._left(properties):
            return None
        point = _group(row.get("geometry")).get("coordinates")
        if not isinstance(point, list) or len(point) < 2:
            raise Unfit("un point est hors de France")
        position = dict(zip(("longitude", "latitude"), point, strict=False))
        place = self._place(
            commune=properties.get("commune"),
            code=properties.get("code_commune"),
            position={**position, "exacte": properties.get("exacte")},
        )
        if place.lat is None:
            raise Unfit("un point est hors de France")
        kind = self._codes([properties.get("type")], "types-lieux")
        return FarLieu(
            id=_identifier(row.get("id")),
            url=self._url(properties.get("url")),
            titre=_title(properties.get("titre")),
            type="".join(kind),
            place=place,
            themes=self._codes(properties.get("themes"), "themes"),
            exemple=properties.get("exemple") is True,
        )

    def _left(self, row: dict[str, Any]) -> bool:
        return row.get("exemple") is True and not self.examples

    def _url(self, value: object) -> str:
        try:
            url = urljoin(self.home, value) if isinstance(value, str) else ""
            here = urlsplit(self.home)
            there = urlsplit(url)
        except ValueError:
            raise Unfit("une adresse n’en est pas une") from None
        inside = there.path.startswith(here.path) and "/.." not in there.path
        written = is_address(url) and _is_written(url)
        if not written or not inside or there.netloc.lower() != here.netloc.lower():
            raise Unfit("une adresse mène ailleurs que chez lui")
        if len(url) > _ADDRESS:
            raise Unfit("une adresse est trop longue")
        return url

    def _state(self, value: object) -> str:
        if isinstance(value, str) and value in self.vocabularies["etats"]:
            return value
        raise Unfit("un état n’est pas connu")

    def _codes(self, value: object, name: str) -> tuple[str, ...]:
        # Those of the list ``name`` that we know, each once.
        if value is None:
            return ()
        if not isinstance(value, list):
            raise Unfit("une valeur n’est pas de celles qui sont prévues")
        terms = self.vocabularies[name]
        codes = (code for code in value[:50] if isinstance(code, str) and code in terms)
        return tuple(dict.fromkeys(codes))

    def _occurrences(self, rows: object, *, there: bool) -> tuple[Occurrence, ...]:
        # Those to come, in order. Raises ``Unfit`` if one does not hold: all may be wrong.
        if not isinstance(rows, list):
            raise Unfit("une date n’en est pas une")
        occurrences = [self._occurrence(row, there=there) for row in rows]
        occurrences.sort(key=lambda occurrence: occurrence.debut)
        coming = [occurrence for occurrence in occurrences if occurrence.is_to_come(self.day)]
        near = [occurrence for occurrence in coming if self._near(occurrence)]
        if coming and not near:
            raise Unfit("une date est à plus de trois ans")
        return tuple(
            replace(occurrence, rang=rank) for rank, occurrence in enumerate(near[:_OCCURRENCES])
        )

    def _near(self, occurrence: Occurrence) -> bool:
        return (
            max(abs(day - self.day) for day in (occurrence.first_day, occurrence.last_day))
            <= _YEARS
        )

    def _occurrence(self, row: Any, *, there: bool) -> Occurrence:
        row = _group(row)
        whole = row.get("journee")
        there = there or whole is True
        start = _instant(row.get("debut"), there=there)
        end = _instant(row["fin"], there=there) if row.get("fin") is not None else None
        if not isinstance(whole, bool) or (end and end < start):
            raise Unfit("une date n’en est pas une")
        if whole:
            # From midnight to that of the day after the last, which ours is told by.
            if not end or end == start or {start.time(), end.time()} != {time.min}:
                raise Unfit("une date n’en est pas une")
            end = end.replace(tzinfo=portal_zone()) - _DAY
            start = start.replace(tzinfo=portal_zone())
        return Occurrence(start, end, whole, self._state(row.get("etat")), 0)

    def _place(
        self, *, commune: object, code: object, position: dict[str, Any], nom: object = None
    ) -> FarPlace:
        name = clean(nom, _NAME) if nom is not None else ""
        town = clean(commune, _NAME) if commune is not None else ""
        place = self.geography.by_code(code) if isinstance(code, str) else None
        if place is None and town:
            answer = self.geography.commune(town)
            place = answer if isinstance(answer, Commune) else None
        point = _point(position, place)
        exact = position.get("exacte") is True and point is not None
        if point is None and place and place.lat is not None and place.lon is not None:
            point = place.lat, place.lon
        lat, lon = point or (None, None)
        if place is None:
            return FarPlace(name, town, "", "", lat, lon, exact)
        return FarPlace(name, place.nom, place.code, place.departement, lat, lon, exact)


def _group(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unfit("un contenu n’a pas la forme prévue")
    return value


def _is_written(address: str) -> bool:
    """Whether ``address`` is written as RFC 3986 has it: a scheme, then signs of ASCII."""
    scheme, _, rest = address.partition(":")
    named = scheme[:1].isalpha() and scheme.translate(_IN_SCHEMES).isalnum() and rest != ""
    return named and is_visible_ascii(address) and _SIGNS.isdisjoint(address)


_IN_SCHEMES = str.maketrans("", "", "+.-")


def _identifier(value: object) -> str:
    if isinstance(value, str) and len(value) <= _ADDRESS and _is_written(value):
        return value
    raise Unfit("un identifiant n’en est pas un")


def _title(value: object) -> str:
    title = clean(plain(value) if isinstance(value, str) and len(value) < 5000 else value, _TITLE)
    if not any(sign.isalnum() for sign in title):
        raise Unfit("un titre est vide")
    return title


def _instant(value: object, *, there: bool) -> datetime:
    # A moment on our clock, or on its own if it is wanted (``there``) and shows another hour.
    read = instant_of(value) if isinstance(value, str) else None
    if read is None or read.tzinfo is None:
        raise Unfit("une date n’en est pas une")
    here = read.astimezone(portal_zone())
    ahead = read.utcoffset()
    theirs = there and ahead and not ahead % _QUARTER and _WEST <= ahead <= _EAST
    return read if theirs and ahead != here.utcoffset() else here


def _point(position: dict[str, Any], commune: Commune | None) -> tuple[float, float] | None:
    # Latitude and longitude; nothing outside France, nor far from the commune.
    pair = [position.get("latitude"), position.get("longitude")]
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in pair):
        return None
    try:
        lat, lon = (round(float(number), 6) for number in pair if number is not None)
    except OverflowError:
        return None
    if not any((lat, lon) in box for box in FRANCE):
        return None
    centre = (commune.lat, commune.lon) if commune else (None, None)
    if centre[0] is None or centre[1] is None:
        return lat, lon
    return (lat, lon) if distance_km((lat, lon), (centre[0], centre[1])) <= _FAR_KM else None


NEVER = "aucune copie n’en est gardée"
DAMAGED = "la copie gardée est abîmée"


class CopyContext(Struct, frozen=True):
    """Where copies are, and what they are judged with, on a day."""

    folder: Path
    config: SiteConfig
    geography: Geography
    vocabularies: Vocabularies
    day: date

    def file(self, voisin: Voisin) -> Path:
        return self.folder / f"{voisin.slug}.json"

    def neighbour(self, voisin: Voisin) -> Neighbour:
        try:
            copy = read_copy(self.file(voisin), voisin.api)
        except ValueError:
            return self.judged(voisin, None, DAMAGED)
        return self.judged(voisin, copy)

    def judged(self, voisin: Voisin, copy: Copy | None, trouble: str = NEVER) -> Neighbour:
        identity = (voisin.slug, voisin.nom, voisin.accueil, voisin.region)
        if copy is None:
            return Neighbour(*identity, trouble=trouble)
        judge = Judge(
            voisin.accueil, self.geography, self.vocabularies, self.day, self.config.exemples
        )
        events = judge.events(copy.events)
        lieux = judge.lieux(copy.lieux)
        old = (self.day - copy.jour).days > OLD_DAYS
        return Neighbour(*identity, copy.jour, old, events, lieux, judge.dropped)


def load_neighbours(
    around: Around,
) -> tuple[tuple[Neighbour, ...], Iterator[Diagnostic]]:
    """The neighbours of the settings, in order, as their copies say them; what editors are told of
    these."""
    folder = PurePosixPath(folder_of(around.config))
    context = CopyContext(
        around.folder / folder,
        around.config,
        around.geography,
        around.vocabularies,
        around.day,
    )
    neighbours = tuple(map(context.neighbour, voisins_of(around.config)))
    return neighbours, warnings_of(neighbours, folder)


def warnings_of(neighbours: Iterable[Neighbour], folder: PurePosixPath) -> Iterator[Diagnostic]:
    """What editors are told of copies in ``folder``: none (A150), damaged (A151), old (A152)."""
    for neighbour in neighbours:
        place = Position(folder / f"{neighbour.slug}.json")
        if neighbour.trouble:
            yield diagnostic(
                "A151" if neighbour.trouble == DAMAGED else "A150", place, nom=neighbour.nom
            )
        elif neighbour.old and neighbour.fetched:
            since = jour(neighbour.fetched, semaine=False)
            yield diagnostic("A152", place, nom=neighbour.nom, jour=since)
