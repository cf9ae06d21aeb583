"""Output « lettres »: pages of the newsletter, its archive by edition and year, each issue."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import frame_of, page_of, redirect_page, words_of
from portail.outputs.pages.links import linked_feeds
from portail.outputs.pages.slots import EASY_TEXT
from portail.outputs.pages.views.shared import Abonnement, Lien, Machine, PageView, Picture
from portail.outputs.pictures import SHARED_SIZE
from portail.site import urls
from portail.site.memo import answer
from portail.site.redirections import withdrawn
from portail.site.site import Site
from portail.text.typography import SafeHtml

from .addresses import (
    LEAVE,
    LETTERS,
    issue_of,
    letters_of,
)
from .editions import has_letter
from .fragment import links_of, tree_of, unlinked, written
from .issue import Letter
from .issues import (
    Release,
    departure,
    has_mail,
    release_of,
    releases,
)
from .mails import TEXT, evening_of
from .settings import REGION, letter_of
from .subscription import (
    LETTER,
    origins_of,
    subscription,
    ways_to_leave,
)
from .words import WORDS


class NumeroListe(Struct, frozen=True):
    """An issue in a list."""

    url: str
    jour: date
    titre: str
    chapo: str
    semaine: str


class LettresView(PageView, frozen=True, kw_only=True):
    """The issues of one edition (``""``: of the whole region) in one year (0: none was sent).
    ``lettre``, at ``adresse``, is told on the first page: the next one, else the last, by its
    ``sujet``; ``note`` says when it goes out."""

    entete: str
    chapo: str
    edition: str
    editions: tuple[Lien, ...]
    sujet: str
    lettre: SafeHtml
    adresse: str
    note: str
    annee: int
    numeros: tuple[NumeroListe, ...]
    annees: tuple[Lien, ...]
    abonnement: Abonnement | None


class LettreView(PageView, frozen=True, kw_only=True):
    """An issue: its ``lettre`` without links to what is no more, ``depart`` when it goes out
    (``""``: it was sent), ``formes`` its mail and its text, ``archive`` all issues."""

    numero: Letter
    lettre: SafeHtml
    semaine: str
    depart: str
    formes: tuple[Lien, ...]
    editions: tuple[Lien, ...]
    precedent: Lien | None
    suivant: Lien | None
    archive: Lien
    inscription: str


class DesabonnementView(PageView, frozen=True, kw_only=True):
    """How one leaves: at ``page``, else at the page or by the message of each edition."""

    page: str
    listes: tuple[Lien, ...]
    courriel: str


def path_of(link: str) -> str:
    """The address of the page that a link leads to, whatever its place or its question."""
    return link.partition("#")[0].partition("?")[0]


def shown(letter: Letter, alive: Collection[str], base: str = "") -> SafeHtml:
    """A letter on a page: its mail keeps its addresses, a page has no link of the site but those
    that are ``alive``; ``base`` begins them."""
    root = tree_of(letter.lettre)
    for link in links_of(root):
        url = link.get("href", "")
        if not url.startswith("/"):
            continue
        if url in alive:
            link.set("href", base + url)
            if link.get("class") == "facile" and link.getparent().get("class") == "meta":
                title = link.getparent().getparent().findtext("h3/a") or ""
                link.set("aria-label", f"{link.text}\u00a0: {title}")
        else:
            unlinked(link)
    for word in root.iterfind("section[@class='mot']"):
        word.tag = "div"  # it has no title
    return SafeHtml(written(root))


def plan_issue(site: Site, release: Release, live_urls: Collection[str]) -> TemplatePage:
    """The page of an issue, with links to those of its contents whose address is among
    ``live_urls``."""
    alive = _alive(site, release, live_urls)
    hint = None
    if _indexable(site, release):
        hint = SitemapHint(release.issue.jour)
    return drawn(site, release.url, "lettre.html", _show_issues, release.url, *alive, sitemap=hint)


def _alive(site: Site, release: Release, live_urls: Collection[str]) -> list[str]:
    items = filter(None, map(site.items.get, release.issue.refs))
    easy = {EASY_TEXT.ask(site, item) for item in items}
    return sorted(
        {
            link.get("href", "")
            for link in links_of(tree_of(release.issue.lettre))
            if path_of(link.get("href", "")) in live_urls
            and (link.get("class") != "facile" or link.get("href") in easy)
        }
    )


def _indexable(site: Site, release: Release) -> bool:
    # Whether engines may know an issue: it was sent, and is not said to be invented.
    word = site.items.get(f"{Kind.NEWSLETTER.value}/{release.issue.semaine}")
    return release.envoye and (word is None or word.entry.indexable)


def _show_issues(site: Site, url: str, *alive: str) -> LettreView:
    release = release_of(site, url)
    issue = release.issue
    older, newer = _around(site, url)
    archive = letters_of(issue.edition)
    fil = [Lien("Accueil", urls.HOME), Lien(LETTER, LETTERS)]
    fil += [Lien(issue.nom, archive)] * (issue.edition != REGION)
    return LettreView(
        cadre=frame_of(site),
        titre=issue.sujet,
        description=issue.apercu,
        url=url,
        fil=tuple(fil),
        noindex=not _indexable(site, release),
        flux=linked_feeds(site, url, archive),
        numero=issue,
        lettre=shown(issue, alive, site.config.base),
        semaine=release.semaine.lower(),
        depart="" if release.envoye else departure(site, issue.semaine),
        formes=tuple(_forms(release, site)),
        editions=_others(site, url),
        precedent=older,
        suivant=newer,
        archive=Lien(WORDS["numeros"], archive),
        inscription=archive,
        machine=_machine(release, site),
    )


def _machine(release: Release, site: Site) -> Machine | None:
    # What networks show of an issue: its evening.
    letter = release.issue
    if not letter.soir or not has_mail(release, site):
        return None
    return Machine(Picture(evening_of(letter), letter.soir, *SHARED_SIZE))


@answer
def _around(site: Site, url: str) -> tuple[Lien | None, Lien | None]:
    # The issue of its edition before one of them, and the one after it, if it was sent.
    edition = release_of(site, url).issue.edition
    issues = [release for release in releases(site) if release.issue.edition == edition]
    rank = next(rank for rank, release in enumerate(issues) if release.url == url)
    newer = None
    if rank and issues[rank - 1].envoye:
        newer = issues[rank - 1]
    return _neighbour(issues[rank + 1] if rank + 1 < len(issues) else None), _neighbour(newer)


def _neighbour(release: Release | None) -> Lien | None:
    if release:
        return Lien(release.issue.sujet, release.url, release.semaine)
    return None


@answer
def _others(site: Site, url: str) -> tuple[Lien, ...]:
    issue = release_of(site, url).issue
    every = releases(site)
    week = (release for release in every if release.issue.semaine == issue.semaine)
    return tuple(
        Lien(release.issue.nom, release.url)
        for release in week
        if release.issue.edition != issue.edition
    )


def _forms(release: Release, site: Site) -> Iterator[Lien]:
    if has_mail(release, site):
        mail = "envoyee" if release.envoye else "a_envoyer"
        yield Lien(WORDS["numero"][mail], release.url + urls.MAIL)
        yield Lien("En texte seul", release.url + TEXT)


class Shelf(Struct, frozen=True):
    """The issues of an edition: those that were sent, the last first, and the next one."""

    code: str
    nom: str
    envoyes: tuple[Release, ...]
    prochain: Release | None

    @property
    def every(self) -> tuple[Release, ...]:
        return (*((self.prochain,) if self.prochain else ()), *self.envoyes)


def edition_names(site: Site) -> dict[str, str]:
    """The name of each edition by code: those of the settings, then those that are no more."""
    names = {
        edition.code: edition.nom or site.config.ensemble
        for edition in letter_of(site.config).editions
    }
    for release in releases(site):
        names.setdefault(release.issue.edition, release.issue.nom)
    return names


def shelves(site: Site) -> tuple[Shelf, ...]:
    """The issues of each edition, in the order of ``edition_names``."""
    by_edition: dict[str, list[Release]] = {code: [] for code in edition_names(site)}
    for release in releases(site):
        by_edition[release.issue.edition].append(release)
    return tuple(
        Shelf(
            code,
            nom,
            tuple(release for release in by_edition[code] if release.envoye),
            next((release for release in by_edition[code] if not release.envoye), None),
        )
        for code, nom in edition_names(site).items()
    )


def plan_letters(site: Site, *addresses: str) -> Iterator[TemplatePage]:
    """The archive of each edition, issues, how one leaves; ``addresses``: what the site
    has elsewhere."""
    if not has_letter(site):
        return
    gone = (content.url for content in withdrawn(site))
    live_urls = frozenset(addresses).difference(gone)
    for shelf in shelves(site):
        for rank, (year, sent) in enumerate(_years(shelf)):
            hint = SitemapHint(sent[0].issue.jour if sent else None)
            url = letters_of(shelf.code, year if rank else None)
            alive = [] if rank or not shelf.every else _alive(site, shelf.every[0], live_urls)
            yield drawn(site, url, "lettres.html", _show, shelf.code, year, *alive, sitemap=hint)
        for release in shelf.every:
            yield plan_issue(site, release, live_urls)
    yield drawn(site, LEAVE, "desabonnement.html", _leave)
    yield from _without_page(site)


def _leave(site: Site) -> DesabonnementView:
    letter = letter_of(site.config)
    return DesabonnementView(
        **page_of(site, WORDS["depart"], LEAVE, Lien(LETTER, LETTERS)),
        noindex=True,
        page=letter.desabonnement,
        listes=() if letter.desabonnement else tuple(ways_to_leave(site)),
        courriel=site.config.courriel,
    )


def _without_page(site: Site) -> Iterator[TemplatePage]:
    # Weeks without an issue of the region: contents may name them, and addresses are cut.
    targets = {item.entry.slug: LETTERS for item in site.of_kind(Kind.NEWSLETTER)}
    targets |= {release.issue.semaine: release.url for release in reversed(releases(site))}
    pages = {release.url for release in releases(site)}
    for week, target in sorted(targets.items()):
        url = issue_of(week, REGION)
        if url not in pages:
            yield redirect_page(site, url, target, LETTER)


def _years(shelf: Shelf) -> list[tuple[int, tuple[Release, ...]]]:
    by_year = groupby(shelf.envoyes, key=lambda release: release.issue.jour.year)
    return [(year, tuple(sent)) for year, sent in by_year] or [(0, ())]


def _show(site: Site, code: str, year: int, *alive: str) -> LettresView:
    every = shelves(site)
    (shelf,) = (shelf for shelf in every if shelf.code == code)
    years = _years(shelf)
    first = year == years[0][0]
    edition = "" if code == REGION else shelf.nom
    head = f"{LETTER}, édition {edition}" if edition else LETTER
    above = [Lien("Accueil", urls.HOME)]
    if edition or not first:
        above.append(Lien(LETTER, LETTERS))
    if edition and not first:
        above.append(Lien(edition, letters_of(code)))
    subscribing = subscription(site, code)
    first_one = next(iter(shelf.every), None) if first else None
    rows = tuple(listed_issue(sent) for sent in dict(years)[year] if sent is not first_one)
    pages = {
        listed: letters_of(code, listed if rank else None) for rank, (listed, _) in enumerate(years)
    }
    buttons = tuple(Lien(str(listed), url) for listed, url in pages.items())
    editions = tuple(Lien(shelf.nom, letters_of(shelf.code)) for shelf in every)
    return LettresView(
        **words_of(site, WORDS["archives"], lettre=LETTER),
        titre=(edition or LETTER) if first else str(year),
        url=pages[year],
        fil=tuple(above),
        flux=linked_feeds(site, letters_of(code), LETTERS),
        formulaires=origins_of(subscribing),
        entete=head if first else f"{head} en {year}",
        edition=edition,
        editions=editions if len(editions) > 1 else (),
        sujet=first_one.issue.sujet if first_one else "",
        lettre=shown(first_one.issue, alive, site.config.base) if first_one else SafeHtml(),
        adresse=first_one.url if first_one else "",
        note=f"Ce numéro {departure(site, first_one.issue.semaine)}." if first_one else "",
        annee=year,
        numeros=rows,
        annees=buttons if len(buttons) > 1 else (),
        abonnement=subscribing,
    )


def listed_issue(release: Release) -> NumeroListe:
    """An issue as lists tell it."""
    issue = release.issue
    return NumeroListe(
        url=release.url,
        jour=issue.jour,
        titre=issue.sujet,
        chapo=issue.apercu,
        semaine=release.semaine,
    )
