"""Prices and booking as people write them."""

from doses import cases, rows_of
from portail.text.hints import booking_of, price_of


@cases("space", [" ", "\u00a0", "\u202f", "\u2009", "\u2007"])
def test_thousands_are_parted_by_any_space(space):
    assert price_of(f"Un atelier à 10{space}500{space}€") == {"prix": "10500"}
    assert price_of(f"1{space}250,50 euros") == {"prix": "1250,50"}


@cases(("text", "price", "conditions"), rows_of("portail/text/hints.yml"))
def test_a_price_is_that_of_coming_or_two_readings_are_terms(text, price, conditions):
    assert price_of(text) == (price | {"conditions": text} if conditions else price)


CALL = {"telephone": "03 21 00 00 00"}
NONE, ADVISED, MUST = ({"regime": code} for code in ("aucune", "conseillee", "obligatoire"))


@cases(
    ("text", "booking"),
    [
        ("Pas besoin de réserver, renseignements au 03 21 00 00 00.", NONE | CALL),
        ("Inutile de réserver : venez !", NONE),
        ("Nul besoin de s’inscrire.", NONE),
        ("Il n’est pas nécessaire de réserver.", NONE),
        ("Vous n’avez pas à réserver. La réservation du goûter est à part.", NONE),
        ("Ni inscription ni réservation.", NONE),
        ("La réservation n’est pas obligatoire.", NONE),
        ("Réservation facultative.", NONE),
        ("Inscription : non.", NONE),
        ("Entrée libre, sans réservation, dans la limite des places.", NONE),
        ("La réservation n’est pas obligatoire mais conseillée : 03 21 00 00 00.", {}),
        ("Pas d’entrée sans réservation : 03 21 00 00 00.", {}),
        ("Sans réservation, l’entrée n’est pas garantie : 03 21 00 00 00.", {}),
        ("Pas de réservation par téléphone, inscription sur https://a.example.org/x.", {}),
        ("Réservation non remboursable au 03 21 00 00 00.", {}),
        ("Sans réservation. Les groupes viennent sur réservation.", {}),
        ("N’hésitez pas à réserver au 03 21 00 00 00.", CALL),
        ("Pas de parking, réservation au 03 21 00 00 00.", CALL),
        ("Réservation recommandée, pas obligatoire : 03 21 00 00 00.", ADVISED | CALL),
        ("Réservation obligatoire, pas de vente sur place : 03 21 00 00 00.", MUST | CALL),
        ("Places limitées : réservation indispensable au 03.21.00.00.00.", MUST | CALL),
    ],
)
def test_a_negation_is_read_or_nothing_is(text, booking):
    assert booking_of(text) == booking
