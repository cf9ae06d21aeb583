"""Filters of the agenda in a real browser, on the whole showcase."""

import json
import re
from dataclasses import replace
from time import sleep
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from audit_axe import file_of
from portail.agenda import cuts
from portail.features.services.agenda.filter import plan_filter
from portail.text.normalise import name_key
from tabs import shared

pytestmark = [pytest.mark.site, pytest.mark.chromium]

AGENDA = "/agenda/"
PINNED = 'data-date="2021-09-27"'
SAINT_OMER = {"latitude": 50.7507, "longitude": 2.2522}
LINES = """() => [...document.querySelectorAll('#Resultats .jour, #Resultats .duree')].map((one) =>
  one.outerHTML.replaceAll(' class="entree"', '')
  .replace(/\\s+/g, ' ').replaceAll('> <', '><'))"""
"""Lines of the agenda, with their thumbnails."""
JUMPS = """() => new Promise((told) => {
  new PerformanceObserver((list) => told(list.getEntries().length))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(told, 200, 0);
})"""
SCREEN = {"width": 1280, "height": 900}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture(scope="module")
def held(browser, hosted):
    """A tab of a telephone."""
    with shared(browser, hosted("vitrine"), **PHONE) as one:
        yield one


def opened_in(tab, showcase):
    """A function that opens an address below the agenda; ``day`` is the reader's, ``asked`` gets
    what leaves the page, ``data`` take the place of those of filters. An error of a script is the
    test's."""
    heard = []

    def hear(request):
        for asked in heard:
            asked.append(request.url)

    with tab.visited() as page:
        page.on("request", hear)

        def make(address="", day="", asked=None, data=None):
            def dated(route):
                path = file_of(showcase, tab.host, route.request.url)
                assert path
                text = path.read_text(encoding="utf-8").replace(PINNED, f'data-date="{day}"')
                route.fulfill(body=text, content_type="text/html; charset=utf-8")

            if asked is not None:
                heard.append(asked)
            if day:
                page.route(re.compile(r"^[^?#]*/(\?.*)?$"), dated)
            if data:
                page.route("**/facettes.json", lambda route: route.fulfill(json=data))
            page.goto(AGENDA + address)
            return page

        yield make
        page.remove_listener("request", hear)
        page.unroute_all()
        page.context.clear_permissions()
        # What a test itself takes away is told to the console.
        tab.wrong[:] = [one for one in tab.wrong if "Failed to load resource" not in one]


@pytest.fixture
def opened(tab, showcase):
    yield from opened_in(tab, showcase)


@pytest.fixture
def in_hand(held, showcase):
    yield from opened_in(held, showcase)


def titles(page):
    """Titles of the results, without what lasts."""
    return page.locator("#Resultats :is(.creneau, .lignes .ligne) .carte-titre").all_text_contents()


def told(page, text):
    """Wait until the result is said."""
    expect(page.locator("#Statut")).to_have_text(re.compile(text))


def query(page):
    return urlsplit(page.url).query


def place(page):
    """What stands behind the #: no server receives it."""
    return urlsplit(page.url).fragment


def free_only(page):
    """Choose what is free, in its facet."""
    page.locator("summary", has_text="Conditions").click()
    page.get_by_label("Gratuit").check()


