"""Where what is asked for is seen: the desk, the map of white zones, the letter, engines."""

from __future__ import annotations

from datetime import date

from plans import TODAY, entry
from portail.agenda.weeks import Week
from portail.features.channels.lettre.news import select
from portail.features.channels.lettre.settings import letter_of
from portail.features.services.moteurs.graph import graph

ASKED = {
    "titre": "Une malle",
    "categorie": "demande",
    "souhait": "outil",
    "commune": "Amiens",
    "publie_le": "2021-06-20",
    "echeance": "2021-12-15",
}
MUSEE = entry("lieux", titre="Musée", commune="Corbie", offre=["pret"])
MALLE = entry("ressources", type="malle-pedagogique", proprietaire="musee", pret={"caisses": 1})
LENT = {"lieux/musee": MUSEE, "ressources/malle": MALLE}
SOMME = {"territoires/somme": entry("territoires")}


def demande(**fields):
    return entry("annonces", **{**ASKED, **fields})


def test_the_desk_says_who_could_answer(tree):
    files = {**LENT, "annonces/demande": demande(du="2021-11-08", au="2021-12-17")}
    view = tree.view("/redaction/", files, preview=True)
    section = next(one for one in view.sections if one.ancre == "Demandes")
    (table,) = section.tables
    (row,) = table.lignes
    cells = [[one.texte for one in cell] for cell in row.cellules]
    assert row.nom.url == "/annonces/demande/"
    assert cells[0] == ["Amiens"]
    assert cells[1][0].startswith("Outil à emprunter, Du 8")
    assert cells[3] == ["Titre ressources"]
    assert row.cellules[3][0].note.startswith("à ")


def test_the_desk_of_a_portal_where_nothing_is_asked_has_no_section(tree):
    view = tree.view("/redaction/", LENT, preview=True)
    assert not {"Demandes", "Questions"} & {one.ancre for one in view.sections}


def test_the_desk_says_that_all_is_answered(tree):
    files = {"annonces/demande": demande(reponse=["Musée d’Ailleurs"])}
    view = tree.view("/redaction/", files, preview=True)
    section = next(one for one in view.sections if one.ancre == "Demandes")
    assert section.nombre == 0
    assert section.vide == "Aucune demande n’attend de réponse."


def test_a_white_zone_shows_what_is_asked_for_there(tree):
    files = {**SOMME, "annonces/demande": demande(commune="Poix-de-Picardie")}
    view = tree.view("/redaction/couverture/", files, preview=True)
    zones = [zone for one in view.classes for zone in one.zones if zone.demandes]
    assert [[one.url for one in zone.demandes] for zone in zones] == [["/annonces/demande/"]]
    assert [point.lien.url for point in view.carte.points] == [f"#Zone-{zones[0].siren}"]
    assert view.carte.points[0].lien.texte.endswith(": 1 demande")


def test_an_answered_one_is_on_no_map(tree):
    files = {**SOMME, "annonces/demande": demande(reponse=["Musée d’Ailleurs"])}
    view = tree.view("/redaction/couverture/", files, preview=True)
    assert view.carte.points == ()


def chosen(tree, files):
    site = tree.site(files)
    edition = letter_of(site.config).editions[0]
    return tuple(one.ref for one in select(site, Week.of(TODAY), edition).appels)


def test_the_letter_tells_two_that_wait(tree):
    files = {f"annonces/n{rank}": demande(echeance=f"2021-12-1{rank}") for rank in range(3)}
    files["annonces/close"] = demande(reponse=["Musée d’Ailleurs"])
    assert chosen(tree, files) == ("annonces/n0", "annonces/n1")


def test_what_ends_within_days_is_told_as_such(tree):
    assert chosen(tree, {"annonces/demande": demande(echeance="2021-10-04")}) == ()


def test_engines_are_told_what_is_wished_and_until_when(tree):
    files = {"annonces/demande": demande(du="2021-11-08", au="2021-12-17")}
    view = tree.view("/annonces/demande/", files, siteurl="https://a.example")
    (node,) = view.machine.donnees
    assert node["@type"] == "Demand"
    assert node["itemOffered"] == {"@type": "Service", "name": "outil à emprunter"}
    assert node["areaServed"]["name"] == "Amiens"
    assert (node["availabilityStarts"], node["availabilityEnds"]) == ("2021-11-08", "2021-12-17")
    assert node["validThrough"] == date(2021, 12, 15).isoformat()
    assert "inLanguage" not in node
    assert graph(view, tree.site().config)["@graph"][0] == node
