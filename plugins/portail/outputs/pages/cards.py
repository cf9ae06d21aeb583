"""How each kind of content shows in lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from portail.agenda.programme import called_off, written
from portail.facts.base import licence, owner, sort, text_of
from portail.facts.channels import CARD, added
from portail.facts.funding import deadline_today, is_closed
from portail.facts.price import is_free, online, place_of
from portail.facts.structures import closed_today
from portail.facts.when import day_of, moment_text, when_text
from portail.model.articles import Annonce, Article
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.empreintes import drawing_of, shown_picture
from portail.outputs.pages.page_context import (
    WORDS,
    PageContext,
    context_of,
    reading_time,
    state_labels,
)
from portail.outputs.pages.states import ends_of
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette, Feuille, Picture, Variante
from portail.outputs.picture_sizes import fallback, shown_size, tailles
from portail.site.editions import children_of, highlight_days
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.narrowed import lasting_of
from portail.site.reader import ANSWERS, digest_value
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.typography import EXAMPLE_NAME, EXEMPLE, capital, nombre


def leaf_of(item: Item, site: Site) -> Feuille | None:
    """The leaf of an event (all its days when it lasts), a showing, an announcement."""
    entry = item.entry
    if showing := site.showings.get(item.ref):
        return Feuille(showing.du, "", showing.au if showing.au > showing.du else None)
    if isinstance(entry, Event):
        shown = item.montree
        if shown is None:
            return None
        lasting = lasting_of(item, site)
        state = called_off(entry, shown) or ("passe" if item.passe else "")
        if lasting:
            return Feuille(lasting.du, state, lasting.au)
        last = shown.dernier_jour if shown.nombre_de_jours > 1 else None
        return Feuille(shown.premier_jour, state, last)
    if isinstance(entry, Annonce) and entry.echeance:
        year = str(entry.echeance.year) if entry.echeance.year != site.day.date.year else ""
        state = "passe" if item.passe else ""
        return Feuille(entry.echeance, state, avant="jusqu’au", an=year, dite=not state)
    return None


def moved_from(item: Item) -> str:
    """When what has moved was first announced for."""
    shown = item.montree
    if shown is None or shown.etat not in ("reporte", "reprogramme"):
        return ""
    former = written(item.of(Event), shown).ancien_debut
    return capital(moment_text(former)) if former else ""


_SOON = 3
"""From how many days to its end an announcement says what is left."""
_MODES = {"en-ligne": "En ligne", "hybride": "Sur place et en ligne"}
_AWAY = "Aussi en ligne"
"""Of what is everywhere, and has a link too."""

Parts = tuple[tuple[str, ...], tuple[Etiquette, ...]]
"""Details, labels."""
Asked = tuple[str, str]
"""An answer that gives a card, and its content."""


@answer
def card_of(site: Site, ref: str) -> Card:
    """The card of a published content, or of a showing of a tool."""
    return _card(site.on(ref), site, context_of(site))


def asked(items: Iterable[Item], make: Callable[..., Card] = card_of) -> Sequence[Asked]:
    """What to ask for the cards of a list, which is planned, and found the same, without them."""
    return [(f"{make.__module__}.{make.__qualname__}", item.ref) for item in items]


def made(site: Site, cards: Iterable[Card | Asked]) -> tuple[Card, ...]:
    """The cards of a list."""
    return tuple(one if isinstance(one, Card) else ANSWERS[one[0]](site, one[1]) for one in cards)


def _card(item: Item, site: Site, context: PageContext) -> Card:
    """The card of an item; how far a project is does not say what it is."""
    entry, (details, labels) = item.entry, _parts(item, site)
    theme = "".join(entry.themes[:1])
    second = text_of(sort(item, site).values)
    precision = second or capital(context.label("themes", theme))
    surtitre = second * (entry.kind is not Kind.PROJET) or capital(entry.kind.info.nom)
    image = picture_of(item, site, context)
    drawing = drawing_of(item, site)
    figure = (
        (entry.chiffre.valeur, entry.chiffre.libelle)
        if isinstance(entry, Article) and entry.chiffre
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
        tuple(filter(None, _without_example(entry, details))),
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


def _without_example(entry: Entry, details: Iterable[str]) -> Iterator[str]:
    """Details of a content, whose title says that it is an example: the names below need not."""
    return (
        one.replace(EXEMPLE, "").replace(EXAMPLE_NAME, "") if entry.exemple else one
        for one in details
    )


def _unpublished(entry: Entry, today: date) -> tuple[Etiquette, ...]:
    """What a preview says of a content that readers do not see yet."""
    if entry.brouillon:
        return (Etiquette("Brouillon", "brouillon"),)
    if entry.publie_le and entry.publie_le > today:
        return (
            Etiquette(
                WORDS["fiches"]["a_paraitre"].format(jour=day_of(entry.publie_le)), "programme"
            ),
        )
    return ()


def picture_of(item: Item, site: Site, context: PageContext) -> Picture | None:
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
        licence(image.licence, context.vocabularies).text,
        tuple(Variante(one.url, one.largeur, one.type) for one in tailles(record)),
        record.url if record.animated else "",
    )


def _parts(item: Item, site: Site) -> Parts:
    handler = _HANDLERS.get(item.entry.kind)
    if handler:
        details, labels = handler(item, site)
    else:
        few = CARD.get(item.entry.kind, ())
        details = tuple(text_of(make(item, site).values) for make in few)
        labels = ()
    more = (one.short or text_of(one.values) for one in added(site, "carte", item))
    return (*details, *more), (*_unpublished(item.entry, site.day.date), *labels)


def _event(item: Item, site: Site) -> Parts:
    entry = item.of(Event)
    shown = item.montree
    link = online(item, site).short
    labels = list(state_labels(shown.etat if shown else entry.etat))
    if item.passe:
        labels.append(Etiquette("Passé", "passe"))
    if item.reserve:
        labels.append(Etiquette("Réservé", "reserve"))
    if link:
        labels.append(Etiquette(_AWAY if item.partout else _MODES[entry.mode], "en-ligne"))
    if is_free(entry):
        labels.append(Etiquette("Gratuit", "gratuit"))
    details = (when_text(item, site, shown), place_of(item, site) or link, _event_count(item, site))
    return details, tuple(labels)


def _event_count(item: Item, site: Site) -> str:
    """« 24 animations », « 3 étapes »: how many events an event contains."""
    children = children_of(item, site)
    steps = any(getattr(one.entry, "etape", None) for one in children)
    noun = "étape" if steps else "animation"
    return f"{nombre(len(children))} {noun}{'s' * (len(children) > 1)}" if children else ""


def _annonce(item: Item, site: Site) -> Parts:
    owners = text_of(owner(item, site))
    if item.repondu:
        return (owners,), (Etiquette("Répondue", "passe"),)
    labels = (Etiquette("Terminée", "passe"),) if item.passe else tuple(_last_days(item, site))
    return (deadline_today(item, site), owners), labels


def _last_days(item: Item, site: Site) -> Iterator[Etiquette]:
    """« Plus que 2 jours », « Dernier jour »: true on the day of the build alone."""
    today = site.day.date
    last = item.of(Annonce).limite
    left = (last - today).days if last else _SOON + 1
    if 0 <= left <= _SOON:
        told = f"Plus que {left}\u00a0jour{'s' * (left > 1)}" if left else "Dernier jour"
        yield Etiquette(told, "bientot", forte=True, fin=today)


def _ressource(item: Item, site: Site) -> Parts:
    entry = item.of(Ressource)
    if showing := site.showings.get(item.ref):
        days = capital(periode(showing.du, showing.au))
        asked = "" if showing.ouvert else "visite à confirmer"
        return (days, place_of(item, site), asked), ()
    labels = [Etiquette("À emprunter", "pret")] if entry.itinerante else []
    labels += [Etiquette("Clos", "passe")] if is_closed(item, site) else []
    return (deadline_today(item, site), text_of(owner(item, site))), tuple(labels)


def _lieu(item: Item, site: Site) -> Parts:
    few = tuple(text_of(make(item, site).values) for make in CARD[Kind.LIEU])
    return few, tuple(Etiquette(text, "ferme", fin=day) for text, day in closed_today(item, site))


def _article(item: Item, site: Site) -> Parts:
    few = tuple(text_of(make(item, site).values) for make in CARD[Kind.ARTICLE])
    return (*few, reading_time(item)), ()


_HANDLERS: Mapping[Kind, Callable[[Item, Site], Parts]] = {
    Kind.ARTICLE: _article,
    Kind.EVENT: _event,
    Kind.ANNONCE: _annonce,
    Kind.RESSOURCE: _ressource,
    Kind.TEMPS_FORT: lambda item, site: ((highlight_days(item, site, site.day.date),), ()),
    Kind.LIEU: _lieu,
}


def goes_ahead(item: Item) -> bool:
    """Whether it is open, and not an event that is cancelled or postponed."""
    shown = item.montree
    return item.listed and (shown is None or shown.maintenue)


def put_forward(site: Site) -> list[tuple[date, Item]]:
    """What editors put forward and until when, the soonest end first."""
    told = ((item.entry.a_ne_pas_manquer, item) for item in site.items.values())
    kept = ((until, item) for until, item in told if until and until >= site.day.date)
    going = ((until, item) for until, item in kept if not item.passe and goes_ahead(item))
    return sorted(going, key=lambda one: (one[0], one[1].ref))
