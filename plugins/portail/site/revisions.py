"""Since when each event is told as it is: what calendars give as the day of its last change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath

from portail.history import Revision, revisions
from portail.model.entry import Entry
from portail.model.kinds import DATED
from portail.site.redirections import former_slugs
from portail.text.normalise import slug_of_filename

_KEYS = (
    "debut|fin|seances|horaires|du|au|tous_les|de|a|sauf|rrule|lieu|adresse|nom|rue|code_postal|"
    "commune|en_ligne|partout|etat|ancien_debut"
)
_LINES = f"^[ -]*[{{]?({_KEYS}) *:"
"""Lines of a front matter that say when, where, or a state."""


def revisions_of(content: Path, day: date) -> Mapping[str, Revision]:
    """What Git remembers of the events of ``content`` up to ``day``, by slug; nothing without it.
    A file that changed its name without changing its address is the same."""
    by_slug: dict[str, Revision] = {}
    known = [revisions(content, kind.value, _LINES, day) for kind in DATED]
    for name, revision in chain.from_iterable(rows.items() for rows in known):
        path = PurePosixPath(name)
        slug = slug_of_filename(path.parent.name if path.name == "index.md" else path.name)
        earlier = by_slug.get(slug, Revision())
        pairs = zip(earlier, revision, strict=True)
        by_slug[slug] = Revision(*(max(filter(None, pair), default=None) for pair in pairs))
    return by_slug


def revised(entry: Entry, published: date, by_slug: Mapping[str, Revision]) -> date:
    """The day of the last change of an event: ``modifie``, the last commit that changed when,
    where or its state, and, for one whose address changed, that which did."""
    days = [published, entry.modifie]
    former = former_slugs(entry)
    days += [by_slug[slug].changed for slug in (entry.slug, *former) if slug in by_slug]
    if former and entry.slug in by_slug:
        days.append(by_slug[entry.slug].came)
    return max(filter(None, days))
