"""The catalogue of tools: who lends each, when it is free, and where that is said."""

import pytest

from doses import rows_of
from plans import TODAY, entry
from portail.features.services.redirections.output import plan_redirects
from portail.outputs.pages.views.lists import ListingView
from portail.site.urls import REDIRECTS

NBSP = "\u00a0"
LIEUX = {
    "lieux/musee": entry("lieux", titre="Musée *vif*", commune="Amiens"),
    "lieux/coupole": entry("lieux", titre="La Coupole", commune="Wizernes"),
}


def loan(du, au, **more):
    return {"emprunteur": "École Exemple", "du": du, "au": au, **more}


def tool(**fields):
    return entry("ressources", **{"type": "exposition", "pret": {"caisses": 1}} | fields)


def tools(**each):
    return LIEUX | {f"ressources/{slug}": tool(titre=slug, **more) for slug, more in each.items()}


def shown(pages, url="/catalogue/"):
    return pages[url].view()


def cards(view):
    return {card.titre: card for bloc in view.blocs for card in bloc.cartes}


def label(card):
    return "".join(one.texte for one in card.etiquettes)


@pytest.mark.parametrize(
    ("loans", "copies", "said"), rows_of("portail_fonds/tests/catalogue/page.yml")
)
def test_how_it_stands_today(tree, loans, copies, said):
    pages = tree.pages(tools(t={"itinerance": loans, "pret": {"exemplaires": copies}}))
    strip = cards(shown(pages))["t"].prets
    assert (strip.dit if strip else "") == said
    assert any("/catalogue/libre/" in url for url in pages) is bool(loans)


def test_nothing_is_free_before_one_can_have_it(tree):
    """To be asked for 45 days before: cards, months, the page of the tool, what is near."""
    lent = [loan("2021-11-20", "2021-12-20")]
    files = tools(t={"itinerance": lent, "pret": {"delai_jours": 45}, "proprietaire": "coupole"})
    pages = tree.pages(files)
    day = f"11{NBSP}novembre"
    assert cards(shown(pages))["t"].prets.dit == f"Libre au plus tôt le {day}"
    months = {f"2021-{month}": f"/catalogue/libre/2021-{month}/" for month in (10, 11, 12)}
    said = {month: label(cards(shown(pages, url))["t"]) for month, url in months.items()}
    assert said == {
        "2021-10": f"Au plus tôt le {day}",
        "2021-11": f"Libre du 11 au 19{NBSP}novembre",
        "2021-12": f"Libre du 21 au 31{NBSP}décembre",
    }
    outil = shown(pages, "/ressources/t/").outil
    (where,) = outil.ou
    assert where.note == f"Libre, au plus tôt le jeudi {day} 2021"
    (track,) = outil.frise.pistes
    assert [case.dates for case in track.cases if case.sorte == "libre"] == [
        f"du 11{NBSP}nov. au 19{NBSP}nov.", f"à partir du 21{NBSP}déc.",
    ]  # fmt: skip


def test_six_months_at_a_glance(tree):
    loans = [loan("2021-09-01", "2021-09-30"), loan("2021-11-16", "2021-12-31")]
    alone, two = ({"itinerance": loans, "pret": {"exemplaires": n}} for n in (1, 2))
    found = cards(shown(tree.pages(tools(t=alone, u=two, v={}))))
    assert found["t"].prets.mois == ("sept.", "oct.", "nov.", "déc.", "janv.", "févr.")
    assert found["t"].prets.pris == "M0 0h20v8h-20zM50 0h30v8h-30z"
    assert found["u"].prets.pris == "", "a copy stays"
    assert found["v"].prets.mois == (), "nobody knows: one asks"


def test_what_a_card_says(tree):
    pages = tree.pages(
        tools(
            t={
                "proprietaire": "coupole", "publics": ["college", "lycee"], "age": {"min": 11},
                "pret": {"panneaux": 16, "caisses": 3, "tarif": "gratuit"},
            },
            u={"proprietaire": "Ville d’Exemple", "pret": {"caisses": 1}},
            v={"pret": {}},
        )
    )  # fmt: skip
    found = {name: (one.precision, one.details) for name, one in cards(shown(pages)).items()}
    assert found == {
        "t": ("Exposition · 16\u00a0panneaux",
              ("La Coupole, Wizernes", "Gratuit", "Collège, lycée, dès 11 ans")),
        "u": ("Exposition · 1\u00a0caisse", ("Ville d’Exemple",)),
        "v": ("Exposition", ()),
    }  # fmt: skip


def test_without_a_tool_there_is_no_catalogue(tree):
    pages = tree.pages({"ressources/livre": entry("ressources")})
    assert not [url for url in pages if url.startswith("/catalogue/")]


