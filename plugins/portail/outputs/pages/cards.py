"""Cards of contents in lists: the card of any content, and details that several kinds say alike.

Each kind gives the details that it alone has (``OfKind``); here is what they share: when a content
ends, what a date needs of its year, how long reading takes, who signs or organises, the few facts
that an answer of the search shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from portail.facts.base import CARD, below_title, in_words, owner, sort, text_of
from portail.facts.channels import added
from portail.facts.when import day_of, ends_of, leaf_of, moved_from, span_of
from portail.model.collections import AnnouncementEntry, ArticleEntry, ResourceEntry
from portail.model.entry import REDACTION, Entry
from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.memo import kept_answer
from portail.site.reader import ANSWERS, digest_value
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import capital, nombre

from ..empreintes import drawing_of
from ..pictures import picture_of
from .slots import CARD_PARTS, SEARCH_LINE, CardParts, WeeklyLines
from .views.lists import Card
from .views.shared import Etiquette
from .words import WORDS


@kept_answer
def card_of(site: Site, ref: str) -> Card:
    """The card of a published content, or of a showing of a tool."""
    item = site.on(ref)
    entry = item.entry
    image = picture_of(item, site)
    drawing = "" if image else drawing_of(entry)
    figure = _figure(entry)
    details, labels = _parts(item, site)
    facts = []
    days: list[tuple[str, date, str]] = []
    for fact in added(site, "carte", item):
        for text in below_title(entry, (fact.brief,)):
            facts.append(text)
            days += ((text, *day) for day in fact.days)
    said = text_of(sort(item, site).values)
    ends = ends_of(item, site)
    unsorted = entry.kind.info.nom
    if entry.kind is Kind.EVENT:  # what others publish says no format
        unsorted = WORDS["fiches"]["sans_format"]
    card = Card(
        ref=item.ref,
        url=item.url,
        kind=entry.kind.value,
        titre=entry.titre,
        resume=entry.resume or "",
        theme=item.theme,
        sorte=said,
        surtitre=said * entry.kind.info.sort_says or capital(unsorted),
        precision=said or capital(site.vocabularies.label("themes", item.theme)),
        details=tuple(filter(None, (*below_title(entry, details), *facts))),
        etiquettes=labels,
        image=image,
        empreinte=drawing,
        chiffre=figure,
        feuille=leaf_of(item, site),
        ancien=moved_from(item),
        fin=ends.fin,
        suite=ends.suite,
        jours=tuple(days),
        digest="",
    )
    return _sealed(card)


def _sealed(card: Card) -> Card:
    return replace(card, digest=digest_value(card))


@kept_answer
def card_beside(site: Site, ref: str) -> Card:
    """The card of a content on the page of another: an event of several dates tells from when to
    when, so that this page stays as it is each time that one of them is past."""
    card = card_of(site, ref)
    span = span_of(site.on(ref), site)
    if span is None or card.feuille is None:
        return card
    leaf = replace(card.feuille, jour=span.du, fin=span.au, an="")
    details = (str(span), *card.details[1:])
    return _sealed(replace(card, feuille=leaf, details=details, suite=(), digest=""))


def _parts(item: Item, site: Site) -> CardParts:
    parts = CARD_PARTS.of(site.features, item.entry.kind)
    details, labels = parts(item, site) if parts else (few_facts(item, site), ())
    return details, (*_unpublished(item.entry, site), *labels)


def few_facts(item: Item, site: Site) -> tuple[str, ...]:
    """The facts that the kind of a content gives its card, each in few words."""
    few = CARD.of(site.features, item.entry.kind) or ()
    return tuple(make(item, site).brief for make in few)


def _unpublished(entry: Entry, site: Site) -> tuple[Etiquette, ...]:
    # What a preview says of a content that readers do not see yet.
    if entry.brouillon:
        return (Etiquette("Brouillon", "brouillon"),)
    if entry.publie_le and not site.has_come(entry.publie_le):
        day = jour(entry.publie_le, semaine=False)
        return (Etiquette(WORDS["fiches"]["a_paraitre"].format(jour=day), "programme"),)
    return ()


def _figure(entry: Entry) -> tuple[str, str] | None:
    figure = None
    if isinstance(entry, ArticleEntry):
        figure = entry.chiffre
    if figure:
        return (figure.valeur, figure.libelle)
    return None


# The cards of a list.

# A card that is still to be made: the function that makes it, by name, and the content.
Asked = tuple[str, str]


def asked(items: Iterable[Item], make: Callable[..., Card] = card_of) -> Sequence[Asked]:
    """The cards of a list, still to be made (``made``): a list can be planned, and found to be the
    same as last time, without them."""
    return [(f"{make.__module__}.{make.__qualname__}", item.ref) for item in items]


def made(site: Site, cards: Iterable[Card | Asked]) -> tuple[Card, ...]:
    """Cards, those that were only asked for made."""
    return tuple(
        card if isinstance(card, Card) else ANSWERS[card[0]](site, card[1]) for card in cards
    )


_WORDS_A_MINUTE = 220


def minutes_of(words: int) -> int:
    """Minutes that reading so many words takes, one at least."""
    return max(1, round(words / _WORDS_A_MINUTE))


def reading_time(item: Item) -> str:
    """« 4 min »: how long reading a content takes."""
    return f"{minutes_of(item.facts.words)}\u00a0min"


# From this far ahead, a day is told with its year.
_FAR = timedelta(days=300)


def joined(*texts: str) -> str:
    """The texts that are not empty, on one line."""
    return " · ".join(filter(None, texts))


def shows_year(day: date, site: Site) -> bool:
    """Whether a day needs its year to be understood: its year is over, or it is far ahead."""
    return site.is_over(date(day.year, 12, 31)) or not site.has_come(day - _FAR)


# Lines under an answer of the search (``SEARCH_LINE``).


def gathering(item: Item, card: Card, site: Site) -> str:
    """« 12 contenus »: how many a content gathers."""
    count = len(site.indexes.gathered.get(item.ref, ()))
    if count:
        return f"{nombre(count)} contenu{'s' * (count > 1)}"
    return ""


def uncapitalised(text: str) -> str:
    """``text`` without its capital, but for an acronym."""
    if text[:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def sort_line(item: Item, card: Card, site: Site) -> str:
    """What sort of content it is, as its card says."""
    return uncapitalised(card.sorte)


def signed(item: Item, card: Card, site: Site) -> str:
    """« La rédaction · 23 septembre 2021 »."""
    day = day_of(item.entry.publie_le)
    line = SEARCH_LINE.of(site.features, item.entry.kind)
    apart = {day, line(item, card, site) if line else ""}
    names = [text for text in card.details if text not in apart]
    return joined(*(names or (REDACTION,)), day)


def owned(item: Item, card: Card, site: Site) -> str:
    """Who offers it, and their town."""
    end = item.of(AnnouncementEntry, ResourceEntry).echeance
    owner = card.details[1:] if end else card.details
    town = item.commune.nom if item.commune else ""
    return joined(*owner, "" if town in owner else town)


# Details of a line of what is told of a week; an empty one is left out.


def offered(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    """Until when it is offered, who offers it, where, whether it can be borrowed."""
    entry = item.of(AnnouncementEntry, ResourceEntry)
    end = entry.limite
    until = ""
    if end:
        until = f"Jusqu’au {jour(end, annee=end.year != lines.day.year)}"
    yield until or capital(str(entry.echeance or ""))
    yield text_of(owner(item, lines.site))
    yield item.town
    yield "À emprunter" if isinstance(entry, ResourceEntry) and entry.itinerante else ""


def gathered(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    """How many contents it gathers."""
    count = len(lines.site.indexes.gathered.get(item.ref, ()))
    yield f"{nombre(count)}\u00a0contenu{'s' * (count > 1)}" if count else ""


def listed(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    """The facts of its card, each in words."""
    for make in CARD.of(lines.site.features, item.entry.kind) or ():
        yield in_words([value.text for value in make(item, lines.site).values])