class TestList:
    def test_what_the_script_draws_is_what_the_pages_show(self, opened):
        """As many, which a filter makes fewer."""
        page = opened()
        said = page.locator("#Compte").text_content() or ""
        assert re.match(
            r"\d+\sévénements et \d+\sautres rendez-vous à venir\. Du .*\s: \d+\srendez-vous$", said
        ), said
        shown = page.evaluate(LINES)
        counts = page.locator(".facette li:not(.avec-js)").all_text_contents()
        number = 2
        while page.locator("[rel=next]").count():
            page.goto(f"{AGENDA}page/{number}/")
            shown += page.evaluate(LINES)
            number += 1
        assert len(shown) > 20
        page.goto(f"{AGENDA}?tri=date")
        told(page, "rendez-vous à venir")
        expect(page.locator("#Statut")).to_have_text(said.partition(".")[0])
        drawn = page.locator(".facette li:not(.avec-js)").all_text_contents()
        pairs = [(a.split(), b.split()) for a, b in zip(counts, drawn, strict=True)]
        assert len(pairs) > 20
        assert all(server == script for server, script in pairs if server[-1].isdigit())
        while page.locator("#Suite").is_visible():
            page.locator("#Suite").click()
        assert page.evaluate(LINES) == shown
        free_only(page)
        told(page, "événements? à venir")
        fewer = page.locator("#Compte").text_content() or ""
        assert 0 < int(fewer.split()[0]) < int(said.split()[0])
        page.locator("#Effacer").click()
        page.get_by_label("Ce mois-ci").check()
        told(page, "rendez-vous$")

    def test_a_first_view_reads_no_data_and_nothing_moves(self, opened):
        """Boxes that replace links are where these were."""
        boxes = """() => [...document.querySelectorAll('.facette li')].map((one) => {
            const { top, height } = one.getBoundingClientRect(); return [top, height]; })"""
        asked = []
        page = opened(asked=asked)
        with_script = page.evaluate(boxes)
        assert not [url for url in asked if ".json" in url or "facettes-" in url]
        page.get_by_label("Numérique").check()
        told(page, "événement")
        assert {urlsplit(url).netloc for url in asked} == {urlsplit(page.url).netloc}
        assert sum(".json" in url for url in asked) == 1
        page.route("**/facettes.js*", lambda route: route.abort())
        page.goto(AGENDA)
        assert page.locator(".facette input[type=checkbox]").count() == 0
        assert page.evaluate(boxes) == with_script


class TestFilters:
    def test_facets_combine_and_counts_follow(self, opened):
        """The focus stays, a count is said once, each choice is a step back."""
        page = opened()
        first = titles(page)
        page.evaluate(
            """() => { window.dits = []; new MutationObserver(() =>
               dits.push(document.getElementById('Statut').textContent)
             ).observe(document.getElementById('Statut'), { childList: true }); }"""
        )
        box = page.get_by_label("Numérique")
        box.focus()
        page.keyboard.press("Space")
        told(page, "événement")
        expect(box).to_be_focused()
        said = page.evaluate("dits.filter((dit) => dit && dit !== 'Chargement…')")
        assert len(said) == 1
        alone = len(titles(page))
        free = page.locator("label:has([name=gratuit]) .q")
        expected = free.text_content()
        free_only(page)
        told(page, f"^{expected}\u00a0")
        assert 0 < len(titles(page)) < alone
        assert query(page) == "gratuit=oui&theme=numerique"
        other = page.locator("label:has([value=astronomie-espace]) .q")
        assert int(other.text_content() or "0") > 0, "its own facet is left aside"
        page.get_by_label("Astronomie et espace").check()
        expect(page.locator("#Filtres")).to_have_text("3 filtres")
        assert "theme=astronomie-espace&theme=numerique" in query(page)
        for left in (2, 1, 0):
            page.go_back()
            expect(page.locator("#Actifs li")).to_have_count(left)
            assert not page.get_by_label("Astronomie et espace").is_checked()
        assert titles(page) == first
        page.go_forward()
        expect(page.locator("#Actifs li")).to_have_count(1)

    def test_the_address_says_the_state(self, opened):
        page = opened("?quand=week-end&gratuit=oui&inconnu=1&theme=rien&utm_source=x")
        told(page, "événements")
        found = titles(page)
        assert "Village des sciences fictif" in found
        shown = page.locator("#Resultats .jour time[data-jour]").first
        assert shown.get_attribute("data-jour") == "2021-10-02"
        assert page.get_by_label("Ce week-end").is_checked()
        expect(page.locator("#Actifs li")).to_have_count(2)
        page.reload()
        told(page, "événements")
        assert titles(page) == found

    def test_filters_go_one_by_one_or_all(self, opened):
        page = opened("?theme=numerique&theme=vivant-sante&gratuit=oui")
        expect(page.locator("#Actifs button")).to_have_count(3)
        page.get_by_role("button", name="Retirer\u00a0: Vivant et santé").click()
        expect(page.locator("#Actifs button")).to_have_count(2)
        expect(page.locator("#Actifs button").last).to_be_focused()
        page.locator("#Effacer").click()
        expect(page.locator("#Actifs button")).to_have_count(0)
        expect(page.locator("#Resultats")).to_be_focused()
        assert query(page) == ""

    def test_nothing_says_what_was_asked_then_dates(self, opened):
        page = opened("?departement=oise&theme=numerique&quand=aujourdhui")
        empty = page.locator("#Resultats .vide")
        expect(empty.locator("h2")).to_have_text(
            "Aucun rendez-vous\u00a0: Oise, Numérique, Aujourd’hui."
        )
        empty.get_by_role("link").first.click()
        expect(empty).to_have_count(0)
        page.locator("#Effacer").click()
        expect(page.locator("#Actifs li")).to_have_count(0)
        page.locator("[name=du]").fill("2021-10-02")
        page.locator("[name=au]").fill("2021-10-02")
        expect(page.locator("#Actifs li")).to_have_count(2)
        told(page, "événements")
        assert page.locator("#Resultats .jour").count() == 1
        page.get_by_label("Cette semaine").check()
        expect(page.locator("[name=du]")).to_have_value("")
        assert query(page) == "quand=semaine"

    def test_more_lines_take_the_focus_and_are_found_again(self, opened, showcase):
        data = json.loads((showcase / "agenda/facettes.json").read_text(encoding="utf-8"))
        data["lignes"] *= 4
        page = opened("?tri=date", data=data)
        told(page, "événements")
        entries = page.locator("#Resultats .entree a")
        assert entries.count() == 60
        page.locator("#Suite").focus()
        page.keyboard.press("Enter")
        assert entries.count() == 120
        expect(entries.nth(60)).to_be_focused()
        found = entries.all_text_contents()
        entries.nth(100).click()
        page.wait_for_url("**/evenements/**")
        page.go_back()
        told(page, "événements")
        assert entries.all_text_contents() == found


