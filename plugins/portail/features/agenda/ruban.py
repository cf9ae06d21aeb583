"""Output « ruban »: what changes in the ribbon of the week, in one small style sheet. The ribbon is
on every page, and its counts change with an edit, its mark of today each day: pages hold neither.
They are custom properties here, which the theme's own sheet draws. The short names of its days are
here too: said once."""

from __future__ import annotations

from collections.abc import Iterator

from portail.agenda.weeks import Week
from portail.model.kinds import Kind
from portail.outputs.base import TextFile, text_file
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import RUBAN
from portail.text.dates import JOURS_COURTS
from portail.text.typography import nombre

_TODAY = (
    "--auj-fond:var(--signal);--auj-encre:var(--sur-signal);--auj-barre:var(--barre-signal);"
    "--auj-trait:4px"
)
"""As the class ``auj`` of the theme, which a script gives to the reader's day instead."""


def plan_ruban(site: Site) -> Iterator[TextFile]:
    """``/ruban.css``, when there is an agenda."""
    if site.indexes.by_kind.get(Kind.EVENT):
        yield text_file(site, RUBAN, _sheet)


@answer
def _sheet(site: Site) -> tuple[str, ...]:
    return tuple(f"{rule}\n" for rule in _rules(site))


def _rules(site: Site) -> Iterator[str]:
    """For each day of this week with something: its count, how it is said, its bar in per cent of
    the busiest day; then the mark of the day of the build, and how days are named."""
    today = site.day.date
    week = Week.of(today)
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
