"""The page of a resource: its box, how to get it, and what only tools that are lent show."""

from datetime import date
from itertools import pairwise
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from doses import rows_of
from plans import TODAY, box, entry, link_said, rows_said
from portail.features.kinds.ressources.loans import Case
from portail.outputs.pages.views.shared import Lien, Message
from remake import replace

NB = "\u00a0"
URL = "/ressources/essai/"


def tool(
    tree, day = TODAY, /, lender = None, editors = "",
    **fields,
):  # fmt: skip
    """The view of one resource; the lieu « musee » may lend it."""
    files = {
        "lieux/musee": entry("lieux", titre="Musée des *étoiles*", **(lender or {})),
        "lieux/club": entry("lieux", titre="Club", commune="Lille"),
        "ressources/essai": entry("ressources", titre="La *Lune*", **fields),
    }
    return tree.view(URL, files, day=day, courriel=editors)


class TestBox:
    def test_a_tool(self, tree):
        view = tool(
            tree,
            type="exposition", proprietaire="musee", auteurs_ressource=["club"],
            publics=["college"], age={"min": 11}, duree="45 min", annee=2020, langue="en",
            acces={"url": "https://www.example.org/x", "licence": "CC-BY-4.0", "tarif": "gratuit"},
            pret={
                "panneaux": 1, "surface_m2": "30,5", "caisses": 3, "poids_kg": 80,
                "montage": "1 h", "transport": "un break", "assurance_eur": 2400,
                "tarif": "gratuit", "delai_jours": 30, "exemplaires": 2,
            },
        )  # fmt: skip
        assert box(view) == {
            "Tarif du prêt": ["Gratuit"],
            "Pour qui": ["Collège", "Dès 11 ans"],
            "Durée": ["45 min"],
            "Prêteur": ["Musée des étoiles </lieux/musee/> (Amiens (80))"],
            "À demander": ["30 jours à l’avance"],
            "Conception": ["Club </lieux/club/>"],
            "Année": ["2020"],
            "Langue": ["Anglais"],
            "Accès": ["CC BY 4.0"],
        }
        assert rows_said(view.outil.transport) == {
            "Contenu": [f"1{NB}panneau", f"3{NB}caisses"],
            "Place nécessaire": [f"30,5{NB}m²"],
            "Poids": [f"80{NB}kg"],
            "Montage": ["1 h"],
            "Transport": ["Un break"],
            "Valeur à assurer": [f"2{NB}400{NB}€"],
            "Exemplaires": ["2"],
        }
        assert not view.outil.a_demander

    def test_what_nobody_told_of_a_tool(self, tree):
        view = tool(tree, proprietaire="musee", pret={"caisses": 1})
        assert box(view) == {
            "Prêteur": ["Musée des étoiles </lieux/musee/> (Amiens (80))"],
            "Contenu": [f"1{NB}caisse"],
        }
        assert view.outil.transport == ()
        assert (view.outil.demande, view.message) == (None, None), "no dates without an answer"
        assert view.outil.a_demander
        assert view.outil.preteur == Lien("Musée des étoiles", "/lieux/musee/")

    def test_a_funding(self, tree):
        view = tool(
            tree, type="financement", porteur="Région", eligibles=["associations", "collèges"],
            echeance="2021-10-20", montant="5 000 €",
        )  # fmt: skip
        assert box(view) == {
            "Échéance": [f"Mercredi 20{NB}octobre 2021"],
            "Montant": ["5 000 €"],
            "Pour qui": ["Associations, collèges"],
            "Porteur": ["Région"],
        }
        assert (view.outil, view.message) == (None, None)

    def test_a_funding_that_is_closed_says_so_the_day_after(self, tree):
        fields = {"type": "financement", "echeance": "2021-10-20"}
        before = tool(tree, date(2021, 10, 20), **fields)
        after = tool(tree, date(2021, 10, 21), **fields)
        assert after.message == Message(
            f"Échéance passée le 20{NB}octobre 2021",
            "On ne peut plus le demander.",
            liens=(Lien("Ceux qui restent ouverts", "/boite-a-outils/#Financements"),),
        )
        assert (before.message, before.fin) == (None, date(2021, 10, 20))
        assert before.apres.titre == after.message.titre

    def test_a_funding_without_deadline(self, tree):
        where = {"url": "https://example.org/demande"}
        view = tool(tree, type="financement", echeance="Au fil de l'eau", acces=where)
        assert box(view) == {"Échéance": ["Au fil de l’eau"]}
        assert (view.message, view.apres) == (None, None)
        assert view.boutons == (Lien("Faire une demande", where["url"], "example.org"),)

    def test_the_former_name_of_who_may_ask(self, tree):
        view = tool(tree, type="financement", pour_qui="Les associations, même petites.")
        assert box(view) == {"Pour qui": ["Les associations, même petites"]}


