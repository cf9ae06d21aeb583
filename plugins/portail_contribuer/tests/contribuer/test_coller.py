"""What is pasted fills the form: press releases and mails, as they are met."""

import json
from collections import Counter
from itertools import product

import pytest
from collages import REGION, bytes_of, outsiders, region_rows, schema_of

from checkout import ROOT
from doses import rows_of
from portail.geo.territories import Geography
from portail.resources import data_dir

pytestmark = pytest.mark.chromium


@pytest.fixture
def sample(lire, racine):
    """Reads a sample by its name."""
    return lambda name: lire(bytes_of(racine, name), name)


def test_a_press_release(sample):
    found = sample("communique.txt")
    entete = found["entete"]
    assert entete["titre"] == "Trois soirées pour regarder Jupiter"
    assert entete["resume"].endswith("ses quatre lunes.")
    assert entete["seances"] == [
        {"debut": "2021-10-08 20:00", "fin": "2021-10-08 22:30"},
        {"debut": "2021-10-09 20:30"},
        {"debut": "2021-10-10 20:30"},
    ]
    assert entete["adresse"]["rue"] == "7 chemin des Étoiles"
    assert entete["tarif"]["prix"] == "4,50" and entete["tarif"]["reduit"] == "3"
    assert entete["inscription"] == {
        "regime": "conseillee",
        "courriel": "contact@exemple.test",
        "telephone": "03 23 00 00 00",
    }
    assert "presse" not in found["corps"] and "Dominique" not in json.dumps(found["entete"])
    assert any("contact pour la presse" in one for one in found["laisse"])


RELEASE = """{head}

{title}

Le musée ouvre ses réserves au public, le temps d’un après-midi. Rendez-vous samedi 9 octobre 2021
de 14 h à 17 h.

{contact}
"""


HEADS = (
    "Béthune, lundi 20 septembre 2021",
    "Communiqué de presse\nLille, le 1er septembre 2021.",
    "Saint-Omer (62), le 20 septembre 2021",
    "COMMUNIQUÉ DE PRESSE\n\nÀ Villeneuve-d’Ascq, le 20 sept. 2021 –",
    "",
)
CONTACTS = (
    "Contact presse : Julie Exemple – 06 12 34 56 78 – julie@exemple.test",
    "Contacts presse\nJulie Exemple\n06 12 34 56 78",
    "**Relations avec la presse :**\n\nJulie Exemple, 06 12 34 56 78",
    "Attachée de presse : Julie Exemple",
    "",
)


@pytest.mark.parametrize(("head", "contact"), [*product(HEADS, CONTACTS)])
def test_a_release_gives_its_title_not_its_dateline(lire, head, contact):
    title = "Les réserves du musée se visitent"
    found = lire(RELEASE.format(head=head, title=title, contact=contact) + "\nVenez nombreux.")
    entete = found["entete"]
    assert entete["titre"] == title
    assert (entete["debut"], entete["fin"]) == ("2021-10-09 14:00", "2021-10-09 17:00")
    said = json.dumps(entete, ensure_ascii=False) + found["corps"]
    assert not any(word in said for word in ("Julie", "06 12", "presse", "septembre 2021"))
    assert "Venez nombreux." in said
    assert any("journalistes" in one for one in found["laisse"]) == bool(contact)


WHEN = {"debut", "fin", "seances", "horaires"}


@pytest.mark.parametrize("row", rows_of("portail_contribuer/tests/contribuer/collages.yml"))
def test_what_is_given_of_a_text(lire, row):
    found = lire(row["texte"])
    entete, given = found["entete"], row.get("donne", {})
    assert {name: entete.get(name) for name in given} == given
    if "quand" in row:
        assert {name: entete[name] for name in WHEN & entete.keys()} == row["quand"]
    assert all(words in "\n".join(found["laisse"]) for words in row.get("laisse", ()))


