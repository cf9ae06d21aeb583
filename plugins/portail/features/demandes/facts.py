"""What a demande states: what is wished, for whom, when, by what it was answered."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import Fact, Value, names, naming, text_of, texts
from portail.facts.when import day_of
from portail.model.articles import DEMANDE, Annonce
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.typography import capital, small


def is_demande(item: Item) -> bool:
    """Whether a content asks for something to come."""
    return isinstance(item.entry, Annonce) and item.entry.categorie == DEMANDE


def wish(item: Item, site: Site) -> Fact:
    """« Conférence »."""
    entry = item.of(Annonce)
    label = site.vocabularies.label("souhaits", entry.souhait)
    return Fact("Souhait", texts(capital(label)) if is_demande(item) else (), short=label)


def public(item: Item, site: Site) -> Fact:
    """« primaire, collège »."""
    labels = site.vocabularies.labels("publics", item.of(Annonce).publics)
    return Fact("Pour", texts(labels) if is_demande(item) else ())


def period(item: Item, site: Site) -> Fact:
    """« du 8 novembre au 17 décembre 2027 », « à partir du… », « jusqu’au… »."""
    entry = item.of(Annonce)
    if entry.du and entry.au:
        text = periode(entry.du, entry.au)
    elif entry.du:
        text = f"à partir du {day_of(entry.du)}"
    else:
        text = f"jusqu’au {day_of(entry.au)}" if entry.au else ""
    return Fact("Souhaité", texts(capital(text)) if is_demande(item) else ())


def brief(item: Item, site: Site) -> Fact:
    """The three in few words: « conférence, primaire, du 8 novembre au 17 décembre 2027 »."""
    told = (text_of(make(item, site).values) for make in (wish, public, period))
    values = texts(*told)
    first, *rest = (one.text for one in values) if values else ("",)
    return Fact("Souhait", values, short=", ".join((first, *map(small, rest))))


def there(item: Item, site: Site) -> Fact:
    """The same after the commune, which cards do not say of announcements."""
    told = brief(item, site)
    return told._replace(short=", ".join(filter(None, (item.town, small(told.short)))))


def answered(item: Item, site: Site) -> Fact:
    """By what it was answered: events, tools, structures."""
    return Fact("Répondu par", names(item, site, "reponse"))


def answers(item: Item, site: Site) -> Iterator[Lien]:
    """The same, as links; a plain name is text."""
    for one in names(item, site, "reponse") if is_demande(item) else ():
        yield Lien(one.text, one.url)


def answering(item: Item, site: Site) -> Fact:
    """Demandes that an event or a tool answers."""
    asked = (content for content in naming(item, site, "reponse") if is_demande(content))
    return Fact("Répond à", tuple(Value(demande.name, demande.url) for demande in asked))
