"""What is pasted fills the form: press releases and mails, as they are met."""

import json
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
import yaml
from collages import REGION, bytes_of, outsiders, region_rows, schema_of

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


def test_neither_a_day_nor_what_someone_says_is_a_title(lire):
    found = lire("Samedi 9 octobre 2021 à 14 h\n\nVisite de la mine\n\nOn descend avec un guide.")
    assert found["entete"]["titre"] == "Visite de la mine"
    assert found["entete"]["debut"] == "2021-10-09 14:00"
    said = "Une nuit sous les étoiles\n\n« Nous serons là », dit la directrice. Le 9 octobre 2021."
    assert lire(said)["entete"]["titre"] == "Une nuit sous les étoiles"


@pytest.mark.parametrize(
    ("head", "etat"),
    [
        ("COMPLET : Atelier vannerie", "complet"),
        ("Complet – Atelier vannerie", "complet"),
        ("[COMPLET] Atelier vannerie", "complet"),
        ("Atelier vannerie (complet)", "complet"),
        ("ANNULÉ : Atelier vannerie", "annule"),
        ("ANNULÉ – Atelier vannerie", "annule"),
        ("REPORTÉ : Atelier vannerie", "reporte"),
        ("Atelier vannerie", None),
    ],
)
def test_a_title_that_says_a_state_is_read_with_it(lire, head, etat):
    text = f"{head}\nSamedi 18 décembre 2021 à 14h\nMaison des osiers, 62600 Berck"
    entete = lire(text)["entete"]
    assert (entete["titre"], entete.get("etat")) == ("Atelier vannerie", etat)


def test_a_mail(sample):
    found = sample("courriel.txt")
    entete = found["entete"]
    assert entete["titre"] == "Exposition « Sous la craie »"
    assert (entete["debut"], entete["fin"]) == ("2021-10-02", "2021-10-30")
    assert (entete["lieu"], entete["tarif"]) == ("la-coupole", {"gratuit": "true"})
    assert "camille" not in json.dumps(found["entete"]) + found["corps"]
    assert any("en-têtes du courriel" in one for one in found["laisse"])


@pytest.mark.parametrize(
    ("written", "title", "format"),
    [
        (
            "12 rue des Lilas\nLe 9 octobre 2021, un atelier « Fabrique ton robot », à Laon.",
            "Fabrique ton robot", "atelier",
        ),
        ("Le musée propose une conférence, « La vie des abeilles », à Laon.",
         "La vie des abeilles", "conference"),
    ],
)  # fmt: skip
def test_guillemets_give_the_title_their_format_and_the_commune_near(lire, written, title, format):
    found = lire(written, "")
    assert found["entete"]["titre"] == title
    assert found["entete"]["format"] == [format]
    assert found["entete"]["adresse"]["commune"] == "Laon (02)"


OF_NO_ONE = (
    "« Nous serons là », dit la directrice du musée de la mine.",
    "L’association « Les Petits Curieux » ouvre ses portes.",
    "La chercheuse a reçu le prix « Jeunes talents ». Elle parlera de la craie.",
    "Le film « La Terre vue du ciel » passe au cinéma « Le Majestic ».",
    "Le cycle « Sciences et société » revient cette année.",
    "Un spectacle « tout public » pour petits et grands.",
)


@pytest.mark.parametrize(
    "written",
    [
        "La médiathèque vous invite à « {} », samedi 9 octobre 2021 à 14 h.",
        "Voici « {} », une exposition sur la craie.",
        "« {} », un atelier pour les 8-12 ans, samedi 9 octobre.",
        "« {} » : samedi 9 octobre 2021 de 14 h à 16 h, à la médiathèque.",
        "Samedi 9 octobre 2021 à 14 h : « {} » à la médiathèque.",
        "L’exposition temporaire du musée, intitulée « {} », ouvre samedi.",
        "Un fablab ouvre. Il s’appelle « {} » et dure une journée.",
        "« {} » ouvre le 9 octobre 2021 au musée de la craie.",
    ],
)
def test_what_is_announced_in_guillemets_is_the_title(lire, written):
    for title in ("Fabrique ton robot", "Sous nos pieds"):
        told = f"{written.format(title)} On y voit des fossiles et des outils de carrier."
        assert lire(told)["entete"]["titre"] == title


