"""What scripts keep in a browser: every name is declared by who keeps it (``Feature.keeps``)."""

import re
from itertools import chain

from checkout import ROOT
from portail.features import FEATURES
from portail.outputs.pages.entry.entries import KEPT

THEMES = ROOT / "theme", *sorted((ROOT / "plugins").glob("*/theme"))
SOURCES = {
    path.name: path.read_text(encoding="utf-8")
    for path in chain.from_iterable(sorted(theme.rglob("*")) for theme in THEMES)
    if path.suffix in (".html", ".js") and "tiers" not in path.parts
}
KEEPINGS = [*KEPT, *(one for feature in FEATURES for one in feature.keeps)]
KEYS = tuple(key for one in KEEPINGS for key in one.keys)
WORKER = "hors-ligne.js"
"""It alone has caches, whose names are looked at as it runs (portail_plus.horsligne)."""
OTHERS = re.compile(r"\b(sessionStorage|cookieStore|document\.cookie|caches\.open)\b")
"""Stores that nothing of ours uses: who begins says here how a name is read."""


def written(text):
    """The names under which a script keeps something; ``""`` for one that cannot be read."""
    stores = "|".join({"localStorage", *re.findall(r"\b(\w+) = localStorage\b(?!\.)", text)})
    yield from re.findall(rf"\b(?:{stores})\.(\w+) (?:\?\?|\|\|)?= ", text)
    yield from ("" for _ in re.findall(rf"\b(?:{stores})\[", text))
    for name in re.findall(r"\b(?:setItem|indexedDB\.open)\(([^,)]+)", text):
        while re.fullmatch(r"\w+", name):
            found = re.search(rf"\b{name} = ('[^']+'|\w+)", text)
            name = found[1] if found else ""
        yield name.strip("'")


def undeclared(name, text):
    others = [] if name == WORKER else OTHERS.findall(text)
    return others + [one for one in written(text) if not one.startswith(KEYS)]


def test_what_is_kept_in_a_browser_is_declared():
    assert {
        name: wrong for name, text in SOURCES.items() if (wrong := undeclared(name, text))
    } == {}
    names = [one for text in SOURCES.values() for one in written(text)]
    unused = [key for key in KEYS if not any(one.startswith(key) for one in names)]
    assert unused == ["portail "], "what is declared is kept"