def test_a_mail(sample):
    found = sample("courriel.txt")
    entete = found["entete"]
    assert entete["titre"] == "Exposition « Sous la craie »"
    assert (entete["debut"], entete["fin"]) == ("2021-10-02", "2021-10-30")
    assert (entete["lieu"], entete["tarif"]) == ("la-coupole", {"gratuit": "true"})
    assert "camille" not in json.dumps(found["entete"]) + found["corps"]
    assert any("en-têtes du courriel" in one for one in found["laisse"])


@pytest.fixture(scope="module")
def wide(there):
    """Reads as in that page, with every commune of the region."""
    lire, page = there
    region = region_rows(Geography.load(data_dir(), "Hauts-de-France"))
    page.evaluate("(lignes) => { window.tenu.region = lignes; }", region)
    yield lire
    page.evaluate("(lignes) => { window.tenu.region = lignes; }", REGION)


def filled(entete):
    """What the form is given, in the words of ``annonces.yml``."""
    where = entete.get("adresse", {})
    sessions = [one for one in entete.get("seances", [entete]) if "debut" in one]
    return {
        "titre": entete.get("titre"),
        "quand": ["/".join(filter(None, (one["debut"], one.get("fin")))) for one in sessions],
        "nom": where.get("nom"),
        "commune": where.get("commune"),
        "salle": entete.get("salle"),
        "resume": entete.get("resume"),
    }


def is_right(field, found, wanted):
    if field == "resume":
        return bool(wanted) and found.startswith(wanted)
    if field == "quand":
        return found == wanted
    return found in (wanted if isinstance(wanted, list) else [wanted])


LEAST = {"titre": 40, "quand": 50, "nom": 32, "commune": 42, "salle": 3, "resume": 30}
"""How many of the notices fill each field; for the others, nothing is sure."""


def test_a_notice_fills_what_is_sure_and_nothing_wrong(wide):
    """A wrong value is worse than none."""
    told = rows_of("portail_contribuer/tests/contribuer/annonces.yml")
    right, wrong = Counter(), []
    for one in told:
        found = filled(wide(one.pop("texte"))["entete"])
        for field, value in found.items():
            wanted = one.get(field, [] if field == "quand" else None)
            if value and is_right(field, value, wanted):
                right[field] += 1
            elif value:
                wrong.append((field, value, wanted))
    assert wrong == []
    assert [field for field, least in LEAST.items() if right[field] < least] == []


TEXTS = ("communique.txt", "courriel.txt")


@pytest.mark.parametrize(
    "folder", ["events", "articles", "annonces", "ressources", "lieux", "dossiers"]
)
def test_every_kind_takes_what_it_knows(lire, racine, folder):
    schema = schema_of(folder)
    for name in TEXTS:
        found = lire(bytes_of(racine, name), name, dossier=folder)
        entete = found["entete"]
        assert [*outsiders(entete, schema)] == [], name
        assert [*entete] == [key for key in schema["properties"] if key in entete]
        assert entete["titre"] and entete["resume"]
        # Nothing is said of what this kind does not ask.
        night = lire("La tempête\n\nLa nuit du 2 novembre, le vent a soufflé.", dossier=folder)
        assert ("Quand" in " ".join(night["laisse"])) is (folder == "events")
        asked = folder == "events"
        words = ("date", "format", "inscri")
        assert asked or not any(word in one for one in found["laisse"] for word in words)


FILES = sorted(path.name for path in (ROOT / "tests/samples").iterdir())
SENT = "Un tableau, un agenda ou un export ne se lit pas ici : envoyez-le tel quel"


@pytest.mark.parametrize("name", [one for one in FILES if one not in TEXTS])
def test_what_an_import_reads_is_sent_as_it_is(lire, racine, name):
    """Dropped as a file, or its text pasted."""
    data = bytes_of(racine, name)
    for found in (lire(data, name), lire(data.decode())):
        assert (found["entete"], found["corps"], found["pris"]) == ({}, "", [])
        (said,) = found["laisse"]
        assert said.startswith("Une page enregistrée" if name.endswith(".html") else SENT)
