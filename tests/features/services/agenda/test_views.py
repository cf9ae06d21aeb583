"""The views of the agenda: values of facets, the week-end, what lasts, what is over."""

from datetime import date

from plans import entry, event
from portail.outputs.pages.views.shared import Lien

NB = "\u00a0"


def shown(view):
    """What a page tells: its bars, then its lines."""
    refs = [bar.carte.ref for bar in view.durees]
    refs += [line.carte.ref for day in view.jours for line in day.lignes]
    return [ref.partition("/")[2] for ref in refs]


def agenda_of(pages):
    """Addresses of the views that are not redirections."""
    return {
        url.removeprefix("/agenda/")
        for url, page in pages.items()
        if url.startswith("/agenda/") and page.template == "agenda.html"
    }


class TestValues:
    def test_each_value_has_its_page_what_is_over_too(self, tree):
        files = {
            "events/a": event(
                "2021-10-09", themes=["numerique"], publics=["familles"], tarif={"gratuit": True}
            ),
            "events/b": event("2021-09-01", themes=["vivant-sante"], publics=["lycee"]),
            "events/c": event(
                "2021-10-09",
                adresse={"commune": "Amiens"}, groupes={"effectif_max": 30},
                accessibilite={"moteur": "partiel", "auditif": "non"}, format="exposition",
            ),
            "events/d": event("2021-10-09", en_ligne="https://a.example/", format="conference"),
        }  # fmt: skip
        assert agenda_of(tree.pages(files)) == {
            "", "week-end/", "en-ce-moment/", "theme/numerique/", "public/familles/", "gratuit/",
            "theme/vivant-sante/", "public/lycee/",
            "departement/pas-de-calais/", "departement/somme/", "epci/ca-pays-de-saint-omer/",
            "epci/ca-amiens-metropole/", "format/atelier/", "format/exposition/",
            "format/conference/", "groupes/", "accessible/moteur/", "en-ligne/",
        }  # fmt: skip

    def test_a_value_whose_events_are_over_says_so(self, tree):
        files = {
            "events/a": event("2021-10-09", themes=["numerique"]),
            "events/b": event("2021-09-01", themes=["vivant-sante"]),
        }
        view = tree.view("/agenda/theme/vivant-sante/", files)
        assert "Aucun rendez-vous à venir" in view.vide.phrase
        assert "/agenda/" in [link.url for link in view.vide.issues]
        assert view.jours == ()
        assert tree.view("/agenda/theme/numerique/", files).vide is None

    def test_titles(self, tree):
        full = event(
            "2021-10-09",
            themes=["numerique"], publics=["familles", "tout-public"], tarif={"gratuit": True},
            accessibilite={"moteur": "oui"}, groupes={"effectif_max": 30},
        )  # fmt: skip
        pages = tree.pages({"events/a": full}, region="Hauts-de-France")
        for url, titre in {
            "theme/numerique/": "Numérique : l’agenda",
            "departement/pas-de-calais/": "Agenda du Pas-de-Calais",
            "epci/ca-pays-de-saint-omer/": "Agenda du Pays de Saint-Omer",
            "public/familles/": "Agenda des familles",
            "public/tout-public/": "Agenda tout public",
            "format/atelier/": "Ateliers à venir",
            "accessible/moteur/": "Rendez-vous accessibles : handicap moteur",
            "gratuit/": "Rendez-vous gratuits",
            "groupes/": "Rendez-vous pour les groupes",
        }.items():
            view = pages[f"/agenda/{url}"].view()
            assert view.titre == titre
            assert 30 < len(view.description) < 160
            assert view.description.endswith(".") and "{" not in view.description
            assert not view.noindex
            assert view.fil == (Lien("Accueil", "/"), Lien("Agenda", "/agenda/"))
            assert shown(view) == ["a"]
            assert view.chapo == f"1 rendez-vous le 9{NB}octobre 2021"
            assert view.presentations == ()

    def test_lead_back_and_to_the_theme_or_the_territory(self, tree):
        files = {
            "events/a": event("2021-10-09", themes=["numerique"]),
            "territoires/pas-de-calais": entry("territoires", titre="Pas-de-Calais", code="62"),
        }
        pages = tree.pages(files)
        every = Lien("Tout l’agenda", "/agenda/")
        theme = pages["/agenda/theme/numerique/"].view()
        assert theme.theme == "numerique"
        assert theme.voisins == (every, Lien("Tout sur ce thème", "/themes/numerique/"))
        there = pages["/agenda/departement/pas-de-calais/"].view()
        assert there.voisins[1] == Lien("Tout sur ce territoire", "/territoires/pas-de-calais/")
        about = pages["/themes/numerique/"].view()
        assert about.voisins == (Lien("L’agenda de ce thème", "/agenda/theme/numerique/"),)

    def test_a_facet_whose_every_value_holds_one_event_narrows_nothing(self, tree):
        files = {"events/a": event("2021-10-09", themes=["numerique"])}
        assert [one.cle for one in tree.view("/agenda/", files).facettes.facettes] == ["quand"]
        more = tree.view("/agenda/", {"events/b": event("2021-10-09", themes=["numerique"])})
        assert {one.nombre for one in more.facettes.facettes[1].valeurs} == {2}


