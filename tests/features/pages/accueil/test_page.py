"""The home page: what it puts forward, what it leaves out, and its key."""

from datetime import date

import pytest

from plans import Tree, entry
from portail.outputs.pages.views.shared import Lien

NB = "\u00a0"


def refs(cards):
    return [card.ref for card in cards]


def of_kind(folder, count, **fields):
    """Contents ``a``, ``b``… of one kind, the first the newest."""
    return {
        f"{folder}/{folder[0]}{rank:02}": entry(
            folder, **{"publie_le": f"2021-08-{30 - rank:02}", **fields}
        )
        for rank in range(count)
    }


def blocs(view):
    """All that a home page may draw, in its order."""
    return (
        *(view.agenda, view.en_ce_moment, view.articles, view.dossiers, view.annonces),
        *view.appels,
    )


class TestFeatured:
    def test_what_editors_chose_the_soonest_end_first(self, tree):
        files = {
            "articles/a": entry("articles", a_ne_pas_manquer="2021-10-10"),
            "events/b": entry("events", a_ne_pas_manquer="2021-09-27"),
            "lieux/c": entry("lieux", a_ne_pas_manquer="2021-09-26"),
            "events/fini": entry("events", debut="2021-09-01", a_ne_pas_manquer="2021-10-01"),
            "events/annule": entry("events", etat="annule", a_ne_pas_manquer="2021-10-01"),
            "articles/d": entry("articles", publie_le="2021-01-01"),
        }
        view = tree.view("/", files)
        assert refs(view.une) == ["events/b", "articles/a", "articles/d", "lieux/c"]
        assert view.agenda.cartes == (), "neither what is over nor what is cancelled"
        later = tree.view("/", files, day=date(2021, 9, 28))
        assert refs(later.une) == ["articles/a", "events/b", "articles/d", "lieux/c"]

    def test_without_news_the_best_of_seven_days_leads(self, tree):
        files = {
            "articles/vieux": entry("articles"),
            "events/loin": entry("events", debut="2021-10-05 14:00"),
            "events/demain": entry("events", debut="2021-10-03 14:00"),
            "events/invente": entry("events", debut="2021-09-28 14:00", exemple=True),
            "events/classe": entry("events", debut="2021-09-28 14:00", publics=["primaire"]),
            "ressources/malle": entry("ressources", type="malle-pedagogique", pret={"caisses": 2}),
        }
        shown = refs(tree.view("/", files).une)
        assert shown[0] == "events/demain" and "ressources/malle" not in shown
        files["articles/neuf"] = entry("articles", publie_le="2021-09-24")
        assert refs(tree.view("/", files).une)[0] == "articles/neuf"
        invented = entry("events", exemple=True, a_ne_pas_manquer="2021-09-28")
        # What is invented, editors chose or not, is after events that are true.
        shown = refs(tree.view("/", files | {"events/village": invented}).une)
        assert shown[:2] == ["articles/neuf", "events/classe"]

    def test_what_tells_of_a_past_day_as_one_to_come_is_put_forward_no_more(self, tree):
        """Chosen by editors or not: it stays in its list."""
        titre = "Le 28 septembre, le choc se regarde en direct"
        files = {
            "articles/a": entry("articles", titre=titre, a_ne_pas_manquer="2021-10-10"),
            "articles/b": entry("articles", titre=titre),
            "articles/c": entry("articles", titre="Cet été, dix idées", publie_le="2021-07-01"),
        }
        assert refs(tree.view("/", files, day=date(2021, 9, 28)).une) == [
            "articles/a",
            "articles/b",
        ]
        pages = tree.pages(files, day=date(2021, 9, 29))
        home = pages["/"].view()
        assert (home.une, home.articles.cartes) == ((), ())
        assert sum(len(bloc.cartes) for bloc in pages["/articles/"].view().blocs) == 3

    def test_a_headline_of_the_editors_replaces_the_title_here_alone(self, tree):
        files = {"articles/a": entry("articles", titre="Le titre", accroche="Une accroche")}
        assert [card.titre for card in tree.view("/", files).une] == ["Une accroche"]
        assert tree.view("/articles/a/", files).entry.titre == "Le titre"

    def test_completed_by_one_kind_after_another(self, tree):
        files = {**of_kind("articles", 9), **of_kind("events", 9), **of_kind("ressources", 1)}
        files["dossiers/d"] = entry("dossiers", elements=["articles/a01"])
        assert refs(tree.view("/", files).une) == [
            "articles/a00", "events/e00", "dossiers/d", "ressources/r00", "articles/a01",
        ]  # fmt: skip

    def test_places_only_when_there_is_little_else(self, tree):
        files = {**of_kind("lieux", 9), **of_kind("articles", 2), **of_kind("projets", 1)}
        assert refs(tree.view("/", files).une) == [
            "articles/a00", "articles/a01", "projets/p00", "lieux/l00", "lieux/l01",
        ]  # fmt: skip


