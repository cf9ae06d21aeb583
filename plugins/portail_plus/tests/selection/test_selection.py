"""« Ma sélection »: a star keeps, a page says by day what is kept, a link carries it elsewhere.

What is read back may be of another version, cut, false, moved or gone."""

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from checkout import ROOT
from plans import entry
from portail_plus.selection.page import KEPT
from projects import Project
from serving import _Handler, served
from tabs import until

THEME = ROOT / "theme/static/js"
CONTENT = ROOT / "content"
PAGE = "/ma-selection/"
NAMES = ("nuit", "sel", "miel", "lune", "foin", "lait")
EVENTS = {
    f"events/{name}": entry(
        "events",
        titre=f"La visite du {name}",
        debut=f"2021-10-{rank:02} 14:00",
        adresse={"nom": "Le Port", "commune": "Lille"},
        resume="Une visite.",
    )
    for rank, name in enumerate(NAMES, start=9)
}
FILES = {
    **EVENTS,
    "events/passee": entry("events", titre="La fin de l’été", debut="2021-09-04 14:00"),
    "events/annulee": entry(
        "events", titre="La mare", debut="2021-10-20 14:00", etat="annule", resume="Une mare."
    ),
    "events/neuve": entry(
        "events", titre="La dune", debut="2021-10-21", anciennes_urls=["/evenements/ancienne/"]
    ),
    "events/serie": entry(
        "events",
        titre="Le four",
        seances=[
            {"debut": "2021-10-22 14:00"},
            {"debut": "2021-10-23 14:00", "etat": "complet"},
            {"debut": "2021-10-24 10:00", "etat": "annule"},
            {"debut": "2021-10-24 14:00"},
        ],
    ),
    "ressources/malle": entry("ressources", titre="La malle"),
}
STORED = "JSON.parse(localStorage.selection ?? '{}')"


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("selection"))
    project.write({f"content/{name}.md": text for name, text in FILES.items()})
    project.build(SITEURL="https://a.example", PORTAIL_DATE="2021-09-27")
    return project.output


@pytest.fixture
def output(built_once, tmp_path):
    return shutil.copytree(built_once, tmp_path / "site")


@pytest.fixture
def host(output):
    with served(output) as address:
        yield address


@pytest.fixture
def devices(browser):
    """Makes windows of devices that share nothing."""
    contexts = []

    def device(**options):
        contexts.append(browser.new_context(locale="fr-FR", **options))
        contexts[-1].grant_permissions(["clipboard-read", "clipboard-write"])
        return contexts[-1].new_page()

    yield device
    for context in contexts:
        context.close()


@pytest.fixture
def phone(devices):
    return devices(viewport={"width": 360, "height": 740})


def in_browser(test):
    """A test that builds a site and reads it in Chromium."""
    return pytest.mark.site(pytest.mark.chromium(test))


def keep(page, host, *names):
    """Put in the store what stars would have put there: names of events, or whole addresses."""
    page.goto(f"{host}/")
    rows = {name if "/" in name else f"evenements/{name}": {"titre": name} for name in names}
    page.evaluate("(rows) => { localStorage.selection = JSON.stringify(rows); }", rows)


def lists(page, *titles):
    expect(page.locator("#Resultats section .carte-titre")).to_have_text([*titles])


def said(page, words):
    expect(page.locator("#Statut")).to_contain_text(words)


def sent(page):
    """The link that the page gives."""
    page.evaluate("delete Navigator.prototype.share")
    page.get_by_role("button", name="Envoyer").click()
    said(page, "Le lien est copié")
    return page.evaluate("navigator.clipboard.readText()")


def link_of(page, host, names):
    """The link that carries contents at these addresses."""
    page.goto(f"{host}{PAGE}")
    script = "document.getElementById('Selection').dataset.lien"
    lier = f"(names) => import({script}).then(({{ lier }}) => lier(names))"
    return f"{host}{PAGE}#l={page.evaluate(lier, names)}"


def known(page, *names):
    """The site has these addresses too, whose pages do not answer."""
    page.route("**/adresses.json", lambda route: route.fulfill(json=names))
    page.route("**/evenements/*/", lambda route: route.abort())


