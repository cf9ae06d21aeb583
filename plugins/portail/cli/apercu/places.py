"""When, where and on which pages a content is, in short phrases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from portail.agenda.weeks import Week
from portail.cli.apercu.changes import Change
from portail.cli.apercu.letter import InLetter
from portail.facts.when import stated, times
from portail.facts.where import place_of, town
from portail.model.event import Event
from portail.model.kinds import BY_FOLDER, Kind
from portail.site.item import Item
from portail.site.site import Site
from portail.source.loader import REGISTER_FILE
from portail.source.medias import PICTURES
from portail.text.dates import jour
from portail.text.inline import plain
from portail.text.typography import typographie

_NAMED = 3
_LINES = 3
_TYPED = re.compile(r"[ -]*(debut|lieu|commune):[ \t]+[\"']?([^\"'#\[\]{}]{1,80})")


def named(change: Change, item: Item | None) -> tuple[str, bool]:
    """What a change is about, in French, and whether that word is feminine."""
    doc = change.document
    kind = doc.kind if doc else item.entry.kind if item else None
    if kind is None and change.path.suffix == ".md" and len(change.path.parts) > 2:
        kind = BY_FOLDER.get(change.path.parts[1])
    if kind is not None:
        return kind.info.nom, kind.info.article == "une"
    if change.path.suffix.lower() in PICTURES:
        return "image", True
    if change.path.name == REGISTER_FILE:
        return "registre des retraits", False
    if change.path.name.endswith(".envoi.json"):
        return "lettre envoyée", True
    return "fichier", False


def when(item: Item) -> str:
    """« Dim. 3 et 10 oct., 15 h – 17 h »; nothing for what has no date."""
    if not isinstance(item.entry, Event):
        return ""
    phrases = [stated(one.phrase, one.etat) for one in times(item.entry, item.occurrences)]
    more = len(phrases) - _LINES
    return " ; ".join(phrases[:_LINES]) + (f" et {more} autres" if more > 0 else "")


def where(item: Item, site: Site) -> str:
    """« La Coupole, Wizernes (62) »; nothing for what is nowhere."""
    place = place_of(item, site, commune=False) if isinstance(item.entry, Event) else ""
    return typographie(", ".join(filter(None, (place, town(item.commune)))))


def typed(lines: Sequence[str], site: Site) -> tuple[str, str]:
    """When and where a faulty text says it is, as far as its lines can be understood."""
    found: dict[str, str] = {}
    for line in lines[:200]:
        match = _TYPED.match(line)
        if match:
            found.setdefault(match[1], match[2].strip())
    lieu = site.find(found["lieu"], Kind.LIEU) if "lieu" in found else None
    place = plain(lieu.entry.titre) if lieu else found.get("lieu") or found.get("commune", "")
    try:
        day = jour(date.fromisoformat(found.get("debut", "")[:10]))
    except ValueError:
        day = ""
    return day, place


def touched(item: Item, site: Site, letter: InLetter | None) -> str:
    """« agenda semaines 39 et 40, Saint-Exemple, 4 événements, lettre du 30 septembre »."""
    return ", ".join(_touched(item, site, letter))


def _touched(item: Item, site: Site, letter: InLetter | None) -> Iterator[str]:
    entry = item.entry
    if isinstance(entry, Event):
        weeks = {
            Week.of(one.premier_jour) for one in item.occurrences if one.a_venir(site.day.date)
        }
        yield _weeks(sorted(weeks))
    elif entry.kind is Kind.LIEU:
        yield "sa fiche, annuaire"
    else:
        listing = entry.kind.info.rubrique.lower() if entry.kind.info.listing else ""
        yield ", ".join(filter(None, ("sa page", listing)))
    if item.commune:
        yield item.commune.nom
    refs = site.indexes.by_target.get(item.ref, ())
    naming = Counter(site.items[ref].entry.kind for ref in refs)
    for kind, many in sorted(naming.items()):
        yield f"{many} {kind.info.counted(many)}"
    if letter and letter.ligne:
        yield f"lettre du {jour(letter.jour, semaine=False, annee=False)}"


def _weeks(weeks: Sequence[Week]) -> str:
    numbers = [str(week.number) for week in weeks]
    if not numbers:
        return "sa page, archives de l’agenda"
    if len(numbers) > _NAMED:
        return f"{len(numbers)} semaines de l’agenda"
    if len(numbers) == 1:
        return f"agenda semaine {numbers[0]}"
    return f"agenda semaines {', '.join(numbers[:-1])} et {numbers[-1]}"
