"""The page of calendars, and what pages say of theirs."""

from datetime import date

from plans import entry

LIEU = entry("lieux", titre="Musée-Exemple")
VISITE = entry("events", lieu="musee", themes=["numerique"], debut="2021-10-09 14:00")


def test_the_page_lists_every_calendar(tree):
    files = {"lieux/musee": LIEU, "lieux/autre": LIEU, "events/visite": VISITE}
    view = tree.view("/calendriers/", {**files, "events/wizernes": entry("events")})
    assert {one.titre: [link.texte for link in one.liens] for one in view.groupes} == {
        "Départements": ["Pas-de-Calais", "Somme"],
        "Intercommunalités": ["Amiens Métropole", "Pays de Saint-Omer"],
        "Lieux et structures": ["Musée-Exemple"],
    }
    assert view.groupes[-1].liens[0].url == "/lieux/musee/agenda.ics"
    assert view.calendrier == "/agenda/agenda.ics"


def test_long_lists_are_folded(tree):
    files = {f"lieux/l{rank}": entry("lieux") for rank in range(13)}
    files |= {f"events/e{rank}": entry("events", lieu=f"l{rank}") for rank in range(13)}
    folded = {one.titre: one.plie for one in tree.view("/calendriers/", files).groupes}
    assert folded["Lieux et structures"] and not folded["Départements"]


def test_pages_lead_to_their_calendar(tree):
    pages = tree.pages({
        "lieux/musee": LIEU, "lieux/autre": LIEU, "events/visite": VISITE,
        "territoires/amiens": entry("territoires", type="ca", code="248000531"),
        "communautes/amis": entry("communautes", regle={"theme": "numerique"}),
    })  # fmt: skip
    for url, calendar in {
        "/lieux/musee/": "/lieux/musee/agenda.ics",
        "/lieux/autre/": "",
        "/themes/numerique/": "",
        "/territoires/amiens/": "/agenda/epci/ca-amiens-metropole/agenda.ics",
        "/agenda/": "/agenda/agenda.ics",
        "/agenda/theme/numerique/": "/agenda/agenda.ics",
        "/agenda/week-end/": "/agenda/agenda.ics",
        "/communautes/amis/": "",
        "/evenements/visite/": "",
    }.items():
        assert pages[url].view().calendrier == calendar, url


def added(tree, day=date(2021, 9, 27), **fields):
    """Whether a page has the button that adds its event."""
    view = tree.view("/evenements/visite/", {"events/visite": entry("events", **fields)}, day=day)
    assert view.ics in ("", "/evenements/visite/evenement.ics")
    texts = [one.texte for one in view.boutons if one.url == view.ics]
    assert texts in ([], ["Ajouter à mon agenda"])
    return bool(texts)


def test_an_event_is_added_as_long_as_one_may_go(tree):
    seances = [{"debut": "2021-10-02 14:00"}, {"debut": "2021-10-09 14:00"}]
    assert added(tree)
    assert added(tree, etat="complet")
    assert added(tree, etat="reprogramme", ancien_debut="2021-10-02")
    assert added(tree, date(2021, 10, 5), seances=seances)
    assert not added(tree, etat="annule")
    assert not added(tree, etat="reporte", ancien_debut="2021-10-09 14:00")
    assert not added(tree, date(2021, 10, 10))
