"""References of a form to the rest of the site: the faults of a whole check."""

import json
from functools import cache

import pytest
from playwright.sync_api import expect
from vrais_formulaires import formulaire

from doses import rows_of
from plans import Tree, entry
from portail.features.services.relatifs.relative import relatives
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.faults import private_contacts
from portail.model.kinds import Kind
from tables import lists

pytestmark = pytest.mark.chromium

MOBILES = (
    "06 12 34 56 78", "0712345678", "+33 6 12 34 56 78", "0033612345678",
    "06\u00a012\u00a034\u00a056\u00a078",
)  # fmt: skip
BOXES = (
    "julie.exemple@gmail.com", "J@Orange.FR", "a.b+c@laposte.net",
    "julie.exemple [at] gmail.com", "j(arobase)free.fr", "julie@**gmail**.com",
)  # fmt: skip
PUBLIC = ("03 21 00 00 00", "a@gmail.com.example.org", "https://a.fr/0612345678", "é à œ")

LIEUX = ("la-coupole", "musee-de-picardie", "ombelliscience")
FIELDS = rows_of("portail_contribuer/tests/contribuer/references.yml")
JUDGE = """async ([schema, entete, slugs]) => {
  const charger = (nom) => import(`/theme/js/contribuer-${nom}.js`);
  const noms = ['lecture', 'regles', 'dates', 'proches'], outils = {};
  for (const nom of noms) outils[nom] = await charger(nom);
  const { controler, references } = await charger('controle');
  outils.reference = references(async (dossier) => slugs[dossier] ?? [], outils.proches);
  outils.commune = async (code) => ({ code });
  return controler(schema, entete, outils);
}"""


@cache
def schema():
    return kind_schema(Kind.EVENT, lists())


def test_references_are_judged_as_by_a_check(page, tmp_path):
    files = {f"lieux/{slug}": entry("lieux", titre=slug) for slug in LIEUX}
    report = Tree(tmp_path).run({**files, "events/x": entry("events", **FIELDS)}).report
    # What only a whole site knows: an event that is not recent, which the form lets through.
    expected = sorted(
        (one.code, one.message, one.hint, one.paste)
        for one in report
        if one.position.path.name == "x.md" and "jamais-vu" not in one.message
    )
    front = entry("events", **FIELDS).split("---")[1].strip().splitlines()
    fields = {line.partition(": ")[0]: line.partition(": ")[2] for line in front}
    typed = {key: json.loads(value) for key, value in fields.items() if value[0] in '["'}
    found = page.evaluate(
        JUDGE, [schema(), typed, {"lieux": LIEUX, "auteurs": [], "territoires": []}]
    )
    said = sorted((one["code"], one["message"], one["remede"], one["ecrire"]) for one in found)
    assert {"E411", "E412", "A434", "E204"} <= {one[0] for one in expected}
    assert said == expected


def test_contacts_of_persons_are_found_as_by_a_check(page):
    texts = [
        f"Voir {one}, ou ({other})." for one in (*MOBILES, *PUBLIC) for other in (*BOXES, *PUBLIC)
    ]
    found = page.evaluate(
        """async ([textes, table]) => {
          const { prives } = await import('/theme/js/contribuer-prive.js');
          return textes.map((texte) => prives(texte, table));
        }""",
        [texts, schema()["x-prive"]],
    )
    assert found == [[[*one] for one in private_contacts(text)] for text in texts]


DATED = (
    "Le point brillant de ce soir",
    "Cette nuit, une sonde. Demain soir, une autre",
    "Jeudi matin, la Lune ; ce samedi, Mars",
    "à 22 h 47 mercredi",
    "Que faire ce week-end, dès cette semaine ?",
    "D’où viendra le bois demain ?",
)
LASTING = (
    "Les métiers d’hier et de demain",
    "Le mardi, chaque samedi, un vendredi soir",
    "Lundi 26 septembre, le lundi de Pâques",
    "avant l’aube du vendredi 18",
    "Le premier dimanche est gratuit",
)


def test_words_of_one_day_are_found_as_by_a_check(page):
    found = page.evaluate(
        """async ([textes, table]) => {
          const { relatifs } = await import('/theme/js/contribuer-prive.js');
          return textes.map((texte) => relatifs(texte, table).length);
        }""",
        [[*DATED, *LASTING], schema()["x-relatif"]],
    )
    assert found == [len([*relatives(text)]) for text in (*DATED, *LASTING)]
    assert min(found[: len(DATED)]) == 1 and max(found[len(DATED) :]) == 0


def test_what_shouts_is_advised_at_once(tab):
    page = formulaire(tab)
    page.locator("#C-titre").fill("LA NUIT DES CHAUVES-SOURIS!!!")
    page.locator("#C-resume").fill("Venez nombreux.")
    page.locator("#C-titre").focus()
    note = page.locator("[data-chemin=titre] .prive")
    expect(note).to_contain_text("« LA NUIT DES CHAUVES-SOURIS » crie")
    expect(note).to_contain_text("Dites plutôt ce qu’on y fait, en minuscules.")
    expect(page.locator("[data-chemin=resume] .prive")).to_contain_text("« Venez nombreux » crie")
    page.locator("#C-titre").fill("La nuit des chauves-souris, avec le CNRS et INRAE")
    page.locator("#C-resume").focus()
    expect(note).to_be_hidden()
