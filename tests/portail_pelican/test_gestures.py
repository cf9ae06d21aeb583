"""What one proposes, or does to a published page, on a phone: announce, mend an hour, cancel.
Presses and screens are counted from the page to what is sent, which the portal takes."""

import re
import shutil
from email.message import EmailMessage
from math import ceil
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from checkout import ROOT
from plans import entry
from projects import Project, form_sources

pytestmark = [pytest.mark.site, pytest.mark.chromium]
SCREEN = {"width": 390, "height": 844}
"""Width and height of a phone, in pixels."""
SHOWCASE = ROOT / "tests/sites/vitrine/content"
EVENT = "atelier-fusees-exemple"
LIBRARY = "mediatheque-fictive-des-bords-de-somme"
CANCEL = "Annuler ou reporter"
PLACE = "Musée-Exemple des sciences"


class Hand:
    """What somebody does, counted: presses (one to write in a field), and the screens of each page
    from its top to the lowest of what they press or fill."""

    def __init__(self, page):
        self.page, self.done = page, []
        self.depths = {}

    @property
    def screens(self):
        """How many screens they went through."""
        return sum(ceil(depth) for depth in self.depths.values())

    def _reach(self, where):
        one = where.locator("visible=true").first
        one.wait_for()
        end = one.evaluate("(one) => one.getBoundingClientRect().bottom + scrollY")
        page = urlsplit(self.page.url).path
        self.depths[page] = max(self.depths.get(page, 0), end / SCREEN["height"])
        self.done.append(f"{where}, {end:.0f} px")
        return one

    def press(self, what):
        self._reach(what).click()

    def button(self, name):
        """Press a button or a link by its words."""
        button = self.page.get_by_role("button", name=name, exact=True)
        self.press(button.or_(self.page.get_by_role("link", name=name, exact=True)))

    def write(self, field, text):
        one = self._reach(self.page.locator(field))
        if one.get_attribute("type") in ("date", "time") or len(text) > 30:
            one.fill(text)
        else:
            one.press_sequentially(text)  # each key is heard

    def send(self):
        """Ask for the check, then take the first way out: the front matter, path and text that it
        sends; ``href`` is where it leads."""
        self.page.evaluate("""() => document.forms.Formulaire.addEventListener('pret',
            ({ detail }) => { window.pret = detail; })""")
        self.button("Vérifier et relire")
        expect(self.page.locator("#Pret")).to_be_visible()
        # It leads to another program: it is not pressed.
        way = self._reach(self.page.locator("#Sorties .une :is(a, button).bouton"))
        self.page.wait_for_function("() => window.pret")
        found = self.page.evaluate("window.pret")
        return found | {"href": way.get_attribute("href") or ""}


@pytest.fixture
def phone(tab):
    """A tab of 390 px, of the published showcase; nothing may be said to its console."""
    with tab.visited() as page:
        page.set_viewport_size(SCREEN)
        yield page


def checked(root, path, text):
    """``portail check`` takes the showcase once a file that a form let out has replaced its own."""
    project = Project(root)
    shutil.copytree(SHOWCASE, project.content, dirs_exist_ok=True)
    assert (root / path).is_file()
    project.write({path: text})
    project.does("check")


def asked(page):
    """What the form asks, by the path of its fields, in sight."""
    shown = page.locator(".bloc .champ:visible")
    return {
        one.evaluate("""(one) => one.parentElement.closest('[data-lignes]')?.dataset.lignes
            ?? one.dataset.chemin ?? `@${one.dataset.hors}`""")
        for one in shown.all()
    }


