"""``portail chiffres``: a year in figures, of the portal, of a structure or of a territory.

Exit codes: 0 done (a year without content too), 1 an error in the contents, 2 usage, environment.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from msgspec.structs import replace

from portail.cli.arguments import Parser
from portail.cli.contents import Contents, literal_settings, read_contents, settings_of
from portail.clock import portal_zone
from portail.config import SiteConfig
from portail.day import build_day
from portail.diagnostics import ConfigError
from portail.features.services.bilans.page import shown_of, written_bilan
from portail.features.services.bilans.table import Bilan, Key, Table, counted
from portail.installed import entry_points
from portail.model.kinds import PLACES, TERRITORIES, Kind
from portail.outputs.base import Shown, TemplatePage
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.terminal.readable import give
from portail.terminal.text import safe
from portail.text.dates import jour
from portail.text.suggest import meant
from portail.text.typography import nombre

from . import audience
from .page import MOTS
from .structure import structure
from .territory import territory, territory_of
from .year import bilan_of_year

COMMAND = "portail chiffres"
FORMATS = ("md", "csv", "html")
# Group of entry points whose ``default`` draws a page (see ``portail_pelican.renderer``).
DRAWING = "portail.feuilles"

_SUMMARY = (
    "Une année en chiffres, prête à coller dans un rapport d’activité : celle d’une structure, "
    "d’un territoire, ou du portail."
)


def main(argv: list[str]) -> int:
    options = _options(argv)
    if options.journal:
        return _count(options)
    read = read_contents(options.content, options.date, COMMAND, plans=False, publishes=True)
    if read.result.site is None:
        sys.stderr.write("Les contenus ont des erreurs : « portail check » les dit.\n")
        return 1
    bilan = _bilan(read.result.site, options)
    form = options.sortie.suffix.removeprefix(".") if options.sortie else FORMATS[0]
    give(_encoded(read, bilan, form), options.sortie)
    if options.sortie:
        sys.stdout.write(f"{safe(str(options.sortie))}\n")
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = Parser("chiffres", _SUMMARY)
    parser.add("annee", "ANNÉE", "l’année à compter, par exemple 2027", type=_year, nargs="?")
    parser.add(
        "--journal",
        "FICHIER",
        "le journal de l’hébergeur (.gz aussi ; - : l’entrée) : qui lit, sans personne",
        type=Path,
        nargs="+",
    )
    parser.add("--lieu", "NOM", "une structure : musee-exemple")
    parser.add("--territoire", "NOM", "un territoire : finistere, brest-metropole")
    parser.add(
        "--sortie", "FICHIER", "où l’écrire : .html, .csv ou .md (sinon, à l’écran)", type=Path
    )
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--date", "AAAA-MM-JJ", "jour où se placer")
    options = parser.parse_args(argv)
    if bool(options.journal) is bool(options.annee):
        parser.error("donnez une année à compter, ou --journal et ses fichiers")
    if options.lieu and options.territoire:
        parser.error("--lieu et --territoire s’excluent")
    site = Path(literal_settings(Path.cwd()).get("OUTPUT_PATH") or "output").resolve()
    if place := options.sortie:
        if site in place.resolve().parents:
            parser.error(f"« {safe(str(place))} » est dans le site public, écrivez ailleurs")
        if place.suffix.removeprefix(".") not in FORMATS:
            parser.error(
                f"« {safe(str(place))} » : écrivez un .csv, un .md, ou un .html, qu’un navigateur "
                "imprime en PDF"
            )
    return options


def _count(options: argparse.Namespace) -> int:
    # Reads a log into the file of audience, and says what was left of it.
    content, config, pinned = settings_of(options.content, COMMAND)
    data = content.parent / "data"
    today = build_day(
        options.date, os.environ, pinned, today=datetime.now(portal_zone()).date()
    ).date
    told = Counter[str]()
    found = audience.count(
        dict.fromkeys(options.journal),
        config.siteurl,
        zone=portal_zone(),
        today=today,
        told=told,
    )
    for name, sentence in MOTS["journal"].items():
        if told[name]:
            sys.stdout.write(f"{sentence.format(n=nombre(told[name]))}\n")
    if not found:
        sys.stderr.write(f"{MOTS['audience']['vide']}\n")
        return 1
    for week in [week for week, span in found.items() if span.asked.relays()]:
        asked = found.pop(week).asked
        whole = "toutes" if len(asked.addresses) == asked.relays() else "presque toutes"
        place = "d’une adresse" if asked.relays() == 1 else f"de {asked.relays()} adresses"
        said = MOTS["audience"]["relais"].format(semaine=week.slug, toutes=whole, dou=place)
        sys.stdout.write(f"{said}\n")
    if not found:
        return 1
    lines, kept = audience.joined(audience.read_lines(data), found)
    for week in kept:
        sys.stdout.write(f"{MOTS['audience']['gardee'].format(semaine=week.slug)}\n")
    give(audience.text_of(lines).encode(), data / audience.FILE)
    sys.stdout.write(f"data/{audience.FILE} : {counted(len(found), 'semaine')}\n")
    return 0


def _year(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1900 <= int(text) <= 2100:
        return int(text)
    raise argparse.ArgumentTypeError(f"« {safe(text)} » n’est pas une année, écrivez par ex. 2027")


def _bilan(site: Site, options: argparse.Namespace) -> Bilan:
    if options.lieu:
        return structure(site, find(site, PLACES, options.lieu).ref, options.annee)
    if options.territoire:
        return territory(site, find(site, TERRITORIES, options.territoire).ref, options.annee)
    return bilan_of_year(site, options.annee)


def find(site: Site, kinds: Sequence[Kind], name: str) -> Item:
    """The structure (``PLACES``) or territory (``TERRITORIES``) of a slug or a reference; a
    territory also of its official name or SIREN. Raises ``ConfigError`` with the nearest slug."""
    kind = kinds[0]
    slug = name.strip("/").removeprefix(f"{kind.value}/")
    item = site.items.get(f"{kind.value}/{slug}")
    if kind.info.territory:
        area = None if item else site.geography.territoire(slug)
        page = area and site.indexes.territory_pages.get(territory_code(area))
        if page:
            item = site.items[page]
        elif area:
            raise ConfigError(f"« {area.nom} » : le portail n’y connaît rien encore.")
        if item and territory_of(site, item.ref) is None:
            raise ConfigError(f"Les tables de data/ ne connaissent pas le territoire « {slug} ».")
    if item is None:
        slugs = (candidate.entry.slug for candidate in site.of_kind(kind))
        raise ConfigError(f"« {slug} » : ce {kind.info.nom} n’existe pas.{meant(slug, slugs)}")
    return item


def _encoded(read: Contents, bilan: Bilan, form: str) -> bytes:
    if form == "md":
        return markdown(bilan).encode()
    if form == "csv":
        return "".join(written_bilan(bilan)).encode()
    assert read.result.site is not None
    draw = next(iter(entry_points(group=DRAWING, name="default")), None)
    if draw is None:
        raise ConfigError("Ce qui dessine les pages n’est pas installé : réinstallez le portail.")
    return bytes(draw.load()(sheet_of(read.result.site, bilan), read.config, read.content))


# A bilan to paste in a report, and as a page that stands alone.


def markdown(bilan: Bilan, level: int = 1) -> str:
    """A bilan ready to paste in a report: headings from ``level`` on, sentences, tables."""
    head = "#" * level
    parts = [f"{head} {bilan.titre}", *bilan.phrases]
    if bilan.cles:
        parts.append("\n".join(map(_bullet, bilan.cles)))
    for table in bilan.tables:
        parts += [f"{head}# {table.titre}", _grid(table)]
        parts += filter(None, (table.note, table.source and f"Source : {table.source}"))
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


def sheet_of(site: Site, bilan: Bilan) -> TemplatePage:
    """The page of a bilan, which is no page of the site."""
    sheet = Shown(__name__, sheet_of.__name__, (bilan.titre,))
    return TemplatePage(
        "bilan.html", "/bilan.html", SCREEN, sheet, partial(show_sheet, site, bilan)
    )


def show_sheet(site: Site, bilan: Bilan) -> SimpleNamespace:
    """What it shows. Its links are whole addresses: there are none when the site has no address."""
    config = site.config
    day = site.day.date
    origin = WORDS["papier"]["fait"].format(jour=jour(day, semaine=False), source=config.nom)
    source = f" ({config.siteurl})" if config.siteurl else ""
    short = trimmed(bilan)
    linked = replace(short, tables=tuple(_linked(table, config) for table in short.tables))
    return SimpleNamespace(
        titre=bilan.titre,
        portail=config.nom,
        jour=day,
        fait=f"{origin}{source}.",
        **shown_of(linked),
    )


def _linked(table: Table, config: SiteConfig) -> Table:
    def whole(url: str) -> str:
        return config.absolute(url) if url and config.siteurl else ""

    return replace(table, lignes=tuple(row._replace(url=whole(row.url)) for row in table.lignes))
