"""Output « lettres »: pages of the newsletter, its archive by edition and year, each issue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from types import SimpleNamespace

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import frame_of, linked_feeds, page_of, redirect_page, words_of
from portail.outputs.pages.slots import EASY_TEXT
from portail.outputs.pages.views.shared import (
    Lien,
    Machine,
    PageView,
    Picture,
    page_view,
)
from portail.outputs.pictures import SHARED_SIZE
from portail.site import urls
from portail.site.memo import answer
from portail.site.redirections import withdrawn
from portail.site.site import Site
from portail.text.typography import SafeHtml

from .choice import has_letter
from .fragment import WORDS, links_of, tree_of, unlinked, written
from .issue import Letter
from .issues import (
    Release,
    departure,
    has_mail,
    release_of,
    releases,
)
from .mails import (
    LEAVE,
    LETTERS,
    TEXT,
    evening_of,
    issue_of,
    letters_of,
)
from .settings import REGION, letter_of
from .subscription import (
    LETTER,
    origins_of,
    subscription,
    ways_to_leave,
)


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


def _show_issues(site: Site, url: str, *alive: str) -> PageView:
    release = release_of(site, url)
    issue = release.issue
    older, newer = _around(site, url)
    archive = letters_of(issue.edition)
    fil = [Lien("Accueil", urls.HOME), Lien(LETTER, LETTERS)]
    fil += [Lien(issue.nom, archive)] * (issue.edition != REGION)
    return page_view(
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
    issues = issues_of(site, release_of(site, url).issue.edition)
    rank = next(rank for rank, release in enumerate(issues) if release.url == url)
    beside = (next(iter(issues[rank + 1 :]), None), issues[rank - 1] if rank else None)
    older, newer = (
        Lien(release.issue.sujet, release.url, release.semaine)
        if release and release.envoye
        else None
        for release in beside
    )
    return older, newer


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


def issues_of(site: Site, code: str) -> list[Release]:
    """The issues of an edition: the next one, then those that were sent, the last first."""
    return [release for release in releases(site) if release.issue.edition == code]


def edition_names(site: Site) -> dict[str, str]:
    """The name of each edition by code: those of the settings, then those that are no more."""
    names = {
        edition.code: edition.nom or site.config.ensemble
        for edition in letter_of(site.config).editions
    }
    for release in releases(site):
        names.setdefault(release.issue.edition, release.issue.nom)
    return names


def plan_letters(site: Site, *addresses: str) -> Iterator[TemplatePage]:
    """The archive of each edition, issues, how one leaves; ``addresses``: what the site
    has elsewhere."""
    if not has_letter(site):
        return
    gone = (content.url for content in withdrawn(site))
    live_urls = frozenset(addresses).difference(gone)
    for code in edition_names(site):
        issues = issues_of(site, code)
        for rank, (year, sent) in enumerate(_years(issues).items()):
            hint = SitemapHint(sent[0].issue.jour if sent else None)
            url = letters_of(code, year if rank else None)
            alive = [] if rank or not issues else _alive(site, issues[0], live_urls)
            yield drawn(site, url, "lettres.html", _show, code, year, *alive, sitemap=hint)
        for release in issues:
            yield plan_issue(site, release, live_urls)
    yield drawn(site, LEAVE, "desabonnement.html", _leave)
    yield from _without_page(site)


def _leave(site: Site) -> PageView:
    letter = letter_of(site.config)
    return page_view(
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


def _years(issues: Iterable[Release]) -> dict[int, list[Release]]:
    # Those that were sent, by year; a year 0 until one was.
    years: dict[int, list[Release]] = {}
    for release in issues:
        if release.envoye:
            years.setdefault(release.issue.jour.year, []).append(release)
    return years or {0: []}


def _show(site: Site, code: str, year: int, *alive: str) -> PageView:
    names = edition_names(site)
    issues = issues_of(site, code)
    years = _years(issues)
    pages = {
        listed: letters_of(code, listed if rank else None) for rank, listed in enumerate(years)
    }
    first = pages[year] == letters_of(code)
    edition = ""
    head = LETTER
    if code != REGION:
        edition = names[code]
        head = f"{LETTER}, édition {edition}"
    above = [Lien("Accueil", urls.HOME)]
    if edition or not first:
        above.append(Lien(LETTER, LETTERS))
    if edition and not first:
        above.append(Lien(edition, letters_of(code)))
    subscribing = subscription(site, code)
    told = issues[0] if first and issues else None
    buttons = tuple(Lien(str(listed), url) for listed, url in pages.items())
    editions = tuple(Lien(nom, letters_of(listed)) for listed, nom in names.items())
    return page_view(
        **words_of(site, WORDS["archives"], lettre=LETTER),
        titre=(edition or LETTER) if first else str(year),
        url=pages[year],
        fil=tuple(above),
        flux=linked_feeds(site, letters_of(code), LETTERS),
        formulaires=origins_of(subscribing),
        entete=head if first else f"{head} en {year}",
        edition=edition,
        editions=editions if len(editions) > 1 else (),
        sujet=told.issue.sujet if told else "",
        lettre=shown(told.issue, alive, site.config.base) if told else SafeHtml(),
        adresse=told.url if told else "",
        note=f"Ce numéro {departure(site, told.issue.semaine)}." if told else "",
        annee=year,
        numeros=tuple(map(_listed, (sent for sent in years[year] if sent is not told))),
        annees=buttons if len(buttons) > 1 else (),
        abonnement=subscribing,
    )


def _listed(release: Release) -> SimpleNamespace:
    issue = release.issue
    return SimpleNamespace(
        url=release.url,
        jour=issue.jour,
        titre=issue.sujet,
        chapo=issue.apercu,
        semaine=release.semaine,
    )