def test_from_home_to_a_valid_file(phone, tmp_path):
    """At most fourteen actions for an event of one day, in six screens of the form."""
    hand = Hand(phone)
    phone.goto("/")
    hand.press(phone.locator("a[href='/contribuer/']"))
    hand.press(phone.locator("main a[href*='/contribuer/evenement/']"))
    phone.locator("form.prete").wait_for()
    hand.write("#C-titre", "Fabriquer un spectroscope")
    hand.write("#C-resume", "Avec une boîte et un disque, décomposez la lumière.")
    hand.write("#C-seances-0-debut", "2021-10-23")
    hand.write("#C-seances-0-de", "15:00")
    hand.write("#C-seances-0-fin", "17:00")
    expect(phone.locator("[data-lu]").first).to_contain_text("samedi 23 octobre 2021")
    hand.write("#C-lieu", "musee exem")
    hand.press(phone.get_by_role("option", name=PLACE))
    hand.press(phone.get_by_label("Atelier", exact=True))
    hand.write("#C-organisateurs", PLACE)
    hand.press(phone.locator("[data-hors=accord] input"))
    hand.button("Vérifier et relire")
    assert hand.depths["/contribuer/evenement/"] <= 6
    send = phone.locator("#Sorties .une .bouton")
    expect(send).to_be_in_viewport()
    assert "Télécharger" in send.inner_text(), "the site of tests has neither forge nor address"
    with phone.expect_download() as held:
        hand.press(send)
    assert len(hand.done) <= 14, hand.done
    text = held.value.path().read_text(encoding="utf-8")
    assert "debut: 2021-10-23 15:00" in text
    assert "lieu: musee-exemple-des-sciences" in text
    path = f"content/events/{held.value.suggested_filename}"
    project = Project(tmp_path / "essai")
    place = entry("lieux", titre=PLACE, verifie_le="2021-09-01")
    project.write({path: text, "content/lieux/musee-exemple-des-sciences.md": place})
    done = project.portail("check")
    assert done.code == 0 and path not in done.out, done.out


@pytest.mark.parametrize(
    "slug", ["salon-de-plusieurs-jours", "grand-comptage-fictif-des-chouettes"]
)
def test_a_published_event_is_mended(phone, built, slug):
    """All that the file says is written back, whether the form asks for it or not."""
    phone.goto(f"/contribuer/evenement/?modifier={slug}&quoi=autre")
    phone.locator("form.prete").wait_for()
    phone.locator(".rempli").wait_for()
    expect(phone.locator("#C-titre")).not_to_have_value("")
    phone.evaluate("""() => document.forms.Formulaire.addEventListener('pret',
        ({ detail }) => { window.pret = detail; })""")
    phone.locator("#C-resume").fill("Autrement dit.")  # nothing is sent where nothing changed
    phone.locator("[data-hors=accord] input").check()
    phone.get_by_role("button", name="Vérifier et relire").click()
    expect(phone.locator("#Pret")).to_be_visible()
    known = form_sources(built("vitrine"), "events")[slug]
    known["entete"]["resume"] = "Autrement dit."
    phone.wait_for_function("() => window.pret")
    front = phone.evaluate("pret.entete")
    assert front.pop("modifie") == "2021-09-27"
    known["entete"].pop("modifie", None)
    assert front == known["entete"]
    assert phone.evaluate("pret.chemin") == known["chemin"]
    assert phone.evaluate("pret.corps") == known["corps"].strip()


def test_a_wrong_hour_of_an_event(phone, built, tmp_path):
    hand = Hand(phone)
    phone.goto(f"/evenements/{EVENT}/")
    hand.button("Corriger cette page")
    expect(phone.locator("#Question-titre")).to_be_focused()
    assert asked(phone) == set(), "nothing is asked before what is wrong"
    assert not phone.locator("#Proposer").is_visible()
    hand.button("Jour ou horaires")
    assert asked(phone) == {"seances"}
    expect(phone.locator("#C-seances-0-debut")).to_be_focused()
    hand.write("#C-seances-0-de", "10:15")
    found = hand.send()
    assert len(hand.done) <= 5, hand.done
    assert hand.screens <= 3, hand.done
    known = form_sources(built("vitrine"), "events")[EVENT]
    written = found["entete"]
    assert written["debut"].endswith(" 10:15")
    assert known["entete"] | {"debut": written["debut"], "modifie": "2021-09-27"} == written
    assert found["corps"] == known["corps"].strip()
    checked(tmp_path / "essai", found["chemin"], found["texte"])


