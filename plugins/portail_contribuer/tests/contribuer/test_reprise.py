"""The form filled from a published content: its next edition, its correction."""

import json
from zlib import compress, crc32

import pytest
from navigateur import ORIGIN, Answer, answers, proxy
from playwright.sync_api import Error

from doses import rows_of

pytestmark = pytest.mark.chromium

NIGHT = rows_of("portail_contribuer/tests/contribuer/reprise.yml")


SLUGS = (b"nuit-2020", b"constructor")
RESUME = """async ([search, dossier]) => {
  const form = document.createElement('form');
  form.dataset.dossier = dossier;
  form.dataset.groupes = 64;
  const { reprendre } = await import('/theme/js/contribuer-reprise.js');
  const { lire } = await import('/theme/js/commun.js');
  const lu = await reprendre(search, form, (nom) => lire(`/contribuer/fichiers/${dossier}/${nom}`));
  if (!lu) return lu;
  const auj = document.documentElement.dataset.date
    ?? new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris' }).format();
  return { ...lu, auj, cles: Object.keys(lu.entete) };
}"""


@pytest.fixture(scope="module")
def resume(browser, theme, drawn):
    """What the module gives for the query of an address."""
    others = answers(theme, drawn)

    def answer(path):
        if path in {f"/contribuer/fichiers/events/{crc32(one) % 64}.deflate" for one in SLUGS}:
            packed = compress(json.dumps({"nuit-2020": NIGHT}).encode())
            return Answer(200, "application/octet-stream", packed)
        return others(path)

    with proxy(answer) as address:
        context = browser.new_context(proxy={"server": address})
        page = context.new_page()
        page.goto(f"{ORIGIN}/")

        def run(search, folder="events"):
            return page.evaluate(RESUME, [search, folder])

        yield run
        context.close()


def test_a_new_edition_keeps_all_but_its_days(resume):
    found = resume("?reconduire=nuit-2020")
    assert found["mode"] == "reconduire"
    assert found["chemin"] == ""
    assert found["entete"] == {
        "titre": "Nuit de la *Strix aluco*",
        "resume": "Une sortie.",
        "publie_le": found["auj"],
        "themes": ["biodiversite"],
        "image": {
            "fichier": "events/2020-10-09-nuit/chouette.jpg",
            "alt": "Une chouette",
            "credit": "Nous",
        },
        "horaires": {"tous_les": ["mercredi"], "de": "14:00"},
        "lieu": "la-coupole",
        "inscription": {"regime": "obligatoire"},
        "temps_fort": "nuit",
        "edition_precedente": "nuit-2020",
    }  # fmt: skip
    assert found["corps"] == (
        "![Plan](events/2020-10-09-nuit/plan.png) et [affiche](events/2020-10-09-nuit/affiche.pdf),"
        " [lieu](lieux/la-coupole) ![Autre](medias/x.jpg) [web](https://x.org/y.jpg)"
    )
    assert "« Nuit de la Strix aluco »" in found["dit"][0]


def test_an_update_keeps_everything(resume):
    found = resume("?modifier=nuit-2020")
    assert found["chemin"] == NIGHT["chemin"]
    assert found["corps"] == NIGHT["corps"]
    assert found["entete"] == {**NIGHT["entete"], "modifie": found["auj"]}
    assert found["cles"] == list(NIGHT["entete"])
    assert found["dit"] == [
        "« Nuit de la Strix aluco ». Rien ne change sur le site avant relecture."
    ]
    assert found["avant"] == {**NIGHT, "reference": "events/nuit-2020"}


ELSEWHERE = [
    ("", "events"),
    ("?q=nuit", "events"),
    ("?modifier=../../secret", "events"),
    ("?modifier=", "events"),
    ("?modifier=a%2Fb", "events"),
    ("?reconduire=nuit-2020", "lieux"),
]


def test_another_address_asks_for_nothing_and_a_content_that_is_not_there_is_said(resume):
    assert [one for one in ELSEWHERE if resume(*one) is not None] == []
    with pytest.raises(Error, match="404"):
        resume("?modifier=inconnu")
    with pytest.raises(Error, match="Error: constructor"):
        resume("?modifier=constructor")
