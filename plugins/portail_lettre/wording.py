"""A selection put in words: ``Selection`` → ``Letter``. Whatever it says comes from the site and
from the Thursday of the letter, never from the day of the build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from portail.agenda.weeks import Week
from portail.body.portable import portable
from portail.facts.base import below_title, licence, sort
from portail.facts.channels import added
from portail.facts.price import booking_deadline
from portail.model.collections import ArticleEntry, YearlyEntry
from portail.model.entry import REDACTION
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.pages.entry.reading import resolved
from portail.outputs.pages.slots import EASY_TEXT, FOR_SCHOOLS, WEEKLY_DETAILS, WEEKLY_SKY
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pictures import target_of
from portail.site.facets import PARTOUT, territory_pair
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import AGENDA, listing_of
from portail.text.dates import JOURS, jour
from portail.text.excerpts import excerpt, sentences
from portail.text.typography import (
    after,
    capital,
    in_letters,
    named,
    nombre,
    plain,
    typeset,
    unmarked,
)

from .announced import erratum
from .choice import EVERYWHERE, leaves
from .fragment import (
    WORDS,
    block,
    changed,
    cleaned,
    easy,
    numbered,
    paragraph,
    sentence,
    tree_of,
    ways,
    written,
)
from .issue import Letter, Line, Picture, SectionKey
from .mails import fitting
from .model import Newsletter
from .picks import Pick, Selection
from .word_html import letter_html

# One content as a line of the letter: what it is, its summary, when and where, its state.

# Characters of what leads, at most.
_LEAD = 180
# Characters of what « À savoir » says of a content, at most.
_SUMMARY = 120
# Genres that say what an article is, rather than what it is about.
_FORMS = frozenset({"entretien", "portrait", "temoignage", "video", "podcast", "carnet-de-bord"})


@per_site
def lines_of(site: Site, week: Week) -> Lines:
    return Lines(site, week)


class Lines:
    """Makes lines for the letter of ``week``: hours are counted from its sending."""

    def __init__(self, site: Site, week: Week) -> None:
        self.site = site
        self.week = week
        self.day: date = week.thursday
        self.since: datetime = leaves(self.day)

    def line(self, pick: Pick, *, leads: bool = False) -> Line:
        """The line of a content: what leads is told at length, what is new is summed up, what is
        on says when first."""
        item = self.site.items[pick.ref]
        entry = item.entry
        title = entry.titre
        if pick.heures:
            title = item.short
        says_town = title.endswith((f" {item.town}", f"-{item.town}"))
        every: Iterable[str] = (item.town * (not says_town), pick.heures)
        if pick.section != "encore":
            every = self._details(item, pick.section)
        parts = [part for part in every if part and part != f"Par {REDACTION}"]
        until = ""
        if isinstance(entry, Event):
            until = booking_deadline(entry, self.day)
        label = until if pick.motive == "reservation" else ""
        if pick.section == "savoir":
            parts.insert(0, typeset(self._nature(item)))
        elif pick.section != "encore" and not label and parts:
            label = parts.pop(0)
        if until and not label.startswith("Inscription"):
            parts.append(until)
        if pick.rendez_vous:
            parts.append(WORDS["rendez_vous"].format(nombre=nombre(pick.rendez_vous)))
        room = 0
        if leads:
            room = _LEAD
        elif pick.section == "savoir":
            room = _SUMMARY
        facts = []
        if pick.section == "faire":
            on = (pick.start.date(),)
            facts = [fact.on(on) for fact in added(self.site, "lettre", item)]
        elif pick.section != "encore":
            facts = [fact.brief for fact in added(self.site, "lettre", item)]
        return Line(
            ref=item.ref,
            url=item.url,
            titre=title,
            texte=_whole(summary(item), room) if room else "",
            details=typeset(" · ".join(filter(None, below_title(entry, (*parts, *facts))))),
            etiquette=typeset(label),
            facile=EASY_TEXT.ask(self.site, item),
        )

    def _details(self, item: Item, section: SectionKey) -> Iterable[str]:
        details = WEEKLY_DETAILS.of(self.site.features, item.entry.kind)
        if details:
            return details(item, self, section)
        return ()

    def _nature(self, item: Item) -> str:
        # What a content is: « Spectacle », « Malle pédagogique », « Entretien », « Dossier ».
        entry = item.entry
        silent = not entry.kind.info.sort_says or (
            isinstance(entry, ArticleEntry) and entry.genre not in _FORMS
        )
        genre = "" if silent else sort(item, self.site).short
        return capital(genre or entry.kind.info.nom)


def _whole(text: str, room: int) -> str:
    # As many sentences as there is room for, one at least.
    told, *others = sentences(text) or [""]
    for other in others:
        if len(told) + len(other) >= room:
            break
        told = f"{told} {other}"
    return told


def summary(item: Item) -> str:
    """The summary of a content, else the beginning of its text; plain text with the signs of
    French."""
    resume = typeset(plain(item.entry.resume or ""))
    return resume or excerpt(typeset(item.facts.excerpt), _LEAD)


_LONGEST = 70
_WORDS: Mapping[str, str] = WORDS["phrases"]
_TITLES: Mapping[SectionKey, str] = WORDS["sections"]
_MORE: Mapping[str, Sequence[str]] = WORDS["encore"]


def subject(title: str, pick: Pick, item: Item, thursday: date) -> str:
    """What leads the letter, in 70 characters and whole words, with its day where there is room; an
    example says so first: « Exemple : La pluie, jeudi 8 décembre »."""
    name = typeset(plain(title))
    title = unmarked(name)
    if title != name:
        title = f"{_WORDS['exemple']}{title}"
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


def letter_told(selection: Selection, site: Site) -> Letter:
    """The letter of a selection, in words."""
    week = selection.week
    editorial = editorial_of(site, week)
    lines = lines_of(site, week)
    told = [lines.line(pick, leads=not rank) for rank, pick in enumerate(selection.things)]
    season = [lines.line(pick) for pick in selection.season]
    opened = [lines.line(pick) for pick in selection.opened]
    every = (*told, *season, *opened)
    sujet = _WORDS["sujet"]
    if editorial:
        sujet = typeset(editorial.name)
    elif told and selection.things[0].may_lead:
        first = selection.things[0]
        sujet = subject(told[0].titre, first, site.items[first.ref], week.thursday)
    elif told and selection.things[0].motive == "ouvert":
        sujet = _counted("vacances", sum(pick.motive == "ouvert" for pick in selection.things))
    names = [named(typeset(plain(line.titre))) for line in told[not editorial :]]
    changes = [(event, erratum(event, site, week.thursday)) for event in selection.errata]
    urgent = [change for _, change in changes if change.jour and change.jour <= week.last]
    later = [
        erratum(event, site, week.thursday, brief=True)
        for event, change in changes
        if change not in urgent
    ]
    sections: dict[SectionKey, list[Line]] = {}
    for pick, line in zip(selection.things, told, strict=True):
        sections.setdefault(pick.section, []).append(line)
    # What leads: the first one of its section that is told at length, else the first.
    leads = sorted(next(iter(sections.values()), []), key=lambda line: not line.texte)
    rest = ""
    sky = None
    image = None
    if told:
        rest = _rest(selection, season, opened, site)
        sky = next(WEEKLY_SKY.ask(site, week.thursday), None)
        image = _picture(told[0], site)
    parts = (
        _word(site, week),
        easy(every),
        changed("errata", urgent),
        *_sections(sections, sky),
        rest,
        changed("changements", later),
        _contributors(selection),
    )
    return Letter(
        semaine=week.slug,
        edition=selection.edition.code,
        nom=selection.edition.nom,
        jour=week.thursday,
        sujet=sujet,
        apercu=" · ".join([name for name in names if name not in sujet][:2]),
        refs=tuple(dict.fromkeys(line.ref for line in every)),
        changes=tuple(change.ref for change in (*urgent, *later)),
        tete=next((line.ref for line in leads), ""),
        soir=typeset(sky[2]) if sky else "",
        image=image,
        lettre=written(tree_of(cleaned("\n".join(filter(None, parts))))),
    )


@per_site
def _word(site: Site, week: Week) -> str:
    item = editorial_of(site, week)
    if item is None or not isinstance(item.entry, Newsletter):
        return ""
    html = resolved(item, site.medias_of(item), site.config.siteurl, site.bodies, target_of)
    siteurl = site.config.siteurl

    def place(href: str) -> str:
        if href[:1] == "#":
            href = item.url + href
        ours = siteurl and f"{href}/".startswith(f"{siteurl}/")
        if ours:
            return href.removeprefix(siteurl) or "/"
        return href

    word = letter_html(portable(html, place))
    if word:
        return f'<section class="mot">\n{word}\n<p class="signe">La rédaction</p>\n</section>'
    return ""


def _sections(
    sections: Mapping[SectionKey, Sequence[Line]], sky: tuple[tuple[str, ...], Lien, str] | None
) -> list[str]:
    blocks = []
    first = 1
    for key, rows in sections.items():
        blocks.append(block(key, _TITLES[key], numbered(rows, first)))
        first += len(rows)
    if sky:
        lines, page, _ = sky
        rows_of_sky = (*map(paragraph, lines), ways("", [(_WORDS["ciel"], page.url)]))
        # It opens a quiet week.
        blocks.insert(len(blocks) * ("faire" in sections), block("ciel", page.texte, rows_of_sky))
    return blocks


def _rest(selection: Selection, season: Sequence[Line], opened: Sequence[Line], site: Site) -> str:
    rows = [
        sentence(_WORDS["saison"], season),
        ways(_WORDS["week_end"], _week_end(selection, site)),
    ]
    if opened:
        day = JOURS[selection.opened[0].start.weekday()]
        rows.append(sentence(WORDS["ouverts"][len(opened) > 1].format(jour=day), opened))
    rows.append(ways("", _links(selection, site)))
    return block("encore", _TITLES["encore"], filter(None, rows))


def _contributors(selection: Selection) -> str:
    names = ", ".join(selection.contributeurs)
    words: str = WORDS["mail"]["contributeurs"]
    shape = '<p class="contributeurs">{}</p>'
    return paragraph(words.format(noms=names) * bool(names), shape)


def _week_end(selection: Selection, site: Site) -> Iterator[tuple[str, str]]:
    geography = site.geography
    for code, count in selection.counts:
        departement = geography.departement(code)
        pair = territory_pair(departement, geography) if departement else PARTOUT
        page = site.ahead.page_of(pair)
        name = departement.nom if departement else _WORDS["partout"]
        if page and (departement or code == EVERYWHERE):
            yield f"{name}\u00a0{count}", page


def _links(selection: Selection, site: Site) -> Iterator[tuple[str, str]]:
    pair = selection.edition.filtre
    if site.has(Kind.EVENT):
        page = site.ahead.page_of(pair) if pair else ""
        yield _WORDS["agenda"], page or AGENDA
    schools = next(FOR_SCHOOLS.ask(site), None)
    if schools and selection.classes:
        yield _counted("classes", selection.classes), schools.url
    for kind, count in selection.shelves:
        yield _counted(kind.value, count), listing_of(kind)


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
