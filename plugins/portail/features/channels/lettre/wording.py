"""A selection put in words: ``Selection`` → ``Issue``. Whatever it says comes from the site and
from the Thursday of the letter, never from the day of the build: the issue of a week is the same
from Monday to Sunday while its contents are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from portail.agenda.weeks import Week
from portail.body.portable import portable
from portail.facts.base import licence
from portail.facts.when import period_from, to_come
from portail.geo.names import in_territory, of_territory
from portail.model.articles import ArticleEntry
from portail.model.kinds import Kind
from portail.outputs.pages.entry.reading import resolved
from portail.outputs.pages.slots import FOR_SCHOOLS, OPEN_FUNDINGS
from portail.outputs.pictures import target_of
from portail.site.facets import PARTOUT
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.narrowed import lasting_of
from portail.site.site import Site
from portail.site.urls import AGENDA, WEEK_END, listing_of, week_of
from portail.text.dates import jour
from portail.text.excerpts import excerpt
from portail.text.typography import after, named, nombre, plain, small, typeset, unmarked

from .choice import answer_of
from .editions import EVERYWHERE, TERRITORIES
from .issue import (
    Answer,
    Figure,
    Group,
    Issue,
    Line,
    Link,
    Picture,
    RibbonDay,
    Section,
    SectionKey,
)
from .lines import Lines, lines_of
from .mails import at_length, fitting, pictured
from .model import Newsletter
from .picks import DepartementEvents, Pick, Selection
from .settings import Edition
from .text import WORDS, erratum
from .word_html import letter_html

_LONGEST = 70
_BEFORE: Mapping[SectionKey, str] = WORDS["avant"]


def subject(sections: Sequence[Section], week: Week, when: Mapping[str, Sequence[str]]) -> str:
    """The lead of the letter, in 70 characters and whole words; the archive tells it for ever.
    ``when`` says the next day of each event, at length then in short: one that leads has it after
    its title. An example that leads says so first: « Exemple : La pluie, jeudi 8 décembre »."""
    saturday = jour(week.week_end[0], semaine=False, annee=False)
    for section, line in _told(sections):
        before = _BEFORE.get(section.cle, "").format(samedi=saturday)
        name = typeset(plain(line.titre))
        example = "" if before or name == unmarked(name) else _WORDS["exemple"]
        title = before + named(name) if before else example + unmarked(name)
        days = () if section.cle == "week-end" else when.get(line.ref, ())
        short = excerpt(title, _LONGEST)
        if not days or any(_spaced(day) in _spaced(short) for day in days):
            return short
        comma = after(title)
        fits = (f"{title}{comma}{day}" for day in days if len(title + comma + day) <= _LONGEST)
        last = f"{comma}{days[-1]}"
        return next(fits, excerpt(title, _LONGEST - len(last)) + last)
    return "La lettre du jeudi"


def _spaced(text: str) -> str:
    """A text, whatever the spaces in it."""
    return " ".join(text.split())


def preheader(sections: Sequence[Section], sujet: str, *, led: bool) -> str:
    """What mail readers show after the subject: the first two titles that it does not say, the one
    that leads apart when the subject is made of it (``led``)."""
    titles = (named(typeset(plain(line.titre))) for _, line in _told(sections)[led:])
    return " · ".join(islice((title for title in titles if title not in sujet), 2))


def _told(sections: Sequence[Section]) -> list[tuple[Section, Line]]:
    """The lines of the letter with their section; in « À la une », those that are told at length
    before those of temps forts."""
    lines = [(section, line) for section in sections for line in section.lignes]
    return sorted(lines, key=lambda pair: pair[0].cle != "une" or not at_length(pair[1]))


_WORDS: Mapping[str, str] = WORDS["phrases"]
TITLES: Mapping[SectionKey, str] = WORDS["sections"]
"""Title of each section, in their order."""
ALONE: Mapping[str, str] = WORDS["seules"]
"""Groups of « nouveautes », and the title of the section when it has but one."""


def editorial_of(site: Site, week: Week) -> Item | None:
    """What the editors wrote for a week: ``content/newsletters/2021-s39.md``."""
    return site.items.get(f"{Kind.NEWSLETTER.value}/{week.slug}")


def issue_view(selection: Selection, site: Site) -> Issue:
    """The issue of a selection, in words."""
    week = selection.week
    edition = selection.edition
    editorial = editorial_of(site, week)
    sections = tuple(_sections(selection, lines_of(site, week)))
    when = dict(_next_days(sections, site, selection.thursday))
    sujet = typeset(editorial.name) if editorial else subject(sections, week, when)
    return Issue(
        semaine=week.slug,
        edition=edition.code,
        nom=edition.nom,
        jour=selection.thursday,
        sujet=sujet,
        apercu=preheader(sections, sujet, led=editorial is None),
        mot=_word(site, week),
        ruban=tuple(_ribbon(selection, site)),
        errata=tuple(erratum(changed, site, selection.thursday) for changed in selection.errata),
        sections=sections,
        image=_picture(sections, site),
        reponse=_answer(site.items[selection.reponse]) if selection.reponse else None,
        chiffre=_figure(site.items[selection.chiffre]) if selection.chiffre else None,
        contributeurs=tuple(map(typeset, selection.contributeurs)),
    )


def _next_days(
    sections: Sequence[Section], site: Site, day: date
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """When each event that a letter tells takes place next, at length then in short."""
    for line in (line for section in sections for line in section.lignes):
        item = site.items[line.ref]
        coming = to_come(item, day) if item.entry.kind.info.dated else []
        for occurrence in coming[:1]:
            lasting = lasting_of(item, site)
            days = (
                (lasting.du, lasting.au) if lasting else (occurrence.first_day, occurrence.last_day)
            )
            yield item.ref, tuple(_when(*days, day))


def _when(first: date, last: date, day: date) -> Iterator[str]:
    """« mardi 25 octobre » then « 25 octobre », « dès le 7 octobre », « jusqu’au 14 octobre »."""
    if first < day:
        yield period_from(first, last, day, year=last.year != day.year)
        return
    short = jour(first, semaine=False, annee=first.year != day.year)
    if first < last:
        yield f"dès le {short}"
    else:
        yield jour(first, annee=first.year != day.year)
        yield short


@per_site
def _word(site: Site, week: Week) -> str:
    """The editor's word, with whole addresses where the site knows its own."""
    item = editorial_of(site, week)
    if item is None or not isinstance(item.entry, Newsletter):
        return ""
    html = resolved(item, site.medias_of(item), site.config.siteurl, site.bodies, target_of)
    page = site.config.absolute(item.url)
    return letter_html(portable(html, lambda href: page + href if href[:1] == "#" else href))


