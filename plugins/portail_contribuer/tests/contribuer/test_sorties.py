"""The ways out of the form: what each carries, in which order, and none that leads nowhere."""

import io
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from navigateur import ORIGIN
from playwright.sync_api import expect

from propositions import carried

pytestmark = pytest.mark.chromium

NB = "\xa0"
TEXT = (
    '---\ntitre: "Nuit & jour : l’été à 100 %"\nformat: [atelier]\n---\n\n## Déroulé\n\n- a + b\n'
)
LONG = TEXT + "\n" + "Une phrase d’été, et ce qu’elle dit.\n" * 200
PLACE = "content/events/nuit-et-jour.md"
REPLY = "Me répondre à : l’adresse de ce message\n"
GITHUB = {
    "depot": "https://github.com/a/b",
    "branche": "main",
    "nouveau": "https://github.com/a/b/new/{branche}?filename={chemin}&value={contenu}",
    "modifier": "https://github.com/a/b/edit/main/{chemin}",
}
MAIL = {"courriel": "redaction@exemple.org"}
OPEN = """async ({ reglages, demande, image }) => {
  document.getElementById('Essai')?.remove();
  const form = document.createElement('form');
  form.id = 'Essai';
  Object.assign(form.dataset, { modules: JSON.stringify({ zip: '/theme/js/tiers/fflate-0.8.3.js' }) }, reglages);
  const champ = document.createElement('div'), ici = document.createElement('div');
  champ.dataset.hors = 'courriel';
  champ.append(document.createElement('input'));
  ici.id = 'Ici';
  form.append(champ, ici);
  document.querySelector('main').prepend(form);
  const { proposer } = await import('/theme/js/contribuer-sorties.js');
  if (image) demande.image = { nom: 'boite.jpg', blob: new Blob([Uint8Array.from(image, (un) => un.charCodeAt(0))], { type: 'image/jpeg' }) };
  proposer(ici, { formulaire: form, ...demande });
  document.addEventListener('click', (geste) => {
    const lien = geste.target.closest('a:not([download])');
    if (lien) geste.preventDefault();
  });
}"""  # noqa: E501


@pytest.fixture(scope="module")
def offer(kept):
    """A function that offers ways out on a page, where it takes those before away."""
    page = kept
    page.goto(f"{ORIGIN}/")
    errors = []
    page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: errors.append(str(one)))

    def run(settings, image=None, *, keep=False, **asked):
        if not keep:
            page.evaluate("localStorage.clear()")
        demande = {
            "chemin": "content/events/nuit-et-jour.md",
            "texte": TEXT,
            "genre": "evenement",
            "titre": "Nuit & jour : l’été",
            "courriel": "",
            **asked,
        }
        octets = image.decode("latin-1") if image else None
        page.evaluate(OPEN, {"reglages": settings, "demande": demande, "image": octets})
        assert errors == []
        return page

    return run


def ways(page):
    return page.eval_on_selector_all("#Ici .sortie", "(tous) => tous.map((un) => un.dataset.voie)")


def unfold(page):
    """Show the ways out that are not the first."""
    page.click("#Ici summary:has-text('Autrement')")


def link(page, voie):
    found = page.get_attribute(f"#Ici [data-voie={voie}] a.bouton", "href")
    assert found
    return found


def mail(page):
    """Whom a mail is for, and its headers, as a mail program reads its address."""
    page.click("#Ici [data-voie=courriel] a.bouton")
    found = urlsplit(link(page, "courriel"))
    assert found.scheme == "mailto"
    rows = (one.partition("=") for one in found.query.split("&"))
    return found.path, {name: unquote(value) for name, _, value in rows}


def pasted(page):
    """What the clipboard holds, in a field of the page."""
    page.evaluate(
        "() => { const champ = document.createElement('textarea'); champ.id = 'Colle';"
        " document.querySelector('main').append(champ); champ.focus(); }"
    )
    page.keyboard.press("Control+V")
    found = page.input_value("#Colle")
    page.evaluate("document.getElementById('Colle').remove()")
    return found


def test_a_page_of_the_forge_is_filled(offer):
    page = offer(GITHUB)
    found = urlsplit(link(page, "forge"))
    asked = parse_qs(found.query, keep_blank_values=True)
    assert (found.netloc, found.path) == ("github.com", "/a/b/new/main")
    assert asked == {"filename": ["content/events/nuit-et-jour.md"], "value": [TEXT]}
    assert page.inner_text("#Ici [data-voie=forge] .bouton") == "Envoyer par GitHub"
    assert "noopener" in (page.get_attribute("#Ici [data-voie=forge] a", "rel") or "")


