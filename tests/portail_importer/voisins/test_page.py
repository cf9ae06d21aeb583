"""``/reseau/``: what neighbours announce near the region, each line with its origin and its
distance; nothing of a neighbour's anywhere else."""

import json
from datetime import date, timedelta
from pathlib import Path

from plans import TODAY, entry, pages_of
from portail.features import agenda, evenements, facettes
from portail.pipeline import Result, planned
from portail_importer import voisins as network
from remake import replace
from voisins import far_event, neighbour

URL = "/reseau/"
DATA, KNOWN = "reseau/facettes.json", "reseau/communes.json"
DIEPPE, REIMS, CAEN, MARSEILLE = "76217", "51454", "14118", "13055"
FILES = {
    "events/sel": entry("events", titre="Le sel", debut="2021-09-29 10:00"),
    "events/loin": entry("events", titre="Plus tard", debut="2021-12-20"),
}


NEAR = tuple(one.feature for one in (evenements, agenda, facettes, network))


def plan(tree, *neighbours):
    """What is planned of a site that has these neighbours."""
    site = tree.site(FILES, siteurl="https://nous.example")
    shown = replace(site, features=NEAR, parts={"voisins": neighbours})
    return planned(Result(shown, None, site.report, 0), site.config, Path("content")).plan


def pages(tree, *neighbours):
    return pages_of(plan(tree, *neighbours))


def view(tree, *neighbours):
    return pages(tree, *neighbours)[URL].view()


def lines(view):
    return [
        (day.jour, line) for day in view.jours for group in day.groupes for line in group.lignes
    ]


def told(view):
    """Day, title, sort and portal of each line."""
    return [(day.isoformat(), line.carte.titre, line.carte.precision) for day, line in lines(view)]


def echo(*events, **more):
    return neighbour(*events, **{"fetched": date(2021, 9, 20), **more})


def test_lines_are_by_day_and_say_whose_they_are_and_how_far(tree):
    far = echo(
        far_event("nuit-des-phares", date(2021, 9, 29), hour=9),
        far_event("les-marees", date(2021, 10, 2), DIEPPE),
        far_event("trop-loin", date(2021, 10, 2), MARSEILLE),
        far_event("trop-tard", TODAY + timedelta(days=60)),
    )
    found = view(tree, far)
    assert told(found) == [
        ("2021-09-29", "Nuit des phares", "Atelier · Écho-Voisin"),
        ("2021-10-02", "Les marees", "Atelier · Écho-Voisin"),
    ]
    (_, near), (_, beyond) = lines(found)
    assert near.carte.url == "https://voisin.example/evenements/nuit-des-phares/"
    assert near.carte.details[1:] == ("Salle des fêtes, Eu (76), à 3 km de Mers-les-Bains",)
    assert beyond.carte.details[1].startswith("Salle des fêtes, Dieppe (76), à 2")


def test_what_lasts_is_apart(tree):
    whole = replace(far_event("expo", date(2021, 9, 1)).occurrences[0], journee=True, fin=None)
    expo = replace(whole, fin=whole.debut + timedelta(days=60))
    found = view(tree, echo(far_event("expo", date(2021, 9, 1), occurrences=(expo,))))
    (one,) = found.durees
    assert one.carte.precision == "Atelier · Écho-Voisin"
    assert one.carte.details[1] == "Salle des fêtes, Eu (76), à 3 km de Mers-les-Bains"
    assert lines(found) == []


def test_each_portal_says_the_day_of_its_copy(tree):
    old = neighbour(slug="vieux", nom="Vieux", old=True, fetched=date(2021, 8, 1))
    mute = neighbour(slug="muet", nom="Muet", fetched=None, trouble="rien n’est venu")
    silent = [one.path for one in plan(tree, mute) if "reseau" in str(one.path)]
    assert silent == [], "without a copy nothing is planned"
    near, old, mute = view(tree, echo(far_event("a", date(2021, 9, 29))), old, mute).portails
    assert near.site.url == "https://voisin.example/agenda/"
    assert (near.nombre, near.copie) == ("1 rendez-vous près d’ici", "lu le 20\u00a0septembre 2021")
    assert not near.alerte
    assert old.copie.endswith("1er\u00a0août 2021") and "deux semaines" in old.alerte
    assert not mute.copie and mute.alerte == "Rien n’est venu."


