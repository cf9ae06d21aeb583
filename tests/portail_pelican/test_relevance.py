"""The right answer is found first, at little cost: queries of readers, asked of the demonstration
in a browser."""

import gzip
import re
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import pytest

from demonstration import TODAY
from doses import dose
from portail.source.loader import list_content
from requetes import FIRST, KEPT, SENTENCES, TUNED, judge, queries
from serving import served

pytestmark = [
    pytest.mark.site,
    pytest.mark.chromium,
    pytest.mark.long,
    pytest.mark.xdist_group("demonstration"),
]

SUCCESS = 0.95
"""Share of the queries that have an expected answer among the first three."""
REQUESTS, OF_A_PLACE = 12, 5
FIRST_BYTES = 136_000
"""What a first query asks of the host at most, from its page on: requests, but for cards, and five
more for a place; bytes once compressed, 20,000 of them for the neighbours of the cards that it
shows (``records.BLOCK``)."""
ICON_OR_CARD = re.compile(r"/favicon|/hors-ligne|/fiches/")
"""What a browser asks of a site once for all (``audit_budget``); cards, as they are drawn."""
SHOWN = 15
"""Results of a page."""
# An engine as that of the page.
OPEN = """async (auj) => {
  const form = document.getElementById('Chercher'), racine = new URL(form.action).pathname;
  const script = document.querySelector('[src*="/js/recherche.js"]');
  const {moteur: {ouvrir}, ...modules} = await import(script.src);
  const situer = async (mots) => {
    const {trouver, distance, de} = await import(form.dataset.noms);
    const communes = `${form.dataset.communes}${mots[0][0]}.json`;
    for (let combien = mots.length; combien; combien -= 1) {
      const lieu = await trouver(communes, mots.slice(0, combien).join(' '));
      if (lieu) return {combien, distance, lieu: {...lieu, de: de(lieu.nom)}};
    }
    return null;
  };
  const moteur = ouvrir({racine, ...modules, auj, situer});
  globalThis.moteur = moteur;
  globalThis.chercher = async (q, combien) => {
    const {numeros, services} = await moteur.chercher({q});
    const fiches = await moteur.fiches(numeros.slice(0, combien));
    return [...services, ...fiches].slice(0, combien).map(({url}) => url);
  };
}"""
ASK = """async ([textes, combien]) => {
  const trouves = {};
  for (const texte of textes) trouves[texte] = await chercher(texte, combien);
  return trouves;
}"""


@contextmanager
def opened(browser, site):
    """A tab where the search is open, and the paths that it has asked for. What the worker of the
    site asks for comes at its own time."""
    asked = []
    with served(site, requests=asked) as host:
        page = browser.new_page(service_workers="block")
        page.goto(f"{host}/recherche/", wait_until="networkidle")
        page.evaluate(OPEN, TODAY.isoformat())
        yield page, asked
        page.close()


def answers(page, texts, count):
    """The first addresses that answer each text."""
    return page.evaluate(ASK, [texts, count])


def references(content):
    """Address → reference of every content that can be found."""
    found = {}
    for one in list_content(content).documents:
        parts = [part for part in (one.kind.info.segment, one.slug) if part]
        found[f"/{'/'.join(parts)}/"] = f"{one.kind.value}/{one.slug}"
    return found


def weight(site, path):
    """Bytes of the file at a path, as a host compresses it."""
    file = site / unquote(urlsplit(path).path).strip("/")
    data = (file / "index.html" if file.is_dir() else file).read_bytes()
    return min(len(data), len(gzip.compress(data, 9)))


def test_success_at_three(built, browser, racine):
    refs = references(racine / "content")
    with opened(browser, built("demonstration")) as (page, _):
        for name in (TUNED, KEPT, SENTENCES):
            asked = queries(name)
            found = answers(page, [one.text for one in asked], FIRST)
            # Territories that no file tells are found too: they go by their address.
            named = {q: [refs.get(url, url) for url in urls] for q, urls in found.items()}
            judged = judge(asked, named)

            told = "\n".join([f"{name}: MRR {judged.reciprocal:.3f}", *judged.missed])
            assert judged.success >= SUCCESS, told


def test_a_first_query_is_few_requests(built, browser):
    site = built("demonstration")
    for text in ("exposition eau près de Soissons", "lille", "astronomie", "planétarium")[
        : dose(2, 4)
    ]:
        with opened(browser, site) as (page, asked):
            assert answers(page, [text], SHOWN)[text]
            files = {*asked}
            others = [path for path in files if not ICON_OR_CARD.search(path)]
            assert len(others) <= REQUESTS + OF_A_PLACE * ("près de" in text), others
            assert sum(weight(site, path) for path in files) <= FIRST_BYTES, files
