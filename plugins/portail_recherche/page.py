"""``/recherche/``: what stands there before anything is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from portail.model.kinds import TERRITORIES, Kind, where
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import contribution, frame_of, page_of
from portail.outputs.pages.slots import SUBJECTS
from portail.outputs.pages.views.lists import ValeurView
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.resources import rows_of
from portail.site import urls
from portail.site.counts import tally
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.text.normalise import fold, sort_key
from portail.text.typography import capital, nombre, plain

from .records import segments
from .terms import FOLDER, plan_search

if TYPE_CHECKING:
    from portail.outputs.base import Artifact


# OpenSearch 1.1: https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md

# Signs of the name of a search (§ « The ShortName element »).
_SHORT = 16
_LITTLE = re.compile(r"\b(?:(?:de|des|du|en|et|la|le|les)\s+|[dl][’'])", re.IGNORECASE)


def plan_opensearch(site: Site) -> Iterator[TemplatePage]:
    if frame_of(site).recherche and site.config.siteurl:
        yield drawn(site, urls.OPENSEARCH, "opensearch.xml", _show)


def _show(site: Site) -> PageView:
    frame = frame_of(site)
    return PageView(
        cadre=frame,
        titre=short_name(plain(frame.nom)),
        description=f"Articles, agenda, lieux et ressources des sciences{frame.en_region}.",
        url=urls.OPENSEARCH,
    )


def short_name(name: str) -> str:
    """The name of a site in 16 signs: without little words, then as many words as there is room
    for.

    >>> short_name("Portail des sciences"), short_name("Sciences en Hauts-de-France")
    ('Portail sciences', 'Sciences')
    """
    if len(name) > _SHORT:
        name = _LITTLE.sub("", name)
    whole, _, last_word = name[: _SHORT + 1].rpartition(" ")
    if len(name) <= _SHORT:
        return name
    return whole or last_word[:_SHORT]


_WORDS: Mapping[str, str] = rows_of("portail_recherche", "mots")
_IDEAS = 6
_PLACES = 3
# Contents that say a word, below which it is no idea of a query.
_LEAST = 2


def _show_recherche(site: Site) -> PageView:
    return page_view(
        **page_of(site, _WORDS, urls.SEARCH),
        idees=tuple(_ideas(site)),
        sortes=tuple(
            Lien(capital(kind.info.counted(count)), urls.listing_of(kind), nombre(count))
            for kind in Kind
            if kind.info.is_subject and (count := tally(site, kind))
        ),
        themes=tuple(_themes(site)),
        territoires=tuple(_territories(site)),
        index=(*SUBJECTS.ask(site), Lien("Plan du site", urls.PLAN)),
        issues=tuple(_ways_out(site)),
        contribuer=contribution(site),
        communes=FOLDER if site.geography.home else "",
    )


def search_for(query: str) -> str:
    """Address of the results of ``query``.

    >>> search_for("éducation populaire")
    '/recherche/?q=%C3%A9ducation+populaire'
    """
    return f"{urls.SEARCH}?{urlencode({'q': query})}"


def _ideas(site: Site) -> Iterator[Lien]:
    words: Counter[str] = Counter()
    shown: dict[str, str] = {}
    places: Counter[str] = Counter()
    for item in sorted(site.untitled_of(), key=attrgetter("ref")):
        for key, word in {fold(word): word for word in item.entry.mots_cles}.items():
            words[key] += 1
            shown.setdefault(key, word)
        if item.commune:
            places[item.commune.nom] += 1
    for counts, most, names in ((words, _IDEAS, shown), (places, _PLACES, {})):
        for word, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]:
            if number >= _LEAST:
                text = names.get(word, word)
                yield Lien(text, search_for(text))


def _themes(site: Site) -> Iterator[ValeurView]:
    for code in site.vocabularies["themes"]:
        if refs := site.indexes.by_theme.get(code):
            name = capital(site.vocabularies.label("themes", code))
            yield ValeurView(code, name, urls.theme_of(code), len(refs), code)


def _territories(site: Site) -> Iterator[Lien]:
    home = site.geography.home
    geography = site.geography
    wide = geography.departements_of(home.code) if home else ()
    for departement in sorted(wide, key=lambda departement: sort_key(departement.nom)):
        if page := site.territory_url(territory_code(departement)):
            yield Lien(departement.nom, page)
    if listing := site.listing(TERRITORIES):
        yield Lien("Tous les territoires", listing)


def _ways_out(site: Site) -> Iterator[Lien]:
    for kind in where(lambda info: info.all_of_it):
        if site.has(kind):
            yield Lien(kind.info.all_of_it, kind.info.listing)
    yield Lien("Plan du site", urls.PLAN)


def plan_page(site: Site) -> Iterator[TemplatePage]:
    if segments(site):
        yield drawn(site, urls.SEARCH, "recherche.html", _show_recherche, sitemap=SitemapHint())


def plan(site: Site) -> Iterator[Artifact]:
    yield from plan_page(site)
    yield from plan_opensearch(site)
    yield from plan_search(site)
