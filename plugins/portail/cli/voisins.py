"""``portail voisins``: ask other portals what they announce, keep what holds.

Exit codes: 0; 1, a neighbour has no copy that can be used; 2, usage or environment; 130,
interrupted, the answers so far being kept.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import entry_points
from pathlib import Path

from portail.cli.arguments import Parser, agent_of, day, number
from portail.cli.contents import settings_of, tables_of
from portail.cli.reporting import say
from portail.cli.terminal import counted, safe
from portail.config import SiteConfig, Voisin
from portail.day import PARIS
from portail.diagnostics import ConfigError
from portail.files import atomic_write
from portail.geo.territories import Geography
from portail.model.parts import Manner
from portail.model.vocabulary import Vocabularies
from portail.neighbours.copies import COPY_BYTES, Asked, Copy, copy_text, read_copy
from portail.neighbours.far import Neighbour
from portail.neighbours.shown import file_of, judged, neighbour_of
from portail.text.dates import jour

GROUP = "portail.voisins"
"""Group of the entry point ``default`` of what opens connections: a callable ``(neighbours, copies
by slug, Manner) -> iterator of (neighbour, Asked)``."""
_COMMAND = "portail voisins"
_AGENT = "Portail-voisins"


@dataclass(frozen=True, slots=True)
class _Ground:
    """What copies are judged with, and where they are."""

    config: SiteConfig
    folder: Path
    geography: Geography
    vocabularies: Vocabularies
    day: date

    def file(self, voisin: Voisin) -> Path:
        return file_of(self.folder, voisin)

    def kept(self, voisin: Voisin) -> Neighbour:
        return neighbour_of(
            self.file(voisin), voisin, self.config, self.geography, self.vocabularies, self.day
        )

    def judged(self, voisin: Voisin, copy: Copy) -> Neighbour:
        return judged(copy, voisin, self.config, self.geography, self.vocabularies, self.day)


def main(argv: list[str]) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(argv)
    content, config, _ = settings_of(options.content, _COMMAND)
    if not config.voisins:
        say("Aucun voisin : le réglage PORTAIL_VOISINS est vide.\n", sys.stdout)
        return 0
    data = tables_of(content)
    ground = _Ground(
        config,
        content.parent / config.voisins_dossier,
        Geography.load(data, config.region),
        Vocabularies.load(data),
        # Never the day of the settings, which may be pinned in the past.
        options.date or datetime.now(PARIS).date(),
    )
    told = {} if options.verifier else _visited(ground, options)
    missing = 0
    for voisin in config.voisins:
        one = ground.kept(voisin)
        missing += one.fetched is None
        rows = [*told.get(voisin.slug, ()), *_state(one)]
        say("\n".join([safe(f"{voisin.nom} ({voisin.api})"), *rows, ""]), sys.stdout)
    return 1 if missing else 0


def _visited(ground: _Ground, options: Namespace) -> dict[str, list[str]]:
    """Ask, and write each copy as it comes; the lines that say how it went, by slug."""
    factory = next(iter(entry_points(group=GROUP, name="default")), None)
    if factory is None:
        raise ConfigError(
            "Ce qui ouvre les connexions n’est pas installé : réinstallez le portail (make)."
        )
    manner = Manner(
        day=ground.day,
        agent=agent_of(_AGENT, options.site_url or ground.config.siteurl, _COMMAND),
        pause=options.delai,
        seconds=options.attente,
        minutes=options.duree,
        private=options.reseaux_prives,
    )
    ask: Callable[..., Iterator[tuple[Voisin, Asked]]] = factory.load()
    known = {one.slug: copy for one in ground.config.voisins if (copy := _known(ground, one))}
    told: dict[str, list[str]] = {}
    for voisin, asked in ask(ground.config.voisins, known, manner):
        told[voisin.slug] = [*_kept(voisin, asked, ground)]
    return told


def _known(ground: _Ground, voisin: Voisin) -> Copy | None:
    """Its last copy, if it can be read."""
    try:
        return read_copy(ground.file(voisin), voisin.api)
    except ValueError:
        return None


def _kept(voisin: Voisin, asked: Asked, ground: _Ground) -> Iterator[str]:
    """Write the copy when something of it holds; the lines that say how it went."""
    if asked.copy is None:
        yield safe(f"  Pas de nouvelles. {asked.trouble}")
        return
    found = ground.judged(voisin, asked.copy)
    data = copy_text(asked.copy)
    if found.dropped and not (found.events or found.lieux):
        why = found.dropped[0].reason
        yield safe(f"  Pas de nouvelles. Rien de ce qu’il dit ne tient : {why}.")
        return
    if len(data) > COPY_BYTES:
        yield f"  Pas de nouvelles. Sa copie pèserait plus de {COPY_BYTES // 1_000_000} Mo."
        return
    try:
        atomic_write(ground.file(voisin), data)
    except OSError as error:
        reason = f"{ground.file(voisin)} ne s’écrit pas : {error.strerror}."
        raise ConfigError(reason) from error
    yield f"  {-(-asked.octets // 1000)} ko reçus."
    if asked.left:
        periods = counted(asked.left, ("période", "périodes"))
        yield f"  {periods} laissée{'s' * (asked.left > 1)} : il annonce trop pour une copie."


def _state(one: Neighbour) -> Iterator[str]:
    """What the site will show of it."""
    if one.fetched is None:
        yield f"  Rien n’en sera montré : {one.trouble}."
        return
    events = counted(len(one.events), ("événement à venir", "événements à venir"))
    lieux = counted(len(one.lieux), ("lieu", "lieux"))
    age = ", ancienne" if one.old else ""
    yield f"  Copie du {jour(one.fetched, semaine=False)}{age} : {events}, {lieux}."
    for row in one.dropped:
        left = counted(row.count, ("contenu écarté", "contenus écartés"))
        yield safe(f"  {left} : {row.reason}.")


def _parser() -> Parser:
    parser = Parser("voisins", "Demande aux portails voisins (PORTAIL_VOISINS) leur agenda.")
    parser.add("--content", metavar="DOSSIER", help="dossier des contenus (content)")
    parser.add("--site-url", metavar="URL", default="", help="adresse du portail, dite aux voisins")
    parser.add("--verifier", action="store_true", help="dit ce qui est gardé, ne demande rien")
    parser.add("--date", type=day, metavar="AAAA-MM-JJ", help="jour de la copie (aujourd’hui)")
    parser.add(
        "--duree", type=number, default=10.0, metavar="MINUTES",
        help="laissées à tous les voisins (10)",
    )  # fmt: skip
    parser.add(
        "--delai", type=number, default=1.0, metavar="SECONDES",
        help="entre deux demandes à un même site (1)",
    )  # fmt: skip
    parser.add(
        "--attente", type=number, default=30.0, metavar="SECONDES",
        help="laissées à un site pour envoyer un fichier (30)",
    )  # fmt: skip
    parser.add(
        "--reseaux-prives", action="store_true",
        help="demande aussi aux adresses privées (intranet, essais)",
    )  # fmt: skip
    return parser
