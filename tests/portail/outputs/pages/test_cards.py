"""How each kind of content shows in lists, in each of its states."""

from datetime import date

import pytest

from doses import rows_of
from pictures import drawing, picture
from plans import entry
from portail.outputs.pages.cards import card_beside, card_of
from portail.outputs.pages.views.shared import Etiquette, Picture, Variante

TABLES = rows_of("portail/outputs/pages/cards.yml")

NB = "\u00a0"


def card(tree, folder, make=card_of, **fields):
    """The card of one content, among a lieu and an author."""
    files = {
        "lieux/musee": entry("lieux", titre="Musée des *étoiles*", commune="Wizernes"),
        "auteurs/camille": entry("auteurs", titre="Camille Exemple"),
        (ref := f"{folder}/{'2021-s39' if folder == 'newsletters' else 'essai'}"): entry(
            folder, **fields
        ),
    }
    site = tree.site(files)
    return make(site, ref)


def labels(one):
    return [label.texte for label in one.etiquettes]


class TestArticle:
    def test_genre_day_and_signature(self, tree):
        one = card(
            tree,
            "articles",
            titre="Le *Bufo*",
            genre="entretien",
            themes=["numerique", "vivant-sante"],
            auteurs=["camille", "Dominique", "musee"],
        )
        assert (one.ref, one.url, one.kind) == ("articles/essai", "/articles/essai/", "articles")
        assert (one.titre, one.resume, one.theme) == ("Le *Bufo*", "Un résumé.", "numerique")
        assert one.surtitre == one.precision == "Entretien"
        assert one.details == (
            f"20{NB}septembre 2021",
            "Camille Exemple, Dominique, Musée des étoiles",
            f"1{NB}min",
        )
        assert (one.feuille, one.etiquettes, one.image) == (None, (), None)

    def test_without_genre_its_theme(self, tree):
        one = card(tree, "articles", themes=["numerique"])
        assert (one.surtitre, one.precision) == ("Article", "Numérique")
        one = card(tree, "articles")
        assert (one.surtitre, one.precision) == ("Article", "")

    def test_the_editors_do_not_sign(self, tree):
        assert card(tree, "articles", auteurs=["La rédaction"]).details == (
            f"20{NB}septembre 2021",
            f"1{NB}min",
        )

    def test_who_took_back_a_sheet(self, tree):
        one = card(tree, "articles", auteurs=["dominique", "camille"])
        assert one.details[1] == "Contributeur retiré, Camille Exemple"

    def test_a_picture(self, tree):
        tree.run({"articles/photo.jpg": picture()})
        image = {
            "fichier": "photo.jpg",
            "alt": "Un crapaud",
            "credit": "A. Fictif",
            "legende": "Là",
        }
        assert card(tree, "articles", image=image).image == Picture(
            "/medias/articles/photo.jpg", "Un crapaud", 24, 16, "A. Fictif", "Là", "",
            (
                Variante("/medias/articles/photo.jpg.24.avif", 24, "image/avif"),
                Variante("/medias/articles/photo.jpg", 24, "image/jpeg"),
            ),
        )  # fmt: skip
        image["licence"] = "CC-BY-4.0"
        shown = card(tree, "articles", image=image).image
        assert shown.licence == "CC BY 4.0"

    def test_a_large_picture_has_the_size_of_the_file_that_shows_it(self, tree):
        tree.run({"articles/photo.jpg": picture("JPEG", drawing(2000, 1001))})
        image = {"fichier": "photo.jpg", "alt": "Un crapaud", "credit": "A. Fictif"}
        shown = card(tree, "articles", image=image).image
        assert shown.animation == ""
        assert shown.url == "/medias/articles/photo.jpg.800.jpg"
        assert (shown.largeur, shown.hauteur) == (800, 400)
        assert [one.largeur for one in shown.variantes] == [480, 800, 1280, 800]

    def test_an_animation_shows_its_first_frame(self, tree):
        tree.run({"articles/onde.gif": picture("GIF", frames=3, duration=50)})
        image = {"fichier": "onde.gif", "alt": "Une onde", "credit": "A. Fictif"}
        shown = card(tree, "articles", image=image).image
        assert shown.animation == "/medias/articles/onde.gif"
        assert shown.url == "/medias/articles/onde.gif.24.png"


