"""What a class may book: which contents, for whom and when, and what their lines say."""

import json
from datetime import date

import pytest

from hosts import redirections_of
from plans import entry

WITH_GROUPS = {"groupes": {"niveaux": ["CM1", "CM2"]}}
CLASSES, NBSP = "/classes/", "\u00a0"
RARE = f"{CLASSES}niveau/primaire/"
WEEK = f"Du 4 au 8{NBSP}octobre : lun. – ven. 9{NBSP}h –{NBSP}17{NBSP}h"


def event(**fields):
    return entry("events", **{"titre": "Sortie", **fields})


def place(**fields):
    return entry("lieux", **{"titre": "Musée", **fields})


def tool(**fields):
    told = {"titre": "Malle", "type": "malle-pedagogique", "pret": {"caisses": 1}}
    return entry("ressources", **{**told, **fields})


def lines(view):
    return {card.ref: card for bloc in view.blocs for card in bloc.cartes}


def planned(tree, files, **options):
    result = tree.run(files, **options)
    return {f"/{one.path}".removesuffix("index.html"): one for one in result.plan}


def told(tree, name, text):
    """The line of one content."""
    (line,) = lines(tree.view(CLASSES, {name: text})).values()
    return line


def values(tree, name, text, cle, **others):
    """The values of a facet that one content has, among others that make facets of use."""
    pad = {
        f"events/p{n}": event(titre=f"P{n}", debut=f"2021-1{n % 3}-05",
                              groupes={"niveaux": [("CM1", "2de")[n % 2]]})
        for n in range(9)
    }  # fmt: skip
    plan = planned(tree, {**pad, **others, name: text})
    file = plan[f"{CLASSES}facettes.json"]
    data = json.loads("".join(file.produce()))
    pairs = [(key, code) for key, some in data["facettes"] for code, _ in some]
    url = "/" + name.replace("events/", "evenements/") + "/"
    (row,) = (one for one in data["lignes"] if one[0] == url)
    return {pairs[rank][1] for rank in row[5] if pairs[rank][0] == cle}


@pytest.mark.parametrize(
    ("name", "text", "cle", "expected"),
    [
        ("events/x", event(debut="2021-10-09", groupes={"niveaux": ["CM1"]}), "mois", {"10"}),
        ("lieux/x", place(groupes={}, horaires_ouverture="Apr Mo 10:00-12:00"), "mois", {"04"}),
        ("lieux/x", place(publics=["college"]), "mois", {f"{month:02}" for month in range(1, 13)}),
        ("lieux/x", place(groupes={}, horaires_ouverture="Tu,Sa 10:00-12:00"), "jour", {"1"}),
        ("lieux/x", place(groupes={}, horaires_ouverture="Aug 10:00-12:00"), "mois", set()),
        ("events/x", event(debut="2021-10-08", groupes={"niveaux": ["CM1"]}), "jour", {"4"}),
        ("lieux/x", place(groupes={"max": 28}), "effectif", {"20", "25"}),
        ("events/x", event(groupes={"effectif_max": 30}), "effectif", {"20", "25", "30"}),
        ("events/x", event(groupes={"pass_culture": True}), "pass", {"oui"}),
        ("events/x", event(groupes={"pass_culture": False}), "pass", set()),
    ],
)  # fmt: skip
def test_when_how_many_and_who_pays(tree, name, text, cle, expected):
    less = {"lieux/y": place(groupes={"max": 22}), "lieux/z": place(groupes={"max": 15})}
    pays = {f"events/y{n}": event(groupes={"pass_culture": True}) for n in range(2)}
    assert values(tree, name, text, cle, **less, **pays) == expected


