"""Texts in easy French: which contents have one, which sentences of it are long.

Rule: « L’information pour tous », règles européennes pour une information facile à lire et à
comprendre (Inclusion Europe et Unapei, 2009): one idea in a sentence, always short sentences.
"""

from __future__ import annotations

from collections.abc import Iterator

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.facts.base import Fact, texts
from portail.site.draft import Draft
from portail.site.item import Item
from portail.site.site import Site
from portail.text.excerpts import sentences
from portail.text.typography import plain

# Words of a sentence that is still short. The rules give no number.
_MOST_WORDS = 20


def easy(item: Item, site: Site) -> Fact:
    return Fact("En facile à lire", texts("FALC") if item.entry.resume_falc else ())


def address(site: Site, item: Item) -> str:
    if item.entry.resume_falc:
        return f"{item.url}#Falc"
    return ""


def long_sentences(draft: Draft) -> Iterator[Diagnostic]:
    """Texts of which a sentence is long (C545), the first of each."""
    for loaded, entry in draft.entries():
        for sentence in sentences(plain(entry.resume_falc or "")):
            words = [word for word in sentence.split() if any(map(str.isalnum, word))]
            if len(words) > _MOST_WORDS:
                place = draft.place(loaded, ("resume_falc",))
                start = " ".join(words[:5])
                yield diagnostic("C545", place, debut=start, mots=len(words), limite=_MOST_WORDS)
                break
