"""A new portal, without a content: whatever its forms and pages ask for is there."""

import pytest

from projects import Project
from serving import served

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("neutre")]

TODAY = "2026-11-23"
WORDS = {
    "text": "Lens", "search": "atelier robots à Lens samedi", "email": "a@example.org",
    "url": "https://example.org/", "tel": "01 99 00 12 34", "date": "2026-12-12", "time": "14:00",
    "textarea": "Atelier robots, samedi 12 décembre 2026, de 14 h à 16 h, médiathèque de Lens",
}  # fmt: skip
WRITE = """async (words) => {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  const all = document.querySelectorAll('input:not([type=hidden], [type=file]), textarea');
  for (const one of all) {
    if (!one.checkVisibility()) continue;
    one.focus();
    if (/^(checkbox|radio)$/.test(one.type)) one.click();
    else one.value = words[one.type] ?? '';
    for (const sort of ['input', 'change']) one.dispatchEvent(new Event(sort, { bubbles: true }));
    await new Promise((done) => { setTimeout(done, 20); });
  }
}"""
"""Everything that is in sight, as a hand would: what completes is asked, then left."""


@pytest.fixture(
    scope="module", params=["Hauts-de-France", pytest.param("aucune", marks=pytest.mark.long)]
)
def portal(request, tmp_path_factory):
    pytest.importorskip("portail_init")
    made = Project(tmp_path_factory.mktemp("neuf"))
    made.does("init", "portail", "--region", request.param, "--date", TODAY)
    made.root /= "portail"
    made.does("build", "--date", TODAY, SITEURL="https://portail.example.org")
    return made


def test_whatever_a_page_asks_for_is_there(portal, browser):
    faults = []
    pages = [one for one in sorted(portal.output.rglob("*.html")) if "<form" in one.read_text()]
    assert len(pages) > 6
    with served(portal.output) as address:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.on("response", lambda got: got.status < 400 or faults.append((got.status, got.url)))
        page.on("pageerror", lambda error: faults.append((page.url, str(error))))
        page.on(
            "console",
            lambda said: said.type == "error" and faults.append((page.url, said.text)),
        )
        for file in pages:
            url = f"{address}/{file.relative_to(portal.output)}".removesuffix("index.html")
            page.goto(url, wait_until="networkidle")
            if page.locator("#Coller").count():
                page.locator("#Formulaire.prete").wait_for()
                page.locator("#Coller [data-ouvrir]").first.click()
                page.locator("#Coller textarea").fill(WORDS["textarea"])
                page.locator("#Coller [data-remplir]").click()
                page.wait_for_load_state("networkidle")
            page.evaluate(WRITE, WORDS)
            page.wait_for_load_state("networkidle")
            if page.locator("#Formulaire").count():
                page.evaluate("document.getElementById('Formulaire').requestSubmit()")
                page.wait_for_load_state("networkidle")
                page.reload(wait_until="networkidle")  # its draft comes back
        page.close()
    assert faults == []
