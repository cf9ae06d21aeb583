"""What must not be heard: things said twice, unnamed, out of order, signs read aloud."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from audit_axe import browser, context
from pages import address, is_redirect, site_url
from serving import served
from voix import CONTROLS, LANDMARKS, PICTURES, Said, Voice, listen

if TYPE_CHECKING:
    from playwright.sync_api import Page

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
_SHORT = "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.".split()
_LEAF = re.compile(rf"\b(\d+)(?: ?er)? ({'|'.join(map(re.escape, _SHORT))})(?= |$)")
_FULL = re.compile(rf"\b(\d+)(?:er)? ({'|'.join(_MONTHS)})\b", re.IGNORECASE)
_WRITTEN = {
    "« 1er » without « er »": re.compile(rf"(?<!\d )\b1 (?:{'|'.join(_MONTHS)})\b(?! \d+ ?%)"),
    "a price without its space": re.compile(r"\d€"),
}
_VAGUE = re.compile(
    r"(en savoir plus|lire (la suite|plus)|la suite|suite|(tout )?voir( tout| plus)?|(cliquez )?ici"
    r"|plus( d’info\w*)?|détails?|lien|ouvrir|cette page)", re.IGNORECASE,
)  # fmt: skip
"""Names of links that say nothing out of their place."""
_DRAWN = "›‹→←↑↓⟶▸▾▶◀★☆✓✗×•"
"""Signs that are for the eyes. Those of a title, of its author's own, are left."""
_ENDS = "+–—|›‹→←↑↓×"
_TEXTS = {"text", "heading", "link", *PICTURES}


def findings(voice: Voice) -> list[str]:
    """What is wrong with what one page says: ``what: where``, a line each."""
    checks = (_landmarks, _headings, _names, _signs, _ways, _tables, _written)
    faults = [line for check in checks for line in check(voice.said)]
    return [*faults, *_twice(voice), *_dates(voice)]


def _landmarks(words: Sequence[Said]) -> Iterator[str]:
    """Two of a sort and a name cannot be told apart; its first heading does not say its name."""
    places = Counter((word.role, word.name) for word in words if word.role in LANDMARKS)
    for (role, name), count in places.items():
        if count > 1:
            yield f"landmark said {count} times: {role} « {name} »"
    for word, then in pairwise(words):
        entered = word.role in LANDMARKS and then.role == "heading" and word.node in then.within
        if entered and word.name and _plain(word.name) == _plain(then.name):
            yield f"landmark and its heading say the same: {word.role} « {word.name} »"


def _headings(words: Sequence[Said]) -> Iterator[str]:
    """One of level 1, none skipped; two of one place differ, unless they lead somewhere."""
    foot = next((word.node for word in words if word.role == "contentinfo"), -1)
    headings = [word for word in words if word.role == "heading" and foot not in word.within]
    if [heading.level for heading in headings].count(1) != 1:
        yield f"headings of level 1: {[heading.name for heading in headings if heading.level == 1]}"
    for heading, then in pairwise(headings):
        if then.level > heading.level + 1:
            yield f"heading of level {then.level} after one of {heading.level}: « {then.name} »"
    above: list[str] = []
    paths: set[tuple[str, ...]] = set()
    for heading in headings:
        above[heading.level - 1 :] = [heading.name]
        if tuple(above) in paths and not heading.url:
            yield f"heading said twice: « {' / '.join(above[1:])} »"
        paths.add(tuple(above))


def _names(words: Sequence[Said]) -> Iterator[str]:
    """What acts has a name; what describes it says something else, and so do its states."""
    for word in words:
        if (word.role in CONTROLS or word.role == "heading") and not word.name:
            yield from [] if "ption" in word.role else [f"without a name: {word.role}"]
        if word.description and _plain(word.description) in _plain(word.name):
            yield f"described by its own name: {word.words}"
        if "obligatoire" in word.states and "obligatoire" in word.name:
            yield f"« obligatoire » said twice: {word.words}"


def _signs(words: Sequence[Said]) -> Iterator[str]:
    """Signs for the eyes are not heard: alone, nor at an end of a name."""
    for word in words:
        bare = word.name
        if not bare or word.role == "cell":
            continue
        if all(sign in f"{_DRAWN} " for sign in bare):
            yield f"a sign is heard alone: « {bare} »"
        elif word.role in CONTROLS and (bare[0] in _ENDS or bare[-1] in _ENDS):
            yield f"a sign is heard: {word.words}"


