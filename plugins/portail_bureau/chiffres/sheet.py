"""A bilan that stands alone: to paste in a report, to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from portail.config import SiteConfig
from portail.features.services.bilans.page import shown_of
from portail.features.services.bilans.table import Bilan, Key, Table
from portail.outputs.base import Shown, TemplatePage
from portail.outputs.pages.words import WORDS
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import nombre


def markdown(bilan: Bilan, level: int = 1) -> str:
    """A bilan ready to paste in a report: headings from ``level`` on, sentences, tables."""
    head = "#" * level
    parts = [f"{head} {bilan.titre}", *bilan.phrases]
    if bilan.cles:
        parts.append("\n".join(map(_bullet, bilan.cles)))
    for table in bilan.tables:
        parts += [f"{head}# {table.titre}", _grid(table)]
        parts += [
            text for text in (table.note, table.source and f"Source : {table.source}") if text
        ]
    if bilan.methode:
        parts += [
            f"{head}# Comment c’est compté",
            "\n".join(f"- {sentence}" for sentence in bilan.methode),
        ]
    return "\n\n".join(parts) + "\n"


def _bullet(key: Key) -> str:
    beside = f" ({key.note})" if key.note else ""
    return f"- {key.label} : **{key.shown}**{beside}"


def _grid(table: Table) -> str:
    names = [table.premiere, *(column.label for column in table.colonnes)]
    marks = ["---", *("--:" for _ in table.colonnes)]
    rows: Iterable[Sequence[str]] = ((row.label, *values) for row, values, _ in table.shown)
    bare = ([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in (names, marks, *bare))


# Rows of a table that is read on a page, or printed.
LONGEST = 15
# Rows more that are not worth a sentence.
_FEW = 2


def trimmed(bilan: Bilan, most: int = LONGEST) -> Bilan:
    """A bilan whose tables are read at a glance; files have all their rows."""
    return replace(bilan, tables=tuple(_short(table, most) for table in bilan.tables))


def _short(table: Table, most: int) -> Table:
    left = len(table.lignes) - most
    if left <= _FEW:
        return table
    rest = f"{nombre(left)} autres lignes : le tableau en CSV les donne."
    note = " ".join(filter(None, (rest, table.note)))
    return replace(table, lignes=table.lignes[:most], note=note)


# Template of the file that stands alone.
SCREEN = "feuilles/bilan-seul.html"


class FeuilleView(Struct, frozen=True):
    """``fait`` says when and from what it was made; the rest as on a page of figures."""

    titre: str
    portail: str
    jour: date
    fait: str
    phrases: tuple[str, ...]
    cles: tuple[Key, ...]
    mesures: tuple[Table, ...]
    methode: tuple[str, ...]


def sheet_of(site: Site, bilan: Bilan) -> TemplatePage:
    """The page of a bilan, which is no page of the site."""
    sheet = Shown(__name__, sheet_of.__name__, (bilan.titre,))
    show = partial(show_sheet, site, bilan)
    return TemplatePage("bilan.html", "/bilan.html", SCREEN, sheet, show)


def show_sheet(site: Site, bilan: Bilan) -> FeuilleView:
    """What it shows. Its links are whole addresses: there are none when the site has no address."""
    config = site.config
    day = site.day.date
    origin = WORDS["papier"]["fait"].format(jour=jour(day, semaine=False), source=config.nom)
    source = f" ({config.siteurl})" if config.siteurl else ""
    short = trimmed(bilan)
    linked = replace(short, tables=tuple(_linked(table, config) for table in short.tables))
    return FeuilleView(bilan.titre, config.nom, day, f"{origin}{source}.", **shown_of(linked))


def _linked(table: Table, config: SiteConfig) -> Table:
    def whole(url: str) -> str:
        return config.absolute(url) if url and config.siteurl else ""

    return replace(table, lignes=tuple(row._replace(url=whole(row.url)) for row in table.lignes))
