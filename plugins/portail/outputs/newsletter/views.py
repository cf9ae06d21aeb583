"""A selection put in words: ``Selection`` → ``Issue``. Whatever it says comes from the site and
from the Thursday of the letter, never from the day of the build: the issue of a week is the same
from Monday to Sunday while its contents are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from portail.agenda.weeks import Week
from portail.body.portable import letter_html, portable
from portail.geo.names import in_territory, of_territory
from portail.model.articles import Newsletter
from portail.model.issue import (
    Erratum,
    Figure,
    Group,
    Issue,
    Line,
    Link,
    RibbonDay,
    Section,
    SectionKey,
)
from portail.model.kinds import Kind
from portail.newsletter.choice import figures_of, year_of
from portail.newsletter.picks import DepartementEvents, FigurePick, Pick, Selection
from portail.outputs.flux.entries import target_of
from portail.outputs.newsletter.lines import Lines, lines_of
from portail.outputs.newsletter.text import WORDS, erratum
from portail.outputs.pages.entry.reading import resolved
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import TOOLBOX, WEEK_END, listing_of, week_of
from portail.text.dates import jour
from portail.text.excerpts import excerpt
from portail.text.typography import capital, en_lettres, nombre, plain, small, typographie

_LONGEST = 70
_BEFORE: Mapping[SectionKey, str] = WORDS["avant"]


def subject(sections: Sequence[Section]) -> str:
    """The first content of the letter, in 70 characters and whole words."""
    for section in sections:
        for line in section.lignes[:1]:
            title = _BEFORE.get(section.cle, "") + typographie(plain(line.titre))
            return excerpt(title, _LONGEST)
    return "La lettre du jeudi"


def preheader(sections: Sequence[Section], errata: Sequence[Erratum]) -> str:
    """« Un erratum, trois rendez-vous ce week-end, une réservation avant le 4 octobre. »"""
    told = {section.cle: section.lignes for section in sections}
    changed = _count(len(errata), "changement")
    return _sentence([changed, *_on(told.get("week-end", ())), *_rest(told)])


def lead_of(sections: Sequence[Section]) -> str:
    """« Cinq nouveautés, trois rendez-vous ce week-end, quatre à noter. »"""
    told = {section.cle: section.lignes for section in sections}
    parts = [_count(len(told.get("une", ())), "nouveauté", feminine=True)]
    parts += _on(told.get("week-end", ()))
    parts += _noted(told)
    parts.append(f"{_number(len(told['relire']))} à redécouvrir" if "relire" in told else "")
    return _sentence(parts)


def _on(lines: Sequence[Line]) -> list[str]:
    return [f"{_number(len(lines))} rendez-vous ce week-end"] if lines else []


def _noted(told: Mapping[SectionKey, Sequence[Line]]) -> list[str]:
    """« quatre à noter » after those of the week-end, else « quatre rendez-vous à noter »."""
    number = len(told.get("a-noter", ()))
    noun = "" if told.get("week-end") else " rendez-vous"
    return [f"{_number(number)}{noun} à noter"] if number else []


def _rest(told: dict[SectionKey, tuple[Line, ...]]) -> Iterator[str]:
    """What must be done soon, then what is new."""
    due = [one for one in told.get("a-noter", ()) if one.etiquette.startswith("Inscription")]
    if due and due[0].jour:
        first = _WORDS["premiere"] * (len(due) > 1) + "avant le "
        first += jour(due[0].jour, semaine=False, annee=False)
        yield f"{_count(len(due), 'réservation', feminine=True)} {first}"
    else:
        yield from _noted(told)
    ending = len(told.get("annonces", ()))
    yield f"{_count(ending, 'annonce', feminine=True)} à saisir" if ending else ""
    found = len(told.get("nouveautes", ()))
    yield _count(found, "nouveauté", feminine=True) + _WORDS["annuaire"] * bool(found)
    again = len(told.get("relire", ()))
    yield f"{_count(again, 'page')} à redécouvrir" if again else ""
    news = len(told.get("une", ())) - 1
    if not any(told.get(key) for key in ("week-end", "a-noter", "annonces")) and news > 0:
        yield f"{_count(news, 'autre')} à lire"


def _count(number: int, noun: str, *, feminine: bool = False) -> str:
    """« deux annonces »; nothing for none."""
    if not number:
        return ""
    return f"{_number(number, feminine=feminine)} {noun}{'s' * (number > 1)}"


def _number(number: int, *, feminine: bool = False) -> str:
    if number == 1 and feminine:
        return "une"
    return en_lettres(number)


def _sentence(parts: Sequence[str]) -> str:
    text = ", ".join(filter(None, parts))
    return f"{capital(text)}." if text else ""


_WORDS: Mapping[str, str] = WORDS["phrases"]
TITLES: Mapping[SectionKey, str] = WORDS["sections"]
"""Title of each section, in their order."""
ALONE: Mapping[str, str] = WORDS["seules"]
"""Groups of « nouveautes », and the title of the section when it has but one."""

_AGENDA = listing_of(Kind.EVENT)


def editorial_of(site: Site, week: Week) -> Item | None:
    """What the editors wrote for a week: ``content/newsletters/2021-s39.md``."""
    return site.items.get(f"{Kind.NEWSLETTER.value}/{week.slug}")


def issue_view(selection: Selection, site: Site) -> Issue:
    """The issue of a selection, in words."""
    week, edition = selection.week, selection.edition
    sections = tuple(_sections(selection, lines_of(site, week)))
    errata = tuple(erratum(one, site, selection.jour) for one in selection.errata)
    editorial = editorial_of(site, week)
    return Issue(
        semaine=week.slug,
        edition=edition.code,
        nom=edition.nom,
        jour=selection.jour,
        sujet=typographie(editorial.name) if editorial else subject(sections),
        apercu=preheader(sections, errata),
        chapo=lead_of(sections),
        mot=_word(site, week),
        ruban=tuple(_ribbon(selection, site)),
        errata=errata,
        sections=sections,
        chiffre=_figure(selection.chiffre, site) if selection.chiffre else None,
        contributeurs=tuple(map(typographie, selection.contributeurs)),
    )


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
            yield RibbonDay(jour=day, nombre=number, url=_week_page(Week.of(day), site) or _AGENDA)


def _week_page(week: Week, site: Site) -> str:
    """Site path of the page of a week, ``""`` when it has none."""
    return week_of(week) if week in _weeks(site) and site.of_kind(Kind.EVENT) else ""


@per_site
def _weeks(site: Site) -> frozenset[Week]:
    """Weeks that have a page."""
    return frozenset((*site.indexes.programme.weeks, Week.of(site.day.date)))


def _sections(selection: Selection, lines: Lines) -> Iterator[Section]:
    """The sections that have matter, in order."""
    site, chosen = lines.site, selection
    yield from _section("une", chosen.une, lines)
    spots = tuple(_departement_line(spot, lines) for spot in chosen.week_end if spot.picks)
    if spots:
        spots += tuple(_empty([spot for spot in chosen.week_end if not spot.picks], lines))
        link = _agenda(chosen, site, "Tout le week-end", WEEK_END)
        yield Section(cle="week-end", titre=TITLES["week-end"], groupes=spots, lien=link)
    link = _agenda(chosen, site, "Tout l’agenda", _AGENDA)
    yield from _section("a-noter", chosen.a_noter, lines, link)
    title, link = ending([pick.ref for pick in chosen.annonces], site)
    yield from _section("annonces", chosen.annonces, lines, link, title)
    found = tuple(_found(chosen, lines))
    if found:
        title = TITLES["nouveautes"]
        if len(found) == 1:  # the title of the section says it
            title = ALONE[found[0].titre]
            found = (Group(lignes=found[0].lignes),)
        yield Section(cle="nouveautes", titre=title, groupes=found)
    yield from _section("relire", chosen.relire, lines)


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
        rest = Link(texte="La boîte à outils", url=TOOLBOX)
    return WORDS["financements"] if funded else TITLES["annonces"], rest


def _found(selection: Selection, lines: Lines) -> Iterator[Group]:
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
    page = lines.site.ahead.page_of(("departement", spot.code)) if cut else ""
    known = lines.site.geography.territoire(spot.code)
    # Out of its place too, a link says where it leads.
    where = f" {of_territory(known)}" if known else ""
    more = (Link(texte=f"Les {nombre(spot.total)} rendez-vous{where}", url=page),) if page else ()
    return Group(titre=spot.nom, lignes=lignes, liens=more)


def _empty(spots: Sequence[DepartementEvents], lines: Lines) -> Iterator[Group]:
    """The départements where nothing is on, in one sentence with the ways out: said one by one,
    they would hide those where something is."""
    if not spots:
        return
    site = lines.site
    found = (site.geography.territoire(spot.code) for spot in spots)
    *places, last = [f" {in_territory(one)}" for one in found if one] or [""]
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


def _figure(pick: FigurePick, site: Site) -> Figure:
    """« 12 000 », « visiteurs en 2020, Musée d’exemple », where it comes from."""
    item = site.items[pick.ref]
    one = figures_of(item.entry)[pick.rang]
    year = year_of(item.entry, one)
    name = typographie(item.name)
    when = f" en {year}" if year and str(year) not in one.libelle else ""
    label = typographie(one.libelle)
    return Figure(
        ref=f"{pick.ref}#{pick.rang}",
        valeur=typographie(one.valeur),
        libelle=f"{small(label)}{when}, {name}",
        source=Link(texte=typographie(one.source or name), url=item.url),
    )
