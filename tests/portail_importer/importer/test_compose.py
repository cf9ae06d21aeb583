"""What a reader found becomes a file that the model accepts, and says what it leaves aside."""

import json
from datetime import date

from doses import cases
from fiches import codes, known
from portail.model.kinds import Kind
from portail_importer.importer.sources.compose import compose
from portail_importer.importer.sources.formats import reader_of
from portail_importer.importer.sources.items import SourceItem
from portail_importer.importer.sources.prose import cancelling

DAY = date(2026, 11, 25)


def composed(kind=Kind.EVENT, **fields):
    given = {"titre": "Une sortie", "texte": "On part de la gare."} | fields
    return compose(SourceItem(row=1, kind=kind, namespace="page", **given), known())


def test_an_event():
    made = composed(
        identifier="12",
        titre="Atelier : fabriquer un spectroscope",
        resume="On fabrique un spectroscope.",
        texte="Tarif : 5 € / 3 € réduit.\nRéservation obligatoire au 03.21.00.00.00. Dès 8 ans.",
        quand={"seances": [{"debut": "2021-10-09 14:00", "fin": "2021-10-09 16:00"}]},
        adresse="La Coupole, rue Clabaux, 62570 Wizernes, France",
        mots=("#familles", "Astronomie et espace", "craie"),
        organisateurs=("Écomusée imaginaire", "La Ville"),
        url="https://exemple.test/a?utm_source=x&id=3",
        publie_le="2021-09-01T10:00:00Z",
        modifie="2021-09-20",
        accessibilite={"moteur": "true"},
    )
    assert made.values == {
        "titre": "Atelier : fabriquer un spectroscope",
        "resume": "On fabrique un spectroscope.",
        "publie_le": "2021-09-01",
        "modifie": "2021-09-20",
        "themes": ["astronomie-espace"],
        "mots_cles": ["craie"],
        "references": [
            {
                "titre": "Atelier : fabriquer un spectroscope",
                "url": "https://exemple.test/a?id=3",
            }
        ],
        "ids_externes": {"page": "12"},
        "debut": "2021-10-09 14:00",
        "fin": "2021-10-09 16:00",
        "lieu": "la-coupole",
        "format": ["atelier"],
        "publics": ["familles"],
        "age": {"min": "8"},
        "tarif": {"prix": "5", "reduit": "3"},
        "inscription": {"regime": "obligatoire", "telephone": "03 21 00 00 00"},
        "organisateurs": ["ecomusee", "La Ville"],
        "accessibilite": {"moteur": "oui"},
    }
    assert codes(made) == set() and made.losses == ()


@cases(
    ("fields", "key"),
    [
        ({"jauge": "beaucoup"}, "jauge"),
        ({"quand": {"debut": "2021-02-31 14:00"}}, "debut"),
        ({"quand": {"debut": "2021-10-09", "fin": "2021-10-08"}}, "fin"),
        ({"adresse": "Salle, 62999 Nullepart"}, "adresse"),
        ({"age": {"min": "12", "max": "6"}}, "max"),
        ({"age": {"min": "400"}}, "age"),
        ({"tarif": {"gratuit": "true", "prix": "5"}}, "gratuit"),
        ({"accessibilite": {"moteur": "bof"}}, "accessibilite"),
        ({"en_ligne": "https://musеe.test/"}, "en_ligne"),
        ({"formats": ("inconnu",)}, "format"),
        ({"langue": "klingon"}, "langue"),
        ({"extra": {"couleur": "bleu"}}, "couleur"),
        ({"extra": {"lieu": "nulle-part"}}, "lieu"),
        ({"organisateurs": ("2021",)}, "organisateurs"),
        ({"connus": ("Julie Exemple",)}, "organisateurs"),
        ({"mots": ("x" * 80,)}, "mots_cles"),
        ({"extra": {"reserve_a": "=?utf-8?B?DQo=?="}}, "reserve_a"),
    ],
)
def test_what_does_not_fit_is_left(fields, key):
    made = composed(**fields)
    assert key not in json.dumps(made.values)
    assert codes(made) <= {"E201", "E215", "E217"}
    assert bool(made.doubts) is ("quand" in fields), "never a loss: when it takes place"


@cases(
    ("fields", "word"),
    [
        ({"adresse": "Salle, 62999 Nullepart"}, "Nullepart"),
        ({"conditions": "Gratuit. Le goûter coûte 4 €."}, "goûter"),
        ({"titre": "Un mot. " * 40}, "Un mot"),
    ],
)
def test_what_was_cut_or_guessed_is_said(fields, word):
    made = composed(**fields)
    assert any(word in one.value and one.reason for one in made.losses), made.losses


