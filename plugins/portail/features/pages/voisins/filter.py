"""What neighbours announce, in the data of the agenda’s filter (``docs/technique/facettes.md``)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from portail.agenda.programme import lasting, upcoming
from portail.features.services.agenda.filter import Times
from portail.features.services.agenda.lines import in_lines
from portail.features.services.facettes.communes import communes_text
from portail.features.services.facettes.lists import near_is_asked
from portail.features.services.facettes.table import Table, Texts, data_text
from portail.outputs.base import TextFile, text_file
from portail.site.coming import Outlook
from portail.site.facets import Value
from portail.site.site import Site
from portail.site.urls import data_of
from portail.text.dates import jour

from .cards import (
    far_programme,
    known_communes,
    near_card,
    near_events,
    pairs_of,
)
from .copies import Neighbour
from .network import NETWORK, NETWORK_COMMUNES, has_network


def plan_filter(site: Site) -> Iterator[TextFile]:
    """Rows beside those of the agenda, and the communes to complete among, with a copy of one."""
    if not has_network(site):
        return
    if near_is_asked(site):
        yield text_file(site, NETWORK_COMMUNES, _communes)
    if site.dated:
        yield text_file(site, data_of(NETWORK), network_text)


def _communes(site: Site) -> Iterator[str]:
    yield from communes_text(site.geography, known_communes(site))


def network_text(site: Site) -> Iterator[str]:
    """What neighbours announce near our communes, in the same columns; each row ends with the rank
    of its portal among ``portails``: its name, the day of what is known of it."""
    near = near_events(site)
    today = site.day.date
    facets: dict[str, dict[str, Value]] = {}
    for far in near.values():
        for cle, code in pairs_of(far.event):
            facets.setdefault(cle, {})[code] = Value(code, "")
    table = Table("", [(cle, [*some.values()]) for cle, some in facets.items()])
    portals = Texts()
    times = Times(table, _outlook(site, near), today, partial(near_card, site))
    rows = {}
    for ref in times.refs:
        card = in_lines(near_card(site, ref))
        event = near[ref].event
        commune = site.geography.by_code(event.place.code)
        rows[ref] = table.row(card, card.details[1:], commune, pairs_of(event))

    def portal(voisin: Neighbour) -> int:
        day = jour(voisin.fetched, semaine=False) if voisin.fetched else ""
        return portals.rank([voisin.nom, day])

    shown = zip(times.refs, times.completed(rows), strict=True)
    document = table.document(
        ([*row, portal(near[ref].voisin)] for ref, row in shown),
        jour=today.isoformat(),
        moments=times.moments.values,
        etiquettes=times.labels.values,
        portails=portals.values,
    )
    return data_text(document)


def _outlook(site: Site, near: Collection[str]) -> Outlook:
    programme = far_programme(site)
    today = site.day.date
    until = site.ahead.window
    return Outlook(
        tuple(row for row in upcoming(programme, today, until) if row[1].ref in near),
        tuple(stay for stay in lasting(programme, today, until) if stay.ref in near),
    )
