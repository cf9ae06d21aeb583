"""The page of what is asked for here, where it is listed, who uses it."""

from plans import entry
from portail.features.kinds.demandes.board import BOARD
from portail.model.kinds import Kind


def demande(**fields):
    asked = {"categorie": "demande", "souhait": "outil", "commune": "Amiens"}
    return entry("annonces", **{**asked, **fields})


FILES = {
    "annonces/lille": demande(titre="À Lille", commune="Lille", echeance="2021-11-01"),
    "annonces/amiens": demande(titre="À Amiens"),
    "annonces/passee": demande(titre="Passée", echeance="2021-09-20"),
    "annonces/close": demande(titre="Close", reponse=["Musée d’Ailleurs"]),
    "annonces/stage": entry("annonces"),
}


def test_open_ones_by_departement_then_those_answered(tree):
    view = tree.view("/demandes/", FILES)
    assert [(one.titre, [card.ref for card in one.cartes]) for one in view.blocs] == [
        ("Nord", ["annonces/lille"]),
        ("Somme", ["annonces/amiens"]),
        ("Déjà répondu", ["annonces/close"]),
    ]
    assert view.blocs[-1].notes == ("Répondu par : Musée d’Ailleurs",)
    assert view.nombre == "2 demandes ouvertes"
    assert [one.url for one in view.boutons] == ["/contribuer/annonce/?categorie=demande"]


def test_a_page_without_an_open_one_says_so(tree):
    view = tree.view("/demandes/", {"annonces/close": FILES["annonces/close"]})
    assert view.vide.phrase == "Aucune demande n’attend de réponse."
    assert view.nombre == ""


def test_it_is_reached_from_announcements_and_by_who_lends(tree):
    site = tree.site(FILES)
    for kind in (Kind.ANNONCE, Kind.RESSOURCE):
        assert [one.url for one in BOARD.list_links(site, kind)] == ["/demandes/"]
    assert not BOARD.list_links(site, Kind.EVENT)
    assert [one.titre for one in BOARD.plan_groups(site, Kind.ANNONCE)] == ["On voudrait ça ici"]
    assert list(BOARD.plan_groups(site, None)) == []
    close = site.items["annonces/close"]
    assert close.is_answered and close.is_over, "an answered one is over everywhere"
    assert not site.items["annonces/passee"].is_answered