def _ribbon(selection: Selection, site: Site) -> Iterator[RibbonDay]:
    """The days of the ribbon; none without an agenda."""
    if site.of_kind(Kind.EVENT):
        for day, number in selection.ruban:
            yield RibbonDay(jour=day, nombre=number, url=_week_page(Week.of(day), site) or AGENDA)


def _week_page(week: Week, site: Site) -> str:
    """Site path of the page of a week, ``""`` when it has none."""
    return week_of(week) if week in _weeks(site) and site.of_kind(Kind.EVENT) else ""


@per_site
def _weeks(site: Site) -> frozenset[Week]:
    """Weeks that have a page."""
    return frozenset((*site.indexes.programme.weeks, Week.of(site.day.date)))


def _sections(selection: Selection, lines: Lines) -> Iterator[Section]:
    """The sections that have matter, in order."""
    site = lines.site
    chosen = selection
    yield from _front(chosen, lines)
    spots = tuple(_departement_line(spot, lines) for spot in chosen.week_end if spot.picks)
    if spots:
        spots += tuple(_empty([spot for spot in chosen.week_end if not spot.picks], lines))
        link = _agenda(chosen, site, "Tout le week-end", WEEK_END)
        yield Section(cle="week-end", titre=TITLES["week-end"], groupes=spots, lien=link)
    link = _agenda(chosen, site, "Tout l’agenda", AGENDA)
    yield from _section("a-noter", chosen.a_noter, lines, link)
    bookable = next(FOR_SCHOOLS.ask(site), None)
    every = Link(texte=_WORDS["classes"], url=bookable.url) if bookable else None
    yield from _section("classes", chosen.classes, lines, every)
    title, link = ending([pick.ref for pick in chosen.annonces], site)
    yield from _section("annonces", chosen.annonces, lines, link, title)
    rest = Link(texte="Les annonces", url=listing_of(Kind.ANNONCE))
    yield from _section("appels", chosen.appels, lines, rest)
    groups = tuple(_novelties(chosen, lines))
    if groups:
        title = TITLES["nouveautes"]
        if len(groups) == 1:  # the title of the section says it
            title = ALONE[groups[0].titre]
            groups = (Group(lignes=groups[0].lignes),)
        yield Section(cle="nouveautes", titre=title, groupes=groups)
    yield from _section("relire", chosen.relire, lines)


