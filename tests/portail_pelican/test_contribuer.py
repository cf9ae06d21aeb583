"""A whole proposal, from the home page of a site to a file that ``portail check`` takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from plans import entry
from projects import Project, form_sources
from tabs import Tab
from whole_sites import Built

pytestmark = [pytest.mark.site, pytest.mark.chromium]
SCREEN = {"width": 390, "height": 844}
PLACE = "Musée-Exemple des sciences"
FORM = "/contribuer/evenement/"


class Hand:
    """What a contributor does, counted: a press, or what is typed in one field."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def press(self, what: Locator) -> None:
        self.done.append(f"press {what}")
        what.click()

    def type(self, where: Locator, text: str) -> None:
        self.done.append(f"type {text}")
        kind = where.get_attribute("type")
        if kind in ("date", "time") or len(text) > 30:  # each key is heard in shorter ones
            where.fill(text)
        else:
            where.press_sequentially(text)


@pytest.fixture
def phone(tab: Tab) -> Iterator[Page]:
    """A tab of 390 px, of the published showcase; nothing may be said to its console."""
    with tab.visited() as page:
        yield page


def field(page: Page, name: str) -> Locator:
    """A control by its id."""
    return page.locator(f"#C-{name}")


def check(root: Path, name: str, text: str) -> tuple[int, str]:
    """What ``portail check`` says of the file beside that of the place."""
    project = Project(root)
    place = entry("lieux", titre=PLACE, verifie_le="2021-09-01")
    project.write({name: text, "content/lieux/musee-exemple-des-sciences.md": place})
    done = project.portail("check")
    return done.code, done.out


def test_from_home_to_a_valid_file(phone: Page, tmp_path: Path) -> None:
    """At most fourteen actions for an event of one day, in six screens of the form."""
    hand = Hand()
    phone.goto("/")
    ways = phone.locator("a[href='/contribuer/']").locator("visible=true")
    hand.press(ways.first)
    hand.press(phone.locator("main a[href*='/contribuer/evenement/']").first)
    phone.locator("form.prete").wait_for()
    hand.type(field(phone, "titre"), "Fabriquer un spectroscope")
    hand.type(field(phone, "resume"), "Avec une boîte et un disque, décomposez la lumière.")
    hand.type(field(phone, "seances-0-debut"), "2021-10-23")
    hand.type(field(phone, "seances-0-de"), "15:00")
    hand.type(field(phone, "seances-0-fin"), "17:00")
    expect(phone.locator("[data-lu]").first).to_contain_text("samedi 23 octobre 2021")
    hand.type(field(phone, "lieu"), "musee exem")
    hand.press(phone.get_by_role("option", name=PLACE))
    hand.press(phone.get_by_label("Atelier", exact=True))
    hand.type(field(phone, "organisateurs"), PLACE)
    hand.press(phone.locator("[data-hors=accord] input"))
    button = phone.get_by_role("button", name="Vérifier et relire")
    ends = button.evaluate("(one) => one.getBoundingClientRect().bottom + scrollY")
    assert ends / SCREEN["height"] <= 6
    hand.press(button)
    send = phone.locator("#Sorties .une .bouton")
    expect(send).to_be_in_viewport()
    assert "Télécharger" in send.inner_text(), "the site of tests has neither forge nor address"
    with phone.expect_download() as held:
        hand.press(send)
    assert len(hand.done) <= 14, hand.done
    name = held.value.suggested_filename
    text = held.value.path().read_text(encoding="utf-8")
    assert "debut: 2021-10-23 15:00" in text
    assert "lieu: musee-exemple-des-sciences" in text
    code, said = check(tmp_path / "essai", f"content/events/{name}", text)
    assert code == 0, said
    assert name not in said, said


def test_what_a_stressed_person_types_is_said_and_kept(phone: Page) -> None:
    phone.goto(FORM)
    phone.locator("form.prete").wait_for()
    field(phone, "titre").fill("L'atelier “très” spécial")
    field(phone, "resume").fill("Une phrase.")
    phone.get_by_label("Atelier", exact=True).check()
    field(phone, "seances-0-debut").fill("2021-10-23")
    field(phone, "adresse-commune").fill("Amiens (Somme)")
    phone.get_by_label("Payant").check()
    field(phone, "tarif-prix").fill("03 53 01 00 00")
    field(phone, "organisateurs").fill("Un club")
    phone.locator("[data-hors=accord] input").check()
    phone.get_by_role("button", name="Vérifier et relire").click()
    summary = phone.locator("#Sommaire")
    expect(summary).to_be_focused()
    expect(summary.locator("li")).to_have_count(1)
    expect(summary).to_contain_text("03 53 01 00 00")
    expect(field(phone, "tarif-prix")).to_have_value("03 53 01 00 00")
    phone.get_by_role("button", name="Déplacer ce numéro").click()
    expect(field(phone, "inscription-telephone")).to_have_value("03 53 01 00 00")
    expect(summary).to_be_hidden()
    phone.get_by_role("button", name="Vérifier et relire").click()
    expect(phone.locator("#Pret")).to_be_visible()


@pytest.mark.parametrize(
    "slug", ["salon-de-plusieurs-jours", "grand-comptage-fictif-des-chouettes"]
)
def test_a_published_event_is_mended(phone: Page, built: Built, slug: str) -> None:
    """All that the file says is written back, whether the form asks for it or not."""
    phone.goto(f"{FORM}?modifier={slug}&quoi=autre")
    phone.locator("form.prete").wait_for()
    phone.locator(".rempli").wait_for()
    expect(field(phone, "titre")).not_to_have_value("")
    phone.evaluate("""() => document.forms.Formulaire.addEventListener('pret',
        ({ detail }) => { window.pret = detail; })""")
    field(phone, "resume").fill("Autrement dit.")  # nothing is sent where nothing changed
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
