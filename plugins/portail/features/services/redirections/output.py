"""Output « redirects »: former addresses, and folders without a list of their own."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from portail.model.kinds import KINDS, TERRITORIES, YEARLY, info_of
from portail.outputs.base import Artifact, text_file
from portail.outputs.pages.frame import redirect_page
from portail.outputs.pages.slots import (
    FORMER_ADDRESSES,
    FORMER_PAGES,
    MOVED,
    SUBJECTS,
    Earlier,
)
from portail.site import urls
from portail.site.lists import every_facets
from portail.site.memo import answer
from portail.site.redirections import Redirection, redirections, values
from portail.site.site import Site
from portail.site.slots import UNMADE, Many
from portail.site.urls import TOOLBOX

FORMER_COMMUNES = "/communes/"
# Where indexes of communes were.
FORMER_NEAR = f"{TOOLBOX}pres-de-chez-moi/"


# Pages that hung from a content in version 0.1.0: to it, on servers that read the list.
_BELOW = (
    "/articles/:slug/republier/",
    "/evenements/:slug/fiche-classe/",
    "/lieux/:slug/affiche/",
    "/lieux/:slug/affiche/:periode/",
    "/lieux/:slug/bilan/:annee/",
    "/lieux/:slug/bilan/:annee/:tableau",
    "/territoires/:slug/bilan/:annee/",
    "/territoires/:slug/bilan/:annee/:tableau",
)

# Tables that had a file each in version 0.1.0, by the pages that show them: to the page.
_TABLES = {
    f"{info_of(YEARLY).listing}:slug/:annee/": (
        "annonce departements envergures niveaux formats satisfaction"
    ),
}

# Addresses of lists: what is above their pages leads to them.
_LISTS = ("/:a/", "/:a/:b/", "/:a/:b/:c/")


def plan_redirects(site: Site) -> Iterator[Artifact]:
    """One page for each address that leads elsewhere, then their list for servers, but in a
    preview.
    """
    for redirection in _every(site):
        title = redirection.titre
        if redirection.ref:
            title = site.items[redirection.ref].name
        yield redirect_page(site, redirection.de, redirection.vers, title, redirection.source)
    if not site.config.apercu:
        yield text_file(site, f"/{urls.REDIRECTS}", _list)


def _is_earlier(site: Site) -> bool:
    # Whether the portal may have had the addresses of version 0.1.0: what wrote it does not say
    # that it came later.
    return not site.part("origine")


def _every(site: Site) -> Iterator[Redirection]:
    # Pages of version 0.1.0 that moved, in a portal of that time; then those of contents.
    if _is_earlier(site):
        for moved in MOVED.ask(site):
            yield Redirection(*moved)
    yield from redirections(site)


def _asked(site: Site, slot: Many[[], tuple[str, str]]) -> Iterator[tuple[str, str]]:
    # What features put there, without what only version 0.1.0 had in a portal that came later.
    earlier = _is_earlier(site)
    return (rule for rule in slot.ask(site) if earlier or not isinstance(rule, Earlier))


def _list(site: Site) -> tuple[str, ...]:
    return (*_moved(site), *_known(site))


@answer
def _moved(site: Site) -> tuple[str, ...]:
    base = site.config.base
    below = _BELOW if _is_earlier(site) else ()
    return (
        *(
            _rule(base, redirection.de, redirection.vers)
            for redirection in _every(site)
            if not redirection.temporary
        ),
        *(f"{base}{url} {base}{url[: url.index(':slug')]}:slug/ 301\n" for url in below),
        *(f"{base}{url}page/ {base}{url} 301\n" for url in _LISTS),
        *(f"{base}{url} {base}{target} 301\n" for url, target in _counted(site)),
        *(f"{base}/{old}{rest} {base}/{new}{rest} 301\n" for old, new, rest in _below_former()),
        # Last, what nothing links to: hosts read a thousand rules, or two.
        *(_rule(base, de, vers) for de, vers in (*values(site), *_folders(site))),
    )


def _below_former() -> Iterator[tuple[str, str, str]]:
    # What is below the former addresses of a kind: its feed, its pages, its values.
    below = ("/flux.xml", "/:a", "/:a/:b", "/:a/:b/:c")
    for info in KINDS.values():
        for segment in info.former:
            yield from ((segment, info.segment, rest) for rest in below)


def _counted(site: Site) -> Iterator[tuple[str, str]]:
    # What features had elsewhere; tables of an edition that have no file of their own any more.
    yield from _asked(site, FORMER_ADDRESSES)
    if _is_earlier(site):
        for page, codes in _TABLES.items():
            yield from ((f"{page}{code}.csv", page) for code in codes.split())


def _folders(site: Site) -> Iterator[tuple[str, str]]:
    # Folders without a list of their own, above values. Nothing links to them: they are known to
    # servers, and to the page of what is lost, which reads the same list.
    for facets in every_facets(site):
        for facet in facets.facets:
            if facets.values[facet.cle] and not facet.bascule and not facet.sur_place:
                yield urls.facet_of(facets.url, facet.cle), facets.url


@answer
def _known(site: Site) -> tuple[str, ...]:
    led = {redirection.de: redirection.vers for redirection in _every(site)} | dict(values(site))
    # In one step: a value without a page of its own leads on to its list.
    base = site.config.base
    return tuple(
        _rule(base, de, led.get(vers, vers)) for de, vers in _former(site) if de not in led
    )


def _former(site: Site) -> Iterator[tuple[str, str]]:
    # Addresses known to servers alone: of contents still to come, of indexes that were, of what
    # features had.
    yield from ((unmade.url, unmade.kind.info.listing) for unmade in UNMADE.ask(site))
    if _is_earlier(site):
        yield FORMER_COMMUNES, urls.SEARCH
        if listing := site.listing(TERRITORIES):
            yield FORMER_NEAR, listing
    if not any(SUBJECTS.ask(site)):
        yield urls.SUBJECTS, urls.SEARCH
    yield from _asked(site, FORMER_PAGES)


def _rule(base: str, de: str, vers: str) -> str:
    # A line, escaped so that nothing cuts it (a blank) or is a pattern (``:``, ``*``); a target may
    # have a query, already escaped where it must.
    place, mark, query = vers.partition("?")
    return f"{base}{quote(de)} {base}{quote(place)}{mark}{query} 301\n"