class TestBlocks:
    def test_an_empty_portal_says_what_to_do(self, tree):
        files = {"pages/a": entry("pages")}
        view = tree.view("/", files, nom="Étoiles", region="Normandie")
        assert (view.une, view.ouverts, view.carte) == ((), (), None)
        assert not any(bloc.cartes for bloc in blocs(view))
        assert view.vide.phrase == "Ce portail attend son premier contenu."
        assert view.vide.issues == (Lien("Proposer un premier contenu", "/contribuer/"),)
        assert view.titre == "Étoiles"
        assert view.description == (
            "Agenda, articles, annonces, ressources et annuaire des sciences en Normandie."
        )

    def test_all_is_over(self, tree):
        view = tree.view("/", {"events/a": entry("events", debut="2021-01-01")})
        assert view.vide.phrase == "Rien de prévu pour l’instant."
        assert view.vide.issues == (
            Lien("Événements passés", "/agenda/archives/"),
            Lien("Proposer un contenu", "/contribuer/"),
        )

    def test_one_content_is_put_forward_and_said_once(self, tree):
        for folder in ("events", "articles", "lieux"):
            alone = Tree(tree.root / folder)
            view = alone.view("/", {f"{folder}/a": entry(folder)})
            assert refs(view.une) == [f"{folder}/a"]
            assert view.vide is None and not any(bloc.cartes for bloc in blocs(view))

    @pytest.mark.parametrize(("count", "shown"), [(7, 2), (10, 3), (20, 3)])
    def test_one_article_leads_a_few_lines(self, tree, count, shown):
        view = tree.view("/", of_kind("articles", count))
        assert len(view.une) == 5
        assert refs(view.articles.cartes) == [f"articles/a{n:02}" for n in range(5, 5 + shown)]

    def test_what_is_put_forward_is_not_said_again(self, tree):
        files = {**of_kind("articles", 20), **of_kind("events", 20), **of_kind("lieux", 20)}
        files |= {
            **of_kind("ressources", 20),
            **of_kind("annonces", 9, echeance="2021-10-01", publics=["familles"]),
        }
        view = tree.view("/", files)
        assert refs(view.agenda.cartes) == [f"events/e{n:02}" for n in range(1, 6)]
        assert view.agenda.reserve == 1, "it waits for the first one to be over"
        shown = [*refs(view.une), *(ref for bloc in blocs(view) for ref in refs(bloc.cartes))]
        assert len(shown) == len(set(shown))
        assert [(bloc.titre, len(bloc.cartes), bloc.url, bloc.lien) for bloc in blocs(view)] == [
            ("L’agenda", 5, "/agenda/", "Tout l’agenda"),
            ("En ce moment", 0, "", "Tout voir"),
            ("Derniers articles", 3, "/articles/", "Tous les articles"),
            ("Dossiers", 0, "", "Tous les dossiers"),
            ("Annonces qui se terminent", 2, "/annonces/", "Toutes les annonces"),
        ]

    def test_what_is_on_for_long_is_apart_the_soonest_end_first(self, tree):
        dates = {
            "a": ("2021-06-01", "2021-10-02"), "b": ("2021-06-02", "2021-10-03"),
            "expo": ("2021-09-01", "2021-12-31"), "fin": ("2021-09-02", "2021-10-31"),
            "quatre": ("2021-09-25", "2021-09-28"), "ensuite": ("2021-10-01", "2021-11-30"),
        }  # fmt: skip
        files = {
            f"events/{slug}": entry("events", debut=first, fin=last)
            for slug, (first, last) in dates.items()
        }
        view = tree.view("/", {**files, **of_kind("articles", 9)})
        assert refs(view.une)[::2] == ["events/ensuite", "events/a", "events/b"], "it begins"
        assert refs(view.en_ce_moment.cartes) == ["events/fin", "events/expo"]
        assert view.en_ce_moment.notes[0] == f"Jusqu’au 31{NB}oct."
        assert refs(view.agenda.cartes) == ["events/quatre"]

    def test_a_line_says_the_hours_its_leaf_the_day(self, tree):
        hours = {"debut": "2021-09-30 14:00", "fin": "2021-09-30 16:00"}
        line, *_ = tree.view("/", of_kind("events", 9, **hours)).agenda.cartes
        assert line.details[0] == f"De 14{NB}h à 16{NB}h" and line.feuille
        assert not line.precision and not line.surtitre

    def test_annonces_that_end_within_three_weeks(self, tree):
        ends = {"hier": "2021-09-26", "ce-jour": "2021-09-27", "limite": "2021-10-18",
                "tard": "2021-10-19"}  # fmt: skip
        files = {
            f"annonces/{slug}": entry("annonces", echeance=end, publics=["familles"])
            for slug, end in ends.items()
        }
        files["annonces/these"] = entry("annonces", echeance="2021-09-28")
        lively = {**files, **of_kind("articles", 9), **of_kind("events", 9)}
        shown = [*refs((view := tree.view("/", lively)).une), *refs(view.annonces.cartes)]
        told = [ref for ref in shown if ref.startswith("annonces/")]
        assert told == ["annonces/ce-jour", "annonces/limite"], "one of a trade is not for all"

    @pytest.mark.parametrize(("count", "left_out"), [(8, set()), (13, {6})])
    def test_what_is_true_comes_before_an_example(self, tree, count, left_out):
        """It leaves its place, never the order; it leads nothing true."""
        files = of_kind("articles", count)
        for slug in ("articles/a00", "articles/a06"):
            files[slug] = files[slug].replace("titre:", "exemple: true\ntitre:")
        view = tree.view("/", files)
        assert refs(view.une)[:2] == ["articles/a01", "articles/a00"]
        shown = [f"articles/a{n:02}" for n in range(5, count) if n not in left_out][:3]
        assert refs(view.articles.cartes) == shown