class TestWeekEnd:
    def test_its_two_days_each_with_all_that_is_on(self, tree):
        files = {
            "events/vendredi": event("2021-10-01"),
            "events/samedi": event("2021-10-02 14:00"),
            "events/deux": event("2021-10-01", fin="2021-10-03"),
            "events/lundi": event("2021-10-04"),
            "events/expo": event("2021-09-01", fin="2021-10-02"),
            "events/finie": event("2021-09-01", fin="2021-10-01"),
        }
        view = tree.view("/agenda/week-end/", files)
        assert [str(day.jour) for day in view.jours] == ["2021-10-02", "2021-10-03"]
        assert shown(view) == ["expo", "deux", "samedi", "deux"]
        assert view.chapo == f"Du samedi 2 au dimanche 3{NB}octobre 2021 : 2 rendez-vous"
        assert view.facettes.etat == "quand=week-end"
        # Itself is not among the other views; the list of all is one of its ways to be shown.
        assert [one.url for one in view.voisins] == ["/agenda/en-ce-moment/"]
        assert "/agenda/" in [one.url for one in view.presentations]

    def test_a_sunday_is_alone(self, tree):
        files = {"events/a": event("2021-10-02"), "events/b": event("2021-10-03")}
        view = tree.view("/agenda/week-end/", files, day=date(2021, 10, 3))
        assert shown(view) == ["b"]
        assert view.voisins[-1] == Lien("Événements passés", "/agenda/archives/")

    def test_many_are_grouped_by_departement(self, tree):
        towns = ("Wizernes", "Amiens", "Arras", "Lille", "Laon")
        files = {
            f"events/e{rank:02}": event("2021-10-02", adresse={"commune": towns[rank % 5]})
            for rank in range(12)
        }
        files["events/f"] = event("2021-10-02", en_ligne="https://a.example/")
        day, sunday = tree.view("/agenda/week-end/", files).jours
        assert (sunday.groupes, sunday.vide) == ((), "Rien d’annoncé ce dimanche.")
        assert [(group.titre, len(group.lignes)) for group in day.groupes] == [
            ("Aisne", 2), ("Nord", 2), ("Pas-de-Calais", 5), ("Somme", 3),
            ("En ligne ou sans lieu précis", 1),
        ]  # fmt: skip

    def test_an_empty_one_says_what_comes_next(self, tree):
        view = tree.view("/agenda/week-end/", {"events/a": event("2021-10-08", titre="La *nuit*")})
        assert view.vide.phrase == "Aucun rendez-vous annoncé ce week-end"
        assert view.vide.proche == Lien("La nuit", "/evenements/a/", f"vendredi 8{NB}octobre 2021")


class TestNow:
    def test_all_that_lasts(self, tree):
        files = {
            f"events/e{rank}": event("2021-09-01", fin=f"2021-10-1{rank}", format="exposition")
            for rank in range(5)
        }
        files["events/bientot"] = event("2021-10-04", fin="2021-12-01", format="exposition")
        files["events/atelier"] = event("2021-10-04")
        view = tree.view("/agenda/en-ce-moment/", files)
        assert shown(view) == ["e0", "e1", "e2", "e3", "e4", "bientot"]
        assert view.grille and view.facettes is None
        assert view.chapo == "6 expositions"

    def test_it_is_called_by_its_formats_when_they_are_few(self, tree):
        fete = {"editions": {2021: {"du": "2021-09-20", "au": "2021-10-11"}}}
        files = {
            "events/a": event("2021-09-01", fin="2021-10-10", format="exposition"),
            "temps-forts/fete": entry("temps-forts", **fete),
        }
        told = tree.view("/agenda/", files)
        assert told.tous is None and len(told.durees) == 2
        assert tree.view("/agenda/en-ce-moment/").chapo == "2 expositions et temps forts"
        files = {"events/b": event("2021-09-01", fin="2021-10-11", format="jeu")}
        assert tree.view("/agenda/en-ce-moment/", files).chapo == "3 rendez-vous en ce moment"

    def test_many_are_cut_in_pages(self, tree):
        files = {f"events/e{rank}": event("2021-09-01", fin="2021-10-11") for rank in range(5)}
        pages = tree.pages(files, taille_page=2)
        second = pages["/agenda/en-ce-moment/page/2/"].view()
        assert len(second.durees) == 1

    def test_nothing_leads_to_what_comes(self, tree):
        view = tree.view("/agenda/en-ce-moment/", {"events/a": event("2021-10-09")})
        assert view.vide.proche.url == "/evenements/a/"


def test_archives_lead_to_years(tree):
    files = {
        "events/a": event("2020-05-01"),
        "events/b": event("2021-05-01"),
        "events/c": event("2022-05-01"),
    }
    view = tree.view("/agenda/archives/", files)
    assert view.voisins == (
        Lien("Prochains événements", "/agenda/"),
        Lien("2021", "/agenda/2021/"),
        Lien("2020", "/agenda/2020/"),
    )
    assert [bloc.titre for bloc in view.blocs] == ["Mai 2021", "Mai 2020"]
    assert view.presentations == ()


def test_a_new_year_is_no_longer_said(tree):
    files = {"events/a": event("2022-02-09", themes=["numerique"])}
    pages = [
        tree.pages(files, day=day)["/agenda/theme/numerique/"]
        for day in (date(2021, 12, 31), date(2022, 1, 1))
    ]
    views = [page.view() for page in pages]
    assert [view.jours[0].mois for view in views] == ["février 2022", "février"]
