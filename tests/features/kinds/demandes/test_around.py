"""Where what is asked for is seen: the desk, the map of white zones, the letter, engines."""

from plans import TODAY, entry
from portail.agenda.weeks import Week
from portail.features.channels.lettre.settings import letter_of
from portail.features.channels.lettre.table import select
from portail.features.services.referencement.nodes import graph

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


def desk(tree, files):
    """What the desk says of what is asked for: a section, or none."""
    sections = tree.view("/redaction/", files, preview=True).sections
    return [one for one in sections if one.ancre in ("Demandes", "Questions")]


def test_the_desk_says_who_could_answer(tree):
    assert desk(tree, LENT) == [], "nothing is asked"
    (section,) = desk(tree, {"annonces/demande": demande(reponse=["Musée d’Ailleurs"])})
    assert (section.nombre, section.vide) == (0, "Aucune demande n’attend de réponse.")
    (section,) = desk(tree, {"annonces/demande": demande(du="2021-11-08", au="2021-12-17")})
    (table,) = section.tables
    (row,) = table.lignes
    cells = [[one.texte for one in cell] for cell in row.cellules]
    assert row.nom.url == "/annonces/demande/"
    assert cells[0] == ["Amiens"]
    assert cells[1][0].startswith("Outil à emprunter, Du 8")
    assert cells[3] == ["Titre ressources"]
    assert row.cellules[3][0].note.startswith("à ")


def test_a_white_zone_shows_what_is_asked_for_there(tree):
    def coverage(**fields):
        files = {**SOMME, "annonces/demande": demande(**fields)}
        return tree.view("/redaction/couverture/", files, preview=True)

    view = coverage(commune="Poix-de-Picardie")
    zones = [zone for one in view.classes for zone in one.zones if zone.demandes]
    assert [[one.url for one in zone.demandes] for zone in zones] == [["/annonces/demande/"]]
    assert [point.lien.url for point in view.carte.points] == [f"#Zone-{zones[0].siren}"]
    assert view.carte.points[0].lien.texte.endswith(": 1 demande")
    assert coverage(reponse=["Musée d’Ailleurs"]).carte.points == ()


def test_the_letter_counts_those_that_wait(tree):
    files = {f"annonces/n{rank}": demande(echeance=f"2021-12-1{rank}") for rank in range(3)}
    files["annonces/close"] = demande(reponse=["Musée d’Ailleurs"])
    files["annonces/bientot"] = demande(echeance="2021-10-04")  # told as what ends within days
    site = tree.site(files)
    edition = letter_of(site.config).editions[0]
    chosen = select(site, Week.of(TODAY), edition)
    assert chosen.asked == ("annonces/n0", "annonces/n1", "annonces/n2")
    assert [one.ref for one in chosen.things] == ["annonces/bientot"]


def test_engines_are_told_what_is_wished_and_until_when(tree):
    files = {"annonces/demande": demande(du="2021-11-08", au="2021-12-17")}
    view = tree.view("/annonces/demande/", files, siteurl="https://a.example")
    (node,) = view.machine.donnees
    assert node["@type"] == "Demand"
    assert node["itemOffered"] == {"@type": "Service", "name": "outil à emprunter"}
    assert node["areaServed"]["name"] == "Amiens"
    assert (node["availabilityStarts"], node["availabilityEnds"]) == ("2021-11-08", "2021-12-17")
    assert node["validThrough"] == "2021-12-15"
    assert "inLanguage" not in node
    assert graph(view, tree.site().config)["@graph"][0] == node