def _front(chosen: Selection, lines: Lines) -> Iterator[Section]:
    """« À la une »: that nothing is new, in a quiet week; temps forts that open, a line each, those
    that go on in one line, then what is told at length."""
    opening: list[Line] = []
    reminded: list[Line] = []
    for pick in chosen.temps_forts:
        going = pick.motive == "en-cours"
        line = lines.reminder(pick) if going else lines.line("une", pick)
        events = _held(pick.rendez_vous, chosen.edition)
        details = (", " if going else " · ").join(filter(None, (line.details, events)))
        (reminded if going else opening).append(line.model_copy(update={"details": details}))
    first = tuple(lines.line("une", pick) for pick in chosen.une)
    groups = (
        Group(vide=_WORDS["calme"] if chosen.calme else ""),
        Group(titre=_WORDS["temps_forts"], lignes=tuple(opening)),
        Group(titre=_WORDS["en_cours"], lignes=tuple(reminded), serre=True),
        Group(lignes=first),
    )
    filled = tuple(group for group in groups if group.lignes or group.vide)
    if filled:
        yield Section(cle="une", titre=TITLES["une"], groupes=filled)


def _held(number: int, edition: Edition) -> str:
    """« 34 rendez-vous près de chez vous », in the edition of a territory."""
    near = edition.filtre is not None and edition.filtre[0] in TERRITORIES
    words = _WORDS["rendez_vous_proches" if near else "rendez_vous"]
    return words.format(nombre=nombre(number)) if number else ""


def _section(
    cle: SectionKey, picks: Sequence[Pick], lines: Lines, link: Link | None = None, title: str = ""
) -> Iterator[Section]:
    """The section of some contents, if there are any."""
    if picks:
        rows = tuple(lines.line(cle, pick) for pick in picks)
        titre = title or TITLES[cle]
        yield Section(cle=cle, titre=titre, groupes=(Group(lignes=rows),), lien=link)


def ending(refs: Iterable[str], site: Site) -> tuple[str, Link]:
    """Title of the section of what ends, and where the rest is."""
    funded = any(site.items[ref].entry.kind is Kind.RESSOURCE for ref in refs)
    rest = Link(texte="Les annonces", url=listing_of(Kind.ANNONCE))
    if funded and not site.of_kind(Kind.ANNONCE):
        rest = Link(texte=Kind.RESSOURCE.info.rubrique, url=listing_of(Kind.RESSOURCE))
        if toolbox := OPEN_FUNDINGS.ask(site).partition("#")[0]:
            rest = Link(texte="La boîte à outils", url=toolbox)
    return WORDS["financements"] if funded else TITLES["annonces"], rest