def calendar(page):
    """What the page puts in a calendar."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Mettre dans mon calendrier").click()
    return Path(download.value.path()).read_bytes().decode()


@in_browser
def test_a_teacher_takes_six_outings_from_a_phone_to_the_computer_of_the_school(
    phone, devices, host, output
):
    phone.goto(f"{host}/agenda/")
    for name in NAMES:
        star = phone.get_by_role("button", name=f"Garder : La visite du {name}")
        star.focus()
        phone.keyboard.press("Space")
        expect(star).to_have_attribute("aria-pressed", "true")
    expect(phone.get_by_role("status").last).to_have_text(
        "Gardé sur cet appareil. Ma sélection (6)"
    )
    until(phone, f"Object.values({STORED}).every((one) => one.quand)")
    phone.get_by_role("status").last.get_by_role("link").click()
    expect(phone.locator("#Compte")).to_have_text("6 contenus")
    link = sent(phone)
    school = devices()
    school.goto(link)
    said(school, "On vous envoie 6 contenus.")
    lists(school, *(f"La visite du {name}" for name in NAMES))
    expect(school.locator("article .meta").first).to_have_text(
        "Samedi 9 octobre 2021, à 14 h · Le Port, Lille"
    )
    assert school.evaluate("localStorage.selection") is None, "looking keeps nothing"
    assert len(re.findall(rb"/Type\s*/Page\b", school.pdf())) == 1
    text = calendar(school)
    uids = re.findall(r"UID:(.+)\r\n", text.replace("\r\n ", ""))
    ours = (output / "agenda/agenda.ics").read_bytes().decode().replace("\r\n ", "")
    assert len(uids) == len({*uids}) == 6
    assert {*uids} <= {*re.findall(r"UID:(.+)\r\n", ours)}
    assert text.count("BEGIN:VCALENDAR") == text.count("BEGIN:VTIMEZONE") == 1
    school.get_by_role("button", name="Ajouter à ma sélection").click()
    said(school, "6 contenus ajoutés.")
    assert school.url == f"{host}{PAGE}"
    assert len(school.evaluate(STORED)) == 6


@in_browser
def test_a_link_adds_and_never_replaces(phone, devices, host):
    keep(phone, host, "sel", "miel")
    phone.goto(f"{host}{PAGE}")
    link = sent(phone)
    other = devices()
    keep(other, host, "sel", "nuit")
    other.goto(link)
    other.get_by_role("button", name="Ajouter à ma sélection").click()
    said(other, "1 contenu ajouté, 1 y était déjà.")
    assert {*other.evaluate(STORED)} == {"evenements/sel", "evenements/nuit", "evenements/miel"}


@in_browser
def test_by_day_then_without_a_day_then_what_is_over(phone, host):
    keep(phone, host, "ressources/malle", "passee", "lune", "annulee", "nuit")
    phone.goto(f"{host}{PAGE}")
    expect(phone.locator("#Resultats h2")).to_have_text(
        ["À savoir avant d’y aller", "Jour par jour", "Sans date"]
    )
    lists(phone, "La visite du nuit", "La visite du lune", "La mare", "La malle")
    expect(phone.locator(".message li")).to_have_text("La mare : Annulé")
    fold = phone.locator("#Resultats details")
    expect(fold.locator("summary")).to_have_text("Passé (1)")
    assert fold.get_attribute("open") is None


@in_browser
def test_what_is_over_may_be_taken_out_only(phone, host):
    phone.goto(f"{host}/evenements/passee/")
    star = phone.locator("header .etoile")
    star.wait_for(state="attached")
    expect(star).to_be_hidden()
    keep(phone, host, "passee")
    phone.goto(f"{host}/evenements/passee/")
    expect(star).to_be_visible()


@in_browser
def test_what_changed_since_it_was_kept_is_said_first(phone, host, output):
    phone.goto(f"{host}/evenements/nuit/")
    phone.locator("header .etoile").click()
    until(phone, f"{STORED}['evenements/nuit'].alors")
    page = output / "evenements/nuit/index.html"
    text = page.read_text(encoding="utf-8")
    text = re.sub("Samedi 9(.)octobre", r"Dimanche 10\1octobre", text)
    page.write_text(text, encoding="utf-8")
    phone.evaluate(
        f"""() => {{ const kept = {STORED}; kept['evenements/nuit'].vu = '';
        localStorage.selection = JSON.stringify(kept); }}"""
    )
    for _ in range(2):
        phone.goto(f"{host}{PAGE}")
        expect(phone.locator(".message del")).to_have_text("Samedi 9 octobre 2021, à 14 h")
        expect(phone.locator(".message strong")).to_have_text("Dimanche 10 octobre 2021, à 14 h")


def answering(monkeypatch, codes):
    """The host answers with these codes at these addresses."""
    plain = _Handler.do_GET

    def answer(self):
        code = codes.get(self.path)
        return self.send_error(code) if code else plain(self)

    monkeypatch.setattr(_Handler, "do_GET", answer)


@in_browser
def test_one_date_of_a_series_that_is_full_or_off_is_said(phone, host):
    keep(phone, host, "serie", "nuit")
    phone.goto(f"{host}{PAGE}")
    expect(phone.locator(".message li")).to_have_text(
        "Le four : Complet : samedi 23 octobre 2021, à 14 h. "
        "Annulé : dimanche 24 octobre 2021, à 10 h"
    )


@in_browser
def test_what_moved_is_followed_and_what_is_missing_for_two_days_leaves(phone, host):
    keep(phone, host, "ancienne", "disparue", "nuit")
    for _ in range(2):
        phone.goto(f"{host}{PAGE}")
        missing = phone.locator("article", has_text="disparue")
        expect(missing.locator(".etiqs")).to_have_text("Introuvable pour l’instant")
        lists(phone, "La visite du nuit", "La dune", "disparue")
        assert {*phone.evaluate(STORED)} == {
            f"evenements/{n}" for n in ("nuit", "neuve", "disparue")
        }
        expect(phone.locator("#Statut")).to_be_empty()
    phone.evaluate(
        f"""() => {{ const kept = {STORED};
        const first = new Date(Date.parse(kept['evenements/disparue'].perdu) - 1.728e8);
        kept['evenements/disparue'].perdu = first.toISOString();
        localStorage.selection = JSON.stringify(kept); }}"""
    )
    phone.reload()
    said(phone, "Retiré du site, donc de votre sélection : « disparue ».")
    lists(phone, "La visite du nuit", "La dune")
    phone.reload()
    expect(phone.locator("#Compte")).to_have_text("2 contenus")
    expect(phone.locator("#Statut")).to_be_empty()


@in_browser
def test_what_comes_back_is_as_it_was(phone, host, monkeypatch):
    codes = {"/evenements/nuit/": 404}
    answering(monkeypatch, codes)
    keep(phone, host, "nuit", "sel")
    phone.goto(f"{host}{PAGE}")
    until(phone, f"{STORED}['evenements/nuit'].perdu")
    codes.clear()
    phone.reload()
    lists(phone, "La visite du nuit", "La visite du sel")
    expect(phone.locator("#Resultats .etiqs")).to_have_count(0)
    assert "perdu" not in phone.evaluate(STORED)["evenements/nuit"]


@in_browser
def test_what_the_site_says_is_gone_leaves_at_once(phone, host, monkeypatch):
    answering(monkeypatch, {"/evenements/nuit/": 410})
    keep(phone, host, "nuit", "sel")
    phone.goto(f"{host}{PAGE}")
    said(phone, "Retiré du site, donc de votre sélection : « nuit ».")
    lists(phone, "La visite du sel")


@in_browser
@pytest.mark.parametrize("code", [404, 503])
def test_a_404_is_not_believed_of_a_host_without_its_home_page(phone, host, monkeypatch, code):
    keep(phone, host, "nuit", "sel")
    answering(monkeypatch, {"/": code, "/evenements/nuit/": 404})
    phone.goto(f"{host}{PAGE}")
    until(phone, f"{STORED}['evenements/sel'].vu")
    lists(phone, "La visite du sel", "nuit")
    expect(phone.locator("#Resultats .etiqs")).to_have_count(0)
    assert phone.evaluate(STORED)["evenements/nuit"] == {"titre": "nuit"}


@in_browser
def test_a_link_carries_two_hundred_contents_at_most(phone, devices, host):
    asked = []
    names = [f"evenements/e{rank}" for rank in range(230)]
    keep(phone, host, *names)
    known(phone)
    every = link_of(phone, host, names)
    assert len(sent(phone)) == len(every) - 6 * 30
    said(phone, "Un lien porte 200 contenus au plus : 30 autres n’y sont pas.")
    other = devices()
    other.on("request", lambda request: asked.append(request.url))
    known(other, *names)
    other.goto(every)
    said(other, "On vous envoie 200 contenus. Un lien porte 200 contenus au plus : 30 autres")
    assert len({url for url in asked if "/evenements/" in url}) == 200


@in_browser
def test_a_host_that_fails_takes_nothing_away(phone, host, monkeypatch):
    keep(phone, host, "nuit")
    answering(monkeypatch, {"/evenements/nuit/": 503})
    phone.goto(f"{host}{PAGE}")
    expect(phone.locator("#Compte")).to_have_text("1 contenu")
    assert [*phone.evaluate(STORED)] == ["evenements/nuit"]


@in_browser
def test_an_empty_list_says_how_to_begin(phone, host):
    phone.goto(f"{host}{PAGE}")
    expect(phone.locator("#Rien")).to_contain_text("Votre sélection est vide.")
    expect(phone.locator("#Gestes, #Ici").first).to_be_hidden()
    phone.get_by_role("link", name="Ouvrir l’agenda").click()
    expect(phone.locator("h1")).to_have_text("Agenda")


@in_browser
def test_one_button_forgets_all_and_may_be_taken_back(phone, host):
    keep(phone, host, "nuit", "sel")
    phone.goto(f"{host}{PAGE}")
    expect(phone.locator("article")).to_have_count(2)
    phone.get_by_role("button", name="Tout oublier").click()
    expect(phone.locator("#Rien")).to_be_visible()
    assert phone.evaluate("localStorage.selection") is None
    phone.get_by_role("button", name="Annuler").click()
    expect(phone.locator("article")).to_have_count(2)


@in_browser
def test_a_browser_that_refuses_to_keep_is_told_once(phone, host):
    phone.add_init_script(
        """Object.defineProperty(window, 'localStorage',
        { get() { throw new DOMException('refused', 'SecurityError'); } });"""
    )
    faults = []
    phone.on("pageerror", lambda error: faults.append(str(error)))
    phone.goto(f"{host}/agenda/")
    stars = phone.locator(".etoile")
    stars.nth(0).click()
    status = phone.get_by_role("status").last
    expect(status).to_contain_text("Ce navigateur refuse de garder")
    stars.nth(1).click()
    expect(status).to_have_text("Gardé sur cet appareil. Ma sélection (2)")
    expect(stars.nth(1)).to_have_attribute("aria-pressed", "true")
    phone.goto(f"{host}{PAGE}")
    expect(phone.locator("#Rien")).to_be_visible()
    assert faults == []


@in_browser
def test_a_store_that_is_full_keeps_what_it_had(phone, host):
    keep(phone, host, "nuit")
    phone.evaluate("""() => { for (let size = 2 ** 23; size >= 1; size /= 2)
      try { localStorage.plein = (localStorage.plein ?? '') + 'a'.repeat(size); } catch { } }""")
    phone.goto(f"{host}/evenements/sel/")
    star = phone.locator("header .etoile")
    star.click()
    expect(phone.get_by_role("status").last).to_contain_text("n’a plus de place")
    expect(star).to_have_attribute("aria-pressed", "false")
    assert [*phone.evaluate(STORED)] == ["evenements/nuit"]


@in_browser
@pytest.mark.parametrize("text", ["", "pas du JSON", "null", '"evenements/nuit"', "[3]", "12"])
def test_a_store_that_does_not_read_is_empty(phone, host, text):
    phone.goto(f"{host}/")
    phone.evaluate("(text) => { localStorage.selection = text; }", text)
    phone.goto(f"{host}{PAGE}")
    expect(phone.locator("#Rien")).to_be_visible()


@in_browser
def test_of_a_store_written_by_hand_what_reads_is_kept(phone, host):
    rows = {
        "evenements/nuit": {
            "titre": "La nuit",
            "theme": "a b",
            "jours": "hier 2021-13-40",
            "plus": "x",
        },
        "evenements/sel": {"titre": 5},
        "evenements/miel": None,
        "evenements/../admin": {"titre": "Ailleurs"},
        "lieux/la-coupole": {"titre": "Un lieu"},
        "evenements/lune": {"titre": "<img src=x onerror=alert(1)>", "jours": ["2021"]},
        "annonces/foin": {"titre": "<b>Foin</b>", "fin": "jamais", "etat": "Annulé", "code": "x y"},
    }
    faults = []
    phone.on("pageerror", lambda error: faults.append(str(error)))
    phone.route("**/evenements/nuit/", lambda route: route.abort())
    phone.route("**/annonces/foin/", lambda route: route.abort())
    phone.goto(f"{host}/")
    phone.evaluate("(rows) => { localStorage.selection = JSON.stringify(rows); }", rows)
    phone.goto(f"{host}{PAGE}")
    lists(phone, "<b>Foin</b>", "La nuit")
    assert faults == []


@in_browser
def test_two_tabs_keep_what_each_keeps(phone, host):
    phone.goto(f"{host}/agenda/")
    other = phone.context.new_page()
    other.goto(f"{host}/agenda/")
    for tab, name in ((phone, "nuit"), (other, "sel"), (phone, "miel")):
        tab.get_by_role("button", name=f"du {name}").click()
    for tab in (phone, other):
        expect(tab.locator(".etoile[aria-pressed=true]")).to_have_count(3)
    assert len(phone.evaluate(STORED)) == 3


@in_browser
def test_five_hundred_are_drawn_and_what_is_over_is_not_asked_again(phone, host):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(f"{host}/")
    phone.evaluate("""() => { localStorage.selection = JSON.stringify(Object.fromEntries(
      Array.from({ length: 500 }, (_, rank) => [`evenements/e${rank}`,
        { titre: `Fête ${rank}`, jours: '2020-05-01', alors: '' }]))); }""")
    phone.goto(f"{host}{PAGE}")
    expect(phone.locator("#Resultats summary")).to_have_text("Passé (500)")
    assert phone.locator("#Resultats article").count() == 500
    assert [url for url in asked if "/evenements/" in url] == []


@in_browser
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda link: link[:-9], "Ce lien est coupé ou abîmé"),
        (lambda link: link[:-6], "Ce lien est coupé ou abîmé"),
        (lambda link: f"{link[:-12]}AAAA{link[-8:]}", "Ce lien est coupé ou abîmé"),
        (lambda link: f"{link}.", "Ce lien est coupé ou abîmé"),
        (lambda link: f"{link.split('#')[0]}#l=", "Ce lien vient d’une autre version"),
        (lambda link: link.replace("#l=2", "#l=1"), "Ce lien vient d’une autre version"),
        (lambda link: f"{link.split('#')[0]}#l=2%3Cscript%3E", "Ce lien est coupé ou abîmé"),
    ],
)
def test_a_link_that_does_not_read_is_said_so(phone, host, change, words):
    keep(phone, host, "nuit", "sel", "miel")
    phone.goto(f"{host}{PAGE}")
    link = change(sent(phone))
    phone.goto(f"{host}/")
    phone.goto(link)
    said(phone, words)
    expect(phone.locator("article")).to_have_count(3)


@in_browser
def test_of_an_old_link_what_is_gone_is_said(phone, devices, host):
    keep(phone, host, "nuit", "disparue", "ancienne")
    phone.route("**/evenements/*/", lambda route: route.abort())
    phone.goto(f"{host}{PAGE}")
    link = sent(phone)
    other = devices()
    other.goto(link)
    said(other, "On vous envoie 2 contenus. 1 autre est introuvable pour l’instant.")
    lists(other, "La visite du nuit", "La dune")
    other.route("**/adresses.json", lambda route: route.abort())
    other.reload()
    said(other, "Ce que porte ce lien n’a pas pu être lu. Vérifiez la connexion")


@in_browser
def test_two_contents_that_share_six_signs_both_come_and_it_is_said(phone, host):
    one, twin = "evenements/e526868", "evenements/e807608"
    known(phone, one, twin, "evenements/sel")
    link = link_of(phone, host, [one, "evenements/sel"])
    assert link == link_of(phone, host, [twin, "evenements/sel"])
    phone.goto(f"{host}/")
    phone.goto(link)
    said(phone, "On vous envoie 3 contenus. Le lien en confond deux : l’un est de trop.")
    lists(phone, "e526868", "e807608", "sel")


@pytest.mark.site
def test_a_link_may_carry_whatever_one_keeps_by_its_addresses(built_once):
    listed = json.loads((built_once / "ma-selection/adresses.json").read_text(encoding="utf-8"))
    names = {re.sub("^events/", "evenements/", name) for name in FILES}
    assert listed == sorted(names | {"evenements/ancienne"})


@in_browser
def test_a_link_of_a_hundred_contents_holds_in_660_signs(phone, host):
    kinds = {"events": "evenements", "ressources": "ressources", "annonces": "annonces"}
    every = [
        f"{kinds[path.parent.name]}/{re.sub('^[-0-9]{11}', '', path.stem)}"
        for path in sorted(CONTENT.rglob("*.md"))
        if path.parent.name in kinds
    ]
    hundred = every[:: len(every) // 100][:100]
    assert len(hundred) == 100
    link = link_of(phone, host, hundred)
    assert len(link.replace(host, "https://portail.example.org")) <= 660
    assert re.fullmatch(r"[\w-]+", link.partition("#l=")[2]), "no sign that a mail cuts"
    phone.route("**/adresses.json", lambda route: route.fulfill(json=every))
    back = phone.evaluate(
        """async (link) => {
        const { lien, adresses } = document.getElementById('Selection').dataset;
        return (await import(lien)).delier(link, adresses); }""",
        link.partition("#l=")[2],
    )
    assert (back["cles"], back["inconnus"], back["nombre"]) == (hundred, 0, 100)


@in_browser
def test_a_star_is_large_enough_and_over_no_link(phone, host):
    phone.goto(f"{host}/agenda/")
    phone.locator(".etoile").first.wait_for()
    sizes, over = phone.evaluate("""() => {
      const stars = [...document.querySelectorAll('.etoile')]
        .map((one) => one.getBoundingClientRect());
      const texts = [...document.querySelectorAll('main li a')].flatMap((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return [...range.getClientRects()];
      });
      const meets = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
      return [stars.map(({ width, height }) => Math.min(width, height)),
        stars.filter((star) => texts.some((text) => meets(star, text))).length];
    }""")
    assert min(sizes) >= 44
    assert over == 0


@in_browser
def test_without_a_script_nothing_shows(devices, host):
    page = devices(java_script_enabled=False)
    page.goto(f"{host}/agenda/")
    assert page.locator("button:visible", has_text="Garder").count() == 0
    page.goto(f"{host}{PAGE}")
    expect(page.locator("main :is(button, #Rien):visible")).to_have_count(0)
    assert "Il faut un navigateur qui exécute les scripts" in page.content()


def test_the_scripts_name_the_kinds_that_have_a_day_or_are_borrowed():
    segments = [kind.info.segment for kind in KEPT]
    star = (THEME / "etoile.js").read_text(encoding="utf-8")
    assert star.partition("CLE = /^(?:")[2].partition(")")[0].split("|") == segments
    page = (THEME.parents[1] / "templates/base.html").read_text(encoding="utf-8")
    assert [one for one in segments if f"'/{one}/' in corps" not in page] == []


def test_the_star_is_small():
    assert len(gzip.compress((THEME / "etoile.js").read_bytes(), 9)) <= 3000


@pytest.mark.site
def test_engines_are_kept_from_a_page_that_is_of_one_device(built_once):
    page = (built_once / "ma-selection/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert not [one for one in built_once.glob("*.xml") if "ma-selection" in one.read_text("utf-8")]
