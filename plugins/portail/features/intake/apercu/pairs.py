"""Fields that contradict one another, where no rule of the model refuses them: a row of ``PAIRS`` a
pair. What it says of them is in ``accord.yml`` (``paires``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from portail.model.event import NIVEAUX
from portail.model.faults import MAILBOXES
from portail.model.parts import OLDEST
from portail.text.dates import heure, jour
from portail.text.hints import flat, price_of
from portail.text.normalise import numbers_in, words_in

if TYPE_CHECKING:
    from .agreement import Text

# What a row of the table is said of, in the order of its sentence; nothing where the fields agree.
Said: TypeAlias = Iterable[object]


class Pair(NamedTuple):
    """The field that is told, with a point before that of a group, the sentence of what is odd, and
    what finds it: the values of the sentence, for each time that it is so."""

    champ: str
    dit: str
    trouve: Callable[[Text], Iterator[Said]]


# When.

_FAR = timedelta(days=1_500)
# Days, then hours, that an event of one session lasts at most, by its formats.
_DAYS = 62
_HOURS = 10
_SHORT = frozenset({"atelier", "conference", "rencontre-debat", "spectacle", "visite"})
# Hours of the clock at which nothing begins but by night, and those of the young.
_DAWN = 6
_YOUNG = range(7, 22)
_CHILDREN = frozenset({"maternelle", "primaire"})
_SUNDAY = 6


def _booked_after(text: Text) -> Iterator[Said]:
    limit = text.value("inscription.avant_le")
    if limit and text.days and limit.jour > max(text.days):
        yield jour(limit.jour), jour(max(text.days))


def _shown_after(text: Text) -> Iterator[Said]:
    shown = text.entry.publie_le
    if shown and text.days and shown > max(max(text.days), text.site.day.date):
        yield jour(shown), jour(max(text.days))


def _far(text: Text) -> Iterator[Said]:
    shown = text.entry.publie_le
    if shown and text.days and min(text.days) - shown > _FAR:
        yield jour(min(text.days)), jour(shown)


def _long(text: Text) -> Iterator[Said]:
    short = _SHORT.issuperset(text.fields.get("format", ())) and text.fields.get("debut")
    for occurrence in text.item.occurrences if short else ():
        if occurrence.day_count > _DAYS:
            yield f"{occurrence.day_count} jours", jour(occurrence.last_day)
        elif occurrence.fin and not occurrence.journee and occurrence.duree:
            hours = occurrence.duree / timedelta(hours=1)
            if not 0 < hours <= _HOURS:
                yield f"{hours:.0f} h", jour(occurrence.last_day)


def _by_night(text: Text) -> Iterator[Said]:
    young = {*text.fields.get("publics", ())}
    for occurrence in text.item.occurrences:
        start = occurrence.debut
        early = start.hour < _DAWN and not text.speaks("nuit")
        late = bool(young) and young <= _CHILDREN and start.hour not in _YOUNG
        if not occurrence.journee and (early or late):
            yield (heure(start.time()),)
            return


def _no_school(text: Text) -> Iterator[Said]:
    publics = {*text.fields.get("publics", ())}
    if text.days and publics and publics.issubset(NIVEAUX) and text.speaks("classe"):
        holidays = [day for day in text.days if any(day in rest for rest in text.site.holidays.own)]
        closed = {day for day in text.days if day.weekday() == _SUNDAY} | {*holidays}
        if closed == text.days:
            yield (jour(min(closed)),)


# How much, how many, for whom.

_MOST_SEATS = 3_000
_WITH_CHILDREN = frozenset({"enseignants", "professionnels"})
# What a price says when everybody pays it.
_EACH = frozenset("adulte adultes participation personne personnes plein tarif".split())


def _reduced(text: Text) -> Iterator[Said]:
    full = text.value("tarif.prix")
    less = text.value("tarif.reduit")
    if full is not None and less is not None and less >= full:
        yield f"{less:g}", f"{full:g}"


def _free(text: Text) -> Iterator[Said]:
    words = text.value("tarif.conditions") or ""
    told = not _EACH.isdisjoint(words_in(flat(words)))
    if text.value("tarif.gratuit") and told and "prix" in price_of(words):
        yield (words,)


def _seats(text: Text) -> Iterator[Said]:
    seats = text.fields.get("jauge")
    group = text.value("groupes.effectif_max")
    if seats and not 1 < seats < _MOST_SEATS:
        yield (f"{seats} place{'s' * (seats > 1)}",)
    if seats and group and group > seats:
        yield (f"{seats} places, pour un groupe de {group}",)


def _ages(text: Text) -> Iterator[Said]:
    age = text.fields.get("age")
    if age and age.bornes:
        yield from others_than(text, *age.bornes)


def others_than(text: Text, low: int, high: int) -> Iterator[Said]:
    """The audiences of a content none of whom has between ``low`` and ``high`` years; grown-ups may
    come with children."""
    publics = [
        text.site.vocabularies["publics"][code]
        for code in text.fields.get("publics", ())
        if code not in _WITH_CHILDREN
    ]
    others = [
        term
        for term in publics
        if not term.extra.get("age_min", 0) <= high or term.extra.get("age_max", OLDEST) < low
    ]
    for term in others:
        if len(others) == len(publics) or "age_max" in term.extra:
            yield (term.label,)


# Where.


def _postcode(text: Text) -> Iterator[Said]:
    town = text.item.commune
    address = text.fields.get("adresse")
    if not town or not address or town.pays:
        return
    written = " ".join(filter(None, (address.code_postal, address.rue, address.nom)))
    for code in numbers_in(written):
        near = code[:2] in {known[:2] for known in town.codes_postaux}
        elsewhere = text.site.geography.is_elsewhere(code, town.code)
        if len(code) == 5 and (elsewhere or not near):
            yield code, town.nom, " ou ".join(town.codes_postaux)


def _hall(text: Text) -> Iterator[Said]:
    # « Mairie d’Arras » in Lens.
    town = text.item.commune
    name = getattr(text.fields.get("adresse"), "nom", None) or ""
    first, _, named = name.replace("’", "'").partition(" d")
    if town and first in ("Mairie", "Hôtel de ville", "Gare", "Salle des fêtes"):
        other = text.site.geography.named(named.removeprefix("e ").removeprefix("'"))
        if other and other.code != town.code:
            yield name, town.nom


# How.


def _still_room(text: Text) -> Iterator[Said]:
    if text.fields.get("etat") in ("annule", "complet") and text.speaks("places_libres"):
        yield (text.fields["etat"],)


def _other_year(text: Text) -> Iterator[Said]:
    address = text.value("inscription.url") or ""
    path = urlsplit(address).path
    years = {year for year in numbers_in(path) if len(year) == 4 and year[:2] == "20"}
    if text.days and years and years.isdisjoint(text.years):
        yield address, min(years)


def _mailbox(text: Text) -> Iterator[Said]:
    for name in ("inscription", "contact"):
        mailbox = text.value(f"{name}.courriel") or ""
        host = mailbox.rpartition("@")[2].lower()
        near = get_close_matches(host, MAILBOXES, 1, 0.88)
        if near and host not in MAILBOXES:
            yield mailbox, near[0]


def _same_words(text: Text) -> Iterator[Said]:
    summary = words_in(flat(text.entry.resume or ""))
    for words, name in ((text.entry.titre, "le titre"), (text.body, "le texte")):
        if summary and summary == words_in(flat(words)):
            yield (name,)


def _bare(text: Text) -> Iterator[Said]:
    # Words that have accents, in a text that has none.
    words = [*words_in(f"{text.entry.titre} {text.entry.resume} {text.body}".lower())]
    named = [word for word in dict.fromkeys(words) if text.is_in("sans_accents", word)]
    if len(named) > 2 and all(word.isascii() for word in words):
        yield (", ".join(named[:3]),)


PAIRS = (
    Pair("inscription.avant_le", "inscrit_apres", _booked_after),
    Pair("publie_le", "parait_apres", _shown_after),
    Pair("debut", "loin", _far),
    Pair("fin", "longueur", _long),
    Pair("debut", "nuit", _by_night),
    Pair("debut", "sans_classe", _no_school),
    Pair("tarif.reduit", "reduit", _reduced),
    Pair("tarif.conditions", "gratuit", _free),
    Pair("jauge", "jauge", _seats),
    Pair("publics", "ages", _ages),
    Pair("adresse", "code_postal", _postcode),
    Pair("adresse", "mairie", _hall),
    Pair("inscription.url", "adresse_passee", _other_year),
    Pair("inscription.courriel", "boite", _mailbox),
    Pair("etat", "places_libres", _still_room),
    Pair("resume", "memes_mots", _same_words),
    Pair("resume", "sans_accents", _bare),
)
"""The field that is told, the sentence, what finds it."""
