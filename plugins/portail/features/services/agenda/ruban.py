"""The ribbon of the week above every page; its counts and its mark of today, which change daily,
are custom properties in one small style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from portail.agenda.weeks import Week
from portail.model.kinds import DATED
from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.views.shared import JourRuban, Ruban
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import day_of, week_of
from portail.text.dates import JOURS_COURTS
from portail.text.typography import nombre

from .addresses import RUBAN

# As the class ``auj`` of the theme, which a script gives to the reader's day instead.
_TODAY = (
    "--auj-fond:var(--signal);--auj-encre:var(--sur-signal);--auj-barre:var(--barre-signal);"
    "--auj-trait:4px"
)


def _has_agenda(site: Site) -> bool:
    return any(site.indexes.by_kind.get(kind) for kind in DATED)


def _week(site: Site) -> Week:
    # On Sunday, the week that begins: the other one is over.
    return Week.of(site.day.date + timedelta(days=1))


def ribbon(site: Site) -> Iterator[Ruban]:
    """The week and each of its days, when there is an agenda."""
    if not _has_agenda(site):
        return
    week = _week(site)
    days = map(JourRuban, week.days, map(day_of, week.days))
    yield Ruban(week.libelle, week.short_dates, week_of(week), tuple(days))


def plan_ruban(site: Site) -> Iterator[TextFile]:
    if _has_agenda(site):
        yield text_file(site, RUBAN, _sheet)


@answer
def _sheet(site: Site) -> tuple[str, ...]:
    return tuple(f"{rule}\n" for rule in _rules(site))


def _rules(site: Site) -> Iterator[str]:
    # For each day of this week with something: its count, how it is said, its bar in per cent of
    # the busiest day; then the mark of the day of the build, and how days are named.
    today = site.day.date
    week = _week(site)
    days = site.indexes.programme.week(week).jours
    most = max(day.nombre for day in days)
    for day in days:
        if day.nombre:
            part = round(100 * day.nombre / most)
            count = nombre(day.nombre)
            told = f'--q:"{count}";--dit:", {count} rendez-vous";--part:{part}%'
            yield f'[data-jour="{day.jour}"]{{{told}}}'
    mark = ":root:not([data-auj])"
    yield f'{mark} [data-jour="{today}"]{{{_TODAY};--auj-dit:", aujourd’hui"}}'
    yield f'{mark} [data-semaine="{week.slug}"]{{--auj:{today.isoweekday()}}}'
    for rank, name in enumerate(JOURS_COURTS, 1):
        yield f'.ruban li:nth-child({rank}) b::before{{content:"{name} "}}'