def _twice(voice: Voice) -> Iterator[str]:
    """The same words in a row, of one thing; a picture by what stands beside it."""
    for word, then in pairwise(voice.said):
        roles = {word.role, then.role}
        if not then.name or not roles <= _TEXTS or roles == {"link"} or word.level == 1:
            continue
        if word.role == "link" and word.node in then.within:  # what it shows names it
            continue
        if _plain(word.name) == _plain(then.name) and voice.item(word) == voice.item(then):
            yield f"said twice in a row: {word.words} | {then.words}"
    texts = {_plain(word.name) for word in voice.said if word.role == "text"}
    for word in voice.said:
        if word.role in PICTURES and len(word.name) > 12 and _plain(word.name) in texts:
            yield f"a picture and its caption say the same: {word.words}"


def _dates(voice: Voice) -> Iterator[str]:
    """What is one of several says its day on its leaf, or in full: not both."""
    items: dict[int, list[str]] = defaultdict(list)
    for word in voice.said:
        if voice.item(word) and word.role in {"text", "heading"}:
            items[voice.item(word)].append(word.name)
    for names in items.values():
        text = " ".join(names)
        leaf = {(day, _SHORT.index(month)) for day, month in _LEAF.findall(text) if "." in month}
        full = {(day, _MONTHS.index(month.lower())) for day, month in _FULL.findall(text)}
        if leaf & full:
            yield f"a day said twice: « {text[:120]} »"


def _ways(words: Sequence[Said]) -> Iterator[str]:
    """The name of a link says where; two places of a name are told apart by what is beside them."""
    leads: dict[tuple[str, str], set[str]] = defaultdict(set)
    heading = ""
    beside: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for word in words:
        beside[word.within].append(word.name)
    for word in words:
        heading = word.name if word.role == "heading" else heading
        if word.role == "link" and _VAGUE.fullmatch(word.name):
            yield f"a link does not say where it leads: « {word.name} »"
        if word.role == "link" and not word.url.startswith("mailto:"):
            around = " ".join(beside[word.within]) + heading
            leads[word.name, around].add(word.url.partition("#")[0])
    for (name, _), urls in leads.items():
        if len(urls) > 1:
            yield f"one name, {len(urls)} places: « {name} » {sorted(urls)[:2]}"


def _tables(words: Sequence[Said]) -> Iterator[str]:
    """A table has headers."""
    for word in words:
        if word.role == "table":
            inside = {inner.role for inner in words if word.node in inner.within}
            if not inside & {"columnheader", "rowheader"}:
                yield f"a table without headers: « {word.name} »"


def _written(words: Sequence[Said]) -> Iterator[str]:
    """Numbers are written as they are said."""
    for word in words:
        for sort, pattern in _WRITTEN.items():
            if pattern.search(word.name):
                yield f"{sort}: « {word.name[:90]} »"


def _plain(text: str) -> str:
    return text.casefold().strip(" .:…\u00a0\u202f")


def listened(output: Path, pages: Sequence[Path]) -> list[str]:
    """``/address/ — what is wrong``, for these pages of a site, heard as a desk shows them.

    Raises `ToolMissing` without a browser.
    """
    lines = []
    with _tab(output) as (tab, host):
        for page in pages:
            place = address(output, page)
            tab.goto(host + place, wait_until="load")
            lines += [f"{place} — {line}" for line in findings(listen(tab))]
    return lines


def said(output: Path, place: str) -> str:
    """What the page of an address says, a line each. Raises `ToolMissing` without a browser."""
    with _tab(output) as (tab, host):
        tab.goto(host + place, wait_until="networkidle")
        return listen(tab).text


@contextmanager
def _tab(output: Path) -> Iterator[tuple[Page, str]]:
    """A tab on a desk, and the address where the site is served."""
    with (
        browser() as chromium,
        served(output, site_url(output)) as host,
        context(chromium, "light", 1280) as visitor,
    ):
        yield visitor.new_page(), host


def heard(output: Path, pages: Sequence[Path]) -> list[str]:
    """What ``listened`` gives of every page, in one browser per core. Raises `ToolMissing`."""
    pages = [page for page in pages if not is_redirect(page)]
    cores = os.cpu_count() or 1
    parts = [(output, pages[rank::cores]) for rank in range(cores)]
    with get_context("spawn").Pool(cores) as pool:
        return sorted(line for faults in pool.starmap(listened, parts) for line in faults)