def test_two_neighbours_may_announce_the_same_what_is_off_or_invented_says_so(tree):
    event = far_event("a", date(2021, 9, 29), exemple=True)
    off = replace(event, occurrences=(replace(event.occurrences[0], etat="annule"),))
    found = lines(view(tree, echo(event), echo(off, slug="autre", nom="Autre")))
    told = [
        [label.code for label in line.etiquettes]
        for _, line in found
        if line.carte.titre == "Exemple · A"
    ]
    assert sorted(told) == [[], ["annule"]]


def test_a_neighbour_that_announces_much_hides_no_other(tree):
    days = [TODAY + timedelta(days=rank % 7) for rank in range(300)]
    many = echo(*(far_event(f"e{rank}", day) for rank, day in enumerate(days)))
    few = echo(far_event("seul", days[6]), slug="autre", nom="Autre")
    found = view(tree, many, few)
    assert len(told(found)) == 101
    assert (days[6].isoformat(), "Seul", "Atelier · Autre") in told(found)
    assert [one.nombre for one in found.portails] == [
        "300 rendez-vous près d’ici", "1 rendez-vous près d’ici",
    ]  # fmt: skip


# What a neighbour must not change.


def one_text(plan, path):
    """What one file holds."""
    (found,) = (one for one in plan if str(one.path) == path)
    return "".join(found.produce())


def test_the_agenda_and_the_plan_lead_there(tree):
    alone = pages(tree)
    old = pages(tree, echo(far_event("a", date(2021, 9, 29))))
    agenda = old["/agenda/"].view()
    assert URL in [one.url for one in agenda.voisins]
    links = [one.url for group in old["/plan-du-site/"].view().groupes for one in group.liens]
    assert URL in links
    # So do what were pages of one portal or format.
    for rest in ("portail/", "portail/echo-voisin/", "format/", "format/conference/"):
        assert old[f"{URL}{rest}"].view().cible == URL
    # The agenda names the files of its filter only when there is a neighbour.
    assert (agenda.facettes.communes, agenda.facettes.reseau) == (f"/{KNOWN}", f"/{DATA}")
    before = alone["/agenda/"].view().facettes
    assert (before.communes, before.reseau) == ("/communes.json", "")


# « Près de chez moi » across the border.


def test_the_distance_filter_knows_what_is_near_the_border(tree):
    whole = replace(far_event("expo", date(2021, 9, 1)).occurrences[0], journee=True)
    expo = replace(whole, fin=whole.debut + timedelta(days=60))
    far = echo(
        far_event("atelier", date(2021, 9, 29), themes=("numerique",)),
        far_event("expo", date(2021, 9, 29), REIMS, formats=("exposition",), occurrences=(expo,)),
        far_event("caen", date(2021, 9, 29), CAEN),
    )
    data = json.loads(one_text(plan(tree, far), DATA))
    rows = {row[1]: row for row in data["lignes"]}
    assert set(rows) == {"Atelier", "Expo"}  # Caen is 100 km away
    url, _, _, over, detail, ranks, town, slots, _, portal = rows["Atelier"]
    assert url == "https://voisin.example/evenements/atelier/"
    assert data["textes"][over] == "Atelier · Écho-Voisin"
    assert "Eu (76)" in data["textes"][detail]
    values = [(cle, code) for cle, some in data["facettes"] for code, _ in some]
    assert {("theme", "numerique"), ("format", "atelier"), ("gratuit", "oui")} <= {
        values[rank] for rank in ranks
    }
    assert data["communes"][town][:2] == ["Eu", "76"]
    assert [TODAY + timedelta(days=slot[3]) for slot in slots] == [date(2021, 9, 29)]
    assert data["portails"][portal] == ["Écho-Voisin", "20\u00a0septembre 2021"]
    assert len(rows["Expo"][8]) == 1


def test_communes_just_beyond_the_border_are_known_to_completion(tree):
    far = echo(far_event("a", date(2021, 9, 29)), far_event("b", date(2021, 9, 29), CAEN))
    files = {path: one_text(plan(tree, far), path) for path in (KNOWN, "communes.json")}

    def names(path):
        return {name for row in json.loads(files[path])["lignes"] for name in row[1].split("|")}

    assert names(KNOWN) > names("communes.json")
    added = names(KNOWN) - names("communes.json")
    assert {"Eu", "Dieppe", "Le Tréport"} <= added and "Caen" not in added
    assert files["communes.json"] == one_text(plan(tree), "communes.json")
