"""Articles and places in the words of schema.org."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from portail.imports.found import Found, Loss
from portail.imports.moments import of_iso
from portail.imports.prose import clear, link, many_lines, text_field
from portail.imports.schema_event import address_of_place, language, picture_in
from portail.imports.schema_org import (
    Graph,
    Node,
    listed,
    name_of,
    node,
    tail,
    types,
    untaken,
    word,
)
from portail.model.kinds import Kind

ARTICLES = frozenset(
    "Article NewsArticle BlogPosting Report ScholarlyArticle TechArticle LiveBlogPosting "
    "OpinionNewsArticle AnalysisNewsArticle ReviewNewsArticle ReportageNewsArticle".split()
)
PLACES = {
    name: kind
    for kind, names in {
        "musée": "Museum",
        "médiathèque": "Library",
        "planétarium": "Planetarium",
        "zoo": "Zoo Aquarium",
        "parc naturel": "Park",
        "université": "CollegeOrUniversity",
        "organisme de recherche": "ResearchOrganization",
        "établissement scolaire": "School HighSchool MiddleSchool ElementarySchool",
        "collectivité": "GovernmentOrganization CityHall",
        "site patrimonial": "LandmarksOrHistoricalBuildings",
        "office de tourisme": "TouristInformationCenter",
        "lieu culturel": "ArtGallery PerformingArtsTheater MovieTheater EventVenue",
        "association": "NGO",
        "": "CivicStructure TouristAttraction Place LocalBusiness",
    }.items()
    for name in names.split()
}
"""Types of places, and the type of lieu that each surely is."""
_ORGANISATIONS = frozenset({"Organization", "EducationalOrganization", "NewsMediaOrganization"})
_NETWORKS = {f"{name}.com": name for name in "facebook instagram linkedin youtube x".split()}
_NETWORKS |= {"twitter.com": "x", "bsky.app": "bluesky"}
_ARTICLE = frozenset(
    """headline name alternativeHeadline description abstract articleBody text url
    mainEntityOfPage mainEntityOfPage.* datePublished dateCreated dateModified author author.name
    keywords keywords.name articleSection inLanguage inLanguage.name inLanguage.alternateName image
    image.* thumbnailUrl
    publisher.* isPartOf.* wordCount commentCount copyrightYear potentialAction.*
    speakable.*""".split()
)
_PLACE = frozenset(
    """name description url address address.streetAddress address.addressLocality
    address.postalCode geo.latitude geo.longitude telephone email openingHours
    openingHoursSpecification.dayOfWeek openingHoursSpecification.opens
    openingHoursSpecification.closes image image.* logo logo.* photo photo.* sameAs
    mainEntityOfPage mainEntityOfPage.* keywords""".split()
)
_DAYS = {"PublicHolidays": "PH"} | {
    day: day[:2] for day in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
}

_HOUR = re.compile(r"\d{2}:\d{2}")


def is_article(value: Any) -> bool:
    """Whether a node is an article."""
    return not ARTICLES.isdisjoint(types(value))


def is_place(value: Any) -> bool:
    """Whether a node is a place or a structure that a directory has: one that says where it is."""
    known = set(types(value))
    where = node(value).get("address") or node(value).get("geo")
    return bool(known & PLACES.keys()) or bool(known & _ORGANISATIONS and where)


def article_of(article: Node, graph: Graph, row: int, base: str = "") -> Found:
    """The article of a node."""
    body = many_lines(article.get("articleBody")) or many_lines(article.get("text"))
    authors = [clear(name_of(one)) for one in graph.inside(article.get("author"))]
    words = [*map(name_of, listed(article.get("keywords")))]
    words += [*map(name_of, listed(article.get("articleSection")))]
    page = article.get("mainEntityOfPage")
    told = word(page) or word(node(page).get("@id")) or word(node(page).get("url"))
    url = link(word(article.get("url"))) or link(told)
    return Found(
        row=row,
        kind=Kind.ARTICLE,
        namespace="page",
        identifier=url or link(word(article.get("@id")).partition("#")[0]),
        titre=clear(word(article.get("headline")) or name_of(article.get("name"))),
        resume=clear(word(article.get("description")) or word(article.get("abstract"))),
        mots=tuple(part for one in words for part in map(clear, one.split(",")) if part),
        langue=language(article.get("inLanguage")),
        publie_le=day_of(article.get("datePublished") or article.get("dateCreated")),
        modifie=day_of(article.get("dateModified")),
        url=url,
        picture=picture_in(article, graph, base),
        others={"auteurs": authors} if any(authors) else {},
        losses=untaken(article, _ARTICLE),
        **text_field(body),
    )


def place_of(place: Node, graph: Graph, row: int, base: str = "") -> Found:
    """The place of a node."""
    text = many_lines(place.get("description"))
    known = [name for one in types(place) if (name := PLACES.get(one))]
    site = link(word(place.get("url")))
    geo = node(graph.whole(node(place.get("geo"))))
    position = {key[:3]: word(geo.get(key)) for key in ("latitude", "longitude")}
    links = [word(one) for one in listed(place.get("sameAs"))[:20] if not _network(one)]
    unknown = [Loss("sameAs", one[:100], "ce réseau n’est pas connu") for one in links if one]
    others = {
        "site": site,
        "telephone": word(place.get("telephone")),
        "courriel": word(place.get("email")).removeprefix("mailto:"),
        "coordonnees": position if all(position.values()) else {},
        "horaires_ouverture": _hours(place),
        "reseaux_sociaux": dict(filter(None, map(_network, listed(place.get("sameAs"))[:20]))),
    }
    return Found(
        row=row,
        kind=Kind.LIEU,
        namespace="page",
        identifier=site or link(word(place.get("@id"))),
        titre=clear(name_of(place.get("name"))),
        mots=(*known, *filter(None, map(clear, word(place.get("keywords")).split(",")))),
        adresse=address_of_place(place),
        picture=picture_in(place, graph, base),
        others={key: value for key, value in others.items() if value},
        losses=(*unknown, *untaken(place, _PLACE)),
        **text_field(text),
    )


def day_of(value: Any) -> str:
    """The day of a date of ISO 8601, on the clock of the portal; empty when it is none."""
    return (of_iso(word(value)) or "")[:10]


def _network(value: Any) -> tuple[str, str] | None:
    url = link(word(value))
    host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("fr.")
    return (_NETWORKS[host], url) if host in _NETWORKS else None


def _hours(place: Node) -> str:
    """Opening hours as OpenStreetMap writes them, which is what a lieu holds."""
    told = [word(one) for one in listed(place.get("openingHours"))]
    for one in listed(place.get("openingHoursSpecification")):
        named = map(tail, listed(node(one).get("dayOfWeek")))
        days = [_DAYS[day] for day in named if day in _DAYS]
        hours = [_HOUR.match(word(node(one).get(key))) for key in ("opens", "closes")]
        if days and hours[0] and hours[1]:
            told.append(f"{','.join(days)} {hours[0][0]}-{hours[1][0]}")
    return "; ".join(filter(None, told))