def _novelties(selection: Selection, lines: Lines) -> Iterator[Group]:
    groups: Iterable[tuple[str, tuple[Pick, ...]]] = (
        ("Annuaire", selection.lieux),
        ("Catalogue", selection.outils),
    )
    for title, picks in groups:
        if picks:
            lignes = tuple(lines.line("nouveautes", pick) for pick in picks)
            yield Group(titre=title, lignes=lignes)


def _agenda(selection: Selection, site: Site, text: str, region: str) -> Link:
    """Where the rest is: the agenda of what the edition is narrowed to, while it holds something,
    else that of the region."""
    pair = selection.edition.filtre
    page = site.ahead.page_of(pair) if pair else ""
    return Link(texte="Tout l’agenda" if page else text, url=page or region)


def _departement_line(spot: DepartementEvents, lines: Lines) -> Group:
    """A département where something is on, and the way to the rest."""
    lignes = tuple(lines.line("week-end", pick) for pick in spot.picks)
    cut = spot.code and spot.total > len(lignes)
    pair = PARTOUT if spot.code == EVERYWHERE else ("departement", spot.code)
    page = lines.site.ahead.page_of(pair) if cut else ""
    territory = lines.site.geography.territoire(spot.code)
    # Out of its place too, a link says where it leads.
    where = f" {of_territory(territory)}" if territory else ""
    more = (Link(texte=f"Tous les rendez-vous{where}", url=page),) if page else ()
    return Group(titre=spot.nom, lignes=lignes, liens=more)


def _empty(spots: Sequence[DepartementEvents], lines: Lines) -> Iterator[Group]:
    """The départements where nothing is on, in one sentence with the ways out: said one by one,
    they would hide those where something is."""
    if not spots:
        return
    site = lines.site
    territories = (site.geography.territoire(spot.code) for spot in spots)
    *places, last = [f" {in_territory(territory)}" for territory in territories if territory] or [
        ""
    ]
    where = f"{','.join(places)} ni{last}" if places else last
    following = _week_page(lines.week.next, site)
    ways = [Link(texte="Voir la semaine suivante", url=following)] if following else []
    yield Group(
        titre=spots[0].nom if len(spots) == 1 else "Ailleurs",
        vide=_WORDS["vide"].format(ou=where),
        liens=(*ways, *_contribute(site)),
    )


@per_site
def _contribute(site: Site) -> tuple[Link, ...]:
    """The page that says how to propose an event, where the site has one."""
    page = next(filter(None, (site.items.get(f"pages/{slug}") for slug in _ASKING)), None)
    return (Link(texte=_WORDS["proposer"], url=page.url),) if page else ()


_ASKING = ("proposer-un-evenement", "proposer", "participer", "comment-contribuer")


def _picture(sections: Sequence[Section], site: Site) -> Picture | None:
    """The picture of the text that leads, when it has one that fits the head of a mail."""
    line = pictured(sections)
    item = site.items[line.ref] if line else None
    record = fitting(item, site) if item else None
    if item is None or record is None or item.entry.image is None:
        return None
    image = item.entry.image
    licensed = licence(image.licence, site.vocabularies).text
    credit = " · ".join(filter(None, (image.credit, licensed)))
    return Picture(alt=typeset(image.alt or ""), credit=typeset(credit))


def _answer(item: Item) -> Answer:
    """What an article found."""
    return Answer(
        ref=item.ref,
        titre=item.entry.titre,
        texte=typeset(plain(answer_of(item))),
        url=item.url,
    )


def _figure(item: Item) -> Figure | None:
    """« 588 », « millions de kilomètres », and the article that says it."""
    chiffre = item.of(ArticleEntry).chiffre
    if chiffre is None:
        return None
    when = f" en {chiffre.annee}" if chiffre.annee else ""
    source = chiffre.source or plain(item.entry.titre)
    return Figure(
        ref=f"{item.ref}#0",
        valeur=typeset(chiffre.valeur),
        libelle=f"{small(typeset(chiffre.libelle))}{when}",
        source=Link(texte=typeset(source), url=item.url),
    )
