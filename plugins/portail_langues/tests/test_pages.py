"""Pages in other languages: which there are, what ties them to French ones, what remakes them."""

import html
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

import demonstration
from drawn_pages import renderer
from plans import Tree, day_of, entry, inside, pages_of, result_of
from portail.config import SiteConfig
from portail.day import Day
from portail.facts.price import price
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail_langues import catalogues
from portail_langues.catalogues import locale_of, wanted
from whole_sites import CONTENTS, ROOT

OURS = Path(catalogues.__file__).parent / "locale"
LANGUES = ("en", "nl")
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]
SITES = ["vitrine", pytest.param("demonstration", marks=pytest.mark.long)]
MUSEUM = {
    "horaires_ouverture": "mardi à dimanche 10 h-18 h",
    "tarifs": [{"libelle": "x", "prix": 5}],
}
FILES = {
    "events/essai": entry("events", lieu="musee"),
    "events/autre": entry("events", debut="2021-11-20 14:00"),
    "lieux/musee": entry("lieux", **MUSEUM),
}


def said(text):
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return text.replace("\u00a0", " ").strip()


def of(pages, *codes):
    return {url: page for url, page in pages.items() if url.split("/")[1] in (codes or LANGUES)}


@cache
def whole(name):
    """The site of a folder of contents, and its pages."""
    content = ROOT / CONTENTS[name]
    config = SiteConfig(
        region="Hauts-de-France", siteurl="https://x.example", added={"langues": LANGUES}
    )
    day = Day(day_of(content), pinned=True)
    result = result_of(content, config, day, demonstration.store_of(content))
    return result.site, pages_of(result.plan)


def test_without_the_setting_there_is_nothing(tree):
    pages = tree.pages(FILES)
    assert of(pages) == {}
    views = [page.view() for page in pages.values()]
    assert {getattr(view, "langues", ()) for view in views} == {()}


def test_each_language_has_its_months_its_places_and_those_one_may_prepare(tree):
    assert of(tree.pages(FILES, langues=LANGUES)).keys() == {
        f"/{code}/{path}"
        for code in LANGUES
        for path in ("", "2021-10/", "2021-11/", "places/", "places/musee/")
    }


def test_a_place_without_hours_or_prices_is_told_by_its_french_page(tree):
    pages = tree.pages({"lieux/musee": entry("lieux")}, langues=LANGUES)
    assert "/en/places/musee/" not in pages
    (group,) = pages["/en/places/"].view().groupes
    assert [line.url for line in group.lignes] == ["/lieux/musee/"]


def test_places_are_of_the_region_those_that_say_when_first(tree):
    files = {
        "lieux/a": entry("lieux", titre="A"),
        "lieux/b": entry(
            "lieux",
            titre="B",
            horaires_ouverture="mardi à dimanche 10 h-18 h ; fermé le lundi",
            tarifs=[{"libelle": "plein tarif", "prix": "5.5"}],
        ),
        "lieux/loin": entry("lieux", commune="Toulouse"),
    }
    pages = tree.pages(files, langues=LANGUES)
    (group,) = pages["/en/places/"].view().groupes
    assert [line.titre for line in group.lignes] == ["B", "A"]
    assert said(group.lignes[0].rangs[1]) == "Tue – Sun 10:00–\u206018:00 · full price: €5.50"


def test_the_weekend_comes_first_and_examples_are_explained_above(tree, draw):
    files = {
        "events/lundi": entry("events", debut="2021-10-04", exemple=True),
        "events/dimanche": entry("events", debut="2021-10-03"),
    }
    page = tree.pages(files, langues=LANGUES, day=date(2021, 9, 28))["/en/"]
    assert [
        (said(one.titre), [line.ancre for line in one.lignes]) for one in page.view().groupes
    ] == [
        ("This weekend", ["dimanche"]),
        ("By date", ["lundi"]),
    ]
    soup = BeautifulSoup(draw(page), "lxml")
    assert soup.select_one(".demo").find_next("main")
    assert soup.select_one(".demo").get_text(" ", strip=True).startswith("Demonstration. What")
    assert soup.select_one(".dites .ex")["aria-label"] == "invented example"
    assert not soup.select_one(".dites .ex").find_parent(lang="fr")


