"""How to cite a content: a sentence, a BibTeX record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from portail.facts.base import in_words
from portail.facts.when import day_of
from portail.model.entry import REDACTION, Entry
from portail.model.kinds import PEOPLE, info_of
from portail.outputs.pages.views.entry import Citation
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pages.words import WORDS
from portail.resources import rows_of
from portail.site.item import Item
from portail.text.typography import capital, plain, typeset, unmarked

if TYPE_CHECKING:
    from portail.site.site import Site


_LATEX = rows_of("pages.citer", "latex")
_SIGNS = {sign: f"{{\\{name}}}" for sign, name in _LATEX["commandes"].items()} | _LATEX["signes"]
# Signs that two in a row would turn into another one: « -- » is a dash.
_LIGATURES = re.compile(r"[-–—](?=[-–—])|['’](?=['’])")
_AND = re.compile(r"\band\b|,", re.IGNORECASE)


def latex(text: str) -> str:
    r"""``text`` as LaTeX shows it, on one line; a sign without a command stays in UTF-8.

    >>> latex("L’été : 100 % d’« œufs »")
    "L'{\\'e}t{\\'e} : 100 \\% d'{\\guillemotleft} {\\oe}ufs {\\guillemotright}"
    """
    text = unicodedata.normalize("NFC", text.replace("\n", " "))
    return "".join(map(_character, _LIGATURES.sub(r"\g<0>" + "\0", text)))


def _character(sign: str) -> str:
    if sign == "\0":
        return "{}"
    command = _SIGNS.get(sign)
    if command is not None or sign < "\x80":
        return command or sign
    parts = unicodedata.normalize("NFD", sign)
    base = parts[0]
    accent = _LATEX["accents"].get(parts[1:])
    if accent is None or not (base.isascii() and base.isalpha()):
        return sign
    letter = f"\\{base}" if base in "ij" else base  # their dots go
    if accent.isalpha() or letter != base:
        letter = f"{{{letter}}}"
    return f"{{\\{accent}{letter}}}"


def names(people: Iterable[tuple[str, bool]]) -> str:
    """Authors, each with whether it is a person; the others are kept in one piece.

    >>> names([("Camille Exemple", True), ("Université de Lille", False)])
    "Camille Exemple and {Universit{\\\\'e} de Lille}"
    """
    return " and ".join(
        latex(name) if person and not _AND.search(name) else f"{{{latex(name)}}}"
        for name, person in people
    )


def record(sort: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """A record; values are already BibTeX (``{…}``, a number, a month).

    >>> print(record("misc", "le-sel-2021", [("year", "2021"), ("month", "sep")]))
    @misc{le-sel-2021,
      year = 2021,
      month = sep
    }
    """
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields)
    return f"@{sort}{{{key},\n{lines}\n}}"


def citations(site: Site, item: Item, signature: tuple[Lien, ...]) -> Iterator[Citation]:
    """How to cite a content, signed by ``signature``, when one may."""
    entry = item.entry
    config = site.config
    day = entry.publie_le
    if not entry.kind.info.cited or day is None or entry.d_apres:
        return
    title = typeset(plain(unmarked(entry.titre)))
    portal = config.nom_complet
    address = ""
    if config.siteurl:
        address = config.absolute(item.url)
    changed = entry.modifie
    if changed == day:
        changed = None
    inner = title.replace("«\u00a0", "“").replace("\u00a0»", "”")
    updated = ""
    if changed:
        updated = WORDS["fiches"]["modifiee"].format(jour=day_of(changed))
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
    bibtex = ""
    if named:
        bibtex = _record(entry, day, signature, site=portal, updated=updated, address=address)
    yield Citation(phrase, bibtex)


def _record(
    entry: Entry, day: date, signature: tuple[Lien, ...], site: str, updated: str, address: str
) -> str:
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
    rows[2:2] = [("year", f"{{{day.year}}}"), ("month", _LATEX["mois"][day.month - 1])]
    return record("misc", f"{entry.slug}-{day.year}", rows)
