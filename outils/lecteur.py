"""What a search asks of its reader: bytes, requests, time; ours and Pagefind, in Chromium.

Bytes are those of each file that reaches the browser, once compressed (gzip 9; a file that this
does not shrink counts as it is), without headers. Each request waits for ``LATENCY``.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from pagefind import BUNDLE, PAGE
from serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["OURS", "PAGEFIND", "Cost", "Journey", "Way", "answers", "journey", "narrowed", "opened"]

LATENCY = 60
"""Milliseconds that each request waits."""
SHOWN = 6
"""Results of a page."""
SLOWER = 4


class Way(NamedTuple):
    """A search: its name, the page it is tried on, and scripts that open it and ask it."""

    name: str
    page: str
    start: str
    """Defines ``chercher(q, count)``: addresses of the first answers, once they can be shown. Ours
    loads what its page does, in the order in which it does."""


OURS = Way(
    "Portail",
    "/recherche/",
    """async ({auj}) => {
  const form = document.getElementById('Chercher'), racine = new URL(form.action).pathname;
  for (const nom of ['index', 'fichiers']) {
    const lien = document.createElement('link'), href = `${racine}termes/${nom}.json`;
    Object.assign(lien, {rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href});
    document.head.append(lien);
  }
  const {moteur: {ouvrir}, ...modules} = await import(form.dataset.ensemble);
  const moteur = ouvrir({racine, ...modules, auj});
  globalThis.chercher = async (q, count, options) => {
    const {numeros} = await moteur.chercher({q, ...options});
    return (await moteur.fiches(numeros.slice(0, count))).map(({url}) => url);
  };
}""",
)
PAGEFIND = Way(
    "Pagefind",
    f"/{PAGE}",
    f"""async () => {{
  const trouve = await import('/{BUNDLE}/pagefind.js');
  await trouve.init();
  globalThis.chercher = async (q, count) => {{
    const {{results}} = await trouve.search(q);
    const read = await Promise.all(results.slice(0, count).map((one) => one.data()));
    return read.map(({{url}}) => url.replace('index.html', ''));
  }};
}}""",
)
_ASK = """async ([q, count]) => {
  const start = performance.now(), found = await chercher(q, count);
  return [found, performance.now() - start];
}"""


_SCRIPTS = (".js", ".pagefind")


class Cost(NamedTuple):
    """Of one query."""

    size: int
    requests: int
    """For data; scripts, which a first query brings, are in ``scripts``."""
    scripts: int
    milliseconds: float


class Journey(NamedTuple):
    """A first query, its scripts included, then others in the same tab."""

    first: Cost
    nexts: tuple[Cost, ...]

    def median(self, what: str) -> float:
        """The middle one of the next queries, by field of `Cost`."""
        return median(getattr(one, what) for one in self.nexts)

    def worst(self, what: str) -> float:
        """The largest of the next queries."""
        return max(getattr(one, what) for one in self.nexts)


@contextmanager
def opened(
    chromium: Browser, site: Path, way: Way, day: str, latency: int = 0
) -> Iterator[tuple[Page, list[str], float]]:
    """A tab where a search is open; the paths it has asked for; milliseconds it took to open.

    Its page itself is not counted: a reader has it already.
    """
    asked: list[str] = []
    with served(site, asked=asked) as host:
        page = chromium.new_page()
        page.goto(host + way.page, wait_until="networkidle")
        if latency:
            network: dict[str, Any] = {"offline": False, "latency": latency}
            network |= {"downloadThroughput": -1, "uploadThroughput": -1}
            session = page.context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", network)
        asked.clear()
        timed = "async (given) => {{ const s = performance.now(); await ({})(given);"
        timed = f"{timed.format(way.start)} return performance.now() - s; }}"
        yield page, asked, page.evaluate(timed, {"auj": day})
        page.close()


def answers(page: Page, texts: Sequence[str], count: int = SHOWN) -> dict[str, list[str]]:
    """The first addresses that answer each text, in a tab that `opened` gave."""
    script = """async ([texts, count]) => {
  const found = {};
  for (const text of texts) found[text] = await chercher(text, count);
  return found;
}"""
    found: dict[str, list[str]] = page.evaluate(script, [texts, count])
    return found


def journey(chromium: Browser, site: Path, way: Way, day: str, texts: Sequence[str]) -> Journey:
    """Ask ``texts`` one after the other, as a reader who waits for each."""
    costs = []
    with opened(chromium, site, way, day, LATENCY) as (page, asked, opening):
        for text in texts:
            taken = page.evaluate(_ASK, [text, SHOWN])[1]
            size = sum(weight(site, one) for one in asked)
            scripts = sum(urlsplit(one).path.endswith(_SCRIPTS) for one in asked)
            costs.append(Cost(size, len(asked) - scripts, scripts, taken + opening))
            asked.clear()
            opening = 0.0
    return Journey(costs[0], tuple(costs[1:]))


def narrowed(chromium: Browser, site: Path, day: str, text: str, turns: int = 5) -> float:
    """Milliseconds, on a processor slowed four times, to narrow and to sort the answers to
    ``text``: the slowest of six choices, each the best of ``turns``."""
    script = """async ([q, turns]) => {
  const {facettes} = await (await fetch('/recherche/termes/index.json')).json();
  const only = (cle, code) => ({filtres: new Map([[cle, new Set([code])]])});
  const choices = facettes.map(([cle, , [[code]]]) => only(cle, code));
  choices.push({tri: 'date'});
  await chercher(q, 0);
  let worst = 0;
  for (const choice of choices) {
    let best = Infinity;
    for (let turn = 0; turn < turns; turn += 1) {
      const start = performance.now();
      await chercher(q, 0, choice);
      best = Math.min(best, performance.now() - start);
    }
    worst = Math.max(worst, best);
  }
  return worst;
}"""
    with opened(chromium, site, OURS, day) as (page, _, _opening):
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        return float(page.evaluate(script, [text, turns]))


@cache
def weight(site: Path, path: str) -> int:
    """Bytes of the file at a path, compressed; 0 of what is not there."""
    file = site / unquote(urlsplit(path).path).strip("/")
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file():
        return 0
    data = file.read_bytes()
    return min(len(data), len(gzip.compress(data, 9)))