@pytest.mark.parametrize("name", SITES)
def test_pages_are_tied_both_ways_and_each_is_there(name):
    _, pages = whole(name)
    views = {url: page.view() for url, page in pages.items()}
    tied = {url: view for url, view in views.items() if getattr(view, "langues", ())}
    assert len(of(tied)) > 10
    for url, view in tied.items():
        for code, name, other in view.langues:
            path, _, anchor = other.partition("#")
            assert path in pages, (url, other)
            if anchor:
                groups = pages[path].view().groupes
                assert anchor in [line.ancre for group in groups for line in group.lignes]
                continue
            back = {one[2] for one in pages[path].view().langues}
            assert url in back, (url, other)
            assert code == pages[path].view().langue, name


@pytest.mark.parametrize("name", SITES)
def test_each_fact_is_that_of_the_french_page(name):
    site, pages = whole(name)
    events = [item for item in site.of_kind(Kind.EVENT) if not item.is_over and item.listed]
    assert len(events) > 10
    for item in events:
        french = pages[item.url].view()
        url, _, anchor = french.langues[0][2].partition("#")
        groups = pages[url].view().groupes
        (line,) = [one for group in groups for one in group.lignes if one.ancre == anchor]
        text = " | ".join(map(said, line.rangs))
        _same_instant(text, french, item)
        for amount in price(item, site).value:
            shown = (
                "free"
                if not amount
                else f"€{amount:g}"
                if amount == int(amount)
                else f"€{amount:.2f}"
            )
            assert shown in text, (item.ref, text)
        boxes = [value for fact in (*french.premiers, *french.faits) for value in fact.valeurs]
        for value in boxes:
            if value.url.startswith(("tel:", "mailto:")) and value.url in str(_booked(item)):
                assert value.url in " ".join(line.rangs), (item.ref, text)
        states = {"annule": "cancelled", "complet": "full", "reporte": "postponed"}
        if item.entry.etat in states:
            assert states[item.entry.etat] in text, (item.ref, text)


def _booked(item):
    from portail.facts.base import mail_and_phone

    terms = item.entry.inscription
    return mail_and_phone(terms.courriel, terms.telephone) if terms else ()


def _same_instant(text, french, item):
    if french.quand is None or "new date to come" in text:
        return
    shown = next(one for one in item.occurrences if one == item.shown or one.maintained)
    start = french.quand.debut_iso
    day = item.shown.first_day
    if day < french.cadre.date_epinglee or item.shown.day_count > 1:
        assert str(item.shown.last_day.day) in text, (item.ref, text)
        return
    assert shown is not None
    if "T" in start and not item.shown.is_night:
        assert f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}" in text, (item.ref, text)
    if "T" in start:
        assert start[11:16] in text, (item.ref, text)


@pytest.fixture(scope="module")
def draw():
    """What a page is, its templates drawn."""
    environment = renderer("https://x.example").environment
    return lambda page: environment.get_template(page.template).render(vue=page.view())


@pytest.mark.parametrize("code", LANGUES)
@pytest.mark.parametrize("name", SITES)
def test_what_is_french_says_so(name, code, draw):
    _, pages = whole(name)
    lists = Vocabularies.load(data_dir())
    locale = locale_of(code)
    labels = {text for (_, text), _ in wanted(lists, locale) if "{" not in text and len(text) > 4}
    known = " ".join(catalogue_of(code)).lower()
    french = {text for text in labels if text.lower() not in known}
    assert len(french) > 80
    looked_at = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(french)))})\b", re.IGNORECASE)
    for url, page in of(pages, code).items():
        soup = BeautifulSoup(draw(page), "lxml")
        assert soup.html["lang"] == code
        for one in soup.select('[lang="fr"]'):
            if not one.select(f'[lang="{code}"]'):
                one.decompose()
        addresses = [one for one in soup.select("a") if re.search(r"[/@]", one.get_text())]
        for one in (*soup.select(".logo, title"), *addresses):
            one.decompose()
        assert not looked_at.findall(soup.get_text(" ")), url
        attributes = " ".join(str(one.get("aria-label")) for one in soup.select("[aria-label]"))
        assert not looked_at.findall(attributes), url


