"""The ribbon of the week above every page, the same all year: its dates, its counts and its mark of
today, which change by themselves, are in one small style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portail.agenda.weeks import Week
from portail.model.kinds import DATED
from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.views.shared import Ruban
from portail.site.site import Site
from portail.site.urls import ANCHORS, THIS_WEEK
from portail.text.dates import JOURS, JOURS_COURTS, jour
from portail.text.typography import nombre

# As the class ``auj`` of the theme, which a script gives to the reader's day instead.
_TODAY = (
    "--auj-fond:var(--signal);--auj-encre:var(--sur-signal);--auj-barre:var(--barre-signal);"
    "--auj-trait:4px"
)


def ribbon(site: Site) -> Iterator[Ruban]:
    """The present week and each of its days, when there is an agenda."""
    if any(site.indexes.by_kind.get(kind) for kind in DATED):
        urls = (f"{THIS_WEEK}#{anchor}" for anchor in ANCHORS)
        yield Ruban(THIS_WEEK, tuple(zip(JOURS, JOURS_COURTS, urls, strict=True)))


def plan_ruban(site: Site) -> Iterator[TextFile]:
    yield from (text_file(site, "/ruban.css", _rules) for _ in ribbon(site))


def _rules(site: Site) -> Iterator[str]:
    # The dates of the week; for each day its number, how it is said, its count if it has one, its
    # bar in per cent of the busiest day. Then the mark of today.
    today = site.day.date
    week = Week.of(today)
    days = site.indexes.programme.week(week).jours
    most = max(day.nombre for day in days)
    yield f'.ruban span::before{{content:"{week.short_dates}"}}\n'
    build = ":root:not([data-auj])"
    marked = [f'{build} [data-jour="{today}"]', f"{build} {_cell(today)}"]
    for day in days:
        said = jour(day.jour, semaine=False)
        busy = ""
        if day.nombre:
            count = nombre(day.nombre)
            said += f", {count} rendez-vous"
            busy = f';--q:"{count}";--part:{round(100 * day.nombre / most)}%'
        yield f'{_cell(day.jour)}{{--n:" {day.jour.day}";--dit:" {said}"{busy}}}\n'
        marked.append(f'[data-auj="{day.jour}"] {_cell(day.jour)}')
    yield f'{",".join(marked)}{{{_TODAY};--auj-dit:", aujourd’hui"}}\n'
    yield f'{build} [data-semaine="{week.slug}"]{{--auj:{today.isoweekday()}}}\n'


def _cell(day: date) -> str:
    return f".ruban li:nth-child({day.isoweekday()})"
