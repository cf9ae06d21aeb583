"""What may be the contact of a person is asked about, in texts alone."""

from hypothesis import given

from doses import cases
from plans import entry
from portail.features.services.coordonnees.contacts import secrets
from portail.model.faults import private_contacts
from portail.site.draft import read_document
from reparations import reading, source
from strategies import wild_texts

MOBILES = (
    "06 12 34 56 78", "0612345678", "07.12.34.56.78", "06-12-34-56-78", "+33 6 12 34 56 78",
    "+33612345678", "0033 7 12 34 56 78", "+33 (0)6 12 34 56 78",
    "06\u00a012\u00a034\u00a056\u00a078", "+590 690 12 34 56", "+262692123456", "0690 12 34 56",
    "+262 639 12 34 56", "00596 696 12 34 56", "+594 (0)694 12 34 56",
)  # fmt: skip
BOXES = ("julie.exemple@gmail.com", "J@Orange.FR", "club_nature+info@laposte.net", "a@yahoo.fr",
         "julie.exemple [at] gmail.com", "julie (arobase) Free.fr", "j(at)sfr.fr",
         r"julie \[at\] gmail.com", "julie@**gmail**.com")  # fmt: skip
PUBLIC = (
    "03 21 00 00 00", "0321000000", "+33 3 21 00 00 00", "contact@musee.example.org", "2006 07 08",
    "https://example.org/0612345678", "a@gmail.com.example.org", "ISBN 9780612345678", "06 12 34",
    "+590 590 12 34 56", "+262 262 12 34 56", "+596 596 12 34 56", "+508 41 00 00",
    "au musée, 12 rue des Arts", "chez Decathlon, 12 rue X", "Chez nous, tout est gratuit",
    "la livraison à domicile. Le 12 rue des Arts", "chez Mme Curie, prix Nobel en 1903",
    "@gmail.com", "0 612 345 678 900", "du 06 au 07 10 2021", "id=0612345678",
    "club [at] musee.example.org",
)  # fmt: skip


def told(text):
    loaded, _ = read_document(text.encode(), source("events"), reading())
    found = [one for one in loaded.diagnostics if one.code == "C331"]
    assert all(one.position.length for one in found)
    return [(one.position.line, one.position.column, one.position.length) for one in found]


@cases("contact", [*MOBILES, *BOXES])
@cases("around", ["{}", "Julie, {}.", "({})", "Tél. : {}, merci", "**{}**"])
def test_mobiles_and_boxes_of_everyone(contact, around):
    text = around.format(contact)
    (one,) = private_contacts(text)
    assert (one.start, one.written) == (text.index(contact), contact)


@cases(
    "text",
    [
        "chez M. Exemple, 12 rue des Arts", "Chez moi : 3 bis, impasse du Pré",
        "à mon domicile (4 place Verte", "mon adresse personnelle est 1250 route d’Arras",
    ],
)  # fmt: skip
def test_homes(text):
    (one,) = private_contacts(f"Rendez-vous {text}, merci.")
    assert one.sort == "domicile"


@cases("text", PUBLIC)
def test_what_is_public_is_left(text):
    assert [*private_contacts(f"Voir {text}, merci.")] == []


def test_texts_of_the_front_matter_and_of_the_body_but_not_contacts():
    contact = {"regime": "obligatoire", "courriel": "club@gmail.com", "telephone": "06 12 34 56 78"}
    assert told(entry("events", inscription=contact)) == []
    body = "Bonjour.\n\nJulie : 06 12 34 56 78, [écrire](mailto:julie@free.fr)."
    text = entry("events", body, resume="Appelez le 07 12 34 56 78.")
    last = text.count("\n")
    assert told(text) == [(3, 21, 14), (last, 9, 14), (last, 41, 13)]
    twice = entry("events", "06 12 34 56 78\n\n06 12 34 56 78")
    assert len(told(twice)) == 1


@given(wild_texts(200))
def test_any_text_is_looked_at(text):
    for one in private_contacts(text):
        assert text.startswith(one.written, one.start)


EDITED = "https://docs.google.com/document/d/1aBcDeFgHiJkLm/edit?usp=sharing"


@cases(
    ("written", "sort"),
    [
        ("FR7630006000011234567890189", "compte"),
        ("DE89 3704 0044 0532 0130 00", "compte"),
        ("2 55 08 14 168 025 38", "secu"),
        ("255081416802538", "secu"),
        (f"-----BEGIN OPENSSH {'PRIVATE'} KEY-----", "cle"),
        (f"ghp_{'a1B2' * 9}", "jeton"),
        (f"glpat-{'a1B2' * 5}", "jeton"),
        (EDITED, "edition"),
        ("[//]: # (Voir avec Julie)", "note"),
        ('[note]: <> "Voir avec Julie"', "note"),
    ],
)
def test_what_is_secret(written, sort):
    (one,) = secrets(f"Un mot.\n\n{written}\n")
    assert (one.written, one.sort) == (written, sort)


@cases(
    "text",
    [
        "FR76 3000 6000 0112 3456 7890 188", "2 55 08 14 168 025 39", "03 21 00 00 00 et 06 12 34",
        EDITED.replace("/edit", "/view"), "[club]: https://example.org (Le club)", "ISBN 978207061",
        "Siret 130 025 265 00013", "une_clé_ghp_ et AKIA", "[a]: #titre",
    ],
)  # fmt: skip
def test_what_is_no_secret(text):
    assert [*secrets(text)] == []


def test_a_secret_is_not_said_again():
    text = entry("articles", "FR76 3000 6000 0112 3456 7890 189")
    loaded, _ = read_document(text.encode(), source("articles"), reading())
    (told,) = [one for one in loaded.diagnostics if one.code == "A339"]
    assert told.message == "« FR76 3000 60… » est un numéro de compte (IBAN)."
    assert told.position.length == 33
