"""The portal of a test in English and Dutch, and its lines."""

import html
import re

import pytest

from plans import entry

LANGUES = ("en", "nl")


def said(text):
    """What a piece of HTML says, on one line."""
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return text.replace("\u00a0", " ").strip()


@pytest.fixture
def lines(tree):
    """The lines of one event on the page of its month, in each language."""

    def of(month="2021-10", langues=LANGUES, **fields):
        files = {"events/essai": entry("events", **fields)}
        pages = tree.pages(files, langues=langues)
        found = []
        for code in langues:
            view = pages[f"/{code}/{month}/"].view()
            ((line,),) = (group.lignes for group in view.groupes)
            found.append([said(row) for row in line.rangs])
        return found

    return of
