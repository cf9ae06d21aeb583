"""Events and articles in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from portail.text.hints import correspondances, price_of
from portail.text.normalise import fold
from portail_importer.importer.public import Said, said_in, state_of

from ..kinds import TEXT
from .items import ELSEWHERE, Loss, Picture, SourceItem
from .moments import (
    between,
    doubtful_end,
    of_iso,
    timetable,
)
from .pictures import licence_of, resolved
from .prose import (
    clear,
    filled,
    link,
    listed,
    many_lines,
    once,
    text_field,
    unescaped,
)
from .schema_org import (
    Graph,
    Node,
    name_of,
    node,
    tail,
    types,
    untaken,
    word,
)

_WEEKLY = ("P1W", "P7D", "WEEKLY")
_ONE_PLACE = "un événement n’a qu’un lieu\u00a0: dites l’autre dans son texte"


def event_of(event: Node, graph: Graph, row: int, base: str = "") -> SourceItem:
    """The event of a node; ``base`` is the address from which those of pictures are read."""
    event = {
        key: graph.inside(value) if isinstance(value, list) else graph.whole(value)
        for key, value in event.items()
    }
    losses: list[Loss] = []
    titre = clear(name_of(event.get("name")))
    quand = _when(event)
    url = link(word(event.get("url")))
    offered = _offers(event, losses)
    where = _where(event, losses)
    table = correspondances().schema_org
    organisers = listed(event.get("organizer"))
    return SourceItem(
        identifier=url or link(word(event.get("@id"))),
        titre=titre,
        quand=quand,
        formats=tuple(table.formats[name] for name in types(event) if table.formats.get(name)),
        mots=_words(
            event, *(word(node(it).get("audienceType")) for it in listed(event.get("audience")))
        ),
        organisateurs=_names(organiser for organiser in organisers if not is_person(organiser)),
        connus=_names(filter(is_person, organisers)),
        age=_ages(event),
        jauge=word(event.get("maximumAttendeeCapacity")),
        url=url,
        losses=tuple(losses),
        untaken=untaken(event, "evenement"),
        doubts=tuple(_doubts(event)),
        **_shared(event, graph, row, base),
        **_description(event),
        **where,
        **offered,
    )


def _shared(thing: Node, graph: Graph, row: int, base: str) -> dict[str, Any]:
    published = thing.get("datePublished") or thing.get("dateCreated")
    return {
        "row": row,
        "namespace": "page",
        "langue": language(thing.get("inLanguage")),
        "publie_le": day_of(published) or word(published)[:10],
        "modifie": word(thing.get("dateModified"))[:10],
        "said": _said(thing),
        "droits": _rights(thing.get("license")),
        "picture": picture_in(thing, graph, base),
    }


def _rights(value: Any) -> tuple[str, ...]:
    licence = node(value)
    return once((word(value), word(licence.get("url")) or word(licence.get("@id"))))


def is_person(value: Any) -> bool:
    """Whether a thing says that it is a person."""
    return "Person" in types(value)


def _names(things: Iterable[Any]) -> tuple[str, ...]:
    return tuple(filter(None, map(clear, map(name_of, things))))


def language(value: Any) -> str:
    code = word(value) or word(node(value).get("alternateName"))
    is_code = code[:2].isalpha() and code.isascii() and code[2:3] in ("", "-", "_")
    if is_code:
        return code[:2].lower()
    return ""


def picture_in(value: Node, graph: Graph, base: str) -> Picture | None:
    """The first picture of a node, with what it says of its author and of its licence."""
    for key in ("image", "photo", "thumbnailUrl", "logo"):
        for picture in graph.inside(value.get(key)):
            image = node(picture)
            named = word(image.get("contentUrl")) or word(image.get("url")) or word(picture)
            source = resolved(named, base)
            if not source:
                continue
            makers = (image.get(name) for name in ("creditText", "creator", "author"))
            credit = next(
                filter(None, (clear(name_of(graph.whole(maker))) for maker in makers)), ""
            )
            credit = credit or clear(word(image.get("copyrightNotice"))).lstrip("© ")
            credit = credit or clear(name_of(graph.whole(image.get("copyrightHolder"))))
            alt = clear(word(image.get("caption")) or word(image.get("description")))
            return Picture(source, alt, credit, licence_of(word(image.get("license"))))
    return None


def _description(event: Node) -> dict[str, Any]:
    value = event.get("description")
    raw = many_lines(value) or word(value)
    text = raw.replace("\\r\\n", "\n").replace("\\n", "\n")
    return text_field(unescaped(text) if "&lt;" in text else text)


def _words(thing: Node, *more: str) -> tuple[str, ...]:
    texts = [*map(name_of, listed(thing.get("keywords"))), *more]
    return tuple(
        part for part in chain.from_iterable(map(clear, text.split(",")) for text in texts) if part
    )


def _ages(event: Node) -> dict[str, str]:
    range_ = word(event.get("typicalAgeRange")).replace("+", "-").partition("-")
    ages = [age.strip() for age in (range_[0], range_[2])]
    low, high = ages if "".join(ages).isdecimal() else ("", "")
    audience = node(next(iter(listed(event.get("audience"))), None))
    least = low or word(audience.get("suggestedMinAge"))
    most = high or word(audience.get("suggestedMaxAge"))
    return filled({"min": least, "max": most})


def _where(event: Node, losses: list[Loss]) -> dict[str, Any]:
    # Where it takes place, and online: the first of each, the others being told.
    fields: dict[str, Any] = {"adresse": "", "en_ligne": ""}
    for location in listed(event.get("location")):
        place = node(location)
        key = "en_ligne" if "VirtualLocation" in types(place) else "adresse"
        value = address_of_place(place) if place else many_lines(location)
        if key == "en_ligne":
            value = link(word(place.get("url")))
        elif not place and link(location):
            value = ""
        if value and fields[key] not in ("", value):
            parts = value.values() if isinstance(value, Mapping) else [value]
            named = name_of(location) or ", ".join(map(str, filter(None, parts)))
            losses.append(Loss("location", named[:100], _ONE_PLACE))
        elif value:
            fields[key] = value
            point = node(place.get("geo"))
            if key == "adresse":
                fields["point"] = (word(point.get("latitude")), word(point.get("longitude")))
    if "OnlineEventAttendanceMode" in word(event.get("eventAttendanceMode")):
        fields["en_ligne"] = fields["en_ligne"] or link(word(event.get("url")))
    return fields


def address_of_place(place: Node) -> str | dict[str, str]:
    """The address of a place, in its parts when it has them; empty when it has none."""
    name = clear(name_of(place))
    address = place.get("address")
    if isinstance(address, list) and address:
        address = address[0]
    if isinstance(address, str):
        if name and name not in address:
            return f"{name}\n{address}"
        return address
    postal = node(address) or place
    town = clear(word(postal.get("addressLocality")))
    if not name and not town:
        return ""
    street = clear(word(postal.get("streetAddress")))
    parts = {"nom": name, "rue": street, "code_postal": word(postal.get("postalCode"))}
    country = postal.get("addressCountry")
    country = word(country if isinstance(country, str) else node(country).get("name"))
    return {**parts, "commune": town, **({"pays": country} if country else {})}


def _when(event: Node) -> dict[str, Any]:
    if planned := _schedule(event):
        return planned
    sessions: list[dict[str, str]] = []
    for part, own in _parts(event):
        is_other = own and not _is_series(event)
        session = {} if is_other else between(*_ends(part))
        if session:
            state = _state(part)
            told = {"etat": state if state == "annule" else "", "note": own}
            sessions.append({**session, **filled(told)})
    sessions.sort(key=lambda session: session["debut"])
    if len(sessions) > 1 or (sessions and _is_series(event)):
        return {"seances": sessions}
    return between(*_ends(event)) or (dict(sessions[0]) if sessions else {})


def _is_series(event: Node) -> bool:
    return "EventSeries" in types(event)


def _parts(event: Node) -> Iterator[tuple[Node, str]]:
    titre = fold(clear(name_of(event.get("name"))))
    for part in map(node, listed(event.get("subEvent") or event.get("subEvents"))):
        name = clear(name_of(part.get("name")))
        yield part, name if fold(name) != titre else ""


def _ends(event: Node) -> tuple[str | None, str | None]:
    return of_iso(word(event.get("startDate"))), of_iso(word(event.get("endDate")))


def _doubts(event: Node) -> Iterator[Loss]:
    place = fold(name_of(event.get("location")))
    sessions = [part for part, own in _parts(event) if _is_series(event) or not own]
    if event.get("eventSchedule") and not _schedule(event):
        yield Loss("eventSchedule", "", "ce calendrier répété ne se lit pas")
    for part in (event, *sessions):
        for name in ("startDate", "endDate"):
            written = word(part.get(name))
            if written and not of_iso(written):
                yield Loss(name, written[:100], "cette date ne se lit pas")
        yield from doubtful_end("endDate", *_ends(part))
        where = name_of(part.get("location"))
        if fold(where) not in ("", place) and _state(part) != "annule":
            yield Loss("location", where[:100], ELSEWHERE)


def _state(event: Node) -> str:
    return state_of(event.get("eventStatus")) or ""


def _schedule(event: Node) -> dict[str, Any]:
    plans = [node(schedule) for schedule in listed(event.get("eventSchedule"))]
    if not plans:
        return {}
    plan = plans[0]
    first = day_of(plan.get("startDate"))
    last = day_of(plan.get("endDate"))
    often = word(plan.get("repeatFrequency")) or "P1W"
    if len(plans) > 1 or not first or not last or often.upper() not in _WEEKLY:
        return {}
    named = {*map(tail, listed(plan.get("byDay")))}
    days = enumerate(correspondances().schema_org.jours)
    weekdays = [rank for rank, name in days if name in named]
    begins = _hour(plan.get("startTime"))
    ends = _hour(plan.get("endTime"))
    hours = (begins, ends if "" < begins < ends else "")
    but = {*map(day_of, listed(plan.get("exceptDate")))} - {""}
    return timetable(first, last, weekdays, hours, sorted(but))


def _hour(value: Any) -> str:
    hour, sign, rest = word(value).partition(":")
    if sign and hour.isdecimal():
        return f"{hour:0>2}:{rest[:2]}"
    return ""


def _offers(event: Node, losses: list[Loss]) -> dict[str, Any]:
    offers = [node(offer) for offer in listed(event.get("offers"))]
    offers += [
        node(inner)
        for inner in chain.from_iterable(listed(offer.get("offers")) for offer in offers)
    ]
    state = _state(event)
    sold_out = offers and all("SoldOut" in word(offer.get("availability")) for offer in offers)
    url = next(filter(None, (link(word(offer.get("url"))) for offer in offers)), "")
    fields: dict[str, Any] = {
        "etat": "complet" if sold_out and state in ("", "programme") else state,
        "inscription": {"url": url} if url else {},
    }
    currencies = {word(offer.get("priceCurrency")).upper() for offer in offers} - {"", "EUR", "€"}
    if currencies:
        return fields
    return fields | {"tarif": _price(event, offers, losses)}


def _price(event: Node, offers: list[Node], losses: list[Loss]) -> dict[str, str]:
    raw: list[Any | None] = []
    for offer in offers:
        raw.extend(offer.get(key) for key in ("price", "lowPrice", "highPrice"))
    texts = [word(value).replace(",", ".") for value in raw]
    prices = [float(text) for text in texts if text.replace(".", "", 1).isdecimal()]
    if any(prices):
        high = max(prices)
        low = min(prices)
        price = {"prix": euros(high)}
        if 0 < low < high:
            price["reduit"] = euros(low)
            why = "noté « réduit » : vérifiez le tarif"
            losses.append(Loss("offers.lowPrice", euros(low), why))
        if not low and len(prices) > 1:
            price["conditions"] = "Gratuit pour certains publics."
        return price
    free = event.get("isAccessibleForFree")
    if prices or free is True or word(free).lower() == "true":
        return {"gratuit": "true"}
    return price_of(" ; ".join(filter(None, texts)))


def euros(price: float) -> str:
    """A price as a file writes it.

    >>> euros(5.5), euros(8)
    ('5,50', '8')
    """
    return f"{price:.2f}".replace(".", ",").removesuffix(",00")


ARTICLES = frozenset(
    "Article NewsArticle BlogPosting Report ScholarlyArticle TechArticle LiveBlogPosting "
    "OpinionNewsArticle AnalysisNewsArticle ReviewNewsArticle ReportageNewsArticle".split()
)


def is_article(value: Any) -> bool:
    return not ARTICLES.isdisjoint(types(value))


def article_of(article: Node, graph: Graph, row: int, base: str = "") -> SourceItem:
    body = many_lines(article.get("articleBody")) or many_lines(article.get("text"))
    authors = [clear(name_of(author)) for author in graph.inside(article.get("author"))]
    page = article.get("mainEntityOfPage")
    address = word(page) or word(node(page).get("@id")) or word(node(page).get("url"))
    url = link(word(article.get("url"))) or link(address)
    return SourceItem(
        kind=TEXT,
        identifier=url or link(word(article.get("@id")).partition("#")[0]),
        titre=clear(word(article.get("headline")) or name_of(article.get("name"))),
        resume=clear(word(article.get("description")) or word(article.get("abstract"))),
        mots=_words(article, *map(name_of, listed(article.get("articleSection")))),
        url=url,
        extra={"auteurs": authors} if any(authors) else {},
        untaken=untaken(article, "article"),
        **_shared(article, graph, row, base),
        **text_field(body),
    )


def _said(thing: Node) -> tuple[Said, ...]:
    state = tail(name_of(thing.get("creativeWorkStatus")))
    said = {
        "creativeWorkStatus": state,
        "eventStatus": thing.get("eventStatus"),
        "expires": word(thing.get("expires")),
    }
    return said_in("page", said, day_of)


def day_of(value: Any) -> str:
    """The day of a date of ISO 8601, on the clock of the portal; empty when it is none."""
    return (of_iso(word(value)) or "")[:10]
