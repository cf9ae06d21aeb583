"""The browser chooses what the domain chooses: same rules, over the data of the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from navigateur import ORIGIN, server
from playwright.sync_api import Browser, Page

from choices import EDITIONS
from doses import dose
from plans import TODAY
from portail.agenda.weeks import Week
from portail.config import Edition, LetterConfig, SiteConfig
from portail.day import Day
from portail.model.articles import Newsletter
from portail.model.issue import Frozen, Group, Issue, Line, Masthead, Section
from portail.newsletter.news import select
from portail.newsletter.picks import Pick, Selection
from portail.outputs.newsletter.views import editorial_of
from portail.outputs.newsletter.week_data import plan_week_data
from portail.outputs.pages.letter_choices import choices
from portail.pipeline import run
from portail.resources import data_dir
from portail.site.facets import Pair
from portail.site.site import Site
from portail.source.store import MemoryStore
from remake import replace

pytestmark = pytest.mark.chromium

WEEK = Week.of(TODAY)
SENT = (Week(2021, 36), Week(2021, 37), Week(2021, 38))
COMPOSE = """async ([donnees, choix]) => {
  const { preparer, composer } = await import('/theme/js/ma-lettre-choix.js');
  const pretes = preparer(JSON.parse(donnees), '2021-09-27');
  const adresses = ([nom, lignes]) => [nom, lignes.map(({ c }) => c.url)];
  return choix.map((un) => Object.fromEntries(Object.entries(composer(pretes, un)).map(
    ([cle, groupes]) => [cle, groupes.map(adresses).filter(([, lignes]) => lignes.length)],
  )));
}"""


@pytest.fixture(scope="module")
def vitrine(racine: Path) -> Site:
    """The showcase, which has every state."""
    config = SiteConfig(region="Hauts-de-France", lettre=LetterConfig(editions=EDITIONS))
    content = racine / "tests/sites/vitrine/content"
    site = run(content, data_dir(), config, Day(TODAY, True), MemoryStore()).site
    assert site is not None
    return site


@pytest.fixture(scope="module")
def tab(browser: Browser, theme: Path) -> Iterator[Page]:
    """A tab where modules of the theme can be loaded."""
    context = browser.new_context()
    context.route("**/*", server(theme, {"vide": "<!DOCTYPE html><title>Vide</title>"}))
    page = context.new_page()
    page.goto(f"{ORIGIN}/vide")
    yield page
    context.close()


def sent(site: Site, told: list[dict[str, list[str]]]) -> Site:
    """The site, whose editions sent letters that told these references."""
    nowhere = Masthead(nom="Exemple", region="Hauts-de-France", siteurl="https://exemple.org")
    envois = {}
    for week, editions in zip(SENT, told, strict=True):
        issues = {code: _issue(week, code, refs, site) for code, refs in editions.items()}
        envois[week.slug] = Frozen(
            semaine=week.slug, fige_le=week.thursday, enseigne=nowhere, editions=issues
        )
    return replace(site, envois=envois)


def _issue(week: Week, code: str, refs: list[str], site: Site) -> Issue:
    lines = {ref: Line(ref=ref, url=site.items[ref].url, titre="Titre") for ref in refs}
    parts = {"une": [], "annonces": []}  # type: dict[str, list[Line]]
    for ref, line in lines.items():
        parts["annonces" if ref.startswith("annonces/") else "une"].append(line)
    sections = tuple(
        Section(cle=cle, titre=cle, groupes=(Group(lignes=tuple(some)),))  # type: ignore[arg-type]
        for cle, some in parts.items()
    )
    return Issue(
        semaine=week.slug, edition=code, nom=code, jour=week.thursday, sujet="Objet", apercu="",
        sections=sections,
    )  # fmt: skip


def expected(selection: Selection, site: Site) -> dict[str, list[list[Any]]]:
    """What the domain chose, as the script tells it."""

    def urls(picks: tuple[Pick, ...]) -> list[str]:
        return [site.items[one.ref].url for one in picks]

    found = {
        "une": [["", urls(selection.une)]],
        "week-end": [[spot.nom, urls(spot.picks)] for spot in selection.week_end],
        "a-noter": [["", urls(selection.a_noter)]],
        "annonces": [["", urls(selection.annonces)]],
        "nouveautes": [["Annuaire", urls(selection.lieux)], ["Catalogue", urls(selection.outils)]],
        "relire": [["", urls(selection.relire)]],
    }
    return {cle: [group for group in groups if group[1]] for cle, groups in found.items()}


def edition_of(site: Site, pair: Pair | None) -> Edition:
    """The edition of a choice: that which is configured, else one without a letter."""
    known = (one for one in site.config.lettre.editions if one.filtre == pair)
    return next(known, Edition("sans-lettre", "Sans lettre", pair))


def is_quiet(site: Site, pair: Pair) -> bool:
    """Whether the letter of a choice goes back to older contents."""
    return bool(select(site, WEEK, edition_of(site, pair)).relire)


def worn(site: Site, told: list[dict[str, list[str]]], pair: Pair, times: int) -> Site:
    """The site whose last letters told so many times what a quiet letter of ``pair`` goes back to:
    little is left of what is its own."""
    edited = sent(site, told)
    for _ in range(times):
        again = select(edited, WEEK, edition_of(edited, pair)).relire
        for refs in told[-1].values():
            refs += [one.ref for one in again]
        edited = sent(site, told)
    return edited


@settings(max_examples=dose(6, 100))
@given(st.data())
def test_a_letter_of_ones_own_is_that_of_an_edition(
    vitrine: Site, tab: Page, data: st.DataObject
) -> None:
    refs = st.lists(st.sampled_from(sorted(vitrine.items)), max_size=12, unique=True)
    codes = [one.code for one in EDITIONS]
    letter = st.dictionaries(st.sampled_from(codes[1:]), refs).flatmap(
        lambda others: refs.map(lambda region: {codes[0]: region, **others})
    )
    pairs = [(group.cle, one.code) for group in choices(vitrine) for one in group.choix]
    drawn = data.draw(st.tuples(letter, letter, letter).map(list))
    quiet = data.draw(st.sampled_from([pair for pair in pairs if is_quiet(vitrine, pair)]))
    site = worn(vitrine, drawn, quiet, data.draw(st.integers(0, 6)))
    (file,) = plan_week_data(site)
    asked: list[list[list[Pair]]] = [[], *([[pair]] for pair in pairs)]
    composed = tab.evaluate(COMPOSE, ["".join(file.produce()), asked])
    editorial = editorial_of(site, WEEK)
    entry = editorial.entry if editorial else None
    assert isinstance(entry, Newsletter)
    for pair, found in zip([None, *pairs], composed, strict=True):
        chosen = select(site, WEEK, edition_of(site, pair), entry)
        assert found == expected(chosen, site), pair


def test_what_is_over_on_the_readers_day_is_left_out(vitrine: Site, tab: Page) -> None:
    (file,) = plan_week_data(vitrine)
    text = "".join(file.produce())
    days = ("2021-09-27", "2021-10-03", "2021-10-04", "2022-12-31")
    kept = []
    for day in days:
        (found,) = tab.evaluate(COMPOSE.replace("2021-09-27", day), [text, [[]]])
        kept.append({cle for cle, groups in found.items() if groups})
        told = {url for groups in found.values() for _, urls in groups for url in urls}
        over = {
            item.url for item in vitrine.items.values()
            if item.occurrences and item.occurrences[-1].dernier_jour < date.fromisoformat(day)
        }  # fmt: skip
        assert not told & over
    assert "week-end" in kept[0] and "week-end" in kept[1]
    assert "week-end" not in kept[2] and "a-noter" not in kept[3]


def test_choices_narrow_one_another(vitrine: Site, tab: Page) -> None:
    """A theme or another, in a territory, for a public."""
    (file,) = plan_week_data(vitrine)
    text = "".join(file.produce())
    somme = ["departement", "somme"]
    themes = [["theme", "astronomie-espace"], ["theme", "numerique"]]
    found = tab.evaluate(COMPOSE, [text, [[[somme]], [[somme], themes], [themes]]])
    by_url = {item.url: item for item in vitrine.items.values()}
    codes = {code for _, code in themes}
    for composed in found[1:]:
        urls = [url for groups in composed.values() for _, some in groups for url in some]
        assert len(urls) == len(set(urls)) > 5
        assert all(codes & set(by_url[url].entry.themes) for url in urls)
    assert [nom for nom, _ in found[1]["week-end"]] == ["Somme (80)"]
