"""Opening hours in the form of a place: read and said back as Python reads and says them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from navigateur import ORIGIN
from playwright.sync_api import Page
from vrais_formulaires import formulaire, verifier

from horaires import written
from portail.model.kinds import Kind
from portail.text.opening_hours_french import LEXICON, is_spoken, opening_lines
from portail.text.opening_hours_spoken import osm_hours
from portail.text.opening_hours_text import Misread, read_opening_hours

pytestmark = pytest.mark.chromium
READ = """async ([textes, lexique]) => {
  const charger = (nom) => import(`/theme/js/contribuer-${nom}.js`);
  const [mots, horaires, dits] = await Promise.all(['horaires-mots', 'horaires', 'horaires-dits'].map(charger));
  return textes.map((texte) => {
    const { osm, refus } = mots.lire(texte, lexique);
    return refus ? [refus.signe, refus.trouve, refus.raison] : [osm, ...dits.dire(horaires.lire(osm))];
  });
}"""  # noqa: E501
WRITTEN = (
    "mardi à dimanche 10 h-18 h, fermé les jours fériés", "tous les jours sauf le mardi",
    "du mardi au vendredi de 10h à 12h et de 14h à 18h", "fermé du 24 décembre au 2 janvier",
    "tous les jours sauf le mardi, 10h-18h", "d’avril à septembre : du mardi au dimanche 10h-19h",
    "d´avril à mai : le lundi 9h-10h",
    "sur rendez-vous", "lun-ven 9:00-17:00, sam. 10h-12h. Fermé dimanche", "demain",
    "10h", "24h/24",
    "le 1er et le 3e dimanche du mois, de 14 à 18h",
    "fermé le lundi et le 25 décembre, mardi 10h-12h",
    "pendant les vacances scolaires, du lundi au vendredi 10h-18h", "Tu-Su 10h-18h", "😀 mardi 10h",
    "mardi 10h-12h 😀", "le week-end et les jours fériés de 14h à minuit", "mardi 25h-26h",
    "mercredi 14h-17h (entrée \"libre\")", "fermé le 30 février", "mardi 10h-12h, mardi 14h-18h",
    "tous les jours 10h-18h sauf le mardi et les jours fériés", "juillet-août : 10h-19h", "mardi",
    "ouvert", "sauf", "fermé", "et", "du", "1er", "(a", "le 12 mai à 10h", "Mo 10:00-12:00 \"a\"",
    "du mardi au 12 mai 10h", "premier dimanche 10h-12h", "6e lundi du mois 10h-12h", "mardi à",
)  # fmt: skip


def _told(text: str) -> list[object]:
    try:
        osm = text
        try:
            read_opening_hours(text)
        except Misread:
            if not is_spoken(text):
                raise
            osm = osm_hours(text)
        return [osm, *opening_lines(read_opening_hours(osm))]
    except Misread as error:
        return [error.signe, error.trouve, error.raison]


def test_hours_are_read_and_said_alike(opened: Callable[..., Page]) -> None:
    chance, texts = Random(7), list(WRITTEN)
    for seed in range(400):
        osm = ("; ", ", ")[seed % 2].join(one.text for one in written(Random(seed)))
        texts.append(osm)
        try:
            french = " ; ".join(opening_lines(read_opening_hours(osm)))
        except Misread:
            continue
        cut = chance.randrange(len(french) + 1)
        texts += [french, french[:cut], french[:cut] + chance.choice("é,;-h ") + french[cut:]]
    page = opened(390)
    page.goto(f"{ORIGIN}/accueil")
    said = page.evaluate(READ, [texts, [list(one) for one in LEXICON]])
    pairs = zip(texts, map(_told, texts), said, strict=True)
    assert [one for one in pairs if one[1] != one[2]] == []


def test_a_place_says_back_its_hours(opened: Callable[..., Page]) -> None:
    page = formulaire(opened(390), Kind.LIEU)
    field = page.locator("#C-horaires_ouverture")
    field.fill("mardi à dimanche 10h-18h, fermé les jours fériés")
    page.get_by_text("Sera lu :").wait_for()
    said = page.locator("[data-chemin=horaires_ouverture] .lu").inner_text().replace("\u00a0", " ")
    assert said == "Sera lu : Du mardi au dimanche : de 10 h à 18 h ; Jours fériés : fermé"
    field.fill("mardi à dimanche 10h-18h, hors vacances")
    page.get_by_text("« hors » ne se lit pas").wait_for()
    page.locator("#C-titre").fill("Un musée")
    page.locator("#C-resume").fill("Deux phrases.")
    page.locator("#C-type").select_option("musee")
    page.locator("#C-adresse-commune").fill("Lens")
    page.locator("[data-hors=accord] input").check()
    assert verifier(page) is None
    assert "« hors » ne se lit pas" in page.locator("#Sommaire").inner_text().replace("\u00a0", " ")
    field.fill("du mardi au dimanche de 10h à 18h")
    found = verifier(page)
    assert found
    assert found["entete"]["horaires_ouverture"] == "du mardi au dimanche de 10h à 18h"
    assert page.evaluate("said") == []
