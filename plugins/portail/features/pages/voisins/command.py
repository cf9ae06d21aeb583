"""``portail voisins``: ask other portals what they announce, keep what holds.

Exit codes: 0; 1, a neighbour has no copy that can be used; 2, usage or environment; 130,
interrupted, the answers so far being kept.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import datetime

from portail.cli.arguments import Parser
from portail.cli.asking import add_options, manner_of, opener
from portail.cli.contents import settings_of, tables_of
from portail.clock import portal_zone
from portail.files import atomic_write
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.terminal.text import counted, refusals, safe
from portail.terminal.voice import say
from portail.text.dates import jour

from .copies import (
    COPY_BYTES,
    Asked,
    Copy,
    Neighbour,
    copy_text,
    read_copy,
)
from .judge import CopyContext
from .settings import Voisin, folder_of, voisins_of

# Group of the entry point ``default`` of what opens connections: a callable ``(neighbours, copies
# by slug, Manner) -> iterator of (neighbour, Asked)``.
GROUP = "portail.voisins"
_COMMAND = "portail voisins"
_AGENT = "Portail-voisins"


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    content, config, _ = settings_of(options.content, _COMMAND)
    voisins = voisins_of(config)
    if not voisins:
        say("Aucun voisin : le réglage PORTAIL_VOISINS est vide.\n", sys.stdout)
        return 0
    data = tables_of(content)
    ground = CopyContext(
        content.parent / folder_of(config),
        config,
        Geography.load(data, config.region),
        Vocabularies.load(data),
        # Never the day of the settings, which may be pinned in the past.
        options.date or datetime.now(portal_zone()).date(),
    )
    reports = {} if options.verifier else _visited(ground, options)
    missing = 0
    for voisin in voisins:
        neighbour = ground.neighbour(voisin)
        missing += neighbour.fetched is None
        rows = [*reports.get(voisin.slug, ()), *_state(neighbour)]
        say("\n".join([safe(f"{voisin.nom} ({voisin.api})"), *rows, ""]), sys.stdout)
    return 1 if missing else 0


def _visited(ground: CopyContext, options: Namespace) -> dict[str, list[str]]:
    # Ask, and write each copy as it comes; the lines that say how it went, by slug.
    ask: Callable[..., Iterator[tuple[Voisin, Asked]]] = opener(GROUP)
    manner = manner_of(options, ground.config, _AGENT, _COMMAND)
    copies = {
        voisin.slug: copy
        for voisin in voisins_of(ground.config)
        if (copy := _last_copy(ground, voisin))
    }
    reports: dict[str, list[str]] = {}
    for voisin, answer in ask(voisins_of(ground.config), copies, manner):
        reports[voisin.slug] = [*_written(voisin, answer, ground)]
    return reports


def _last_copy(ground: CopyContext, voisin: Voisin) -> Copy | None:
    # Its last copy, if it can be read.
    try:
        return read_copy(ground.file(voisin), voisin.api)
    except ValueError:
        return None


def _written(voisin: Voisin, answer: Asked, ground: CopyContext) -> Iterator[str]:
    # Write the copy when something of it holds; the lines that say how it went.
    if answer.copy is None:
        yield safe(f"  Pas de nouvelles. {answer.trouble}")
        return
    neighbour = ground.judged(voisin, answer.copy)
    data = copy_text(answer.copy)
    if neighbour.dropped and not (neighbour.events or neighbour.lieux):
        why = neighbour.dropped[0].reason
        yield safe(f"  Pas de nouvelles. Rien de ce qu’il dit ne tient : {why}.")
        return
    if len(data) > COPY_BYTES:
        yield f"  Pas de nouvelles. Sa copie pèserait plus de {COPY_BYTES // 1_000_000} Mo."
        return
    with refusals(f"{ground.file(voisin)} ne s’écrit pas"):
        atomic_write(ground.file(voisin), data)
    yield f"  {-(-answer.octets // 1000)} ko reçus."
    if answer.left:
        periods = counted(answer.left, ("période", "périodes"))
        yield f"  {periods} laissée{'s' * (answer.left > 1)} : il annonce trop pour une copie."


def _state(neighbour: Neighbour) -> Iterator[str]:
    # What the site will show of it.
    if neighbour.fetched is None:
        yield f"  Rien n’en sera montré : {neighbour.trouble}."
        return
    events = counted(len(neighbour.events), ("événement à venir", "événements à venir"))
    lieux = counted(len(neighbour.lieux), ("lieu", "lieux"))
    age = ", ancienne" if neighbour.old else ""
    yield f"  Copie du {jour(neighbour.fetched, semaine=False)}{age} : {events}, {lieux}."
    for row in neighbour.dropped:
        left = counted(row.count, ("contenu écarté", "contenus écartés"))
        yield safe(f"  {left} : {row.reason}.")


def _parser() -> Parser:
    parser = Parser("voisins", "Demande aux portails voisins (PORTAIL_VOISINS) leur agenda.")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.flag("--verifier", "dit ce qui est gardé, ne demande rien")
    add_options(parser, minutes=10.0, seconds=30.0)
    return parser
