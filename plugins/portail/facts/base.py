"""A fact, its values, and the texts that facts of several kinds share; for each kind of content,
the facts that each channel states, in order, as the feature that brings the kind gives them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote

from portail.geo.names import from_town
from portail.model.entry import RETIRE, Entry
from portail.model.kinds import KINDS, Kind, kept
from portail.model.parts import Contact
from portail.model.registry import SIGNING, Mention, references_of
from portail.model.vocabulary import Vocabularies
from portail.site.item import Item
from portail.site.kind_tables import OfKind
from portail.site.site import Site
from portail.text.excerpts import clause, unstopped
from portail.text.normalise import is_slug
from portail.text.typography import EXAMPLE_NAME, EXEMPLE, capital, signed


class Value(NamedTuple):
    """One value of a fact."""

    text: str
    url: str = ""
    # Precision that stands beside the text.
    note: str = ""
    # Name of the icon before the text; ``manque`` marks what nobody has filled in.
    sign: str = ""


class Fact(NamedTuple):
    """One thing that a content states; a fact without values is not shown."""

    label: str
    values: tuple[Value, ...] = ()
    # Whole sentence, for a description in plain text.
    line: str = ""
    # Few words, for a card, a poster, a cell.
    short: str = ""
    # Datum for programs, ``None`` when it is unknown.
    value: Any = None
    # Of what is so on some days alone, each of them, and what a line of that day says; such a fact
    # is told of no other day.
    days: tuple[tuple[date, str], ...] = ()

    @property
    def brief(self) -> str:
        """What cards, posters and letters say of it: few words if it has them, else its values.

        >>> Fact("Âge", texts("à partir de 8 ans"), short="dès 8 ans").brief
        'dès 8 ans'
        >>> Fact("Âge", texts("à partir de 8 ans", "en groupe")).brief
        'à partir de 8 ans, en groupe'
        """
        return self.short or text_of(self.values)

    def on(self, days: Container[date]) -> str:
        """What is said of it where ``days`` alone are told.

        >>> seats = Fact("Car", short="26 places lundi", days=((date(2022, 10, 3), "26 places"),))
        >>> seats.on([date(2022, 10, 3)]), seats.on([date(2022, 10, 4)])
        ('26 places', '')
        """
        return next(
            (words for day, words in self.days if day in days), "" if self.days else self.brief
        )


FactFunction: TypeAlias = Callable[[Item, Site], Fact]


FactFunctions: TypeAlias = tuple[FactFunction, ...]


def texts(*values: str | None) -> tuple[Value, ...]:
    """Values that are plain text, without the full stop of a sentence; empty ones are left out."""
    return tuple(Value(unstopped(value)) for value in values if value)


def text_of(values: Iterable[Value]) -> str:
    """Values on one line, commas between them; of several sentences, the first."""
    return ", ".join(clause(value.text) for value in values)


def in_words(words: Sequence[str]) -> str:
    *first, last = words or [""]
    if first:
        return f"{', '.join(first)} et {last}"
    return last


def missing(text: str = "Pas encore renseigné") -> tuple[Value, ...]:
    return (Value(text, sign="manque"),)


def lacking(facts: Sequence[Fact], *expected: str) -> Fact:
    """The ``expected`` labels without value in one fact; nothing when more is unknown than
    known.
    """
    labels = [fact.label for fact in facts if fact.label in expected and not fact.values]
    few = 0 < len(labels) <= sum(bool(fact.values) for fact in facts)
    return Fact("Pas encore renseigné", missing(capital(", ".join(labels).lower())) if few else ())


def names(item: Item, site: Site, key: str) -> tuple[Value, ...]:
    """Contents that a reference field of an item names, as links; a plain name stays text."""
    mentions = (mention for mention in references_of(item.entry, key) if len(mention.loc) < 3)
    pairs = ((mention, mention.named(site.items)) for mention in mentions)
    name = signed if key in SIGNING else str
    return tuple(
        Value(name(site.items[ref].short), site.items[ref].url) if ref else Value(unlinked(mention))
        for mention, ref in pairs
    )


def origin(item: Item, site: Site) -> tuple[Value, ...]:
    """« D’après l’agenda de Musée Exemple », with its page, for what was not written here."""
    pages = (reference.url for reference in item.entry.references if reference.url)
    page = next(pages, "")
    agenda = item.entry.kind.info.dated
    return tuple(
        Value(
            f"D’après {f'l’agenda {from_town(name.text)}' if agenda else name.text}",
            page or name.url,
        )
        for name in names(item, site, "d_apres")
    )


def byline(item: Item, site: Site) -> str:
    """« Par La rédaction », « D’après Carnet du marais »."""
    preposition = "" if item.entry.d_apres else "Par "
    signed = origin(item, site) or names(item, site, "auteurs")
    return preposition + in_words([name.text for name in signed])


def naming(item: Item, site: Site, key: str) -> Iterator[Item]:
    """Contents whose reference field ``key`` names an item, in the order of lists."""
    indexes = site.indexes
    for ref in (*indexes.by_target.get(item.ref, ()), *indexes.apart.get(item.ref, ())):
        content = site.items[ref]
        mentions = references_of(content.entry, key)
        if any(mention.named(site.items) == item.ref for mention in mentions):
            yield content


def owner(item: Item, site: Site) -> tuple[Value, ...]:
    keys = ("organisme", "proprietaire", "porteur")
    return next((values for key in keys if (values := names(item, site, key))), ())


def unlinked(mention: Mention) -> str:
    gone = mention.reference.code == RETIRE and is_slug(mention.value)
    if gone:
        return "Contributeur retiré"
    return mention.value


def terms_of(item: Item, site: Site) -> Value:
    """The licence of a text, else whose it is: « © Carnet du marais »."""
    owners = " · ".join(f"© {name.text}" for name in names(item, site, "d_apres"))
    licensed = licence(item.entry.licence, site.vocabularies)
    if licensed.text:
        return licensed
    return Value(owners)


def licence(code: str | None, lists: Vocabularies) -> Value:
    """A licence by its short name, « CC BY 4.0 », and its address."""
    name = lists.detail("licences", code, "court", lists.label("licences", code))
    return Value(name, lists.detail("licences", code, "uri"))


def below_title(entry: Entry, details: Iterable[str]) -> Iterator[str]:
    """Details of a content, whose title says that it is an example: the names below need not."""
    return (
        detail.replace(EXEMPLE, "").replace(EXAMPLE_NAME, "") if entry.exemple else detail
        for detail in details
    )


def name_of(model: type[Entry], key: str) -> str:
    return model.model_fields[key].title or key


def named(label: str, key: str) -> FactFunction:
    """The fact of a reference field: links to what it names."""
    return lambda item, site: Fact(label, names(item, site, key))


def made(label: str, values: Callable[[Any], tuple[Value, ...]]) -> FactFunction:
    return lambda item, site: Fact(label, values(item.entry))


def field(label: str, key: str) -> FactFunction:
    """The fact of a field that is written as it is, alone or in a list."""

    def values(entry: Entry) -> tuple[Value, ...]:
        value = getattr(entry, key)
        if isinstance(value, tuple):
            return texts(*value)
        return texts(value)

    return made(label, values)


def coded(label: str, vocabulary: str, key: str) -> FactFunction:
    """The fact of a field that holds codes of a controlled list: the label of the first, which is
    also short, without its capital."""

    def make(item: Item, site: Site) -> Fact:
        code = getattr(item.entry, key)
        first = code if isinstance(code, str | None) else "".join(code[:1])
        text = site.vocabularies.label(vocabulary, first)
        return Fact(label, texts(capital(text)), short=text)

    return make


# Sort of a content among those of its kind.
SORTS = kept(
    dict[Kind, FactFunction](),
    lambda: {
        kind: coded(info.sort.label, info.sort.codes, info.sort.field)
        for kind, info in KINDS.items()
        if info.sort
    },
)


def sort(item: Item, site: Site) -> Fact:
    """Sort of a content: « atelier », « musée », « appel à projets »."""
    make: FactFunction | None = SORTS.get(item.entry.kind)
    if make:
        return make(item, site)
    return Fact("")


def opened(make: FactFunction) -> FactFunction:
    """The same fact, each value with a capital since it opens a line."""

    def capitals(item: Item, site: Site) -> Fact:
        fact = make(item, site)
        values = (value._replace(text=capital(value.text)) for value in fact.values)
        return fact._replace(values=tuple(values))

    return capitals


def web_site(url: str | None) -> tuple[Value, ...]:
    if url:
        return (Value(url.partition("//")[2].rstrip("/"), url),)
    return ()


def mail_and_phone(courriel: str | None, telephone: str | None) -> tuple[Value, ...]:
    """The values by which one writes or calls."""
    values = []
    if courriel:  # « ? » and « % » would be read as more than a name (RFC 6068)
        values.append(Value(courriel, f"mailto:{quote(courriel, safe='@')}", sign="courriel"))
    if telephone:
        digits = "".join(
            sign for sign in telephone.replace("(0)", "") if sign.isdigit() or sign == "+"
        )
        values.append(Value(telephone, f"tel:{digits}", sign="telephone"))
    return tuple(values)


def contacts(contact: Contact | None) -> tuple[Value, ...]:
    if contact is None:
        return ()
    return (*web_site(contact.url), *mail_and_phone(contact.courriel, contact.telephone))


# Practical box of a page.
BOX: OfKind[FactFunctions] = OfKind("BOX")
FEED: OfKind[FactFunctions] = OfKind("FEED")
# Details of a card that do not depend on the day of the build.
CARD: OfKind[FactFunctions] = OfKind("CARD")