def test_a_text_too_long_for_an_address_is_copied_and_another_forge_has_its_own_pattern(offer):
    page = offer(GITHUB, texte=LONG)
    found = link(page, "forge")
    asked = parse_qs(urlsplit(found).query, keep_blank_values=True)
    assert asked == {"filename": ["content/events/nuit-et-jour.md"], "value": [""]}
    assert "Le texte est copié, puis la page s’ouvre" in page.inner_text("#Ici [data-voie=forge]")
    page.click("#Ici [data-voie=forge] a.bouton")
    page.wait_for_selector("#Ici [role=status]:not(:empty)", state="attached")
    assert page.inner_text("#Ici [role=status]").startswith("Texte copié.")
    assert pasted(page) == LONG
    pattern = "https://git.exemple.org/p/-/new/{branche}?file_name={chemin}&content={contenu}"
    page = offer({"depot": "https://git.exemple.org/p", "branche": "été", "nouveau": pattern})
    found = urlsplit(link(page, "forge"))
    assert unquote(found.path) == "/p/-/new/été"
    assert parse_qs(found.query)["content"] == [TEXT]
    assert page.inner_text("#Ici [data-voie=forge] .bouton") == "Envoyer par la forge"


def test_a_mail_holds_the_text_and_the_link_of_the_moderator(offer):
    page = offer({**GITHUB, **MAIL}, texte="---\ntitre: Nuit\n---\n\nÀ midi.\n")
    unfold(page)
    page.fill("#Essai [data-hors=courriel] input", "ada@exemple.org")
    to, said = mail(page)
    assert to == "redaction@exemple.org"
    assert said["subject"] == f"Proposition d’événement{NB}: Nuit & jour : l’été"
    body = said["body"]
    assert body.replace("\r\n", "").count("\n") == 0
    text = "---\ntitre: Nuit\n---\n\nÀ midi.\n"
    assert carried(f"Fichier : {PLACE}", text) in body.replace("\r\n", "\n")
    assert "Me répondre à : ada@exemple.org" in body
    (address,) = (one for one in body.split() if one.startswith("https://github.com/"))
    assert parse_qs(urlsplit(address).query)["value"] == ["---\ntitre: Nuit\n---\n\nÀ midi.\n"]


FACTS = ["Quand : Samedi 9 octobre 2021, à 20 h", "Où : La Coupole, Wizernes (62)"]


def test_a_mail_too_long_has_its_text_pasted_and_says_when_and_where(offer):
    page = offer(MAIL, texte=LONG, faits=[*FACTS, "Contact : " + "é" * 300])
    assert "il est copié, puis votre messagerie s’ouvre, collez-le" in page.inner_text("#Ici")
    _, said = mail(page)
    assert len(link(page, "courriel")) <= 2000
    assert said["body"].replace("\r\n", "\n") == (
        "Bonjour,\n\nVoici une proposition d’événement pour le portail.\n"
        + "\n".join(FACTS)
        + f"\n\nCollez ici la proposition, qui vient d’être copiée.\n\n{REPLY}"
    )
    page.wait_for_selector("#Ici [role=status]:not(:empty)", state="attached")
    assert pasted(page) == carried(f"Fichier : {PLACE}", LONG) + "\n"


SHARE = """(takes) => {
  const { matchMedia } = window;
  window.matchMedia = (asked) => (asked === '(pointer: coarse)' ? { matches: true } : matchMedia(asked));
  navigator.canShare = ({ files }) => takes && files[0].type === 'image/jpeg';
  navigator.share = async ({ title, text, files: [file] }) => {
    window.shared = { title, text, name: file.name, type: file.type, size: file.size };
    throw new DOMException('no application was chosen', 'AbortError');
  };
}"""  # noqa: E501


