"""Editions of a yearly rendezvous: the page that tells each, its two programmes."""

from datetime import date

import pytest

from doses import rows_of
from plans import entry
from portail.features.services.redirections.output import plan_redirects
from portail.outputs.base import TextFile, reader_of
from portail.outputs.pages.views.entry import EntryView
from portail.outputs.pages.views.lists import RedirectView

NB = "\u00a0"
URL = "/temps-forts/fete/2021/"
OVER = date(2021, 11, 1)
SCHOOLS, EVERYONE = f"{URL}scolaires/", f"{URL}grand-public/"
EDITIONS = rows_of("features/kinds/tempsforts/page.yml")


def event(commune="Beauvais", **fields):
    base = {"debut": "2021-10-02 10:00", "adresse": {"commune": commune}, "temps_fort": "fete"}
    return entry("events", **base | fields)


def site(**events):
    fete = entry("temps-forts", titre="Fête", editions=EDITIONS, participer="Écrivez-nous.")
    return {"temps-forts/fete": fete, **{f"events/{name}": text for name, text in events.items()}}


def places(view):
    return {
        one.nom: {town: [line.titre for line in lines] for town, lines in one.communes}
        for one in view.departements
    }


def lines(view):
    return [one for place in view.departements for _, some in place.communes for one in some]


def sessions(*told):
    """Of October, « 2 10 » for the second at ten."""
    times = (one.split() for one in told)
    return {
        "debut": None,
        "seances": [{"debut": f"2021-10-{day:>02} {hour}:00"} for day, hour in times],
    }


def test_a_page_for_each_year_that_has_something_to_tell(tree):
    files = site(a=event(), b=event(debut="2019-10-05"))
    below = sorted(url for url in tree.pages(files) if url.startswith("/temps-forts/fete/"))
    assert below == [
        "/temps-forts/fete/",
        "/temps-forts/fete/2019/", "/temps-forts/fete/2019/grand-public/",
        "/temps-forts/fete/2019/scolaires/",
        URL, EVERYONE, SCHOOLS,
    ]  # fmt: skip


def test_the_page_of_a_rendezvous_is_that_of_its_edition_to_come(tree):
    files = site(a=event(), b=event("Laon", publics=["primaire", "familles"]))
    moved = tree.view(URL, files, region="Hauts-de-France")
    assert isinstance(moved, RedirectView)
    assert moved.cible == "/temps-forts/fete/"
    view = tree.view("/temps-forts/fete/")
    assert isinstance(view, EntryView)
    assert [one.titre for one in view.programmes] == ["Jour par jour"]
    assert [(one.texte, one.note) for one in view.edition.lieux] == [("Aisne", "1"), ("Oise", "1")]
    assert [(one.url, one.note) for one in view.edition.publics] == [
        (EVERYONE, "2 événements"), (SCHOOLS, "1 événement"),
    ]  # fmt: skip
    assert (view.edition.filtre, view.edition.communes) == ("temps-fort=fete", "/communes.json")
    assert [one.libelle for one in view.edition.chiffres] == ["Communes"]
    assert [one.texte for one in view.editions] == ["2022"], "the page tells 2021 itself"
    assert [one.texte for one in view.boutons] == []
    trail = tree.view(SCHOOLS, files).fil
    assert [one.texte for one in trail] == ["Accueil", "Temps forts", "Fête"]


def test_its_address_has_a_page_again_once_it_is_over(tree):
    moved = plan_redirects(reader_of(tree.site(site(a=event()))))
    (rules,) = (one for one in moved if isinstance(one, TextFile))
    told = "".join(rules.produce())
    assert URL not in told, "no server tells browsers that it moved for ever"
    assert tree.view(URL, site(a=event()), day=OVER).publics
    view = tree.view("/temps-forts/fete/", site(a=event()), day=OVER)
    assert [(one.texte, one.url) for one in view.editions] == [("2022", ""), ("2021", URL)]


def test_the_page_of_an_edition(tree):
    files = site(a=event(), b=event("Laon", publics=["primaire", "familles"]))
    view = tree.view(URL, files, day=OVER)
    assert view.publics is not None
    assert (view.titre, view.jours, view.chapo, view.nombre) == (
        "Fête 2021", f"Du 1er au 11{NB}octobre 2021", "Les 30 ans", "2 événements",
    )  # fmt: skip
    assert [link.texte for link in view.fil] == ["Accueil", "Temps forts", "Fête"]
    assert [(one.libelle, one.valeurs[0].note) for one in view.chiffres] == [
        ("Communes", "bilan 2021")
    ]
    assert [
        (link.note, [(one.texte, one.url, one.note) for one in some]) for link, some in view.publics
    ] == [
        ("2 événements", [("Aisne", f"{EVERYONE}#Aisne", "1"), ("Oise", f"{EVERYONE}#Oise", "1")]),
        ("1 événement", [("Aisne", f"{SCHOOLS}#Aisne", "1")]),
    ]
    assert (view.participer, view.vide) == ("", None)


def test_figures_without_events(tree):
    view = tree.view("/temps-forts/fete/", site(), courriel="a@b.org")
    assert view.vide.phrase == "Le programme 2021 n’est pas encore publié"
    over = tree.view(URL, site(), day=OVER)
    assert (over.publics, len(over.onglets)) == ((), 1)
    assert SCHOOLS not in tree.pages()
    assert over.vide.phrase == "Le portail ne connaît aucun événement de l’édition 2021"