class TestFilesOfLaterDays:
    """Where much is on, its data are cut by days: what is shown is the same, a part at a time."""

    @pytest.fixture
    def cut(self, opened, whole_site, monkeypatch):
        """A function that opens the agenda, with the data of a site whose files have so many rows,
        and the addresses of those that are read."""
        asked = []

        def opening(address, rows):
            monkeypatch.setattr(cuts, "ENOUGH", rows)
            monkeypatch.setattr(cuts, "MANY", rows)
            files = {one.url: one for one in plan_filter(replace(whole_site))}

            def answer(route):
                url = urlsplit(route.request.url).path
                asked.append(url)
                route.fulfill(body="".join(files[url].produce()), content_type="application/json")

            page = opened()
            page.route(re.compile(r"/agenda/facettes.*\.json"), answer)
            page.goto(f"{AGENDA}{address}")
            return page

        return opening, asked

    def test_all_of_it_is_what_one_file_shows(self, cut):
        opening, asked = cut
        page = opening("?tri=date", 1_000)
        told(page, "rendez-vous")
        while page.locator("#Suite").is_visible():
            page.locator("#Suite").click()
        whole, count = page.evaluate(LINES), page.locator("#Compte").text_content()
        asked.clear()
        page = opening("?tri=date", 12)
        told(page, "d’ici au")
        assert len(asked) == 1
        assert page.locator(".facette label.rien").count() == 0
        button = page.locator("#Suite")
        expect(button).to_have_text(re.compile("^Chercher après le"))
        while button.is_visible():
            said = button.text_content()
            button.click()
            page.wait_for_function(
                "(said) => { const { hidden, textContent } = document.getElementById('Suite');"
                " return hidden || textContent !== said; }",
                arg=said,
            )
        expect(page.locator("#Compte")).to_have_text(count)
        assert page.evaluate(LINES) == whole
        assert len(asked) == len({*asked}) > 3

    def test_a_period_reads_its_days(self, cut):
        opening, asked = cut
        page = opening("?du=2021-11-10&au=2021-11-12", 12)
        told(page, "événement|rendez-vous")
        assert len(asked) == 2


