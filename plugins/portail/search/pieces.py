"""What a segment of contents says, as a text kept from one build to the next; what all say.

A piece has four lines: terms, their lists, words as readers write them, and as a text of digits in
how many contents each of these is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from portail.search.digits import digits, numbers
from portail.search.postings import Content, Joining, postings
from portail.search.words import written_words

__all__ = ["forms_of", "lists_of", "piece"]


def piece(contents: Sequence[Content], room: int, joining: Joining | None = None) -> str:
    """The piece of a segment; see ``postings`` for ``room``."""
    lists = postings(contents, room, joining)
    terms = sorted(lists)
    forms = Counter(form for content in contents for form in _forms(content))
    shown = sorted(forms)
    counts = digits(forms[form] for form in shown)
    return "\n".join(
        (" ".join(terms), " ".join([lists[term] for term in terms]), " ".join(shown), counts)
    )


def _forms(content: Content) -> Iterable[str]:
    """The words of a content but those of its body, each in one form: without a capital, if it is
    ever written so."""
    named = [form for name in content.names for form in written_words(name, named=True)]
    shown = {*content.words.written, *named}
    return {form.lower(): form for form in sorted(shown)}.values()


def lists_of(pieces: Iterable[tuple[int, str]]) -> dict[str, str]:
    """The list of each term, from the number and the piece of each segment in order: before what a
    segment says of it, the number of that segment from the former one (the first from -1)."""
    parts: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for number, text in pieces:
        terms, lists, _, _ = text.split("\n")
        first = digits((number + 1,))
        steps = [digits((number - former,)) for former in range(number)]
        for term, found in zip(terms.split(), lists.split(), strict=True):
            known = parts.get(term)
            if known is None:
                parts[term] = [first, found]
            else:
                known += steps[last[term]], found
            last[term] = number
    return {term: "".join(found) for term, found in parts.items()}


def forms_of(pieces: Iterable[str]) -> Counter[str]:
    """In how many contents each word is, in each of its forms."""
    found: Counter[str] = Counter()
    for text in pieces:
        _, _, forms, counts = text.split("\n")
        found.update(dict(zip(forms.split(), numbers(counts), strict=True)))
    return found