@pytest.mark.parametrize("written", OF_NO_ONE)
def test_what_is_said_or_who_invites_is_no_title(lire, written):
    assert "titre" not in lire(f"{written}\nLe 9 octobre 2021.")["entete"]


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ("Entrée : 5 euros, 3 euros pour les moins de 12 ans", None),
        ("2,50 euros, 1,50 euro pour les enfants", None),
        ("Durée : 20 minutes, 15 personnes par groupe", None),
        ("12 places, 8 ans minimum", None),
        ("Lieu : Musée de la mine, gratuit, dès 8 ans", {"nom": "Musée de la mine"}),
        ("Musée de la mine, 5 euros, 3 euros réduit", {"nom": "Musée de la mine"}),
        ("Médiathèque, 12 Grand-Rue", {"nom": "Médiathèque", "rue": "12 Grand-Rue"}),
        ("Pôle, 33 rue Saint-Leu à Laon",
         {"nom": "Pôle", "rue": "33 rue Saint-Leu", "commune": "Laon (02)"}),
    ],
)  # fmt: skip
def test_what_is_counted_is_no_address(lire, written, where):
    story = "On descend dans la galerie avec un guide du musée et ses lampes."
    assert lire(f"Visite de la mine\n\n{story}\n{written}")["entete"].get("adresse") == where


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("Tarif : 5 € / 3 € réduit", {"prix": "5", "reduit": "3"}),
        ("Entrée libre", {"gratuit": "true"}),
        ("6,50 euros", {"prix": "6,50"}),
        ("Plein tarif 8€, tarif réduit 5€", {"prix": "8", "reduit": "5"}),
        ("Ce n’est pas gratuit : 03 21 00 00 00", None),
    ],
)
def test_prices(lire, written, price):
    found = lire(f"Une visite\n\nOn visite la mine avec un guide.\n{written}")
    assert found["entete"].get("tarif") == price


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ("le 3 mars", {"debut": "2022-03-03"}),
        ("inscriptions avant le 7 octobre 2021", {}),
    ],
)
def test_dates_in_prose(lire, written, dates):
    entete = lire(f"Une visite\n\nOn visite la mine, {written}.")["entete"]
    assert {key: entete[key] for key in ("debut", "fin") if key in entete} == dates


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
    told = yaml.safe_load((Path(__file__).parent / "annonces.yml").read_text("utf-8"))
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


def test_a_wrong_weekday_is_said(lire):
    found = lire("Une visite\n\nRendez-vous dimanche 9 octobre 2021 à 14 h.")
    assert any("est un samedi" in one for one in found["laisse"])


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


FILES = sorted(path.name for path in (Path(__file__).parent / "samples").iterdir())
SENT = "Un tableau, un agenda ou un export ne se lit pas ici : envoyez-le tel quel"


@pytest.mark.parametrize("name", [one for one in FILES if one not in TEXTS])
def test_what_an_import_reads_is_sent_as_it_is(lire, racine, name):
    """Dropped as a file, or its text pasted."""
    data = bytes_of(racine, name)
    for found in (lire(data, name), lire(data.decode())):
        assert (found["entete"], found["corps"], found["pris"]) == ({}, "", [])
        (said,) = found["laisse"]
        assert said.startswith("Une page enregistrée" if name.endswith(".html") else SENT)


WEEKLY = {"du": "2027-01-05", "au": "2027-01-26", "tous_les": ["mardi"], "de": "18:30"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Les mardis du 5 au 26 janvier 2027 à 18h30.", {"horaires": WEEKLY}),
        ("Du 5 au 26 janvier 2027, les mardis à 18h30.", {"horaires": WEEKLY}),
        ("Tous les mardis du 5 au 26 janvier 2027 à 18.30.", {"horaires": WEEKLY}),
        (
            "Du mardi au jeudi, du 5 au 26 janvier 2027, de 18h30 à 20h.",
            {"horaires": WEEKLY | {"tous_les": ["mardi", "mercredi", "jeudi"], "a": "20:00"}},
        ),
        (
            "À partir du 5 janvier jusqu’au 26 janvier 2027.",
            {"debut": "2027-01-05", "fin": "2027-01-26"},
        ),
        (
            "Samedi 9 janvier 2027, 20h-2h.",
            {"debut": "2027-01-09 20:00", "fin": "2027-01-10 02:00"},
        ),
        ("Inscriptions jusqu’au 2 janvier 2027. Mardi 5 janvier 2027.", {"debut": "2027-01-05"}),
    ],
)
def test_days_of_the_week_of_a_period(lire, said, expected):
    entete = lire(f"Une exposition\n\nElle se visite. {said}")["entete"]
    assert {key: one for key, one in entete.items() if key in DATED} == expected


DATED = ("debut", "fin", "seances", "horaires")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Jusqu’au 28 février 2027.", "on ne sait pas depuis quand"),
        ("À partir du 9 janvier 2027.", "on ne sait pas jusqu’à quand"),
        ("Du 9 janvier 2027.", "on ne sait pas jusqu’à quand"),
        ("9 janvier au 28 février 2027.", "on ne sait pas"),
        ("Du 5 au 26 janvier 2027, sauf le lundi.", "tous ses jours ne sont pas lus"),
        ("Du 5 au 26 janvier 2027 (fermé le lundi).", "tous ses jours ne sont pas lus"),
        ("Les mardis du 5 au 26 janvier 2027, relâche le 12.", "tous ses jours ne sont pas lus"),
        ("Le 2027-01-09T13:00:00Z.", "l’heure est celle d’un autre fuseau"),
    ],
)
def test_dates_that_are_not_read_whole_are_asked_for(lire, said, reason):
    found = lire(f"Une exposition\n\nElle se visite. {said}")
    assert not set(DATED) & found["entete"].keys()
    assert any(reason in one and "Écrivez ses dates" in one for one in found["laisse"])


def test_the_room_of_a_place_is_kept(lire):
    text = "Une conférence\n\nUn soir.\nLieu : Médiathèque, salle 2, 3 place du Marché, 59000 Lille"
    entete = lire(text)["entete"]
    assert entete["salle"] == "salle 2" and entete["adresse"]["nom"] == "Médiathèque"
