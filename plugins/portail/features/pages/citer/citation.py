"""How to cite a content: a sentence, a BibTeX record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from portail.facts.base import in_words
from portail.facts.when import day_of
from portail.features.pages.citer.bibtex import MOIS, latex, names, record
from portail.model.entry import REDACTION, Entry
from portail.model.kinds import PEOPLE, info_of
from portail.outputs.pages.views.entry import Citation
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.text.typography import capital, plain, typeset, unmarked

if TYPE_CHECKING:
    from portail.site.site import Site


def citations(site: Site, item: Item, signature: tuple[Lien, ...]) -> Iterator[Citation]:
    """How to cite a content, signed by ``signature``, when one may."""
    entry = item.entry
    config = site.config
    day = entry.publie_le
    if not entry.kind.info.cited or day is None:
        return
    title = typeset(plain(unmarked(entry.titre)))
    portal = config.nom_complet
    address = config.absolute(item.url) if config.siteurl else ""
    changed = entry.modifie if entry.modifie != day else None
    inner = title.replace("«\u00a0", "“").replace("\u00a0»", "”")
    updated = WORDS["fiches"]["modifiee"].format(jour=day_of(changed)) if changed else ""
    parts = (
        in_words([link.texte for link in signature]),
        f"«\u00a0{inner}\u00a0»",
        portal,
        day_of(day),
        updated,
        WORDS["fiches"]["invente"] if entry.exemple else "",
        address,
    )
    phrase = ", ".join(filter(None, parts)) + "."
    named = {*entry.auteurs} - {REDACTION}
    bibtex = _record(entry, day, signature, portal, updated, address) if named else ""
    yield Citation(phrase, bibtex)


def _record(
    entry: Entry, day: date, signature: tuple[Lien, ...], site: str, updated: str, address: str
) -> str:
    """The BibTeX record of a content that somebody signed."""
    title = typeset(plain(unmarked(entry.titre)))
    notes = (updated, WORDS["fiches"]["invente"] if entry.exemple else "")
    people = [(link.texte, link.url.startswith(info_of(PEOPLE).listing)) for link in signature]
    fields = {
        "author": names(people),
        "title": f"{{{latex(title)}}}",
        "howpublished": latex(typeset(site)),
        "note": latex(capital(", ".join(filter(None, notes)))),
        "url": address,
        "language": latex(entry.langue),
    }
    rows = [(name, f"{{{value}}}") for name, value in fields.items() if value]
    rows[2:2] = [("year", f"{{{day.year}}}"), ("month", MOIS[day.month - 1])]
    return record("misc", f"{entry.slug}-{day.year}", rows)
