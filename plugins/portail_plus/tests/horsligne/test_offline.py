"""Reading without a network: what a reader asked to keep, and the agenda with it; each copy is
renewed, removed and dated. Nothing before she asks, nothing where the setting is off."""

import gzip
import os
import re
import shutil
import time

import pytest
from playwright.sync_api import expect

from checkout import ROOT
from doses import cases
from firefox import firefox, program
from plans import Tree, entry
from portail.diagnostics import ConfigError
from portail.features import configured
from portail_plus.horsligne import feature
from portail_plus.horsligne.page import kept_pages
from projects import Project
from serving import _Handler, served
from tabs import until

FILES = {
    "events/nuit": entry("events", titre="La nuit de la chouette", debut="2021-10-09 20:00"),
    "articles/sel": entry("articles", titre="Le goût du sel"),
    "articles/miel": entry("articles", titre="Le goût du miel"),
}
ON = "PORTAIL_HORS_LIGNE = True\n"
PAGE, PICTURE = "/articles/sel/", "/medias/affiche.svg"
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="10"/>'
OLD, AHEAD = "Mon, 27 Sep 2021 08:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"
AGED = f"""caches.open('portail / site').then((site) => site.put('/hors-ligne/',
  new Response('', {{ headers: {{ date: '{OLD}' }} }})))"""
DAY = r"Gardée \w+ \d{1,2}(er)? \w+ \d{4} à \d{1,2} h( \d\d)? ; vérifiez avant de partir\."
TITLE, NEW = "Le goût du sel", "Le goût du sel, annulé"


@cases("value", ["oui", 1, None])
def test_the_setting_is_true_or_false(value):
    with pytest.raises(ConfigError, match="PORTAIL_HORS_LIGNE attend True ou False"):
        configured({"PORTAIL_HORS_LIGNE": value})


def test_a_device_keeps_this_month_and_the_next_one_when_it_has_something(tmp_path):
    site = Tree(tmp_path).site({**FILES, "events/mars": entry("events", debut="2022-03-01")})
    assert kept_pages(site) == (
        "/hors-ligne/", "/agenda/", "/agenda/2021/09/", "/agenda/2021/10/",
    )  # fmt: skip


def test_where_it_is_off_nothing_of_it_is_published(tmp_path):
    tree = Tree(tmp_path)
    tree.run(FILES)
    assert not [url for url in tree.pages() if "hors-ligne" in url]
    assert tree.view("/").cadre.hors_ligne == ""


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    root = tmp_path_factory.mktemp("hors-ligne")
    project = Project(root, ON)
    project.write({f"content/{name}.md": text for name, text in FILES.items()})
    project.build(SITEURL="https://a.example", PORTAIL_DATE="2021-09-27")
    return root / "output"


@pytest.fixture
def output(built_once, tmp_path):
    """A site of one's own, where an article shows a picture that bears no mark of its bytes."""
    site = shutil.copytree(built_once, tmp_path / "site")
    page = site / PAGE.strip("/") / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        re.sub("(<h1[^>]*>)", f'<img src="{PICTURE}" alt="">\\1', text), encoding="utf-8"
    )
    write(site / PICTURE.strip("/"), DRAWN.format(10))
    script = site / "hors-ligne.js"
    text = script.read_text(encoding="utf-8")
    assert "PATIENCE = 4000" in text
    write(script, text.replace("PATIENCE = 4000", "PATIENCE = 400"))
    return site


class Host:
    """How the host of the site answers."""

    address, asked, slow, date, gone, code = "", (), "", "", False, 0


@pytest.fixture
def host(output, monkeypatch):
    """The site, served by a host that may be slow, ahead of its time, or out of reach."""
    state, plain, dated = Host(), _Handler.do_GET, _Handler.date_time_string

    def answer(self):
        self.close_connection = state.gone
        time.sleep(1.5 * (self.path == state.slow))
        if state.code:
            state.asked.append(self.path)
            return self.send_error(state.code)
        return None if state.gone else plain(self)

    monkeypatch.setattr(_Handler, "do_GET", answer)
    monkeypatch.setattr(
        _Handler, "date_time_string", lambda self, when=None: state.date or dated(self, when)
    )
    state.asked = []
    with served(output, requests=state.asked) as state.address:
        yield state