class TestListOfOneKind:
    """The list of annonces: cards of the page and lines of the script are the same."""

    LINES = """() => [...document.querySelectorAll('#Resultats .ligne')].map((one) => [
      one.className, one.querySelector('a').getAttribute('href'),
      one.querySelector('a').innerHTML, one.querySelector('.eph').outerHTML,
      ...['.sur', '.meta'].map((part) => one.querySelector(part)?.textContent)])"""

    def test_what_the_script_draws_is_what_the_page_shows(self, opened):
        """Values combine; what is empty says what to try."""
        page = opened("../annonces/")
        shown = page.evaluate(self.LINES)
        counts = page.locator(".facette li").all_text_contents()
        page.get_by_label("Stages").check()
        told(page, "^1\u00a0annonce$")
        expect(page.locator("#Compte")).to_have_text("1\u00a0annonce")
        page.get_by_label("Offres d’emploi").check()
        told(page, "^2\u00a0annonces$")
        assert query(page) == "categorie=emploi&categorie=stage"
        page.goto("/annonces/?tri=date")
        told(page, f"^{len(shown)}\u00a0annonces$")
        assert len(shown) > 8
        assert page.evaluate(self.LINES) == shown
        drawn = page.locator(".facette li").all_text_contents()
        assert [one.split() for one in drawn] == [one.split() for one in counts]
        page.goto("/annonces/?categorie=divers&theme=astronomie-espace")
        empty = page.locator("#Resultats .vide")
        expect(empty.locator("h2")).to_have_text(
            "Aucune annonce\u00a0: Divers, Astronomie et espace."
        )
        empty.get_by_role("link").first.click()
        expect(empty).to_have_count(0)
        page.go_back()
        expect(empty).to_have_count(1)

    def test_last_weeks_build_shows_nothing_over(self, opened):
        page = opened("../annonces/", day="2021-10-01")
        page.get_by_label("Stages").check()
        told(page, "annonce")
        page.locator("#Effacer").click()
        told(page, "annonces$")
        days = page.locator("#Resultats .eph").evaluate_all(
            "(all) => all.map((one) => one.dateTime)"
        )
        assert days
        assert min(days) >= "2021-10-01"
        assert page.locator(".facette label:has([value=benevolat]) .q").text_content() == "0"

    def test_what_is_over_stays_where_that_is_said(self, opened, showcase):
        data = json.loads((showcase / "annonces/facettes.json").read_text(encoding="utf-8"))
        page = opened("../annonces/?tri=date", day="2021-10-01", data=data | {"clos": "Clos"})
        told(page, f"^{len(data['lignes'])}\u00a0annonces$")
        over = page.locator("#Resultats .est-passe")
        assert 0 < over.count() < len(data["lignes"])
        assert {*over.locator(".e-passe").all_text_contents()} == {"Clos"}


class TestReader:
    def test_last_weeks_build_shows_nothing_past(self, opened):
        """In the list, on the page of a value: hidden, nothing more is read; drawn again at the
        first choice, and where nothing is left."""
        asked = []
        page = opened(day="2021-10-04", asked=asked)

        def late(route):
            sleep(0.4)
            route.continue_()

        page.route("**/js/facettes.js*", late)
        for address in (AGENDA, f"{AGENDA}theme/numerique/"):
            page.goto(address)
            assert page.evaluate(JUMPS) == 0
            days = page.locator("#Resultats .jour time[data-jour]")
            expect(days.first).to_be_hidden()
            shown = [one.get_attribute("data-jour") or "" for one in days.all() if one.is_visible()]
            assert shown and min(shown) >= "2021-10-04"
            bars = page.locator("#Resultats .duree:visible").all()
            assert all((one.get_attribute("data-fin") or "") >= "2021-10-04" for one in bars)
        assert not [url for url in asked if ".json" in url]
        free_only(page)
        page.wait_for_url("**/agenda/?**")
        told(page, "événement")
        first = page.locator("#Resultats .jour time[data-jour]").first
        assert (first.get_attribute("data-jour") or "") >= "2021-10-04"
        page.route("**/facettes.json", lambda route: route.abort())
        page.goto(AGENDA)
        page.get_by_label("Numérique").check()
        told(page, "n’ont pas pu être chargés")

    def test_a_build_of_which_all_is_over_is_drawn_again(self, opened):
        page = opened(day="2022-10-04")
        told(page, "rendez-vous|événement")
        assert page.locator("#Resultats :is(.jour, .duree, .vide)").count()

    def test_the_week_end_is_the_readers_and_holidays_the_regions(self, opened):
        page = opened("?quand=week-end", day="2021-10-03")
        told(page, "événements")
        days = page.locator("#Resultats .jour time[data-jour]")
        assert days.first.get_attribute("data-jour") == "2021-10-03"
        page.get_by_label("Vacances").check()
        expect(page.locator("#Actifs")).to_contain_text("acances")
        told(page, "événement")
        shown = [one.get_attribute("data-jour") or "" for one in days.all()]
        assert shown
        assert all("2021-10-23" <= day <= "2021-11-07" for day in shown)