def test_a_title_and_a_source_of_two_states_are_told_and_the_safest_is_kept():
    record = composed(titre="La nuit (complet)", etat="annule")
    assert (record.values["titre"], record.values["etat"]) == ("La nuit", "annule")
    told = [(loss.value, loss.reason) for loss in record.losses if loss.name == "titre"]
    assert told == [("complet", "l’état retenu est « annule »")]


def test_an_event_that_is_postponed_does_not_seem_kept():
    made = composed(etat="reporte", quand={"debut": "2021-10-09"})
    assert made.values["etat"] == "reporte" and made.values["ancien_debut"] == "2021-10-09"


def test_where_to_book_is_a_link_of_the_text_or_for_a_person_to_say():
    link = 'Gratuit, <a href="https://e.org/ici">sur inscription</a>, <a href="https://e.org">voir</a>.'
    assert composed(html=link).values["inscription"]["url"] == "https://e.org/ici"
    made = composed(texte="Gratuit, sur inscription.")
    assert "inscription" not in made.values
    assert any("rien ne dit comment" in loss.reason for loss in made.losses)


def test_a_text_that_is_but_the_address_of_its_page_says_nothing():
    made = composed(resume="", texte="https://e.org/nuit", url="https://e.org/nuit")
    assert "resume" not in made.values and made.body == ""


@cases(
    ("title", "text", "format_"),
    [
        ("Conférence : l’eau", "", ["conference"]),
        ("Ateliers de printemps", "", ["atelier"]),
        ("La grande exposition de la mine", "", ["exposition"]),
        ("Visite de l’exposition", "", ["visite"]),
        ("Autour de l’exposition, un débat", "", None),
        ("La mine", "Une conférence pour comprendre.", ["conference"]),
        ("La mine", "On y parle d’une exposition.", None),
    ],
)
def test_the_format_that_a_text_says_plainly(title, text, format_):
    assert composed(titre=title, texte=text).values.get("format") == format_


def test_two_lieux_of_one_name_are_told_by_their_commune():
    there = composed(adresse={"nom": "La Coupole", "commune": "Wizernes"})
    assert there.values["lieu"] == "la-coupole"
    elsewhere = composed(adresse={"nom": "La Coupole", "code_postal": "59000", "commune": "Lille"})
    assert elsewhere.values["adresse"] == {
        "nom": "La Coupole",
        "code_postal": "59000",
        "commune": "Lille (59)",
    }


def test_the_postcode_of_another_commune_is_told():
    made = composed(adresse={"rue": "2 rue A", "code_postal": "62000", "commune": "Wizernes"})
    assert "code_postal" not in made.values["adresse"]
    assert [(loss.name, loss.value) for loss in made.losses] == [("code postal", "62000")]
    cedex = composed(adresse={"rue": "2 rue A", "code_postal": "59033", "commune": "Lille"})
    assert cedex.values["adresse"]["code_postal"] == "59033" and cedex.losses == ()


@cases(
    ("text", "said"),
    [
        ("Venez. Cet atelier est annulé.", "Cet atelier est annulé"),
        ("La conférence du 3 mars a été reportée !", "La conférence du 3 mars a été reportée"),
        ("Ces séances sont donc annulées", "Ces séances sont donc annulées"),
        ("En cas de pluie, la sortie est annulée.", ""),
        ("La sortie est annulée si le vent se lève.", ""),
        ("La dette est annulée. Un atelier de calcul.", ""),
        ("Annuler une séance : comment faire ?", ""),
    ],
)
def test_a_text_may_say_that_an_event_does_not_take_place(text, said):
    assert cancelling(text) == said


def test_a_text_that_cancels_an_event_that_is_not_cancelled_is_a_doubt():
    made = composed(texte="Cet atelier est annulé. On part de la gare.")
    assert [(it.name, it.value) for it in made.doubts] == [("texte", "Cet atelier est annulé")]
    assert composed(texte="Cet atelier est annulé.", etat="annule").doubts == ()


def test_a_commune_alone_is_an_address():
    made = composed(adresse="Wizernes")
    assert made.values["adresse"] == {"commune": "Wizernes (62)"} and made.losses == ()
    named = composed(adresse="Salle de Wizernes")
    assert named.values.get("adresse", {}).get("commune") is None


def test_a_commune_of_another_region_is_told_by_its_postcode():
    made = composed(adresse="Muséum, 76600 Le Havre")
    assert made.values["adresse"]["commune"] == "Le Havre (76)" and made.losses == ()


def test_a_greeting_sums_up_nothing():
    record = composed(texte="Bonjour à tous,\n\nMadame, Monsieur,\n\nVenez voir la Lune.")
    assert record.values["resume"] == "Venez voir la Lune."
    assert record.body.startswith("Bonjour à tous,")


