"""What versions before 0.3.0 had imported, and remembered beside the contents, is known again."""

import json

import pytest

from arrivages import DAY, Happening, files, front, ics, tree
from portail.cli import main
from portail.settings import RECORD

VISIT = Happening("41@x.example", "Visite", DAY.replace(month=12, day=4))
WRITTEN = """---
titre: Visite
resume: Un texte.
publie_le: 2026-11-25
ids_externes:
  ical: 41@x.example
debut: 2026-12-04 14:00
adresse:
  nom: Salle des fêtes
  rue: 2 place de la Mairie
  code_postal: 80000
  commune: Amiens (80)
format: [visite]
publics: [adultes]
---
"""
TOOL = """---
titre: La valise
resume: Dix expériences.
publie_le: 2026-11-25
ids_externes:
  tableur: V-1
type: jeu
pret:
  panneaux: 4
---

Un texte.
"""
REMEMBERED = {
    "events/visite": {
        "@source": ["6dc7c8877754 =3b5dee7779c5"], "format": "c60089772bfc",
        "ids_externes.ical": "4ab9b97f0757", "ou": "95470acffda4", "publics": "13b1a447a7b2",
        "publie_le": "fecd48f0d6ca", "quand": "b1ee829922da", "resume": "6e7c5576ce03",
        "titre": "4323c063c3fa",
    },
    "ressources/la-valise": {
        "@source": ["fdf42643024c /9ab94ea49508"], "corps": "6e7c5576ce03",
        "identifiant": "9aa4d0c906ef", "pret.panneaux": "92a906fc9910", "resume": "ad9ed3d854ed",
        "titre": "3ea879d09ed7", "type": "ac3a512a1574",
    },
}  # fmt: skip
"""As such a version wrote it."""


@pytest.fixture(autouse=True)
def _former(site):
    (site / RECORD).write_text('{"version": "0.0.9"}', encoding="utf-8")
    for ref, text in (("events/visite", WRITTEN), ("ressources/la-valise", TOOL)):
        file = site / f"content/{ref}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    remember(site, {"version": 1, "contenus": REMEMBERED})


def remember(site, told):
    (site / "imports.json").write_text(json.dumps(told), encoding="utf-8")


def apply():
    return main(["migrer", "--appliquer"])


def test_identity_and_seal_are_in_the_files_and_the_journal_goes(site, bring, output):
    before = tree(site)
    assert main(["migrer"]) == 0
    assert tree(site) == before and "imports.json" in output()
    assert apply() == 0
    assert not (site / "imports.json").exists()
    own = {"ical": "41@x.example", "moisson": "import-6dc7c8"}
    assert own.items() < front(site, "events/visite")["ids_externes"].items()
    assert front(site, "ressources/la-valise")["ids_externes"]["moisson"] == "import-fdf426"
    assert main(["check"]) == 0
    after = tree(site)
    assert apply() == 0 and tree(site) == after
    # Its source is known again, where it stands, and followed.
    assert bring("saison.ics", ics(VISIT)).counts == {"inchangé": 1}
    assert tree(site) == after
    assert bring("saison.ics", ics(VISIT._replace(hour=16))).counts == {"changé": 1}
    assert str(files(site)["visite"]["debut"])[:16] == "2026-12-04 16:00"


@pytest.mark.parametrize(
    ("before", "after"), [("Un texte.", "Un autre texte."), ("titre:", "jauge: 12\ntitre:")]
)
def test_what_somebody_corrected_stays_theirs(before, after, site, bring):
    file = site / "content/events/visite.md"
    file.write_text(WRITTEN.replace(before, after, 1), encoding="utf-8")
    assert apply() == 0
    kept = file.read_text("utf-8")
    assert "moisson: import-6dc7c8" in kept and "empreinte" not in kept
    assert bring("saison.ics", ics(VISIT._replace(hour=16))).counts == {"corrigé ici": 1}
    assert file.read_text("utf-8") == kept


def test_a_table_goes_on_when_it_is_named(site, bring):
    assert apply() == 0
    head = "Titre;Résumé;Type;Prêt : panneaux;Identifiant;Texte"
    rows = f"{head}\nLa valise;Dix expériences.;jeu;6;V-1;Un texte.\n"
    assert bring("outils.csv", rows).counts == {"laissé": 1}
    assert bring("outils.csv", rows, "--nom", "import-fdf426").counts == {"changé": 1}
    assert front(site, "ressources/la-valise")["pret"] == {"panneaux": 6}


@pytest.mark.parametrize("told", [[], {"contenus": 3}, {"contenus": {"events/visite": 3}}])
def test_a_damaged_journal_is_one_sentence(told, site, capsys):
    remember(site, told)
    before = tree(site)
    assert apply() == 2
    assert "imports.json n’est plus lisible" in capsys.readouterr().err
    assert tree(site) == before


@pytest.mark.parametrize("source", [7, None, [], ["a b c", 3], {"x": 1}])
def test_a_journal_that_somebody_wrote_stops_nothing(source, site):
    memory = REMEMBERED["events/visite"] | {"@source": source}
    remember(site, {"version": 1, "contenus": {"events/visite": memory}})
    assert apply() == 0
    assert front(site, "events/visite")["ids_externes"]["moisson"].startswith("import")
    assert main(["check"]) == 0