class TestNear:
    def test_a_commune_by_its_name_from_the_keyboard(self, opened):
        """A town is offered before villages."""
        page = opened()
        names = ["Saint-Omer", "ST OMER", "Ste-Marie", "L’Isle-Adam", "Œuf-en-Ternois", "Élan (62)"]
        address = page.locator("[data-commun]").get_attribute("data-commun")
        keys = page.evaluate(
            "async ([url, names]) => { const { cle } = await import(url); return names.map(cle); }",
            [address, names],
        )
        assert keys == [name_key(name) for name in names], "the keys of the site"
        field = page.get_by_role("combobox", name="Près de chez moi")
        field.fill("arr")
        expect(page.get_by_role("option").first).to_have_text(re.compile("^Arras "))
        field.fill("")
        field.press_sequentially("SAINT  ome")
        option = page.get_by_role("option", name="Saint-Omer 62500")
        expect(option).to_be_visible()
        expect(page.locator("#Proposees")).to_have_text(re.compile(r"^\d\u00a0communes ci-dessous"))
        expect(field).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        expect(option).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute("aria-activedescendant", "Communes-0")
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        page.keyboard.press("ArrowDown")
        expect(option).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        told(page, "événement")
        expect(field).to_be_focused()
        assert (query(page), place(page)) == ("", "pres=Saint-Omer&rayon=20")
        expect(page.locator("#Resultats .meta").first).to_contain_text("dans la commune")

    def test_what_is_everywhere_is_told_apart_from_what_is_near(self, opened):
        page = opened("?pres=Amiens&rayon=20")
        told(page, r"^\d+\sévénements? et 1\sautre rendez-vous à venir près d’Amiens, \d+\sde chez")
        said = page.locator("#Statut").text_content() or ""
        near, beside, home = map(int, re.findall(r"\d+", said))
        near += beside
        while page.locator("#Suite").is_visible():
            page.locator("#Suite").click()
        shown = page.locator("#Resultats article").evaluate_all(
            "all => all.map((one) => [one.querySelector('a').href, one.textContent])"
        )
        apart = {url for url, text in shown if "Partout" in text}
        assert (len({url for url, _ in shown} - apart), len(apart)) == (near, home)
        counts = page.locator(".facette li:not([hidden]) .q").all_text_contents()
        assert counts and max(map(int, counts)) <= near, "filters count what is near"
        page.goto(f"{AGENDA}?departement=somme")
        told(page, r"rendez-vous à venir, \d+\sde chez vous$")
        said = page.locator("#Statut").text_content() or ""
        page.goto(f"{AGENDA}departement/somme/")
        assert (page.locator("#Compte").text_content() or "").startswith(f"{said}. ")

    def test_day_after_day_as_the_list(self, opened):
        """What is dated comes first, in the lines of the page; the title says when and where.

        Places around; nothing is remembered unless wished.
        """
        page = opened("?quand=mois&pres=Amiens&rayon=50")
        told(page, "événements")
        expect(page.locator("h1")).to_have_text("Ce mois-ci, à 50\u00a0km d’Amiens")
        assert page.title().startswith("Ce mois-ci, à 50\u00a0km d’Amiens")
        expect(page.locator("#Compte")).to_be_hidden()
        page.goto(f"{AGENDA}?pres=Amiens&rayon=50")
        expect(page.locator("h1")).to_have_text("Agenda, à 50\u00a0km d’Amiens")
        days = page.locator("#Resultats .jour [id^=Jour-]").evaluate_all(
            "all => all.map((one) => one.id)"
        )
        assert len(days) > 1 and days == sorted(days)
        sections = page.locator("#Resultats > *").evaluate_all(
            "all => all.map((one) => one.className)"
        )
        assert sections.index("bloc") == sections.count("jour")
        assert page.locator("#Resultats .lignes, #Tri").count() == 0
        around = page.locator("#Autour")
        expect(around.locator("h2")).to_have_text("Lieux à découvrir près d’Amiens")
        assert "dans la commune" in around.inner_text()
        page.reload()
        expect(page.locator("#Resultats .jour").first).to_be_visible()
        assert page.locator("#Commune").input_value() == "Amiens"
        assert page.evaluate("localStorage.length") == 0
        wished = page.get_by_label("Se souvenir de ma commune")
        wished.check()
        assert page.evaluate("localStorage.commune") == "Amiens"
        page.locator("#Effacer").click()
        expect(around).to_be_hidden()
        page.goto(AGENDA)
        expect(page.locator("#Commune")).to_have_value("Amiens")
        page.get_by_role("button", name="Voir", exact=True).click()
        told(page, "événement")
        wished.uncheck()
        assert page.evaluate("localStorage.length") == 0

    def test_the_position_stays_here(self, opened):
        asked = []
        page = opened(asked=asked)
        page.context.set_geolocation(SAINT_OMER)
        page.context.grant_permissions(["geolocation"])
        page.get_by_role("button", name="Autour de moi").click()
        expect(page.locator("#Commune")).to_have_value("Saint-Omer")
        told(page, "événement")
        assert place(page) == "pres=Saint-Omer&rayon=20"
        page.goto(f"{AGENDA}theme/numerique/")
        page.get_by_role("button", name="Autour de moi").click()
        page.wait_for_url("**/agenda/?theme=numerique#pres=Saint-Omer&rayon=20")
        told(page, "événement")
        assert not [url for url in asked if "50." in url or "Omer" in url]

    def test_a_postcode_a_name_that_is_not_and_a_refused_position(self, opened):
        page = opened("?pres=62500")
        told(page, "événement")
        assert page.locator("#Commune").input_value() == "Saint-Omer"
        page.locator("#Commune").fill("Nulle-Part")
        page.get_by_role("button", name="Voir", exact=True).click()
        told(page, "Aucune commune de la région ne s’appelle «\u00a0Nulle-Part\u00a0»")
        page.evaluate(
            """() => {
              navigator.geolocation.getCurrentPosition = (found, lost) => lost({ code: 1 });
            }"""
        )
        page.get_by_role("button", name="Autour de moi").click()
        told(page, "n’a pas donné votre position")


