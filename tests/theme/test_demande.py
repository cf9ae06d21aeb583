"""The box that says whether a tool is free: as the domain reckons, and said to whoever asks."""

from urllib.parse import quote, unquote

import pytest
from navigateur import ORIGIN, hold

from doses import rows_of

pytestmark = pytest.mark.chromium

NB = "\u00a0"
MAIL = f"mailto:a@example.org?subject=Essai&body={quote('Bonjour,')}%0D%0A{quote('Du … au …')}"


def page(copies, loans):
    """A tool of ``copies`` copies, to be asked for 30 days before."""
    return f"""<!DOCTYPE html><html lang="fr" data-date="2021-09-27"><title>Outil</title>
<aside class="infos">
<form class="creneau" hidden data-exemplaires="{copies}" data-delai="30"{loans}>
<p><label for="Du">Du</label><input id="Du" name="du" type="date"></p>
<p><label for="Au">Au</label><input id="Au" name="au" type="date"></p>
<p role="status"></p></form>
<ul class="boutons"><li><a href="{MAIL}">Demander le prêt</a></ul></aside>
<script type="module" src="/theme/js/demande.js"></script>"""


PAGES = {
    "seul": page(1, ' data-prets="1 2021-09-13 2021-10-15,1 2021-11-02 2021-11-30"'),
    "deux": page(2, ' data-prets="1 2021-11-02 2021-11-30,2 2021-11-10 2021-12-01"'),
    "inconnu": page(1, "").replace('class="creneau"', ""),
}


@pytest.fixture
def tab(opened):
    for name, text in PAGES.items():
        hold(f"/{name}", text)
    return opened(1280)


@pytest.mark.parametrize(("page", "said", "asked"), rows_of("theme/demande.yml"))
def test_what_is_said_and_what_the_mail_asks(tab, page, said, asked):
    tab.goto(f"{ORIGIN}/{page}")
    status = tab.get_by_role("status")
    status.wait_for()
    assert status.text_content() == said
    href = tab.get_by_role("link", name="Demander le prêt").get_attribute("href")
    assert unquote(href).endswith(f"\r\n{asked}")


def test_the_mail_has_the_days_though_nobody_tells_when_it_is_free(tab):
    tab.goto(f"{ORIGIN}/inconnu?du=2021-11-02&au=2021-11-05")
    asked = quote(f"Du 2{NB}novembre 2021 au 5{NB}novembre 2021")
    tab.wait_for_selector(f'a[href*="{asked}"]')


@pytest.mark.parametrize(
    "days", ["du=x&au=y", "du=2021-99-99&au=2021-11-05", "du=2021-11-02&au=%26bcc%3Da"]
)
def test_days_that_are_none_change_no_mail(tab, days):
    wrong = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto(f"{ORIGIN}/inconnu?{days}", wait_until="networkidle")
    assert tab.get_by_role("link", name="Demander le prêt").get_attribute("href") == MAIL
    assert wrong == []


def test_an_answer_follows_what_is_typed(tab):
    tab.goto(f"{ORIGIN}/seul")
    tab.get_by_label("Du").fill("2021-12-01")
    tab.get_by_label("Au").fill("2021-12-10")
    assert tab.get_by_role("status").text_content() == "Libre à ces dates."
    tab.get_by_label("Du").fill("2021-11-30")
    assert tab.get_by_role("status").text_content().startswith("Pris du 2")
