"""What is pasted fills the form: calendars, pages, exports, mails, as they are met."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from collages import Lire, bytes_of, outsiders, reading, schema_of
from playwright.sync_api import Browser

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def lire(browser: Browser, racine: Path) -> Iterator[Lire]:
    """Reads in a page as its form would on Monday 27 September 2021."""
    with reading(browser, racine) as (read, _):
        yield read


@pytest.fixture
def sample(lire: Lire, racine: Path) -> Callable[..., dict[str, Any]]:
    """Reads a sample by its name."""
    return lambda name, choix=None: lire(bytes_of(racine, name), name, choix)


Sample = Callable[..., dict[str, Any]]


def test_google(sample: Sample) -> None:
    found = sample("google.ics")
    assert found["entete"] == {
        "titre": "Atelier : fabriquer un spectroscope",
        "resume": "Tous les mercredis, on fabrique un spectroscope avec une boîte en carton.",
        "horaires": {
            "du": "2021-10-06",
            "au": "2021-12-15",
            "tous_les": ["mercredi"],
            "de": "14:00",
            "a": "16:00",
            "sauf": ["2021-10-27", "2021-11-03"],
        },
        "adresse": {
            "nom": "Maison des savoirs fictifs",
            "rue": "4 Rue des Alouettes",
            "code_postal": "62500",
            "commune": "Saint-Omer (62)",
        },
        "format": ["atelier"],
        "age": {"min": "8"},
        "tarif": {"gratuit": "true"},
        "inscription": {
            "regime": "obligatoire",
            "courriel": "reservation@exemple.test",
            "telephone": "03 21 00 00 00",
        },
    }
    assert found["corps"].endswith("- apportez une boîte") and "**spectroscope**" in found["corps"]
    (taken,) = found["pris"]
    assert taken.startswith("Repris\u00a0: titre, résumé, horaires de la semaine, texte, adresse")
    assert taken.endswith("à Saint-Omer (62), format, âge, tarif et inscription.")


def test_outlook(sample: Sample) -> None:
    found = sample("outlook.ics")
    entete = found["entete"]
    assert (entete["debut"], entete["fin"]) == ("2021-10-14 18:30", "2021-10-14 20:30")
    assert (entete["lieu"], entete["format"]) == ("la-coupole", ["conference"])
    assert (entete["themes"], entete["tarif"]) == (
        ["astronomie-espace"],
        {"prix": "5", "reduit": "3"},
    )
    # Neither the name nor the address of a person is taken, and no script is run.
    assert "exemple.test" not in json.dumps(entete) + found["corps"]
    assert "organisateurs" not in entete
    assert any("camille.exemple@exemple.test" in one for one in found["laisse"])
    assert found["titre"] != "piege" and "piege" not in found["corps"]


def test_apple(sample: Sample) -> None:
    found = sample("apple.ics")
    entete = found["entete"]
    assert (entete["debut"], entete["fin"]) == ("2021-10-08", "2021-10-10")
    assert entete["adresse"]["nom"] == "Halle aux Grains imaginaire"
    assert entete["adresse"]["commune"] == "Amiens (80)"
    assert entete["format"] == ["village-des-sciences"]
    assert found["corps"] == "[Page de l’événement](https://exemple.test/village?id=3)"


def test_one_event_for_each_date(sample: Sample) -> None:
    entete = sample("dates.ics")["entete"]
    assert entete["seances"] == [
        {"debut": "2021-10-02 14:00", "fin": "2021-10-02 16:00"},
        {"debut": "2021-11-06 14:00", "fin": "2021-11-06 16:00", "etat": "annule"},
    ]
    assert "etat" not in entete and entete["mots_cles"] == ["géologie"]


def test_several_events_are_a_choice(sample: Sample) -> None:
    found = sample("plusieurs.ics")
    assert found["entete"] == {} and found["laisse"][0].startswith("3\xa0événements")
    assert found["choix"] == [
        "Cours du soir, 2021-10-05 18:00",
        "Visioconférence avec Montréal, 2021-10-12 18:00",
        "Rentrée passée, 2021-09-01 18:00",
    ]
    assert any("abîmé" in one for one in found["laisse"])
    far = sample("plusieurs.ics", "Montréal")["entete"]
    assert (far["debut"], far["fin"]) == ("2021-10-12 18:00", "2021-10-12 19:00")
    assert far["en_ligne"] == "https://visio.exemple.test/salle" and "adresse" not in far
    moved = sample("plusieurs.ics", "Cours")["entete"]["seances"]
    assert moved[2] == {"debut": "2021-10-20 19:00", "etat": "annule"} and len(moved) == 4
    past = sample("plusieurs.ics", "passée")
    assert any("passées" in one for one in past["laisse"])


def test_a_wordpress_page(sample: Sample) -> None:
    found = sample("wordpress.html")
    entete = found["entete"]
    assert entete["titre"] == "La nuit des chouettes – sortie"
    assert (entete["debut"], entete["fin"]) == ("2021-10-09 20:00", "2021-10-09 22:30")
    # The directory has a lieu of this name, in another commune.
    assert "lieu" not in entete and entete["adresse"]["commune"] == "Clairmarais (62)"
    assert entete["tarif"] == {"prix": "5,50"} and entete["organisateurs"] == ["ecomusee"]
    assert "\\n" not in found["corps"] and not found["piege"]
    assert any(one.startswith("L’image n’est pas reprise") for one in found["laisse"])


def test_a_commune_alone_is_an_address(lire: Lire) -> None:
    rows = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:x",
        "BEGIN:VEVENT",
        "UID:a",
        "SUMMARY:Un club",
    ]
    rows += ["DTSTART:20211015T180000", "LOCATION:Amiens", "END:VEVENT", "END:VCALENDAR", ""]
    entete = lire("\r\n".join(rows).encode(), "a.ics", None)["entete"]
    assert entete["adresse"] == {"commune": "Amiens (80)"}


def test_a_ticket_office(sample: Sample) -> None:
    entete = sample("billetterie.html")["entete"]
    assert (entete["debut"], entete["fin"]) == ("2021-11-18 19:00", "2021-11-18 21:00")
    assert entete["en_ligne"] == "https://direct.exemple.test/eau"
    assert entete["adresse"]["commune"] == "Amiens (80)"
    assert entete["tarif"] == {"prix": "8", "reduit": "4"} and entete["etat"] == "reprogramme"
    assert (entete["format"], entete["publics"]) == (["rencontre-debat"], ["etudiants"])
    assert (entete["jauge"], entete["organisateurs"]) == ("120", ["La Coupole"])


def test_a_museum(sample: Sample) -> None:
    show = sample("musee.html", "Fossiles")["entete"]
    assert (show["lieu"], show["format"]) == ("musee-de-l-exemple", ["exposition"])
    assert show["horaires"] == {
        "du": "2021-09-18",
        "au": "2022-01-09",
        "tous_les": ["mercredi", "samedi"],
        "de": "14:00",
        "a": "18:00",
        "sauf": ["2021-12-25", "2022-01-01"],
    }
    assert show["tarif"] == {"gratuit": "true"} and show["age"] == {"min": "6"}
    visits = sample("musee.html", "Visites")
    assert [one.get("etat") for one in visits["entete"]["seances"]] == [None, "annule"]
    assert any("propre titre" in one for one in visits["laisse"])


def test_an_export_of_openagenda(sample: Sample) -> None:
    found = sample("openagenda.json")
    entete = found["entete"]
    assert entete["seances"] == [
        {"debut": "2021-10-09 14:00", "fin": "2021-10-09 16:00"},
        {"debut": "2021-10-10 10:00", "fin": "2021-10-10 12:00"},
    ]
    assert (entete["lieu"], entete["ids_externes"]) == ("la-coupole", {"openagenda": "98765432"})
    assert entete["accessibilite"] == {"moteur": "oui", "mental": "oui"}
    assert entete["tarif"] == {"prix": "6,50", "reduit": "4"} and entete["etat"] == "complet"
    assert entete["age"] == {"min": "7", "max": "12"} and entete["publics"] == ["familles"]
    assert entete["inscription"]["url"] == "https://exemple.test/reserver"
    assert found["corps"].startswith("## Au programme\n\n- un **prisme**")


def test_open_data_and_columns(sample: Sample) -> None:
    flat = sample("donnees-ouvertes.json")
    entete = flat["entete"]
    assert (entete["debut"], entete["adresse"]["commune"]) == ("2021-10-15 18:00", "Wimereux (62)")
    assert (entete["themes"], entete["accessibilite"]) == (["vivant-sante"], {"auditif": "oui"})
    assert "piege" not in flat["corps"] and not flat["piege"]
    row = sample("openagenda.csv")["entete"]
    assert (row["titre"], row["resume"]) == (
        'Jeu de piste "Les pas de craie"',
        "On cherche; on trouve.",
    )
    assert (row["debut"], row["fin"]) == ("2021-10-23 14:00", "2021-10-23 16:00")


def test_a_press_release(sample: Sample) -> None:
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


@pytest.mark.parametrize(
    "head",
    [
        "Béthune, le 20 septembre 2021",
        "Béthune, lundi 20 septembre 2021",
        "Communiqué de presse\nLille, le 1er septembre 2021.",
        "Saint-Omer (62), le 20 septembre 2021",
        "COMMUNIQUÉ DE PRESSE\n\nÀ Villeneuve-d’Ascq, le 20 sept. 2021 –",
        "",
    ],
)
@pytest.mark.parametrize(
    "contact",
    [
        "Contact presse : Julie Exemple – 06 12 34 56 78 – julie@exemple.test",
        "Contacts presse\nJulie Exemple\n06 12 34 56 78",
        "**Relations avec la presse :**\n\nJulie Exemple, 06 12 34 56 78",
        "Attachée de presse : Julie Exemple",
        "",
    ],
)
def test_a_release_gives_its_title_not_its_dateline(lire: Lire, head: str, contact: str) -> None:
    title = "Les réserves du musée se visitent"
    found = lire(RELEASE.format(head=head, title=title, contact=contact) + "\nVenez nombreux.")
    entete = found["entete"]
    assert entete["titre"] == title
    assert (entete["debut"], entete["fin"]) == ("2021-10-09 14:00", "2021-10-09 17:00")
    said = json.dumps(entete, ensure_ascii=False) + found["corps"]
    assert not any(word in said for word in ("Julie", "06 12", "presse", "septembre 2021"))
    assert "Venez nombreux." in said
    assert any("journalistes" in one for one in found["laisse"]) == bool(contact)


def test_a_day_is_no_title_and_stays(lire: Lire) -> None:
    found = lire("Samedi 9 octobre 2021 à 14 h\n\nVisite de la mine\n\nOn descend avec un guide.")
    assert found["entete"]["titre"] == "Visite de la mine"
    assert found["entete"]["debut"] == "2021-10-09 14:00"


def test_a_mail(sample: Sample) -> None:
    found = sample("courriel.txt")
    entete = found["entete"]
    assert entete["titre"] == "Exposition « Sous la craie »"
    assert (entete["debut"], entete["fin"]) == ("2021-10-02", "2021-10-30")
    assert (entete["lieu"], entete["tarif"]) == ("la-coupole", {"gratuit": "true"})
    assert "camille" not in json.dumps(found["entete"]) + found["corps"]
    assert any("en-têtes du courriel" in one for one in found["laisse"])


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("Tarif : 5 € / 3 € réduit", {"prix": "5", "reduit": "3"}),
        ("Entrée libre", {"gratuit": "true"}),
        ("GRATUIT", {"gratuit": "true"}),
        ("6,50 euros", {"prix": "6,50"}),
        ("Plein tarif 8€, tarif réduit 5€", {"prix": "8", "reduit": "5"}),
        ("Ce n’est pas gratuit : 03 21 00 00 00", None),
    ],
)
def test_prices(lire: Lire, written: str, price: dict[str, str] | None) -> None:
    found = lire(f"Une visite\n\nOn visite la mine avec un guide.\n{written}")
    assert found["entete"].get("tarif") == price


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ("le samedi 9 octobre 2021 à 14h", {"debut": "2021-10-09 14:00"}),
        ("9/10/2021 de 14h30 à 16h", {"debut": "2021-10-09 14:30", "fin": "2021-10-09 16:00"}),
        ("du 28 décembre au 3 janvier 2022", {"debut": "2021-12-28", "fin": "2022-01-03"}),
        ("le 3 mars", {"debut": "2022-03-03"}),
        ("le 31 février 2022", {}),
        ("9, 10 et 16 octobre", {"seances": ["2021-10-09", "2021-10-10", "2021-10-16"]}),
        (
            "le 9 octobre 2021 à 14 h et 16 h",
            {"seances": ["2021-10-09 14:00", "2021-10-09 16:00"]},
        ),
        ("inscriptions avant le 7 octobre 2021", {}),
    ],
)
def test_dates_in_prose(lire: Lire, written: str, dates: dict[str, Any]) -> None:
    entete = lire(f"Une visite\n\nOn visite la mine, {written}.")["entete"]
    found = {key: entete[key] for key in ("debut", "fin") if key in entete}
    if "seances" in entete:
        found["seances"] = [one["debut"] for one in entete["seances"]]
    assert found == dates


def test_a_wrong_weekday_is_said(lire: Lire) -> None:
    found = lire("Une visite\n\nRendez-vous dimanche 9 octobre 2021 à 14 h.")
    assert any("est un samedi" in one for one in found["laisse"])


def test_only_what_the_schema_knows(sample: Sample, racine: Path) -> None:
    schema = schema_of("events")
    for path in sorted((racine / "tests/contribuer").iterdir()):
        found = sample(path.name)
        every = [sample(path.name, one) for one in found["choix"]] if found["choix"] else [found]
        for one in every:
            assert [*outsiders(one["entete"], schema)] == [], path.name
            assert [*one["entete"]] == [key for key in schema["properties"] if key in one["entete"]]


@pytest.mark.parametrize("folder", ["articles", "annonces", "ressources", "lieux", "dossiers"])
def test_other_kinds_take_what_they_know(lire: Lire, racine: Path, folder: str) -> None:
    schema = schema_of(folder)
    for name in ("communique.txt", "openagenda.json", "wordpress.html", "google.ics"):
        found = lire(bytes_of(racine, name), name, dossier=folder)
        assert [*outsiders(found["entete"], schema)] == [], name
        assert found["entete"]["titre"] and found["entete"]["resume"]
        # Nothing is said of what this kind does not ask.
        assert not any(
            word in one for one in found["laisse"] for word in ("date", "format", "inscri")
        )