class TestButtons:
    LENT: ClassVar = {"proprietaire": "musee", "pret": {}}

    def test_a_mail_that_needs_only_be_completed(self, tree):
        lender = {"courriel": "a@example.org", "telephone": "03 21 00 00 00",
                  "site": "https://example.org/"}  # fmt: skip
        asked, call = tool(tree, lender=lender, **self.LENT).boutons
        address = urlsplit(asked.url)
        assert (asked.texte, asked.note) == ("Demander le prêt", "a@example.org")
        assert (address.scheme, address.path) == ("mailto", "a@example.org")
        parts = parse_qs(address.query)
        assert parts["subject"] == ["Demande de prêt : La Lune"]
        assert "« La Lune »" in parts["body"][0]
        assert call == Lien("Appeler le 03 21 00 00 00", "tel:0321000000")

    def test_else_the_site_or_the_page_of_the_lender_if_any(self, tree):
        site = tool(tree, lender={"site": "https://example.org/"}, **self.LENT).boutons
        assert site == (Lien("Demander le prêt sur le site", "https://example.org/"),)
        assert tool(tree, **self.LENT).boutons == (Lien("Voir qui le prête", "/lieux/musee/"),)
        assert tool(tree, proprietaire="Une association", pret={}).boutons == ()

    def test_without_either_the_editors_hand_the_request_on(self, tree):
        for lent, to in (
            (self.LENT, "Musée des étoiles"),
            ({"proprietaire": "Elle", "pret": {}}, "Elle"),
        ):
            (asked,) = tool(tree, editors="r@example.org", **lent).boutons
            address = urlsplit(asked.url)
            assert asked.texte == "Écrire par la rédaction"
            assert (address.scheme, address.path) == ("mailto", "r@example.org")
            body = parse_qs(address.query)["body"][0]
            assert to in body and "« La Lune »" in body and URL in body

    def test_what_is_online(self, tree):
        url = "https://www.example.org/x"
        assert tool(tree, acces={"url": url}).boutons == (
            Lien("Consulter en ligne", url, "www.example.org"),
        )


def _told_cases(piste):
    """Cells without the way to ask for them."""
    return tuple(replace(one, demande=None) for one in piste.cases)


LOANS = rows_of("features/kinds/ressources/page.yml")


AT_CLUB = "Club </lieux/club/> (Exemplaire 1, Lille (59), "


