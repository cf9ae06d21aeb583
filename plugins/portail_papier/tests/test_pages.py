"""Pages of posters: what they say, where they lead, when they are made again."""

from datetime import date

from hosts import led, redirections_of
from plans import entry, event
from portail.outputs.pages.views.shared import Lien

URL = "https://exemple.org/portail"
LIEU = {"lieux/musee": entry("lieux", titre="Le musée", commune="Wizernes")}
WEEK = "/agenda/affiche/2021-s39/"
NEAR = "/agenda/epci/ca-pays-de-saint-omer/"


def several(lieu):
    """What gives posters to the territories of a lieu."""
    days = ("2021-09-28", "2021-09-29", "2021-10-02", "2021-10-05", "2021-12-01")
    return {
        f"events/e{n}": event(day, lieu=lieu, themes=["numerique"]) for n, day in enumerate(days)
    }


def said(view):
    """Day, hours, title and details of each line."""
    return [
        (f"{day.nom} {day.jour.day}", line.heures.replace("\u00a0", " "), line.titre, *line.details)
        for day in view.jours
        for line in day.lignes
    ]


def test_what_a_line_says(tree):
    files = LIEU | {
        "events/a": event("2021-09-29 14:00", fin="2021-09-29 16:00", lieu="musee", titre="Robots",
                          age={"min": 8}, publics=["familles"], tarif={"gratuit": True}),
        "events/b": event("2021-09-30", titre="Ciel", tarif={"prix": "3"},
                          adresse={"nom": "Salle des fêtes", "commune": "Wizernes"}),
        "lieux/faux": entry("lieux", titre="Le faux", commune="Wizernes", exemple=True),
        "events/c": event("2021-10-01 14:00", lieu="faux", titre="Lune", exemple=True),
        "events/expo": event("2021-09-01", fin="2021-10-23", titre="Néandertal",
                             format="exposition", tarif={"gratuit": True}),
    }  # fmt: skip
    view = tree.view(WEEK, files)
    assert said(view) == [
        ("Mercredi 29", "14 h – 16 h", "Robots", "Le musée, Wizernes", "Dès 8 ans", "Gratuit"),
        ("Jeudi 30", "Horaires en ligne", "Ciel", "Salle des fêtes, Wizernes", "3\u00a0€"),
        ("Vendredi 1", "14 h", "Exemple · Lune", "Le faux, Wizernes"),
    ]
    (bar,) = view.durees
    assert bar.details == ("exposition", "jusqu’au 23\u00a0octobre", "Wizernes", "gratuit")


def test_states_are_said(tree):
    files = {
        "events/a": event("2021-09-29", etat="annule", tarif={"prix": "3"}),
        "events/b": event("2021-09-29", etat="complet"),
        "events/c": event("2021-10-07", etat="reprogramme", ancien_debut="2021-09-28"),
    }
    view = tree.view(WEEK, files)
    lines = [line for day in view.jours for line in day.lignes]
    assert [(line.annule, [one.texte for one in line.etiquettes]) for line in lines] == [
        (True, ["Reporté au 7\u00a0octobre"]), (True, ["Annulé"]), (False, ["Complet"]),
    ]  # fmt: skip


def test_titles_and_days(tree):
    pages = tree.pages({"events/a": event("2021-10-02"), "events/b": event("2021-10-03")})
    week = pages[WEEK].view()
    month = pages["/agenda/affiche/2021-10/"].view()
    assert week.accroche == "Cette semaine, les sciences sont ici"
    assert week.quand == "du lundi 27\u00a0septembre au dimanche 3\u00a0octobre 2021"
    assert month.accroche == "En octobre, les sciences sont ici"
    assert week.autres == (
        Lien("Semaine du 27\u00a0septembre au 3\u00a0octobre"), Lien("Octobre 2021", month.url),
    )  # fmt: skip
    assert week.noindex
    assert week.plutot is None


def test_the_code_and_the_address_need_one(tree):
    bare = tree.view(f"{NEAR}affiche/2021-s39/", LIEU | several("musee"))
    assert (bare.qr, bare.adresse, bare.ou) == (None, "", "Pays de Saint-Omer")
    told = tree.view(f"{NEAR}affiche/2021-s39/", siteurl=URL)
    assert told.qr is not None
    assert told.adresse == f"exemple.org/portail{NEAR[:-1]}"
    assert told.retour == Lien("L’agenda, Pays de Saint-Omer", NEAR)


def test_where_an_address_without_a_poster_leads(tree):
    few = {"events/loin": event("2021-09-29", adresse={"commune": "Laon"})}
    rules = redirections_of(tree.run(LIEU | several("musee") | few).plan)
    assert led(rules, f"{NEAR}affiche/") == f"{NEAR}affiche/2021-s39/"
    far = "/agenda/departement/aisne/"
    assert led(rules, f"{far}affiche/") == led(rules, f"{far}affiche/2021-09/") == far


def test_where_posters_are_chosen(tree):
    assert "/affiches/" not in tree.pages(LIEU)
    view = tree.view("/affiches/", several("musee"))
    rows = [(title, [row.lieu.texte for row in rows]) for title, rows in view.groupes]
    assert rows == [
        ("Toute la région", ["Hauts-de-France"]), ("Départements", ["Pas-de-Calais"]),
        ("Intercommunalités", ["Pays de Saint-Omer"]),
    ]  # fmt: skip
    links = [link.texte for link in view.groupes[2][1][0].affiches]
    assert links == ["27\u00a0sept. – 3\u00a0oct.", "septembre 2021", "octobre 2021"]
    assert tree.view("/affiches/", day=date(2021, 12, 2)).groupes == ()


def test_pages_lead_to_their_poster(tree):
    epci = entry("territoires", titre="Pays", type="ca", code="200069037")
    pages = tree.pages(LIEU | several("musee") | {"territoires/pays": epci})
    blocs = []
    for url in ("/lieux/musee/", "/territoires/pays/"):
        view = pages[url].view()
        blocs += [bloc.affiche for bloc in view.blocs if bloc.code == "agenda"]
    assert blocs == ["", f"{NEAR}affiche/2021-s39/"]
    for url, expected in {
        "/agenda/": WEEK,
        "/agenda/2021-s39/": WEEK,
        "/agenda/2021/10/": "/agenda/affiche/2021-10/",
        NEAR: blocs[1],
        "/agenda/theme/numerique/": "",
    }.items():
        page = pages[url].view()
        assert page.affiche == expected, url