def test_everything_holds_in_a_small_width(opened):
    page = opened("?pres=Amiens&rayon=50&gratuit=oui")
    page.set_viewport_size({"width": 320, "height": 800})
    told(page, "événement")
    page.locator(".facettes-pli > summary").click()
    page.locator(".facette").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    assert page.evaluate("document.querySelector('.tiroir').scrollWidth") <= 320
    page.keyboard.press("Escape")
    page.locator("#Commune").fill("am")
    expect(page.locator("#Communes [role=option]").first).to_be_visible()
    schemes = ("light", "dark")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, scheme
    page.keyboard.press("Escape")  # communes that are proposed cover the button of the filter
    page.locator(".facettes-pli > summary").click()
    page.locator("#Voir").click()
    expect(page.locator("#Resultats")).to_be_focused()
    expect(page.locator(".facette").first).to_be_hidden()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": SCREEN["width"], "height": SCREEN["height"]})


class TestPhone:
    """A phone, held upright: what one came for is in the first screen."""

    def test_the_first_event_and_how_to_follow_are_above_the_fold(self, in_hand):
        page = in_hand()
        top = page.locator("#Resultats .carte-titre").first.bounding_box()
        header = page.locator(".entete").bounding_box()
        assert top and header
        assert top["y"] <= 500 and header["height"] <= 110
        lines, height = page.evaluate(
            "[document.querySelectorAll('.creneau').length,"
            " document.getElementById('Resultats').offsetHeight]"
        )
        assert height / lines <= 150
        button = page.locator(".suivre > summary")
        box = button.bounding_box()
        assert box and box["y"] + box["height"] <= 500
        button.click()
        expect(page.locator(".suivre a[href^='webcal:']").first).to_be_in_viewport()

    def test_filters_come_from_below(self, in_hand):
        """A dialog: nothing behind it answers, Escape closes it, the focus goes back."""
        page = in_hand()
        page.locator(".facettes-pli > summary").click()
        sheet = page.get_by_role("dialog", name="Filtrer")
        expect(sheet).to_be_visible()
        page.evaluate("Promise.all(document.getAnimations().map((move) => move.finished))")
        box = sheet.bounding_box()
        assert box and box["y"] > 100 and box["y"] + box["height"] == pytest.approx(844)
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        expect(page.locator(".facettes-pli > summary")).to_be_focused()
        page.locator(".facettes-pli > summary").click()
        sheet.get_by_label("Gratuit").check()
        told(page, "événements?")
        page.get_by_role("button", name=re.compile("^Voir .*événements?")).click()
        expect(sheet).to_be_hidden()
        expect(page.locator("#Resultats")).to_be_focused()
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(page.locator(".facettes-pli .facette").first).to_be_visible()
        page.set_viewport_size(PHONE["viewport"])

    def test_a_week_end_near_a_commune(self, in_hand):
        page = in_hand("week-end/")
        first = page.locator("#Resultats .carte-titre").first.bounding_box()
        assert first and first["y"] <= 560
        assert page.locator(".facette[open]").count() == 0
        page.get_by_role("combobox").press_sequentially("Saint-Om")
        proposed = page.get_by_role("option").first
        expect(proposed).to_be_visible()
        listed = page.get_by_role("listbox").bounding_box()
        button = page.get_by_role("button", name="Voir", exact=True).bounding_box()
        assert listed and button and listed["y"] >= button["y"] + button["height"]
        proposed.click()
        expect(page.locator("#Statut")).to_be_in_viewport()
        assert "quand=week-end" in query(page) and "pres=Saint-Omer" in place(page)

    def test_nothing_near_leads_to_the_same_days_in_the_region(self, in_hand):
        page = in_hand("?quand=week-end#pres=Noyon&rayon=5")
        way = page.get_by_role("link", name=re.compile("rendez-vous ce week-end dans la région"))
        expect(way).to_be_in_viewport()
        way.click()
        told(page, "événement")
        assert (query(page), place(page)) == ("quand=week-end", "")


