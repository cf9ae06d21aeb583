"""What of a text is of a person: name, telephone, mailbox of one's own, home."""

from hypothesis import given

from doses import cases
from plans import entry
from portail.features.services.coordonnees.contacts import is_person, personal
from portail.site.draft import read_document
from reparations import reading, source
from strategies import wild_texts

PERSONS = (
    "Camille Durand",
    "Mme Durand",
    "M. Durand",
    "Monsieur Jean Durand",
    "Zoé Le Goff-Martin",
)
STRUCTURES = (
    "École Jean-Macé", "Collège Jean Moulin", "Ville d’Amiens", "Association Camille Durand",
    "Mairie de Rue", "Ombelliscience", "une habitante", "Maison de quartier des Tilleuls",
    "CPIE Vallée de Somme", "Médiathèque Les Mots passants", "Université de Lille",
)  # fmt: skip
SAID = (
    "Mme Durand", "Monsieur Durand", "M. Durand", "01 99 00 12 34", "0612345678",
    "+33 1 99 00 12 34", "camille@gmail.com", "camille.durand@example.org", "m.durand@example.org",
    "chez M. Durand, 12 rue des Arts",
)  # fmt: skip
UNSAID = (
    "contact@example.org", "mairie.rue@orange.fr", "ecole.macon@orange.fr", "encrier@example.org",
    "M. le maire", "madame la directrice", "12 04 2027", "ISBN 9780612345678", "de 14 h à 18 h",
    "Marie Curie", "3 114 visiteurs", "https://example.org/0199001234",
)  # fmt: skip


@cases("name", PERSONS)
def test_a_name_that_is_likely_of_a_person(name):
    assert is_person(name)


@cases("name", STRUCTURES)
def test_a_name_that_is_likely_of_a_structure(name):
    assert not is_person(name)


@cases("text", SAID)
def test_what_is_of_a_person(text):
    found = list(personal(f"Écrire à {text}, merci."))
    assert found
    assert found[0].written in text


@cases("text", UNSAID)
def test_what_is_of_nobody(text):
    assert list(personal(f"Voir {text}, merci.")) == []


def test_a_mailbox_of_the_structure_that_asks_is_its_own():
    assert list(personal("les.curieux@gmail.com"))
    assert not list(personal("les.curieux@gmail.com", own_words=["curieux"]))


@given(wild_texts())
def test_any_text_is_read_to_its_end(text):
    for one in personal(text):
        assert one.written


def codes(body="Une phrase.", **fields):
    text = entry("annonces", body, **fields)
    loaded, _ = read_document(text.encode(), source("annonces"), reading())
    # Numbers and addresses are those of examples, which is told too.
    return [one.code for one in loaded.diagnostics if one.code != "A154"]


def test_a_telephone_in_a_text_is_asked_about():
    assert codes("Demandez Mme Durand au 06 12 34 56 78.") == ["C331"]
    assert codes(contact={"telephone": "01 99 00 12 34"}, organisme="Camille Durand") == []
