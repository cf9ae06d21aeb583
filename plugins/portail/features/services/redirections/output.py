"""Output « redirects »: former addresses, and folders without a list of their own."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from portail.model.kinds import KINDS
from portail.outputs.base import Artifact, text_file
from portail.outputs.pages.frame import redirect_page
from portail.outputs.pages.slots import (
    FORMER_ADDRESSES,
    FORMER_PAGES,
    SUBJECTS,
)
from portail.site import urls
from portail.site.lists import every_facets
from portail.site.memo import answer
from portail.site.redirections import redirections, values
from portail.site.site import Site
from portail.site.slots import UNMADE

# Addresses of lists: what is above their pages leads to them.
_LISTS = ("/:a/", "/:a/:b/", "/:a/:b/:c/")


def plan_redirects(site: Site) -> Iterator[Artifact]:
    """One page for each address that leads elsewhere, then their list for servers, but in a
    preview.
    """
    for redirection in redirections(site):
        title = redirection.titre
        if redirection.ref:
            title = site.items[redirection.ref].name
        yield redirect_page(site, redirection.de, redirection.vers, title, redirection.source)
    if not site.config.apercu:
        yield text_file(site, f"/{urls.REDIRECTS}", _list)


def _list(site: Site) -> tuple[str, ...]:
    return (*_moved(site), *_known(site))


@answer
def _moved(site: Site) -> tuple[str, ...]:
    base = site.config.base
    return (
        *(
            _rule(base, redirection.de, redirection.vers)
            for redirection in redirections(site)
            if not redirection.temporary
        ),
        *(f"{base}{url}page/ {base}{url} 301\n" for url in _LISTS),
        *(f"{base}{url} {base}{target} 301\n" for url, target in FORMER_ADDRESSES.ask(site)),
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


def _folders(site: Site) -> Iterator[tuple[str, str]]:
    # Folders without a list of their own, above values. Nothing links to them: they are known to
    # servers, and to the page of what is lost, which reads the same list.
    for facets in every_facets(site):
        for facet in facets.facets:
            if facets.values[facet.cle] and not facet.bascule and not facet.sur_place:
                yield urls.facet_of(facets.url, facet.cle), facets.url


@answer
def _known(site: Site) -> tuple[str, ...]:
    led = {redirection.de: redirection.vers for redirection in redirections(site)} | dict(
        values(site)
    )
    # In one step: a value without a page of its own leads on to its list.
    base = site.config.base
    return tuple(
        _rule(base, de, led.get(vers, vers)) for de, vers in _former(site) if de not in led
    )


def _former(site: Site) -> Iterator[tuple[str, str]]:
    # Addresses known to servers alone: of contents still to come, of what features had.
    yield from ((unmade.url, unmade.kind.info.listing) for unmade in UNMADE.ask(site))
    if not any(SUBJECTS.ask(site)):
        yield urls.SUBJECTS, urls.SEARCH
    yield from FORMER_PAGES.ask(site)


def _rule(base: str, de: str, vers: str) -> str:
    # A line, escaped so that nothing cuts it (a blank) or is a pattern (``:``, ``*``); a target may
    # have a query, already escaped where it must.
    place, mark, query = vers.partition("?")
    return f"{base}{quote(de)} {base}{quote(place)}{mark}{query} 301\n"