@pytest.mark.parametrize("takes", [True, False])
def test_a_phone_hands_the_text_and_its_picture_to_an_application(offer, takes):
    offer(MAIL).evaluate(SHARE, takes)
    page = offer(MAIL, image=b"abc", texte=LONG, faits=FACTS)
    assert page.locator("#Ici .sortie.une button.bouton").count() == takes
    with page.expect_download() as waiting:
        page.click("#Ici [data-voie=courriel] a")
    assert waiting.value.suggested_filename == "boite.jpg"
    body = parse_qs(urlsplit(page.get_attribute("#Ici [data-voie=courriel] a", "href")).query)
    assert "Joignez l’image boite.jpg, qui vient d’être téléchargée." in body["body"][0]
    assert FACTS[0] in body["body"][0]
    if takes:
        page.click("#Ici .sortie.une button.bouton")
        expect(page.locator("#Ici > [role=status]")).to_have_text("Rien n’est parti.")
        assert pasted(page) == "redaction@exemple.org"
        shared = page.evaluate("shared")
        assert (shared["name"], shared["size"]) == ("boite.jpg", 3)
        place = PLACE.replace(".md", "/index.md")
        assert f"\n\n{carried(f'Fichier : {place}', LONG)}\n" in shared["text"]
        assert FACTS[1] in shared["text"]


def test_a_correction_too_long_for_a_mail_is_copied_with_nothing_to_join(offer):
    bloc = (
        "Correction 0123abcd : events/nuit\n---\ncorps: |\n" + "  Une phrase d’été.\n" * 200 + "---"
    )
    change = {"lignes": ["Texte : Une nuit → Une nuit d’été"], "bloc": bloc}
    page = offer(MAIL, texte=LONG, mode="modifier", ecart=change)
    assert "il est copié, puis votre messagerie s’ouvre, collez-le" in page.inner_text("#Ici")
    _, said = mail(page)
    assert len(link(page, "courriel")) <= 2000
    assert "Texte : Une nuit → Une nuit d’été" in said["body"]
    assert "Collez ici la correction, qui vient d’être copiée." in said["body"]
    page.wait_for_selector("#Ici [role=status]:not(:empty)", state="attached")
    assert pasted(page) == f"{carried(*bloc.split(chr(10), 1))}\n"


def test_the_file_alone(offer):
    page = offer({}, texte=LONG)
    assert ways(page) == ["fichier"]
    with page.expect_download() as waiting:
        page.click("#Ici [data-voie=fichier] button")
    assert waiting.value.suggested_filename == "nuit-et-jour.md"
    assert Path(waiting.value.path()).read_bytes() == LONG.encode()


@pytest.mark.parametrize(
    ("path", "mode", "folder"),
    [
        ("content/events/nuit.md", "", "content/events/nuit/"),
        ("content/events/nuit/index.md", "", "content/events/nuit/"),
        ("content/events/nuit.md", "modifier", "content/events/"),
    ],
)
def test_the_file_and_its_picture(offer, path, mode, folder):
    image = bytes(range(256)) * 300
    page = offer({}, image=image, chemin=path, mode=mode)
    with page.expect_download() as waiting:
        page.click("#Ici [data-voie=fichier] button")
    assert waiting.value.suggested_filename == "nuit.zip"
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        assert archive.testzip() is None
        name = "nuit.md" if mode else "index.md"
        assert sorted(archive.namelist()) == sorted([f"{folder}{name}", f"{folder}boite.jpg"])
        assert archive.read(f"{folder}{name}").decode() == TEXT
        assert archive.read(f"{folder}boite.jpg") == image


def test_the_mail_comes_first_or_what_was_chosen_and_a_file_where_nothing_else_leads(offer):
    both = {**GITHUB, **MAIL}
    assert ways(offer(both)) == ["courriel", "forge"]
    assert ways(offer({**both, "voie": "forge"})) == ["forge", "courriel"]
    assert ways(offer({**MAIL, "voie": "forge"})) == ["courriel"]
    assert ways(offer({"depot": "https://forge.exemple.org/a"})) == ["fichier"]
    without = {key: one for key, one in GITHUB.items() if key != "modifier"}
    assert ways(offer(without, mode="modifier")) == ["fichier"]
    page = offer({**both, "voie": "fichier"})
    assert ways(page) == ["fichier", "courriel", "forge"]
    assert page.locator("#Ici > .sortie").count() == 1, "the others are folded"
    assert page.locator("#Ici > .sortie.une > :first-child").get_attribute("class") == "bouton"
    assert page.locator("#Ici .sortie.une .bouton.second").count() == 0
    assert page.locator("#Ici .sortie:not(.une) .bouton:not(.second)").count() == 0
    page = offer(both)  # who chose the forge has it first
    unfold(page)
    page.click("#Ici [data-voie=forge] a.bouton")
    assert ways(offer(both, keep=True)) == ["forge", "courriel"]
    unfold(page)
    page.click("#Ici [data-voie=courriel] a.bouton")
    assert ways(offer(both, keep=True)) == ["courriel", "forge"]