class TestLoans:
    def view(self, tree, day=TODAY, copies=2, loans=LOANS):
        fields = {"proprietaire": "musee", "pret": {"exemplaires": copies}, "itinerance": loans}
        return tool(tree, day, **fields).outil

    def test_stops_in_order(self, tree):
        stops = self.view(tree).etapes
        assert [(link_said(one.qui), one.dates, one.etat) for one in stops] == [
            ("Lycée", f"Du 2 au 15{NB}novembre 2020", "fait"),
            ("Club </lieux/club/> (Lille (59), exemplaire 1)",
             f"Du 13{NB}septembre au 15{NB}octobre 2021", "ici"),
            ("École (Douai (59), exemplaire 2)", f"Le 27{NB}septembre 2021", "ici"),
            ("Arras (62)", f"Du 1er au 28{NB}novembre 2021", "avenir"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (TODAY, [
                f"{AT_CLUB}jusqu’au vendredi 15{NB}octobre 2021)",
                f"École (Exemplaire 2, Douai (59), jusqu’au lundi 27{NB}septembre 2021)",
            ]),
            (date(2021, 9, 28), [
                f"{AT_CLUB}jusqu’au vendredi 15{NB}octobre 2021)",
                "Musée des étoiles </lieux/musee/> (Un exemplaire libre, aucun prêt annoncé)",
            ]),
            (date(2021, 10, 16), [
                "Musée des étoiles </lieux/musee/> (2 exemplaires libres, aucun prêt annoncé)",
            ]),
        ],
    )  # fmt: skip
    def test_where_it_is(self, tree, day, expected):
        assert [link_said(one) for one in self.view(tree, day).ou] == expected

    def test_where_it_goes_next(self, tree):
        assert [link_said(one) for one in self.view(tree).ensuite] == [
            f"Arras (62) (du 1er au 28{NB}novembre 2021)"
        ]

    def test_its_map_tells_what_is_done_from_what_is_to_come(self, tree):
        carte = self.view(tree).carte
        assert [(one.numero, one.etat, one.lien.url) for one in carte.points] == [
            (2, "ici", "#Etape-2"), (3, "ici", "#Etape-3"), (4, "avenir", "#Etape-4"),
        ]  # fmt: skip
        assert [done for _, done in carte.trajets] == [False]
        assert "1 étape hors de la carte" in carte.legende

    def test_one_may_go_and_see_an_exhibition_not_a_kit(self, tree):
        shown = {"pret": {}, "itinerance": LOANS[2:]}
        assert tool(tree, type="exposition-rollup", **shown).outil.publique
        assert not tool(tree, type="malle-pedagogique", **shown).outil.publique

    def test_old_stops_are_counted(self, tree):
        loans = [{"commune": "Arras", "du": f"2020-{n:02}-01", "au": f"2020-{n:02}-09"}
                 for n in range(1, 10)]  # fmt: skip
        view = self.view(tree, copies=1, loans=[*loans, LOANS[2]])
        assert (len(view.etapes), view.avant) == (7, 3)
        assert view.etapes[0].dates == f"Du 1er au 9{NB}avril 2020"
        assert view.frise.pistes[0].cases[1].numero == 7

    def test_free_until_its_next_loan(self, tree):
        loan = {"commune": "Arras", "du": "2021-10-04", "au": "2021-10-09"}
        assert [link_said(one) for one in self.view(tree, copies=1, loans=[loan]).ou] == [
            f"Musée des étoiles </lieux/musee/> (Libre, jusqu’au dimanche 3{NB}octobre 2021)"
        ]

    def test_its_strip(self, tree):
        strip = self.view(tree).frise
        assert [(one.titre, one.debut, one.largeur) for one in strip.mois] == [
            ("Sept. 2021", 1, 5), ("Oct.", 6, 4), ("Nov.", 10, 4), ("Déc.", 14, 5),
            ("Janv. 2022", 19, 4), ("Févr.", 23, 4),
        ]  # fmt: skip
        first, second = strip.pistes
        assert first.titre == "Exemplaire 1"
        assert _told_cases(first) == (
            Case("Lille (59)", f"du 13{NB}sept. au 15{NB}oct.", 3, 5, "ici", 2),
            Case("Libre", f"du 16{NB}oct. au 31{NB}oct.", 8, 2, "libre"),
            Case("Arras (62)", f"du 1er{NB}nov. au 28{NB}nov.", 10, 4, "avenir", 4),
            Case("Libre", f"à partir du 29{NB}nov.", 14, 13, "libre"),
        )
        assert _told_cases(second) == (
            Case("Douai (59)", f"le 27{NB}septembre", 5, 1, "ici", 3),
            Case("Libre", f"à partir du 28{NB}sept.", 6, 21, "libre"),
        )

    def test_one_copy_has_no_name(self, tree):
        (track,) = self.view(tree, copies=1, loans=[LOANS[2]]).frise.pistes
        assert track.titre == ""
        assert _told_cases(track)[0] == Case("Libre", f"jusqu’au 31{NB}oct.", 1, 9, "libre")

    def test_columns_never_leave_the_strip(self, tree):
        loans = [
            {"commune": "Arras", "du": "2021-01-01", "au": "2021-08-31"},
            {"commune": "Lille", "du": "2021-09-01", "au": "2021-09-02"},
            {"commune": "Douai", "du": "2021-09-03", "au": "2021-09-03"},
            {"commune": "Calais", "du": "2022-02-27", "au": "2022-05-01"},
        ]
        cases = self.view(tree, copies=1, loans=loans).frise.pistes[0].cases
        assert [one.titre for one in cases] == [
            "Arras (62)", "Lille (59)", "Douai (59)", "Libre", "Calais (62)",
        ]  # fmt: skip
        assert all(one.debut >= 1 and one.largeur >= 1 for one in cases)
        assert all(one.debut + one.largeur <= 27 for one in cases)

    def test_no_strip_without_a_loan_to_show(self, tree):
        view = self.view(tree, loans=LOANS[3:])
        assert (view.frise, view.carte, len(view.etapes)) == (None, None, 1)
        never = tool(tree, pret={}).outil
        assert (never.ou, never.frise, never.etapes) == ((), None, ())


