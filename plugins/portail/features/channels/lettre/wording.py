"""A selection put in words: ``Selection`` → ``Issue``. Whatever it says comes from the site and
from the Thursday of the letter, never from the day of the build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from portail.agenda.weeks import Week
from portail.body.portable import portable
from portail.facts.base import licence
from portail.model.collections import YearlyEntry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.pages.entry.reading import resolved
from portail.outputs.pages.slots import FOR_SCHOOLS, WEEKLY_SKY
from portail.outputs.pictures import target_of
from portail.site.facets import PARTOUT, territory_pair
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import AGENDA, listing_of
from portail.text.dates import JOURS, jour
from portail.text.excerpts import excerpt
from portail.text.typography import after, in_letters, named, plain, typeset, unmarked

from .announced import erratum
from .editions import EVERYWHERE
from .issue import (
    Erratum,
    Group,
    Issue,
    Line,
    Link,
    Picture,
    Section,
    SectionKey,
)
from .lines import Lines, lines_of
from .mails import fitting
from .model import Newsletter
from .picks import Pick, Selection
from .word_html import letter_html
from .words import WORDS

_LONGEST = 70
_WORDS: Mapping[str, str] = WORDS["phrases"]
_TITLES: Mapping[SectionKey, str] = WORDS["sections"]
_MORE: Mapping[str, Sequence[str]] = WORDS["encore"]


def subject(title: str, pick: Pick, item: Item, thursday: date) -> str:
    """What leads the letter, in 70 characters and whole words, with its day if it has one; an
    example says so first: « Exemple : La pluie, jeudi 8 décembre »."""
    name = typeset(plain(title))
    title = unmarked(name)
    title = title if title == name else f"{_WORDS['exemple']}{title}"
    day = pick.start.date()
    lasts = isinstance(item.entry, YearlyEntry) or (item.last_day or day) > day
    has_begun = day < thursday or (
        lasts and any(occurrence.day < day for occurrence in item.occurrences)
    )
    if has_begun or not isinstance(item.entry, Event | YearlyEntry):
        return excerpt(title, _LONGEST)
    short = jour(day, semaine=False, annee=day.year != thursday.year)
    weekday = JOURS[day.weekday()]
    if short in title:
        return excerpt(title, _LONGEST)
    opens = _WORDS["ouverture"] * lasts
    forms = [f"{weekday} {short}", f"le {short}"][weekday in title :]
    dated = (f"{title}{after(title)}{opens}{form}" for form in forms)
    whole = (subject for subject in dated if len(subject) <= _LONGEST)
    return next(whole, excerpt(title, _LONGEST))


def editorial_of(site: Site, week: Week) -> Item | None:
    """What the editors wrote for a week: ``content/newsletters/2021-s39.md``."""
    return site.items.get(f"{Kind.NEWSLETTER.value}/{week.slug}")


def issue_view(selection: Selection, site: Site) -> Issue:
    """The issue of a selection, in words."""
    week = selection.week
    editorial = editorial_of(site, week)
    lines = lines_of(site, week)
    told = [lines.line(pick, leads=not rank) for rank, pick in enumerate(selection.things)]
    sujet = _WORDS["sujet"]
    if editorial:
        sujet = typeset(editorial.name)
    elif told and selection.things[0].may_lead:
        first = selection.things[0]
        sujet = subject(told[0].titre, first, site.items[first.ref], week.thursday)
    names = [named(typeset(plain(line.titre))) for line in told[not editorial :]]
    changes = [(changed, erratum(changed, site, week.thursday)) for changed in selection.errata]
    return Issue(
        semaine=week.slug,
        edition=selection.edition.code,
        nom=selection.edition.nom,
        jour=week.thursday,
        sujet=sujet,
        apercu=" · ".join([name for name in names if name not in sujet][:2]),
        mot=_word(site, week),
        errata=tuple(change for _, change in changes if _is_urgent(change, week)),
        sections=tuple(_sections(selection, told, lines)),
        changements=tuple(
            erratum(changed, site, week.thursday, brief=True)
            for changed, change in changes
            if not _is_urgent(change, week)
        ),
        image=_picture(told[0], site) if told else None,
        contributeurs=tuple(map(typeset, selection.contributeurs)),
    )


def _is_urgent(change: Erratum, week: Week) -> bool:
    return change.jour is not None and change.jour <= week.last


@per_site
def _word(site: Site, week: Week) -> str:
    item = editorial_of(site, week)
    if item is None or not isinstance(item.entry, Newsletter):
        return ""
    html = resolved(item, site.medias_of(item), site.config.siteurl, site.bodies, target_of)
    siteurl = site.config.siteurl

    def place(href: str) -> str:
        href = item.url + href if href[:1] == "#" else href
        ours = siteurl and f"{href}/".startswith(f"{siteurl}/")
        if ours:
            return href.removeprefix(siteurl) or "/"
        return href

    return letter_html(portable(html, place))


def _sections(selection: Selection, told: Sequence[Line], lines: Lines) -> Iterator[Section]:
    keys = dict.fromkeys(pick.section for pick in selection.things)
    sky = [*_sky(selection.week, lines.site)] if told else []
    if "faire" not in keys:  # a quiet week, which the sky opens
        yield from sky
    for key in keys:
        some = zip(selection.things, told, strict=True)
        rows = tuple(line for pick, line in some if pick.section == key)
        yield Section(cle=key, titre=_TITLES[key], groupes=(Group(lignes=rows),))
    if "faire" in keys:
        yield from sky
    if told:
        yield Section(cle="encore", titre=_TITLES["encore"], groupes=tuple(_rest(selection, lines)))


def _sky(week: Week, site: Site) -> Iterator[Section]:
    for lines, page, evening in WEEKLY_SKY.ask(site, week.thursday):
        groups = tuple(Group(vide=typeset(line)) for line in lines)
        more = Link(texte=_WORDS["ciel"], url=page.url)
        shown = typeset(evening)
        yield Section(cle="ciel", titre=page.texte, groupes=groups, lien=more, soir=shown)


def _rest(selection: Selection, lines: Lines) -> Iterator[Group]:
    season = tuple(lines.line(pick) for pick in selection.season)
    if season:
        yield Group(titre=_WORDS["saison"], lignes=season)
    site = lines.site
    if week_end := tuple(_week_end(selection, site)):
        yield Group(titre=_WORDS["week_end"], liens=week_end)
    yield Group(liens=tuple(_links(selection, site)))


def _week_end(selection: Selection, site: Site) -> Iterator[Link]:
    geography = site.geography
    for code, count in selection.counts:
        departement = geography.departement(code)
        pair = territory_pair(departement, geography) if departement else PARTOUT
        page = site.ahead.page_of(pair)
        name = departement.nom if departement else _WORDS["partout"]
        if page and (departement or code == EVERYWHERE):
            yield Link(texte=f"{name}\u00a0{count}", url=page)


def _links(selection: Selection, site: Site) -> Iterator[Link]:
    pair = selection.edition.filtre
    if site.of_kind(Kind.EVENT):
        page = site.ahead.page_of(pair) if pair else ""
        yield Link(texte=_WORDS["agenda"], url=page or AGENDA)
    schools = next(FOR_SCHOOLS.ask(site), None)
    if schools and selection.classes:
        yield Link(texte=_counted("classes", selection.classes), url=schools.url)
    if selection.asked:
        first = site.items[selection.asked[0]]
        many = len(selection.asked) > 1
        url = listing_of(first.entry.kind) if many else first.url
        yield Link(texte=_counted("appels", len(selection.asked)), url=url)
    for kind, count in selection.shelves:
        yield Link(texte=_counted(kind.value, count), url=listing_of(kind))


def _counted(name: str, count: int) -> str:
    word = in_letters(count) if count > 1 else ""
    return _MORE[name][count > 1].format(nombre=word.capitalize())


def _picture(line: Line, site: Site) -> Picture | None:
    item = site.items[line.ref]
    if fitting(item, site) is None or item.entry.image is None:
        return None
    image = item.entry.image
    licensed = licence(image.licence, site.vocabularies).text
    credit = " · ".join(filter(None, (image.credit, licensed)))
    return Picture(alt=typeset(image.alt or ""), credit=typeset(credit))