BLOCK = 'Correction 539fbc29 : lieux/bobine\n---\nhoraires_ouverture: "Lundi : fermé"\n---'


def test_a_correction_says_what_changes_and_joins_nothing(offer):
    lines = ["Lundi de 10 h à 18 h → fermé"]
    page = offer(MAIL, mode="modifier", texte=LONG, ecart={"lignes": lines, "bloc": BLOCK})
    _, said = mail(page)
    asked = (
        f"Bonjour,\n\nCe qui change :\n{lines[0]}\n\n{carried(*BLOCK.split(chr(10), 1))}\n\n{REPLY}"
    )
    assert said["body"].replace("\r\n", "\n") == asked
    assert said["subject"] == f"Correction{NB}: Nuit & jour : l’été"
    assert len(link(page, "courriel")) < 500


def test_the_licence_that_was_agreed_to_is_in_the_mail(offer):
    page = offer(MAIL)
    page.evaluate("""() => {
      const [champ] = new DOMParser().parseFromString(`<div data-hors="accord"><label>
        <input type="checkbox" checked> <span>Sous licence CC BY-SA 4.0. <b>obligatoire</b></span>
        </label></div>`, 'text/html').body.children;
      document.getElementById('Essai').append(champ);
    }""")
    _, said = mail(page)
    assert "\r\n\r\nSous licence CC BY-SA 4.0.\r\n\r\n[portail:\r\n" in said["body"]


def test_an_update_opens_the_page_of_the_file(offer):
    path = "content/events/2021-10-09-été.md"
    page = offer({**GITHUB, **MAIL, "voie": "forge"}, mode="modifier", chemin=path)
    assert (
        link(page, "forge")
        == "https://github.com/a/b/edit/main/content/events/2021-10-09-%C3%A9t%C3%A9.md"
    )
    page.click("#Ici [data-voie=forge] a.bouton")
    page.wait_for_selector("#Ici [role=status]:not(:empty)", state="attached")
    assert pasted(page) == TEXT
    unfold(page)
    _, said = mail(page)
    assert said["subject"].startswith("Correction")
    assert "content/events/2021-10-09-été.md" in said["body"]


def test_the_file_is_shown_and_copied(offer):
    page = offer({}, texte="---\ntitre: <b>Nuit</b>\n---\n")
    assert page.is_hidden("#Ici pre")
    page.click("#Ici summary")
    assert page.inner_text("#Ici pre") == "---\ntitre: <b>Nuit</b>\n---\n"
    assert page.inner_text("#Ici details .meta") == "content/events/nuit-et-jour.md"
    page.click("#Ici details button")
    page.wait_for_selector("#Ici [role=status]:not(:empty)", state="attached")
    assert page.evaluate("document.activeElement.textContent") == "Copier le texte"
    assert pasted(page) == "---\ntitre: <b>Nuit</b>\n---\n"


def test_the_counter_of_the_host_takes_it_all_and_answers_a_number(offer):
    sent = []

    def answer(route):
        sent.append(route.request.post_data_json)
        route.fulfill(status=201, body="A1B2C3")

    page = offer({**MAIL, "guichet": "/guichet"}, image=b"\xff\xd8\xff")
    page.route("**/guichet", answer)
    assert ways(page) == ["guichet", "courriel"]
    page.click("#Ici [data-voie=guichet] .bouton")
    assert sent == [] and page.evaluate("document.activeElement.tagName") == "INPUT"
    page.keyboard.type("zoe@example.org")
    page.click("#Ici [data-voie=guichet] .bouton")
    expect(page.get_by_text("Reçu, numéro A1B2C3.")).to_be_visible()
    (told,) = sent
    assert told["courriel"] == "zoe@example.org" and told["image"] == "/9j/"
    block = carried(f"Fichier : {PLACE.replace('.md', '/index.md')}", TEXT)
    assert block in told["texte"] and told["nom"] == "boite.jpg"
    page.unroute("**/guichet")