def test_an_article():
    made = composed(
        Kind.ARTICLE,
        texte="La craie se dépose lentement.",
        publie_le="2021-03-01",
        url="https://www.musee.test/craie",
        extra={"auteurs": ["Musée de l’Exemple", "Julie Exemple"]},
    )
    assert made.values["auteurs"] == ["musee"]
    assert [loss.value for loss in made.losses] == ["Julie Exemple"]
    assert made.body == "La craie se dépose lentement." and codes(made) == set()
    unsigned = composed(Kind.ARTICLE, url="https://www.musee.test/craie", connus=("Julie",))
    assert "auteurs" not in unsigned.values, "a site is nobody"


def test_a_summary_begins_with_no_date():
    text = "Publié le 2 octobre 2026\n\nDate\n\n2 octobre 2026\n\nLa craie se dépose lentement."
    made = composed(Kind.ARTICLE, texte=text, publie_le="2021-03-01")
    assert made.values["resume"] == "La craie se dépose lentement."


def test_a_street_that_goes_on_with_its_town_says_it_once():
    parts = {"rue": "3 Rue du Sable, 62600 Berck", "code_postal": "62600", "commune": "Berck"}
    made = composed(adresse={"nom": "Le phare", **parts})
    assert made.values["adresse"]["rue"] == "3 Rue du Sable"


def test_a_title_that_puts_off_is_a_doubt():
    made = composed(titre="Conférence reportée sine die", quand={"debut": "2027-12-14"})
    assert any("etat: reporte" in doubt.reason for doubt in made.doubts)


@cases(
    ("adresse", "kept"),
    [
        ("Tournai, Belgique", {"pays": "Belgique", "commune": "Tournai"}),
        (
            "Halle aux draps, Grand-Place 1, 7500 Tournai, Belgium",
            {
                "nom": "Halle aux draps",
                "rue": "Grand-Place 1",
                "pays": "Belgique",
                "code_postal": "7500",
                "commune": "Tournai",
            },
        ),
        ("Mouscron (Belgique)", {"pays": "Belgique", "commune": "Mouscron"}),
    ],
)
def test_an_address_abroad_is_kept_and_its_coordinates_are_asked(adresse, kept):
    made = composed(titre="A", resume="B.", quand={"debut": "2021-10-09"}, adresse=adresse)
    assert made.values["adresse"] == kept
    assert "E272" in codes(made)
    assert made.losses == ()


def test_a_country_alone_or_france_is_no_address_abroad():
    assert "adresse" not in composed(titre="A", adresse="Belgique").values
    found = composed(titre="A", adresse="3 place Foch, 62500 Saint-Omer, France").values["adresse"]
    assert "pays" not in found


def test_an_address_abroad_has_the_coordinates_of_its_source():
    place = {
        "@type": "Place",
        "name": "Halle aux draps",
        "address": {"addressLocality": "Tournai", "postalCode": "7500", "addressCountry": "BE"},
        "geo": {"latitude": 50.6056, "longitude": 3.3878},
    }
    event = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Marché",
        "startDate": "2026-12-05T14:00",
        "location": place,
    }
    hall = {
        "name": "Halle aux draps",
        "city": "Tournai",
        "postalCode": "7500",
        "countryCode": "BE",
        "latitude": 50.6056,
        "longitude": 3.3878,
    }
    hours = {"begin": "2026-12-05T14:00", "end": "2026-12-05T15:00"}
    agenda = {"uid": 1, "title": {"fr": "Marché"}, "timings": [hours], "location": hall}
    for name, told in (("a.jsonld", event), ("a.json", {"total": 1, "events": [agenda]})):
        data = json.dumps(told).encode()
        (found,) = reader_of(data, name).read(data, name, DAY)
        made = compose(found, known())
        assert made.values["coordonnees"] == {"lat": "50.6056", "lon": "3.3878"}
        assert made.values["adresse"]["pays"] == "Belgique", name
        assert made.losses == (), name


def test_who_sells_tickets_asks_nobody_to_book_and_nobody_is_too_old():
    made = composed(inscription={"url": "https://billets.test/a"}, age={"min": "12", "max": "99"})
    assert made.values["inscription"] == {"regime": "possible", "url": "https://billets.test/a"}
    assert made.values["age"] == {"min": "12"}


def test_terms_of_a_price_are_the_sentences_that_speak_of_it():
    made = composed(texte="On marche dans la baie. Adultes 8 €, étudiants 5 €, enfants 3 €. Venez.")
    assert made.values["tarif"]["conditions"] == "Adultes 8 €, étudiants 5 €, enfants 3 €."