class TestValues:
    def many(self):
        sizes = [{"poids_kg": 40}, {"poids_kg": 300, "surface_m2": 61}, {"surface_m2": 12}]
        owners = ["musee", "Musée", "coupole", "Ville d’Exemple"]
        return tools(
            **{
                f"t{rank}": {
                    "pret": sizes[rank % 3],
                    "proprietaire": owners[rank % 4],
                    "themes": ["numerique"] if rank % 2 else ["vivant-sante"],
                }
                for rank in range(12)
            }
        )

    def test_every_tool_has_a_size(self, tree):
        pages = tree.pages(self.many())
        for cle in ("transport", "surface"):
            urls = [url for url in pages if url.startswith(f"/catalogue/{cle}/")]
            views = [pages[url].view() for url in urls]
            held = [card for one in views if isinstance(one, ListingView) for card in cards(one)]
            assert sorted(held) == sorted(f"t{rank}" for rank in range(12))

    def test_who_lends(self, tree):
        pages = tree.pages(self.many())
        found = {
            url: view.titre
            for url in pages
            if url.startswith("/catalogue/proprietaire/")
            and isinstance(view := pages[url].view(), ListingView)
        }
        assert found == {
            "/catalogue/proprietaire/coupole/": "Outils que prête : La Coupole",
            "/catalogue/proprietaire/musee/": "Outils que prête : Musée vif",
            "/catalogue/proprietaire/ville-d-exemple/": "Outils que prête : Ville d’Exemple",
        }
        assert shown(pages, "/catalogue/proprietaire/musee/").nombre == "6 outils"

    def test_pages_that_lead_there(self, tree):
        pages = tree.pages(self.many())
        assert "/catalogue/" in [one.url for one in shown(pages, "/ressources/").voisins]
        theme = shown(pages, "/themes/numerique/").voisins
        assert "/catalogue/theme/numerique/" in [one.url for one in theme]
        plan = pages["/plan-du-site/"].view()
        (group,) = (one for one in plan.groupes if one.titre == "Catalogue")
        assert [one.url for one in group.liens] == ["/catalogue/"], (
            "what narrows it is for machines"
        )
        assert pages["/catalogue/theme/numerique/"].sitemap


class TestMonths:
    def pages(self, tree, today=TODAY, since="2019-01-01"):
        contents = tools(
            libre={"itinerance": [loan("2021-12-01", "2021-12-05")], "themes": ["numerique"]},
            sorti={"itinerance": [loan("2021-09-10", "2021-11-05")], "themes": ["numerique"]},
            partie={"itinerance": [loan("2021-10-11", "2021-10-12")], "themes": ["vivant-sante"]},
            muet={"publie_le": since},
        )
        return tree.pages(contents, day=today)

    def test_what_is_free_in_each(self, tree):
        pages = self.pages(tree)
        view = shown(pages, "/catalogue/libre/2021-10/")
        assert view.nombre == "2 outils libres, 1 à demander"
        assert [(one.titre, [*map(label, one.cartes)]) for one in view.blocs] == [
            ("Vivant et santé", [f"Libre du 1er au 10{NBSP}octobre ou du 13 au 31{NBSP}octobre"]),
            ("Numérique", ["Libre tout le mois", "En prêt tout le mois"]),
            ("Autres outils", [""]),
        ]
        now = cards(shown(pages, "/catalogue/libre/2021-09/"))
        assert label(now["libre"]) == "Libre jusqu’à la fin du mois"

    def test_six_months_and_those_that_are_over_lead_on(self, tree):
        pages = self.pages(tree)
        months = {url for url in pages if url.startswith("/catalogue/libre/20")}
        views = {url: pages[url].view() for url in months}
        lists = (url[17:24] for url, view in views.items() if isinstance(view, ListingView))
        assert sorted(lists) == [
            "2021-09", "2021-10", "2021-11", "2021-12", "2022-01", "2022-02",
        ]  # fmt: skip
        led = self.led(tree)
        former = sorted(one for one in led if one.startswith("/catalogue/libre/2"))
        assert (former[0], former[-1], len(former)) == (
            "/catalogue/libre/2020-09/", "/catalogue/libre/2021-08/", 12,
        )  # fmt: skip
        assert {led[one] for one in (*former, "/catalogue/libre/")} == {"/catalogue/"}

    @staticmethod
    def led(tree):
        """Addresses of the site last planned that lead elsewhere."""
        (rules,) = (one for one in plan_redirects(tree.site()) if str(one.path) == REDIRECTS)
        return dict(line.split()[:2] for line in rules.produce())

    @pytest.mark.parametrize(
        ("since", "former"), [("2021-07-31", ["2021-07", "2021-08"]), ("2021-09-01", [])]
    )
    def test_no_month_was_before_the_first_tool(self, tree, since, former):
        self.pages(tree, since=since)
        months = sorted(one[17:24] for one in self.led(tree) if "/catalogue/libre/2" in one)
        assert months == former

    def test_what_nobody_tells_is_not_out(self, tree):
        out = {"itinerance": [loan("2021-09-10", "2022-05-05")]}
        pages = tree.pages(tools(sorti=out, muet={}, tu={}))
        assert shown(pages, "/catalogue/libre/2021-10/").nombre == "2 outils à demander"
