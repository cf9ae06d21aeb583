"""The greffons of the demonstration: what they tell, where, and what they find wrong; without them
the form does not ask what nothing would tell."""

import json
import shutil
from datetime import date

import pytest

from checkout import ROOT
from demonstration import GREFFONS
from doses import rows_of
from plans import Tree, box, contents, entry, said
from portail.facts.base import text_of
from portail.facts.channels import added
from portail.feature import IN_SEARCH
from portail.features.services.agenda.filter import agenda_text
from portail.outputs.pages.cards import card_of
from portail.resources import over, theme_dir
from portail.text.typography import typeset
from portail_pelican.assets import published, sheets

COACH = {"places": 3, "depart": "Doullens", "jour": "2021-10-02", "courriel": "a@exemple.org"}
SEATS = "Car à partager\u00a0: 3 places au départ de Doullens"
URL = "/evenements/visite/"
WAY = {"arret": "Gare d’Exemple", "retour": "Train de 22 h 48"}
EVENT = {
    "seances": [
        *({"debut": f"{day} 10:30", "douce": ["son"]} for day in ("2021-09-12", "2021-10-09")),
        {"debut": "2021-10-02 14:00"},
        {"debut": "2021-10-30 14:00"},
    ],
    "groupes": {"niveaux": ["CM1"], "car": COACH},
    "sans_voiture": WAY,
}


class Ours(Tree):
    """Contents with the greffons of the demonstration."""

    def run(self, files=None, **options):
        return super().run(files, **{"greffons": GREFFONS, **options})


@pytest.fixture
def ours(tmp_path):
    shutil.copytree(ROOT / "greffons", tmp_path / "greffons")
    return Ours(tmp_path)


def event(**fields):
    return {"events/visite": entry("events", **fields)}


def lines(view):
    """What is said after the place, by day."""
    rows = ((day.jour, row) for day in view.jours for group in day.groupes for row in group.lignes)
    return {str(day): " · ".join(row.carte.details[2:]) for day, row in rows}


def test_each_tells_it_on_the_page_and_has_its_filter(ours):
    pages = ours.pages(event(**EVENT))
    view = pages[URL].view()
    rows = {name: [text.replace("\u00a0", " ") for text in row] for name, row in box(view).items()}
    assert rows["Sans voiture"] == ["Gare d’Exemple", "dernier retour : train de 22 h 48"]
    assert rows["Séances douces"] == ["samedi 9 octobre 2021, à 10 h 30 : son plus bas"]
    assert rows["Car à partager"] == [
        "3 places au départ de Doullens, samedi 2 octobre", "a@exemple.org <mailto:a@exemple.org>",
    ]  # fmt: skip
    assert {"Séances douces", "Sans voiture"} <= {row.libelle for row in view.faits}, "not folded"
    notes = [session.note for day in view.dates for session in day.seances]
    assert notes == ["Séance douce", "", "Séance douce", ""]
    assert {f"/agenda/{key}/" for key in ("car-a-partager", "sans-voiture", "seances-douces")} <= {
        *pages
    }
    (group,) = pages["/classes/"].view().blocs
    (line,) = group.cartes
    assert SEATS in " ".join(line.details)


def test_what_is_of_some_days_is_told_on_their_lines_alone(ours):
    """On each line of the agenda, those that its script draws; on the card of the whole event, the
    days that are left."""
    site = ours.site(event(**EVENT))
    told = lines(ours.view("/agenda/"))
    assert told == {"2021-10-02": SEATS, "2021-10-09": "Séance douce", "2021-10-30": ""}
    whole = card_of(site, "events/visite").details
    assert whole[2:] == ("Séance douce samedi 9\u00a0octobre", f"{SEATS}, samedi 2\u00a0octobre")
    document = json.loads("".join(agenda_text(site, "")))
    texts, moments = document["textes"], document["moments"]
    ((*_, (slots), _),) = document["lignes"]
    place = texts[document["lignes"][0][4]]
    drawn = [texts[moments[one][3]].removeprefix(place) for one, *_ in slots]
    assert drawn == [typeset(f" · {SEATS}"), " · Séance douce", ""]
    ((_, (moment, _, _, _)),) = document["seances"]["seances-douces"]
    assert moments[moment][1] == "10\u00a0h\u00a030"
    later = ours.site(day=date(2021, 10, 20))
    assert card_of(later, "events/visite").details[2:] == ()
    over = ours.site(day=date(2021, 11, 20))
    assert "12\u00a0septembre" in card_of(over, "events/visite").details[2]


def test_the_page_of_a_switch_tells_the_sessions_that_bear_it(ours):
    days = [f"2021-10-{day:02d}" for day in range(1, 29)]
    sessions = [{"debut": f"{day} 10:00", "fin": f"{day} 18:00"} for day in days]
    sessions[9]["douce"] = ["son"]
    outlook = ours.site(event(seances=sessions)).ahead.of(("seances-douces", "oui"))
    assert [str(day) for day, _ in outlook.rows] == ["2021-10-10"]
    assert outlook.lasting == ()


def test_the_search_knows_the_words_of_those_concerned(ours):
    site = ours.site(event(douce=["son"]))
    facts = added(site, IN_SEARCH, site.items["events/visite"])
    told = " ".join(text_of(fact.values) for fact in facts)
    assert all(word in told for word in ("Son plus bas", "autiste", "TSA", "séance Relax"))


@pytest.mark.parametrize(("fields", "code"), rows_of("portail/greffons/demonstration.yml"))
def test_what_is_wrong_is_said(ours, fields, code):
    lines = said(ours.run(event(**fields), plans=False).report)
    assert [line.split()[1] for line in lines if " CX" in line] == [code] * bool(code)


def test_the_page_for_journalists_tells_who_answers_and_what_is_true(ours):
    pages = ours.pages(contents(rows_of("portail/greffons/presse.yml")))
    view = pages["/presse/"].view()
    assert [(one.lien.texte, one.sujets) for one in view.paroles] == [
        ("Un réseau", ()), ("Camille", ("Astronomie et espace", "Numérique")),
        ("Exemple · Inventé", ()),
    ]  # fmt: skip
    camille = view.paroles[1]
    assert (camille.lien.note, camille.telephone, camille.courriel) == (
        "Musée", "03 21 00 00 00", "contact@example.org",
    )  # fmt: skip
    assert [(one.libelle, one.valeurs[0].texte) for one in view.chiffres] == [
        ("visiteurs (2021)", "35"), ("communes (2019)", "60"), ("visiteurs (2021)", "1 200"),
    ]  # fmt: skip
    assert view.fichier == "/presse/chiffres.csv"
    assert "/presse/" in {one.url for group in view.cadre.pied for one in group.liens}


def test_a_folder_of_a_greffon_lies_over_the_theme():
    theme = over(theme_dir(), ROOT / "greffons/presse")
    assert b".paroles" in published(theme, "css/presse.css")
    assert sheets(theme).items() >= sheets(theme_dir()).items()


def test_a_form_asks_what_something_tells(ours):
    def asked(**options):
        pages = ours.pages(**options)
        views = (pages[f"/contribuer/{name}/"].view() for name in ("evenement", "lieu"))
        return " ".join(repr(view.parties) for view in views)

    names = ("sans_voiture.arret", "groupes.car.places", "'douce'", "'presse'")
    ours.run(event())
    assert [name in asked() for name in names] == [True] * 4
    assert [name in asked(greffons=()) for name in names] == [False] * 4
