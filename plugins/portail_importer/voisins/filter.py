"""What neighbours announce, in the data of the agenda’s filter (``docs/technique/facettes.md``)."""

from __future__ import annotations

from collections.abc import Iterator
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

from ..moissonner.neighbours import Neighbour
from .cards import far_events, far_programme, has_network, known_communes, near_card, pairs_of

NETWORK = "/reseau/"
_COMMUNES = f"{NETWORK}communes.json"


def communes_file(site: Site) -> str:
    return _COMMUNES if has_network(site) else ""


def filter_rows(site: Site) -> str:
    return data_of(NETWORK) if has_network(site) else ""


def plan_filter(site: Site) -> Iterator[TextFile]:
    """Rows beside those of the agenda, and the communes to complete among."""
    if near_is_asked(site):
        yield text_file(site, _COMMUNES, _communes)
    if site.dated:
        yield text_file(site, data_of(NETWORK), network_text)


def _communes(site: Site) -> Iterator[str]:
    yield from communes_text(site.geography, known_communes(site))


def network_text(site: Site) -> Iterator[str]:
    """What neighbours announce near our communes, in the same columns; each row ends with the rank
    of its portal among ``portails``: its name, the day of what is known of it."""
    events = far_events(site)
    today = site.day.date
    facets: dict[str, dict[str, Value]] = {}
    for far in events.values():
        for cle, code in pairs_of(far.event):
            facets.setdefault(cle, {})[code] = Value(code, "")
    table = Table("", [(cle, [*some.values()]) for cle, some in facets.items()])
    portals = Texts()
    period = (far_programme(site), today, site.ahead.window)
    outlook = Outlook(tuple(upcoming(*period)), tuple(lasting(*period)))
    times = Times(table, outlook, today, partial(near_card, site))
    rows = {}
    for ref in times.refs:
        card = in_lines(near_card(site, ref))
        far = events[ref]
        rows[ref] = table.row(card, card.details[1:], far.commune, pairs_of(far.event))

    def portal(voisin: Neighbour) -> int:
        day = jour(voisin.fetched, semaine=False) if voisin.fetched else ""
        return portals.rank([voisin.nom, day])

    shown = zip(times.refs, times.completed(rows), strict=True)
    document = table.document(
        ([*row, portal(events[ref].voisin)] for ref, row in shown),
        jour=today.isoformat(),
        moments=times.moments.values,
        etiquettes=times.labels.values,
        portails=portals.values,
    )
    return data_text(document)