def test_figures_are_those_of_the_lists_that_they_lead_to(tree):
    files = {
        "lieux/a": entry("lieux"), "lieux/b": entry("lieux", exemple=True),
        **{f"articles/c{rank}": entry("articles") for rank in range(10)},
        "articles/d": entry("articles", reseau=True),
        "events/e": entry("events", seances=[{"debut": "2021-10-02"}, {"debut": "2021-10-09"}]),
        "events/f": entry("events", debut="2021-11-02"),
        "events/g": entry("events", debut="2021-09-02"),
        "temps-forts/h": entry(
            "temps-forts", editions={"2021": {"du": "2021-10-01", "au": "2021-10-11"}}
        ),
    }  # fmt: skip
    pages = tree.pages(files)
    assert pages["/articles/"].view().nombre == "10 articles"
    assert pages["/lieux/"].view().nombre == "2 lieux"
    said = pages["/agenda/"].view().chapo
    assert said.startswith("2 événements et 1\u00a0autre rendez-vous à venir.")


def test_doors_of_the_threshold(tree):
    """The week-end whatever it holds, until it is over; families where they have a page."""
    assert tree.view("/", {"lieux/a": entry("lieux")}).portes == ()
    event = entry("events", debut="2021-12-01", publics=["familles"])
    view = tree.view("/", {"events/a": event}, day=date(2021, 9, 28))
    first, families = view.portes
    assert first == Lien(
        "Ce week-end", "/agenda/week-end/", "quand=week-end", fin=date(2021, 10, 3)
    )
    assert families == Lien("En famille", "/agenda/public/familles/", "public=familles")


@pytest.mark.parametrize(
    ("folders", "told"),
    [
        (["articles"], "Rendez-vous"),
        (["lieux", "events", "ressources"], "Sorties, lieux et outils"),
    ],
)
def test_the_promise_is_of_what_there_is(tree, folders, told):
    files = {f"{folder}/a": entry(folder) for folder in folders}
    assert tree.view("/", files).cadre.promesse == f"{told} de sciences, près de chez vous."


@pytest.mark.parametrize(("held", "counts"), [("evenement_parent", (1, 1)), ("temps_fort", (7, 2))])
def test_a_gathering_takes_two_lines(tree, held, counts):
    """A festival and what it holds; a yearly rendezvous, where there is something else."""
    files = of_kind("events", 7, debut="2021-10-02", **{held: "fete"})
    files["events/fete"] = entry("events", debut="2021-09-25", fin="2021-10-20")
    files["temps-forts/fete"] = entry("temps-forts", mois=[10])
    for expected in counts:
        view = tree.view("/", files)
        told = refs((*view.une, *view.agenda.cartes, *view.en_ce_moment.cartes))
        assert [ref for ref in told if "/e0" in ref] == [f"events/e{n:02}" for n in range(expected)]
        files |= {f"events/o{rank}": entry("events", debut="2021-11-02") for rank in range(9)}