HOME_OWLS, HOME_LIGHTS = "Grand comptage fictif des chouettes", "Compter les lumières de la nuit"


@pytest.mark.parametrize(("town", "owls"), [("Abbeville", True), ("Lille", False)])
def test_what_is_everywhere_is_near_any_commune_that_it_covers(opened, town, owls):
    page = opened(f"#pres={town}&rayon=5")
    told(page, "événement")
    found = titles(page)
    expected = {HOME_LIGHTS, HOME_OWLS} if owls else {HOME_LIGHTS}
    assert {HOME_LIGHTS, HOME_OWLS} & {*found} == expected
    # Each day, after what is near, which has a distance.
    for day in page.locator("#Resultats .jour").all():
        kinds = ["km" in one or "commune" in one for one in day.locator(".meta").all_inner_texts()]
        assert kinds == sorted(kinds, reverse=True)
    # A night gives its true instant.
    line = page.locator(".creneau", has_text=HOME_LIGHTS)
    expect(line).to_contain_text("Dans la nuit de vendredi à samedi, de 0 h 10 à 1 h 30")
    assert line.locator("time").get_attribute("datetime") == "2021-10-02T00:10:00+02:00"
    section = page.locator("section", has=line)
    assert section.locator("[id^=Jour-]").first.get_attribute("id") == "Jour-2021-10-01"