class TestSlots:
    """Each free slot can be asked for, by what the lender gives."""

    def links(self, tree, editors="", **lender):
        lent = {"proprietaire": "musee", "pret": {}, "itinerance": LOANS[2:3]}
        view = tool(tree, lender=lender, editors=editors, **lent)
        cells = [case for piste in view.outil.frise.pistes for case in piste.cases]
        asked = bool(editors or lender)
        assert all((case.sorte == "libre" and asked) is bool(case.demande) for case in cells)
        return [case.demande for case in cells if case.demande]

    def test_by_a_mail_that_names_the_slot(self, tree):
        first, second = self.links(tree, courriel="a@example.org", telephone="03 21 00 00 00")
        assert first.texte == second.texte == "Demander ce créneau"
        bodies = [parse_qs(urlsplit(one.url).query)["body"][0] for one in (first, second)]
        assert f"jusqu’au 31{NB}octobre 2021" in bodies[0]
        assert f"à partir du 29{NB}novembre 2021" in bodies[1]
        assert all("« La Lune »" in body and "Du … au …" in body for body in bodies)

    def test_else_by_telephone_by_the_site_or_through_its_page(self, tree):
        site = "https://example.org/"
        told = set(self.links(tree, telephone="03 21 00 00 00", site=site))
        assert told == {Lien("Appeler pour ce créneau", "tel:0321000000")}
        assert set(self.links(tree, site=site)) == {Lien("Demander ce créneau sur le site", site)}
        assert self.links(tree) == [], "nobody gives an address, nor the site"
        (through,) = {one.texte for one in self.links(tree, editors="r@example.org")}
        assert through == "Écrire par la rédaction"

    def test_what_a_script_reads(self, tree):
        fields = {"pret": {"exemplaires": 2, "delai_jours": 30}, "itinerance": LOANS}
        asked = tool(tree, **fields).outil.demande
        assert (asked.exemplaires, asked.delai) == (2, 30)
        assert sorted(asked.prets) == [
            "1 2021-09-13 2021-10-15", "1 2021-11-01 2021-11-28", "2 2021-09-27 2021-09-27",
        ]  # fmt: skip


def test_tracks_move_once_a_week_else_a_page_waits_for_a_loan_to_begin_or_to_end(tree):
    loan = {"commune": "Arras", "du": "2021-10-06", "au": "2021-11-20"}
    files = {"ressources/essai": entry("ressources", itinerance=[loan])}
    days = [(9, 27), (10, 3), (10, 4), (10, 5), (10, 6), (10, 10)]
    keys = [tree.pages(files, day=date(2021, *day))[URL].key for day in days]
    changes = [before != after for before, after in pairwise(keys)]
    assert changes == [True, True, False, True, False]


def test_other_contents_on_the_same_subject(tree):
    files = {
        f"ressources/r{rank}": entry(
            "ressources", themes=["numerique"], publie_le=f"2021-01-0{rank}"
        )
        for rank in range(1, 7)
    }  # fmt: skip
    blocs = tree.view("/ressources/r3/", files).blocs
    assert [(bloc.titre, len(bloc.cartes)) for bloc in blocs] == [("À voir aussi", 3)]