class TestWhatIsListed:
    def test_events_that_a_class_can_book(self, tree):
        def until(day):
            return {"inscription": {"regime": "conseillee", "avant_le": day}}

        booked = {
            "groupes": WITH_GROUPS,
            "familles": WITH_GROUPS | {"publics": ["familles"]},
            "college": {"publics": ["college"]},
            "enseignants": {"publics": ["enseignants"]},
            "jusqu-a-ce-jour": WITH_GROUPS | until("2021-09-27"),
        }
        none = {
            "rien": {},
            "primaire-et-familles": {"publics": ["primaire", "familles"]},
            "primaire-par-age": {"publics": ["primaire"], "age": {"min": 8}},
            "reserve": WITH_GROUPS | {"reserve_a": "la classe de 4e"},
            "annule": WITH_GROUPS | {"etat": "annule"},
            "complet": WITH_GROUPS | {"etat": "complet"},
            "fini": WITH_GROUPS | {"debut": "2021-09-20 14:00"},
            "jusqu-a-hier": WITH_GROUPS | until("2021-09-26"),
        }
        files = {f"events/{name}": event(**fields) for name, fields in none.items()}
        assert not [url for url in planned(tree, files) if CLASSES in url]
        files = {f"events/{name}": event(**fields) for name, fields in booked.items()}
        assert {*lines(tree.view(CLASSES, files))} == {*files}

    def test_places_that_receive_and_tools_for_schools(self, tree):
        files = {
            "lieux/a": place(groupes={"min": 10}),
            "lieux/b": place(offre=["accueil-de-groupes"]),
            "lieux/0": place(publics=["college"]),
            "lieux/c": place(publics=["college"], type="etablissement-scolaire"),
            "lieux/d": place(publics=["enseignants", "adultes"]),
            "ressources/a": tool(publics=["college", "tout-public"]),
            "ressources/b": tool(publics=["tout-public"]),
            "ressources/c": entry("ressources", publics=["college"]),
            "ressources/d": tool(),
        }
        view = tree.view(CLASSES, files)
        # Those that say how one books come first.
        assert [*lines(view)] == [
            "lieux/a", "lieux/b", "lieux/0", "ressources/a", "ressources/d",
        ]  # fmt: skip
        assert [(bloc.ancre, bloc.titre) for bloc in view.blocs] == [
            ("lieux", "Lieux qui reçoivent"), ("ressources", "Outils qui viennent à l’école"),
        ]  # fmt: skip
        assert [link.note for link in view.index] == ["3", "2"]


class TestLevelsAndSubjects:
    @pytest.mark.parametrize(
        ("written", "levels"),
        [
            (["CM1", "CM2", "6e"], {"primaire", "college"}),
            (["cycle 3"], {"primaire", "college"}),
            (["Grande section", "CP"], {"maternelle", "primaire"}),
            (["de la 6ème à la 3ème"], {"college"}),
            (["2de", "1re spécialité"], {"lycee"}),
            (["lycée professionnel"], {"lycee"}),
            (["12e édition", "scolaires"], {"a-demander"}),
            ([], {"maternelle"}),
        ],
    )
    def test_a_class_is_of_a_level(self, tree, written, levels):
        """Without classes, publics say it."""
        publics = ["familles"] if written else ["maternelle", "adultes"]
        text = event(groupes={"niveaux": written, "effectif_max": 30}, publics=publics)
        assert values(tree, "events/e", text, "niveau") == levels

    @pytest.mark.parametrize(
        ("themes", "groups", "subjects"),
        [
            (["vivant-sante"], {"niveaux": ["4e"]}, {"svt"}),
            (["vivant-sante"], {"niveaux": ["CM1"]}, {"sciences-et-technologie"}),
            (["vivant-sante"], {"niveaux": ["4e"], "disciplines": ["Physique", "Histoire"]},
             {"physique-chimie", "histoire-geographie"}),
            (["vivant-sante"], {"niveaux": ["4e"], "disciplines": ["Latin"]}, set()),
            (["histoire-patrimoine"], {}, {"histoire-geographie"}),
            ([], {"niveaux": ["4e"]}, set()),
        ],
    )  # fmt: skip
    def test_subjects_are_those_that_are_named_else_those_of_themes(
        self, tree, themes, groups, subjects
    ):
        others = {
            f"lieux/{code}": place(titre=code, groupes={"min": 1}, themes=[code])
            for code in ("vivant-sante", "histoire-patrimoine", "numerique")
        }
        text = event(themes=themes, groupes={"effectif_max": 9, **groups})
        assert values(tree, "events/e", text, "matiere", **others) == subjects