class TestEvent:
    def test_when_where_and_what(self, tree):
        one = card(
            tree,
            "events",
            debut="2021-10-09 14:00",
            fin="2021-10-09 16:00",
            lieu="musee",
            format=["conference", "atelier"],
        )
        assert one.url == "/evenements/essai/"
        assert one.surtitre == "Conférence"
        assert one.details == (
            f"Samedi 9{NB}octobre 2021, de 14{NB}h à 16{NB}h",
            "Musée des étoiles, Wizernes",
        )
        assert (str(one.feuille.jour), one.feuille.etat) == ("2021-10-09", "")
        assert one.etiquettes == ()

    @pytest.mark.parametrize(("fields", "where"), TABLES["where"])
    def test_where(self, tree, fields, where):
        assert card(tree, "events", **fields).details[1] == where

    @pytest.mark.parametrize(
        ("etat", "said", "leaf"),
        [
            ("annule", "Annulé", "annule"),
            ("complet", "Complet", ""),
            ("deplace-en-ligne", "Déplacé en ligne", ""),
        ],
    )
    def test_states(self, tree, etat, said, leaf):
        one = card(tree, "events", etat=etat)
        assert one.etiquettes == (Etiquette(said, etat, True),)
        assert one.feuille.etat == leaf

    @pytest.mark.parametrize(
        ("etat", "said", "ancien", "leaf", "when"),
        [
            ("reporte", "Reporté", 9, "reporte", "Nouvelle date à venir"),
            ("reprogramme", "Reprogrammé", 2, "", f"Samedi 9{NB}octobre 2021, à 14{NB}h"),
        ],
    )
    def test_what_moved_says_both_days(self, tree, etat, said, ancien, leaf, when):
        one = card(tree, "events", etat=etat, ancien_debut=f"2021-10-0{ancien} 14:00")
        assert one.etiquettes == (Etiquette(said, etat, True),)
        assert (one.feuille.etat, one.details[0]) == (leaf, when)
        assert one.ancien == f"{ancien}{NB}octobre 2021 à 14{NB}h"

    def test_what_lasts_says_its_first_and_last_days(self, tree):
        one = card(tree, "events", debut="2021-09-01", fin="2021-12-31")
        assert labels(one) == []
        assert one.details[0] == f"Du 1er{NB}septembre au 31{NB}décembre 2021"
        assert str(one.feuille.fin) == "2021-12-31"

    @pytest.mark.parametrize(("fields", "expected"), TABLES["labels"])
    def test_labels(self, tree, fields, expected):
        assert labels(card(tree, "events", **fields)) == expected

    def test_over(self, tree):
        one = card(tree, "events", seances=[{"debut": "2021-09-01"}, {"debut": "2021-09-26"}])
        assert one.details[0] == f"Dimanche 26{NB}septembre 2021"
        assert one.feuille.etat == "passe"

    @pytest.mark.parametrize(
        ("days", "others"),
        [
            (["2021-10-01"], ""),
            (["2021-10-01", "2021-10-02"], " et 1 autre date"),
            (["2021-10-01", "2021-10-02", "2021-10-03"], " et 2 autres dates"),
            (["2021-09-01", "2021-10-01", "2021-10-02"], " et 1 autre date"),
            (["2021-09-01", "2021-09-02", "2021-10-01"], ""),
        ],
    )
    def test_other_dates_are_those_to_come(self, tree, days, others):
        one = card(tree, "events", seances=[{"debut": day} for day in days])
        assert one.details[0] == f"Vendredi 1er{NB}octobre 2021{others}"

    def test_a_cancelled_seance_is_not_shown_nor_counted(self, tree):
        states = ("annule", "programme", "annule", "programme")
        seances = [
            {"debut": f"2021-10-0{day}", "etat": state} for day, state in enumerate(states, start=1)
        ]
        one = card(tree, "events", seances=seances)
        assert one.details[0] == f"Samedi 2{NB}octobre 2021 et 1 autre date"
        assert labels(one) == []

    @pytest.mark.parametrize(
        ("dates", "told"),
        [
            ("2021-10-01", ""),
            ("2021-10-01T10:00 2021-10-01T14:00", ""),
            ("2021-09-01 2021-09-02", ""),
            ("2021-10-01 2021-10-09", f"Du 1er au 9{NB}octobre 2021, 2 dates"),
            ("2021-09-01 2021-10-09", f"Du 1er{NB}septembre au 9{NB}octobre 2021, 2 dates"),
        ],
    )
    def test_beside_another_content_all_its_dates_are_told(self, tree, dates, told):
        seances = [{"debut": day.replace("T", " ")} for day in dates.split()]
        one = card(tree, "events", seances=seances)
        beside = card(tree, "events", card_beside, seances=seances)
        assert (beside == one) is not bool(told)
        if told:
            assert (beside.details, beside.suite) == ((told, *one.details[1:]), ())
            assert (beside.feuille.jour, beside.feuille.fin) == (
                date.fromisoformat(dates[:10]), date.fromisoformat(dates[-10:])
            )  # fmt: skip
            assert beside.fin == one.fin and beside.digest != one.digest

    def test_all_seances_cancelled(self, tree):
        seances = [{"debut": f"2021-10-0{day}", "etat": "annule"} for day in (1, 2)]
        one = card(tree, "events", seances=seances)
        assert labels(one) == ["Annulé"]
        assert one.details[0] == f"Vendredi 1er{NB}octobre 2021"


