"""The words that a misspelt one may have meant."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["SIZE", "vocabulary"]

SIZE = 48_000
"""Bytes of UTF-8 of all words, some 20 kB once compressed."""


def vocabulary(forms: Mapping[str, int], size: int = SIZE) -> list[tuple[str, int]]:
    """Words, each in the form in which most contents write it, and how many have it; from ``forms``
    (in how many contents each form is). In alphabetical order, which packs best; when they do not
    fit in ``size``, those that most contents have.

    >>> vocabulary({"Planétarium": 2, "planétarium": 5, "Amiens": 9, "amiens": 1})
    [('Amiens', 10), ('planétarium', 7)]
    """
    words: dict[str, list[str]] = {}
    for form in sorted(forms):
        words.setdefault(form.lower(), []).append(form)
    counted = [(sum(forms[one] for one in some), some) for some in words.values()]
    kept = []
    for count, some in sorted(counted, key=lambda one: (-one[0], one[1])):
        form = max(some, key=lambda one: (forms[one], one))
        size -= len(form.encode()) + len(str(count)) + 6
        if size < 0:
            break
        kept.append((form, count))
    return sorted(kept)