class TestLines:
    def test_of_an_event(self, tree):
        """Several dates are counted from today."""
        seances = [{"debut": f"{day} 09:00"} for day in ("2021-09-01", "2021-10-05", "2021-12-07")]
        line = told(tree, "events/e", event(seances=seances, **WITH_GROUPS))
        assert line.details[0] == f"2 séances, du 5{NBSP}octobre au 7{NBSP}décembre 2021"
        line = told(tree, "events/e", event(
            groupes={"niveaux": ["6e", "5e"], "disciplines": ["SVT"], "duree": "2 h",
                     "effectif_max": 30, "tarif": "45 € par classe"},
            tarif={"prix": 5},
            inscription={"regime": "obligatoire", "telephone": "03 21 00 00 00",
                         "avant_le": "2021-10-01"},
        ))  # fmt: skip
        assert line.precision == "6e, 5e · SVT"
        assert line.details == (
            f"Samedi 9{NBSP}octobre 2021, à 14{NBSP}h", "Wizernes", "2 h", "30 élèves au plus",
            "45 € par classe", f"Inscription jusqu’au 1er{NBSP}octobre",
            "Réserver : 03 21 00 00 00",
        )  # fmt: skip
        assert (line.fin, line.feuille) == (date(2021, 10, 1), None)

    @pytest.mark.parametrize(
        ("hours", "year"),
        [("Mo-Fr 09:00-17:00", True), ("Apr-Jun,Sep-Oct Mo-Fr 09:00-17:00", False)],
    )
    def test_of_a_place(self, tree, hours, year):
        line = told(tree, "lieux/l", place(
            publics=["lycee", "familles"], horaires_ouverture=hours, duree_visite="1 h",
            courriel="lieu@example.org",
            groupes={"min": 8, "max": 30, "delai_jours": 15, "courriel": "groupes@example.org"},
        ))  # fmt: skip
        assert line.precision == "Musée · Lycée"
        assert line.details == (
            "Amiens", *(("Toute l’année",) if year else ()), WEEK, "1 h", "De 8 à 30 personnes",
            "À demander 15 jours à l’avance", "Réserver : groupes@example.org",
        )  # fmt: skip

    def test_of_a_tool(self, tree):
        line = told(tree, "ressources/r", tool(
            publics=["college", "tout-public"], proprietaire="Ville d’Exemple", duree="1 h",
            pret={"tarif": "gratuit", "delai_jours": 30},
        ))  # fmt: skip
        assert line.precision.endswith(" · Collège")
        assert line.details == (
            "Ville d’Exemple", "1 h", "Gratuit", "À demander 30 jours à l’avance",
        )  # fmt: skip


class TestPages:
    def files(self):
        return {
            f"events/e{n}": event(
                titre=f"E{n}", groupes={"niveaux": ["6e" if n else "CP"]}, themes=["vivant-sante"]
            )
            for n in range(10)
        }

    def test_a_value_of_enough_contents_has_a_page(self, tree):
        plan = planned(tree, self.files(), seuil_listes=3)
        assert len(lines(plan[f"{CLASSES}niveau/college/"].view())) == 9
        assert f"{RARE} {CLASSES}?niveau=primaire 301" in redirections_of(plan.values())

    def test_addresses_stay_when_all_is_over(self, tree):
        """A value without a page of its own leads to the list, which says that it is empty."""
        over = {
            name: text.replace("2021-10-09", "2021-03-09") for name, text in self.files().items()
        }
        plan = planned(tree, over, seuil_listes=3)
        assert f"{RARE} {CLASSES}?niveau=primaire 301" in redirections_of(plan.values())
        empty = plan[CLASSES].view()
        assert not empty.blocs
        assert empty.vide.phrase == "Aucune proposition en ce moment"

    def test_where_teachers_are_leads_there(self, tree):
        files = {**self.files(), "lieux/l": place(), "ressources/r": tool()}
        pages = tree.pages(files)
        for url in ("/agenda/", "/lieux/", "/ressources/", "/catalogue/"):
            assert CLASSES in [one.url for one in pages[url].view().voisins], url
        assert CLASSES in [one.url for one in pages["/"].view().portes]
        groups = pages["/plan-du-site/"].view().groupes
        assert CLASSES in [one.url for group in groups for one in group.liens]