def catalogue_of(code):
    """Every text of a catalogue of ours."""
    path = OURS / code / "LC_MESSAGES/portail.po"
    for one in read_po(path.read_text("utf-8").splitlines()):
        yield from [one.string] if isinstance(one.string, str) else one.string


def test_heads_name_every_page_of_a_pair_and_the_french_one_for_others(tree, draw):
    pages = tree.pages(FILES, langues=LANGUES)
    pairs = (
        ("/", ""), ("/agenda/2021/10/", "2021-10/"), ("/lieux/", "places/"),
        ("/lieux/musee/", "places/musee/"),
    )  # fmt: skip
    for french, below in pairs:
        expected = {code: f"https://x.example/{code}/{below}" for code in LANGUES}
        expected |= dict.fromkeys(("fr", "x-default"), f"https://x.example{french}")
        for url in (french, f"/en/{below}", f"/nl/{below}"):
            soup = BeautifulSoup(draw(pages[url]), "lxml")
            links = soup.select("link[hreflang]")
            assert {one["hreflang"]: one["href"] for one in links} == expected, url
    event = BeautifulSoup(draw(pages["/evenements/essai/"]), "lxml")
    assert not event.select("link[hreflang]")
    links = {one.get_text(): (one["href"], one["lang"]) for one in event.select(".langues a")}
    assert links == {
        "English": ("/en/2021-10/#essai", "en"), "Nederlands": ("/nl/2021-10/#essai", "nl"),
    }  # fmt: skip


def test_hours_prices_and_closures_of_a_place(tree):
    files = {
        "lieux/musee": entry(
            "lieux",
            adresse={"rue": "2 rue du Port", "code_postal": "80000", "commune": "Amiens"},
            commune=None,
            horaires_ouverture=(
                "mardi à dimanche 10 h-12 h et 14 h-18 h ; d’avril à juin, samedi 9 h-19 h ; "
                "premier dimanche du mois 10 h-20 h ; samedi pendant les vacances scolaires "
                "10 h-20 h (sur rendez-vous) ; fermé le 25 décembre et les jours fériés"
            ),
            tarifs=[
                {"libelle": "plein tarif", "prix": "5.5"},
                {"libelle": "du quartier", "prix": "0", "conditions": "le mardi"},
            ],
            fermetures=[{"du": "2021-12-24", "au": "2022-01-02"}],
            telephone="03 53 01 00 20",
            accessibilite={"moteur": "oui", "equipements": ["plain-pied"]},
            equipements=[{"type": "planetarium"}],
        )
    }
    pages = tree.pages(files, langues=LANGUES)
    view = pages["/en/places/musee/"].view()
    hours = view.faits[0]
    assert [tuple(map(said, row)) for row in hours.heures] == [
        ("Tue – Sun", "10:00–\u206012:00, 14:00–\u206018:00"),
        ("Apr – Jun, Sat", "09:00–\u206019:00"),
        ("first Sun of the month", "10:00–\u206020:00"),
        ("Sat (French school holidays)", "10:00–\u206020:00 · sur rendez-vous"),
        ("25 Dec", "closed"),
        ("French public holidays", "closed"),
    ]
    facts = {said(fact.titre): [*map(said, fact.valeurs)] for fact in view.faits[1:]}
    assert facts == {
        "Address": ["2 rue du Port, 80000 Amiens · map"],
        "Closed": ["24 Dec 2021 – 2 Jan 2022"],
        "Prices": ["full price: €5.50", "du quartier: free · conditions on the French page"],
        "Accessibility": ["accessible: reduced mobility", "step-free"],
        "Facilities": ["planetarium"],
        "Contact": ["03 53 01 00 20"],
    }
    dutch = pages["/nl/places/musee/"].view()
    assert said(dutch.faits[0].heures[2][0]) == "eerste zo van de maand"


def test_hours_that_name_no_public_holiday_are_not_said_to_be_open_then(tree):
    files = {"lieux/musee": entry("lieux", horaires_ouverture="mardi à dimanche 10 h-18 h")}
    pages = tree.pages(files, langues=LANGUES)
    for code, days, told in (
        ("en", "French public holidays", "check before you come"),
        ("nl", "Franse feestdagen", "controleer vóór uw bezoek"),
    ):
        last = pages[f"/{code}/places/musee/"].view().faits[0].heures[-1]
        assert tuple(map(said, last)) == (days, told)