class TestFunding:
    """A funding has a deadline, and stays in its list after it."""

    @pytest.mark.parametrize(
        ("echeance", "until", "expected"),
        [
            ("2021-10-20", f"Jusqu’au 20{NB}octobre 2021", []),
            ("2021-09-27", f"Jusqu’au 27{NB}septembre 2021", []),
            ("2021-09-26", f"Échéance passée le 26{NB}septembre 2021", ["Clos"]),
            ("au fil de l’eau", "Au fil de l’eau", []),
        ],
    )
    def test_deadline(self, tree, echeance, until, expected):
        one = card(tree, "ressources", type="financement", porteur="Région", echeance=echeance)
        assert one.details == (until, "Région")
        assert labels(one) == expected


class TestPreview:
    """What readers do not see yet is labelled in previews."""

    @pytest.mark.parametrize(("fields", "expected"), TABLES["labels_in_a_preview"])
    def test_labels(self, tree, fields, expected):
        site = tree.site({"articles/essai": entry("articles", **fields)}, preview=True)
        assert labels(card_of(site, "articles/essai")) == expected


class TestOthers:
    def test_annonce(self, tree):
        one = card(tree, "annonces", categorie="emploi", echeance="2021-10-31", organisme="musee")
        assert one.surtitre == "Offre d’emploi"
        assert one.details == (f"Jusqu’au 31{NB}octobre 2021", "Musée des étoiles")
        assert str(one.feuille.jour) == "2021-10-31"
        assert one.etiquettes == () and one.feuille.dite and not one.feuille.an
        later = card(tree, "annonces", echeance="2022-02-01").feuille
        assert later.an == "2022"

    @pytest.mark.parametrize(
        ("last", "told"),
        [("2021-09-27", "Dernier jour"), ("2021-09-28", f"Plus que 1{NB}jour"),
         ("2021-09-30", f"Plus que 3{NB}jours"), ("2021-10-01", None)],
    )  # fmt: skip
    def test_the_last_days_of_an_annonce(self, tree, last, told):
        one = card(tree, "annonces", publie_le="2021-01-01", echeance=last)
        assert labels(one) == [told] * bool(told)
        # What is left is another on the morrow: the reader's script then hides it.
        assert {str(label.fin) for label in one.etiquettes} <= {"2021-09-27"}

    def test_annonce_that_is_over(self, tree):
        one = card(tree, "annonces", publie_le="2021-01-01", echeance="2021-09-26")
        assert one.details == (f"Terminée le 26{NB}septembre 2021",)
        assert one.etiquettes == (Etiquette("Terminée", "passe"),)
        assert not one.feuille.dite

    @pytest.mark.parametrize(
        ("folder", "fields", "surtitre", "details", "etiquettes"), TABLES["card"]
    )
    def test_card(
        self,
        tree,
        folder,
        fields,
        surtitre,
        details,
        etiquettes,
    ):
        one = card(tree, folder, **fields)
        assert (one.surtitre, [*one.details], labels(one)) == (surtitre, details, etiquettes)

    def test_a_content_without_summary(self, tree):
        assert card(tree, "pages", resume=None).resume == ""


def test_the_digest_is_of_what_is_shown(tree):
    fields = {"commune": "Amiens", "courriel": "a@example.org"}
    first = card(tree, "lieux", **fields)
    assert card(tree, "lieux", **{**fields, "courriel": "b@example.org"}) == first
    assert card(tree, "lieux", **{**fields, "commune": "Lille"}).digest != first.digest


def test_every_content_of_the_vitrine_has_a_card(racine, tmp_path, tree):
    (tmp_path / "content").symlink_to(racine / "tests/sites/vitrine/content")
    site = tree.site(preview=True)
    cards = {ref: card_of(site, ref) for ref in site.items}
    assert cards.keys() == site.items.keys()
    assert len({one.digest for one in cards.values()}) == len(cards)
    for one in cards.values():
        assert one.url.endswith("/") and one.titre and one.surtitre
        assert all(one.details) and "None" not in repr(one.details)