def test_saturday_opens_later_from_the_page_to_the_file(phone, tmp_path):
    """Five presses, three screens, one short mail that says it, and the file says it."""
    hand = Hand(phone)
    phone.goto(f"/lieux/{LIBRARY}/")
    hand.button("Corriger cette page")
    hand.button("Horaires")
    phone.evaluate("document.forms.Formulaire.dataset.courriel = 'redaction@example.org'")
    hand.write("#C-horaires_ouverture-Sa-de", "11:00")
    found = hand.send()
    assert len(hand.done) <= 5, hand.done
    assert hand.screens <= 3, hand.done
    said = "Samedi de 10 h à 18 h → de 11 h à 18 h"
    expect(phone.locator("#Pret-titre")).to_have_text("Ce qui change")
    bound = "Samedi de 10\u00a0h à\u00a018\u00a0h → de 11\u00a0h à\u00a018\u00a0h"
    assert phone.locator("#Ecart").inner_text() == bound
    assert phone.get_by_text("Dans la lettre").count() == 0
    _, _, asked_for = found["href"].partition("&body=")
    body = unquote(asked_for)
    assert found["href"].startswith("mailto:redaction@example.org?subject=Correction")
    assert body.startswith(f"Bonjour,\r\n\r\nCe qui change :\r\n{said}\r\n")
    assert len(found["href"]) < 650
    project = Project(tmp_path / "essai")
    shutil.copytree(SHOWCASE, project.content, dirs_exist_ok=True)
    message = EmailMessage()
    message.set_content(body)
    (project.root / "recu.eml").write_bytes(message.as_bytes())
    project.does("deposer", "recu.eml", "--date", "2021-09-27")
    file = f"lieux/{LIBRARY}.md"
    before = (SHOWCASE / file).read_text("utf-8").splitlines()
    after = (project.content / file).read_text("utf-8").splitlines()
    hours = 'horaires_ouverture: "Mercredi : de 10 h à 18 h ; Samedi : de 11 h à 18 h"'
    assert [line for line in after if line not in before] == [hours, "modifie: 2021-09-27"]
    assert [line for line in before if line not in after] == [
        'horaires_ouverture: "We,Sa 10:00-18:00"'
    ]


def test_an_event_is_cancelled(phone, tmp_path):
    hand = Hand(phone)
    phone.goto(f"/evenements/{EVENT}/")
    hand.button(CANCEL)
    expect(phone.locator("[name=etat]:checked")).to_be_focused()
    assert asked(phone) == {"etat"}
    hand.press(phone.get_by_text("Annulé", exact=True))
    hand.write("#C-motif", "La salle est inondée.")
    assert asked(phone) == {"etat", "motif"}
    found = hand.send()
    assert len(hand.done) <= 5, hand.done
    assert max(hand.depths.values()) <= 4, hand.done  # the way there stands above, as written
    assert found["entete"]["etat"] == "annule"
    checked(tmp_path / "essai", found["chemin"], found["texte"])


def test_the_guide_names_what_the_page_of_an_event_says(showcase, racine):
    guide = (racine / "docs/contribuer/premiere-proposition.md").read_text("utf-8")
    _, _, after = guide.partition("Pour **corriger plus tard**")
    named = set(re.findall(r"« ([A-ZÀÉ][^»]*?) »", after.replace("\u00a0", " ")))
    assert {"Corriger cette page", CANCEL} <= named
    said = (showcase / f"evenements/{EVENT}/index.html").read_text("utf-8")
    assert {one for one in named if f"{one}<" not in said} == set()