def test_what_is_open_today_and_at_the_end_of_the_week(tree):
    """Each with the hours of that day."""
    files = {
        "lieux/a": entry("lieux", titre="A", horaires_ouverture="Mo,Sa 9:00-12:00,14:00-18:00"),
        "lieux/b": entry("lieux", titre="B", horaires_ouverture="Su 14:00-17:00"),
    }
    groups = tree.pages(files, langues=LANGUES)["/en/"].view().groupes
    told = {
        said(one.titre): [(line.titre, said(line.rangs[-1])) for line in one.lignes]
        for one in groups
    }
    day = [("A", "09:00–\u206012:00, 14:00–\u206018:00")]
    assert told == {
        "Open on 27 Sept 2021": day,
        "Open on 2 Oct 2021": day,
        "Open on 3 Oct 2021": [("B", "14:00–\u206017:00")],
    }


def test_past_events_change_nothing(tree):
    before = {url: inside(page) for url, page in of(tree.pages(FILES, langues=LANGUES)).items()}
    past = {
        f"events/passe-{rank}": entry(
            "events", debut=f"2021-0{rank}-10 14:00", titre=f"Titre {rank}"
        )
        for rank in range(1, 9)
    }
    assert {
        url: inside(page) for url, page in of(tree.pages(past, langues=LANGUES)).items()
    } == before


def test_a_month_that_is_over_leads_to_the_fortnight(tree):
    result = tree.run(FILES, langues=LANGUES)
    (rules,) = [one for one in result.plan if one.path == "_redirects"]
    text = "".join(rules.produce())
    assert "/en/:mois/ /en/ 301\n" in text
    assert "/nl/places/:slug/ /nl/places/ 301\n" in text
    assert text.index("/nl/places/:slug/") < text.index("/nl/:mois/")


def changed(before, after):
    assert before.keys() == after.keys()
    return {url for url in before if before[url].key != after[url].key}


def test_an_edit_remakes_the_pages_that_tell_of_it(tree):
    before = of(tree.pages(FILES, langues=LANGUES))
    other = {"events/autre": entry("events", debut="2021-11-20 14:00", tarif={"prix": "4"})}
    after = of(Tree(tree.root).pages(other, langues=LANGUES))
    assert changed(before, after) == {"/en/2021-11/", "/nl/2021-11/"}


def test_a_text_remakes_none(tree):
    before = of(tree.pages(FILES, langues=LANGUES))
    other = {"events/autre": entry("events", "Un autre texte.", debut="2021-11-20 14:00")}
    assert changed(before, of(Tree(tree.root).pages(other, langues=LANGUES))) == set()


def test_a_catalogue_remakes_those_of_its_language(tree):
    before = of(tree.pages(FILES, langues=LANGUES))
    file = tree.root / "locale/nl/LC_MESSAGES/portail.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgctxt "formats"\nmsgid "atelier"\nmsgstr "doe-activiteit"\n', "utf-8")
    after = of(Tree(tree.root).pages(langues=LANGUES))
    assert changed(before, after) == {"/nl/", "/nl/2021-10/", "/nl/2021-11/"}
    (line,) = after["/nl/2021-11/"].view().groupes[0].lignes
    assert "doe-activiteit" in line.rangs[0]


def test_engines_are_kept_away_while_all_is_example(tree):
    files = {"events/essai": entry("events", exemple="true")}
    page = tree.pages(files, langues=LANGUES)["/en/2021-10/"]
    assert page.view().noindex and page.sitemap is None
    mixed = Tree(tree.root).pages(FILES, langues=LANGUES)["/en/2021-10/"]
    assert not mixed.view().noindex and mixed.sitemap is not None


def test_where_nothing_comes_the_fortnight_says_so(tree):
    view = tree.pages({"articles/sel": entry("articles")}, langues=LANGUES)["/nl/"].view()
    assert view.groupes == ()
    assert view.dits["rien"] == "Voorlopig is er niets aangekondigd."