@pytest.fixture
def phone(browser):
    context = browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def write(path, text):
    """Another text at once: a host counts in seconds whether a file has changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    later = path.stat().st_mtime + 10 if path.exists() else time.time()
    path.write_text(text, encoding="utf-8")
    os.utime(path, (later, later))


def changed(output, path, before, after):
    """The page at a site path says something else from now on."""
    page = output / path.strip("/") / "index.html"
    write(page, page.read_text(encoding="utf-8").replace(before, after))


def keep(phone, host):
    """Ask for the page to be kept; the worker answers from then on."""
    phone.goto(f"{host.address}{PAGE}")
    phone.get_by_role("button", name="Garder sans réseau").click()
    expect(phone.get_by_role("button", name="ne plus garder")).to_be_visible()
    until(phone, "navigator.serviceWorker.controller !== null")
    until(phone, f"caches.match('{PICTURE}')")


def unplug(phone, host):
    """No network, and no site."""
    host.gone = True
    phone.context.set_offline(True)


def holds(phone, path, words):
    """Wait until the copy that the device has of a path says these words."""
    text = f"caches.match('{path}').then((one) => one.text())"
    until(phone, f"{text}.then((text) => text.includes({words!r}))")


def in_browser(test):
    """A test that builds a site and reads it in Chromium."""
    return pytest.mark.site(pytest.mark.chromium(test))


@in_browser
def test_nothing_is_kept_before_it_is_asked(phone, host):
    for path in ("/", PAGE, "/agenda/", "/hors-ligne/"):
        phone.goto(f"{host.address}{path}")
    assert phone.evaluate("caches.keys()") == []
    assert phone.evaluate("navigator.serviceWorker.getRegistrations()") == []


@in_browser
def test_without_a_network_what_was_kept_and_the_month_are_read(phone, host):
    keep(phone, host)
    phone.goto(f"{host.address}/articles/miel/")
    unplug(phone, host)
    for path, words in {
        "/agenda/2021/10/": "La nuit de la chouette",
        "/agenda/": "La nuit de la chouette",
        PAGE: TITLE,
    }.items():
        phone.goto(f"{host.address}{path}")
        expect(phone.locator("main")).to_contain_text(words)
        family = "getComputedStyle(document.querySelector('h1')).fontFamily"
        assert "Bricolage" in phone.evaluate(family), "its sheet is there too"
        said = phone.get_by_role("status").first.inner_text()
        assert re.fullmatch(DAY, said.replace("\u00a0", " ").strip()), said
    assert phone.evaluate("document.querySelector('main img').naturalWidth") == 10
    phone.goto(f"{host.address}/articles/miel/")
    expect(phone.locator("h1")).to_have_text("Lire sans réseau")
    expect(phone.get_by_role("status").first).to_contain_text("Sans réseau")
    expect(phone.locator("[data-garde=gardees] li")).to_contain_text(f"{TITLE}, gardée ")
    expect(phone.locator("[data-garde=site] a").first).to_be_visible()
    phone.get_by_role("button", name="Tout effacer").click()
    expect(phone.get_by_role("status").first).to_have_text("Tout est effacé.")
    assert phone.evaluate("caches.keys()") == []
    assert phone.evaluate("navigator.serviceWorker.getRegistrations()") == []


@in_browser
def test_what_is_starred_is_kept_and_goes_with_its_star(phone, host):
    phone.goto(f"{host.address}/evenements/nuit/")
    star = phone.locator("header .etoile")
    star.click()
    until(phone, "caches.match('/evenements/nuit/')")
    until(phone, "navigator.serviceWorker.controller !== null")
    until(phone, "caches.match('/agenda/2021/10/')")
    star.click()
    until(phone, "caches.keys().then((all) => !all.length)")


@in_browser
def test_no_file_of_a_page_is_missing(phone, host):
    keep(phone, host)
    files = "performance.getEntriesByType('resource').map(({ name }) => name)"
    files = [one for one in phone.evaluate(files) if "/theme/" in one]
    assert any(one.partition("?")[0].endswith("/menu.svg") for one in files), "of a sheet"
    for one in files:
        until(phone, f"caches.match('{one}')")


@in_browser
def test_what_is_kept_no_more_leaves_nothing(phone, host):
    keep(phone, host)
    phone.get_by_role("button", name="ne plus garder").click()
    expect(phone.get_by_role("button", name="Garder sans réseau")).to_be_visible()
    assert phone.evaluate("caches.keys()") == []
    keep(phone, host)


@in_browser
def test_a_kept_page_and_its_picture_are_written_again_at_each_visit(phone, host, output):
    keep(phone, host)
    changed(output, PAGE, TITLE, NEW)
    write(output / PICTURE[1:], DRAWN.format(20))
    phone.goto(f"{host.address}{PAGE}")
    expect(phone.locator("h1")).to_have_text(NEW)
    expect(phone.locator("#Gardee")).to_have_count(0)
    assert phone.evaluate("document.querySelector('main img').naturalWidth") == 20
    holds(phone, PAGE, NEW)
    holds(phone, PICTURE, 'width="20"')
    unplug(phone, host)
    phone.goto(f"{host.address}{PAGE}")
    expect(phone.locator("h1")).to_have_text(NEW)


MISSING = "caches.match('{0}').then((one) => !one || Boolean(one.headers.get('perdue')))"
LONG_AGO = f"""(async () => {{ for (const name of await caches.keys()) {{
  const cache = await caches.open(name);
  for (const key of await cache.keys()) {{
    const old = await cache.match(key), one = new Response(await old.blob(), old);
    if (one.headers.has('perdue')) one.headers.set('perdue', '{OLD}');
    await cache.put(key, one);
  }} }} }})()"""
ALL = """(async () => (await Promise.all((await caches.keys()).map(async (one) =>
  (await (await caches.open(one)).keys()).map(({ url }) => url)))).flat().length)()"""


@in_browser
@pytest.mark.parametrize("visited", [True, False])
def test_what_is_missing_for_two_days_is_kept_no_more(phone, host, output, visited):
    keep(phone, host)
    for gone in (PAGE.strip("/"), "medias"):
        shutil.rmtree(output / gone)
    for ended in (False, True):
        if visited:
            phone.reload()
        else:
            phone.evaluate(AGED)
            phone.goto(f"{host.address}/")
        for path in (PAGE,) if visited else (PAGE, PICTURE):
            gone = f"caches.match('{path}').then((one) => !one)"
            until(phone, gone if ended else MISSING.format(path))
            assert phone.evaluate(gone) is ended
        if not ended:
            phone.goto(f"{host.address}/hors-ligne/")
            line = phone.locator("[data-garde=gardees] li")
            expect(line).to_contain_text("introuvable pour l’instant")
            if visited:
                phone.goto(f"{host.address}{PAGE}")
            phone.evaluate(LONG_AGO)
            until(
                phone,
                f"caches.match('{PAGE}').then((one) => one.headers.get('perdue') === '{OLD}')",
            )


@in_browser
@pytest.mark.parametrize("code", [404, 503])
def test_a_moment_of_404_erases_nothing(phone, host, code):
    keep(phone, host)
    until(phone, "caches.match('/agenda/2021/10/')")
    phone.evaluate(AGED)
    before = phone.evaluate(ALL)
    host.code = code
    host.asked.clear()
    phone.goto(f"{host.address}/")
    for _ in range(500):  # the last but one that is asked for
        if "/agenda/2021/10/" not in host.asked:
            phone.wait_for_timeout(20)
    host.code = 0
    phone.goto(f"{host.address}/")
    until(phone, f"caches.match('/hors-ligne/').then((one) => one.headers.get('date') !== '{OLD}')")
    assert phone.evaluate(ALL) >= before
    holds(phone, PAGE, TITLE)
    assert not phone.evaluate(f"caches.match('{PAGE}').then((one) => one.headers.get('perdue'))")


@in_browser
def test_what_answers_410_goes_at_once(phone, host):
    keep(phone, host)
    host.code = 410
    phone.goto(f"{host.address}{PAGE}")
    until(phone, f"caches.match('{PAGE}').then((one) => !one)")


@in_browser
@pytest.mark.parametrize("path", [PAGE, "/agenda/"])
def test_a_slow_network_has_the_last_word(phone, host, output, path):
    keep(phone, host)
    until(phone, "caches.match('/hors-ligne/')")
    changed(output, path, "<h1", "<p id='Neuve'>Annulé</p><h1")
    host.slow = path
    phone.goto(f"{host.address}{path}")
    expect(phone.locator("#Gardee")).to_contain_text("vérifiez avant de partir")
    expect(phone.locator("#Neuve")).to_have_count(0)
    expect(phone.locator("#Gardee")).to_contain_text("Une version plus récente est arrivée")
    host.slow = ""
    phone.locator("#Gardee a").click()
    expect(phone.locator("#Neuve")).to_be_visible()


@in_browser
def test_a_page_that_a_slow_network_does_not_change_is_left_alone(phone, host):
    keep(phone, host)
    host.slow = PAGE
    phone.goto(f"{host.address}{PAGE}")
    date = "caches.match(location.pathname).then((one) => one.headers.get('date'))"
    before = phone.evaluate(date)
    until(phone, f"{date}.then((date) => date !== '{before}')")
    expect(phone.locator("#Gardee")).to_contain_text("vérifiez avant de partir")


@in_browser
def test_a_day_to_come_is_old(phone, host):
    host.date = AHEAD
    keep(phone, host)
    until(phone, "caches.match('/hors-ligne/')")
    ages = """Promise.all(['/hors-ligne/', location.pathname].map(async (one) =>
      Date.now() - Date.parse((await caches.match(one)).headers.get('date'))))"""
    assert min(phone.evaluate(ages)) >= 0
    phone.evaluate(AGED.replace(OLD, AHEAD))
    host.asked.clear()
    phone.goto(f"{host.address}/")
    date = "caches.match('/hors-ligne/').then((one) => one.headers.get('date'))"
    until(phone, f"{date}.then((date) => date !== '{AHEAD}')")
    assert {"/agenda/", PAGE, PICTURE} <= {*host.asked}


@in_browser
def test_a_worker_that_is_offered_no_more_leaves_nothing(phone, host, output):
    keep(phone, host)
    (output / "hors-ligne.js").unlink()
    phone.evaluate(AGED)
    phone.goto(f"{host.address}/")
    until(phone, MISSING.format("/hors-ligne.js"))
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")
    phone.evaluate(LONG_AGO)
    phone.evaluate(AGED)
    phone.goto(f"{host.address}/")
    until(phone, "navigator.serviceWorker.getRegistrations().then((all) => !all.length)")
    held = "Promise.all(all.map(async (one) => (await (await caches.open(one)).keys()).length))"
    assert not sum(phone.evaluate(f"caches.keys().then((all) => {held})"))


@in_browser
def test_what_an_earlier_release_kept_unasked_goes(phone, host):
    phone.goto(f"{host.address}/")
    phone.evaluate("Promise.all(['lues', 'mois'].map((one) => caches.open(`portail / ${one}`)))")
    keep(phone, host)
    names = phone.evaluate("caches.keys()")
    assert names == ["portail / gardees", "portail / site"]
    assert all(name.startswith(feature.keeps[0].keys) for name in names), "the privacy page says it"


@pytest.mark.site
@pytest.mark.firefox
@pytest.mark.xdist_group("moteurs")
def test_in_firefox_too_a_page_bears_its_day(host, output, tmp_path_factory):
    with firefox(program(), tmp_path_factory.mktemp("firefox")) as window:
        window.open(f"{host.address}{PAGE}")
        window.click(".pied-bas > button")
        window.until("navigator.serviceWorker.controller !== null")
        host.slow = PAGE
        changed(output, PAGE, TITLE, NEW)
        window.open(f"{host.address}{PAGE}")
        assert window.text("h1") == TITLE
        window.until("document.getElementById('Gardee').textContent.startsWith('Une version')")
        host.gone = True
        window.open(f"{host.address}{PAGE}")
        assert re.fullmatch(DAY, window.text("#Gardee").replace("\u00a0", " "))
        assert window.text("h1") == NEW
        assert window.errors(host.address) == []


def test_it_is_small():
    script = ROOT / "plugins/portail_plus/theme/templates/hors-ligne.js"
    text = script.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert len(gzip.compress(text.encode(), 9)) <= 4250
    assert len(lines) < 172
    assert max(map(len, lines)) <= 120
