"""How each kind of content shows in lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from portail.agenda.programme import called_off, written
from portail.facts.base import licence, sort, text_of
from portail.facts.channels import added
from portail.facts.slots import CARD
from portail.facts.when import day_of, moment_text
from portail.model.articles import AnnouncementEntry, ArticleEntry
from portail.model.entry import Entry, GrosPlan
from portail.model.event import Event
from portail.outputs.empreintes import drawing_of, shown_picture
from portail.outputs.pages.slots import CARD_PARTS, CardParts
from portail.outputs.pages.states import ends_of
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette, Feuille, Picture, Variante
from portail.outputs.pages.words import WORDS
from portail.outputs.picture_sizes import fallback, shown_size, tailles
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.narrowed import lasting_of
from portail.site.reader import ANSWERS, digest_value
from portail.site.site import Site
from portail.text.typography import EXAMPLE_NAME, EXEMPLE, capital


def leaf_of(item: Item, site: Site) -> Feuille | None:
    """The leaf of an event (all its days when it lasts), a showing, an announcement that waits."""
    entry = item.entry
    if showing := site.showings.get(item.ref):
        return Feuille(showing.du, "", showing.au if showing.au > showing.du else None)
    if isinstance(entry, Event):
        shown = item.shown
        if shown is None:
            return None
        lasting = lasting_of(item, site)
        state = called_off(entry, shown) or ("passe" if item.is_over else "")
        if lasting:
            return Feuille(lasting.du, state, lasting.au)
        last = shown.last_day if shown.day_count > 1 else None
        return Feuille(shown.first_day, state, last)
    if isinstance(entry, AnnouncementEntry) and entry.echeance and not item.is_answered:
        year = "" if _is_this_year(entry.echeance, site) else str(entry.echeance.year)
        state = "passe" if item.is_over else ""
        return Feuille(entry.echeance, state, avant="jusqu’au", an=year, dite=not state)
    return None


def _is_this_year(day: date, site: Site) -> bool:
    return site.has_come(date(day.year, 1, 1)) and not site.is_over(date(day.year, 12, 31))


def moved_from(item: Item) -> str:
    """When what has moved was first announced for."""
    shown = item.shown
    if shown is None or shown.etat not in ("reporte", "reprogramme"):
        return ""
    former = written(item.of(Event), shown).ancien_debut
    return capital(moment_text(former)) if former else ""


Asked = tuple[str, str]
"""An answer that gives a card, and its content."""


@answer
def card_of(site: Site, ref: str) -> Card:
    """The card of a published content, or of a showing of a tool."""
    return _card(site.on(ref), site)


def asked(items: Iterable[Item], make: Callable[..., Card] = card_of) -> Sequence[Asked]:
    """What to ask for the cards of a list, which is planned, and found the same, without them."""
    return [(f"{make.__module__}.{make.__qualname__}", item.ref) for item in items]


def made(site: Site, cards: Iterable[Card | Asked]) -> tuple[Card, ...]:
    """The cards of a list."""
    return tuple(
        card if isinstance(card, Card) else ANSWERS[card[0]](site, card[1]) for card in cards
    )


def _card(item: Item, site: Site) -> Card:
    """The card of an item."""
    entry, (details, labels) = item.entry, _parts(item, site)
    theme = "".join(entry.themes[:1])
    second = text_of(sort(item, site).values)
    precision = second or capital(site.vocabularies.label("themes", theme))
    surtitre = second * entry.kind.info.sort_says or capital(entry.kind.info.nom)
    image = picture_of(item, site)
    drawing = drawing_of(item, site)
    figure = (
        (entry.chiffre.valeur, entry.chiffre.libelle)
        if isinstance(entry, ArticleEntry) and entry.chiffre
        else None
    )
    leaf = leaf_of(item, site)
    moved = moved_from(item)
    ends = ends_of(item, site)
    card = Card(
        item.ref,
        item.url,
        entry.kind.value,
        surtitre,
        entry.titre,
        entry.resume or "",
        theme,
        leaf,
        tuple(filter(None, below_title(entry, details))),
        labels,
        image,
        "",
        drawing,
        precision,
        moved,
        *ends,
        second,
        figure,
    )
    return replace(card, digest=digest_value(card))


def below_title(entry: Entry, details: Iterable[str]) -> Iterator[str]:
    """Details of a content, whose title says that it is an example: the names below need not."""
    return (
        detail.replace(EXEMPLE, "").replace(EXAMPLE_NAME, "") if entry.exemple else detail
        for detail in details
    )


def _unpublished(entry: Entry, site: Site) -> tuple[Etiquette, ...]:
    """What a preview says of a content that readers do not see yet."""
    if entry.brouillon:
        return (Etiquette("Brouillon", "brouillon"),)
    if entry.publie_le and not site.has_come(entry.publie_le):
        return (
            Etiquette(
                WORDS["fiches"]["a_paraitre"].format(jour=day_of(entry.publie_le)), "programme"
            ),
        )
    return ()


def picture_of(item: Item, site: Site) -> Picture | None:
    """The picture that heads a content, when it has one."""
    image = item.entry.image
    record = shown_picture(item, site)
    if image is None or record is None:
        return None
    file = fallback(record)
    return Picture(
        file.url,
        image.alt,
        *shown_size(record, file.largeur),
        image.credit,
        image.legende or "",
        licence(image.licence, site.vocabularies).text,
        tuple(Variante(size.url, size.largeur, size.type) for size in tailles(record)),
        record.url if record.animated else "",
        framing_of(image.gros_plan),
    )


def framing_of(point: GrosPlan | None) -> str:
    """The classes of a picture that is shown twice as large where it is small, around a point to
    the nearest quarter: the policy of the site has no attribute of style.

    >>> framing_of(GrosPlan.model_construct(x=48, y=60)), framing_of(None)
    ('gros-plan gx2 gy2', '')
    """
    return f"gros-plan gx{round(point.x / 25)} gy{round(point.y / 25)}" if point else ""


def _parts(item: Item, site: Site) -> CardParts:
    parts = CARD_PARTS.of(site.features, item.entry.kind)
    details, labels = parts(item, site) if parts else (few_facts(item, site), ())
    more = (fact.brief for fact in added(site, "carte", item))
    return (*details, *more), (*_unpublished(item.entry, site), *labels)


def few_facts(item: Item, site: Site) -> tuple[str, ...]:
    """The facts of the card of a content."""
    few = CARD.of(site.features, item.entry.kind) or ()
    return tuple(make(item, site).brief for make in few)


def goes_ahead(item: Item) -> bool:
    """Whether it is open, and not an event that is cancelled or postponed."""
    shown = item.shown
    return item.listed and (shown is None or shown.maintained)


def put_forward(site: Site) -> list[tuple[date, Item]]:
    """What editors put forward and until when, the soonest end first."""
    chosen = ((item.entry.a_ne_pas_manquer, item) for item in site.items.values())
    current = ((until, item) for until, item in chosen if until and until >= site.day.date)
    going = ((until, item) for until, item in current if not item.is_over and goes_ahead(item))
    return sorted(going, key=lambda pair: (pair[0], pair[1].ref))