class TestForWhom:
    def test_schools_everyone_or_both(self, tree):
        files = site(
            tous=event(titre="Tous", publics=["tout-public"]),
            deux=event(titre="Deux", publics=["familles", "college"]),
            classes=event(titre="Classes", publics=["lycee"]),
            groupes=event(titre="Groupes", groupes={"niveaux": ["cycle 3"]}),
            visite=event(titre="Visite", publics=["tout-public"], groupes={"duree": "1 h"}),
            rien=event(titre="Rien"),
            pros=event(titre="Pros", publics=["professionnels"]),
        )
        assert places(tree.view(SCHOOLS, files))["Oise"] == {
            "Beauvais": ["Classes", "Deux", "Groupes", "Visite"]
        }
        assert places(tree.view(EVERYONE, files))["Oise"] == {
            "Beauvais": ["Deux", "Rien", "Tous", "Visite"]
        }
        assert tree.view(URL, files, day=OVER).nombre == "7 événements"

    def test_animations_are_told_by_what_holds_them_but_to_schools(self, tree):
        def held(**fields):
            return event(**{"temps_fort": None, "evenement_parent": "village", **fields})

        files = site(
            village=event(titre="Village", format="village-des-sciences"),
            robots=held(titre="Robots", publics=["primaire"]),
            chimie=held(titre="Chimie"),
        )
        assert places(tree.view(EVERYONE, files))["Oise"] == {"Beauvais": ["Village"]}
        schools = tree.view(SCHOOLS, files)
        assert places(schools)["Oise"] == {"Beauvais": ["Robots"]}
        assert lines(schools)[0].details == ("Atelier", "Village")
        assert tree.view(URL, files, day=OVER).nombre == "1 événement"

    def test_what_a_class_must_know(self, tree):
        group = {"niveaux": ["cycle 2", "CM1"], "duree": "1 h 30", "effectif_max": 28,
                 "tarif": "3 €", "pass_culture": True}  # fmt: skip
        files = site(a=event(titre="A", groupes=group, publics=["familles"]),
                     b=event(titre="B", publics=["college", "familles"]))  # fmt: skip
        assert [one.niveaux for one in lines(tree.view(SCHOOLS, files))] == [
            ("Cycle 2, CM1", "1 h 30", "28 au plus", "3 €", "pass Culture"), ("Collège",),
        ]  # fmt: skip
        assert {one.niveaux for one in lines(tree.view(EVERYONE, files))} == {()}


class TestPlaces:
    def test_every_departement_of_the_region_then_elsewhere(self, tree):
        files = site(
            a=event("Beauvais"), b=event("Compiègne"), c=event("Paris"),
            d=event(adresse=None, en_ligne="https://example.org/"),
        )  # fmt: skip
        view = tree.view(EVERYONE, files)
        assert {one.ancre: one.nombre for one in view.departements} == {
            "Aisne": 0, "Nord": 0, "Oise": 2, "Pas-de-calais": 0, "Somme": 0, "Paris": 1,
            "En-ligne": 1,
        }  # fmt: skip
        assert [town for town, _ in view.departements[2].communes] == ["Beauvais", "Compiègne"]
        assert view.nombre == "4 événements dans 3 communes"
        assert [group.titre for group in view.par_jour] == [f"Samedi 2{NB}octobre 2021"]
        assert [group.titre for group in view.par_format] == ["Ateliers"]

    def empty(self, tree, files):
        return next(o for o in tree.view(SCHOOLS, files).departements if o.nom == "Oise")

    def test_an_empty_one_says_what_was_asked_and_the_nearest(self, tree):
        files = site(
            loin=event("Dunkerque", titre="Loin", publics=["primaire"]),
            pres=event("Amiens", titre="Près", publics=["college"]),
            ici=event("Beauvais", titre="Ici"),
        )
        vide = self.empty(tree, files).vide
        assert vide.phrase == "Oise : aucun événement pour les scolaires dans le programme 2021"
        assert (vide.indication, vide.proche.texte, vide.proche.note) == (
            "Le plus proche :", "Près", "Amiens (80)",
        )  # fmt: skip
        assert [(one.texte, one.url) for one in vide.issues] == [
            ("Programme grand public : Oise", f"{EVERYONE}#Oise"),
            ("Tout l’agenda : Oise", "/agenda/departement/oise/"),
        ]

    def test_without_any_the_nearest_of_the_edition(self, tree):
        vide = self.empty(tree, site(a=event("Amiens", titre="Pour tous"))).vide
        assert vide.indication == "Le plus proche, tous publics confondus :"
        assert (vide.proche.texte, vide.issues) == ("Pour tous", ())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"fin": "2021-10-02 12:00"}, ["Sam. 2 oct., 10 h – 12 h"]),
        ({"debut": "2021-10-04"}, ["Lun. 4 oct., horaire à confirmer"]),
        (sessions("2 10", "3 10", "9 10", "10 14"),
         ["Sam. 2, dim. 3 et sam. 9 oct., 10 h", "Dim. 10 oct., 14 h"]),
        (sessions("4 10", "5 10", "6 10", "7 10", "8 10"), ["5 jours du 4 au 8 octobre, 10 h"]),
        ({"debut": None, "seances": [{"debut": "2021-10-02 10:00"},
                                     {"debut": "2021-10-03 10:00", "etat": "annule"}]},
         ["Sam. 2 oct., 10 h", "Dim. 3 oct., 10 h Annulé"]),
        ({"etat": "reporte", "ancien_debut": "2021-10-02 10:00"},
         ["Nouvelle date à venir Reporté"]),
        ({"debut": "2021-10-01", "fin": "2021-10-31"}, ["Du 1er au 31 octobre"]),
    ],
)  # fmt: skip
def test_when(tree, fields, expected):
    (line,) = lines(tree.view(EVERYONE, site(a=event(**fields))))
    assert [
        " ".join([one.phrase.replace(NB, " "), *(label.texte for label in one.etiquettes)])
        for one in line.quand
    ] == expected
