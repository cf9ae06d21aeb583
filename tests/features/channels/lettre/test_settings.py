"""Settings of the letter: what they say, what is refused, what no table knows."""

import pytest

from doses import cases
from plans import Tree, entry
from portail.diagnostics import ConfigError
from portail.features import configured, posted_to
from portail.features.channels.lettre.settings import Edition, letter_of

FORM = "https://lettre.example/subscription/form"


def test_without_any_setting():
    config = configured({"PORTAIL_NOM": "Sciences partout"})
    letter = letter_of(config)
    assert letter.editions == (Edition("region", "Sciences partout"),)
    assert (letter.service, letter.formulaire, posted_to(config)) == ("courriel", "", ())
    assert posted_to(configured({"PORTAIL_LETTRE": None})) == ()


def test_every_setting():
    somme = {"nom": "Somme", "departement": "somme", "liste": "b"}
    told = {
        "service": "listmonk",
        "inscription": FORM,
        "expediteur": "lettre@portail.example.org",
        "liste": "a",
        "editions": {"somme": somme},
    }
    config = configured({"PORTAIL_REGION": "Hauts-de-France", "PORTAIL_LETTRE": told})
    letter = letter_of(config)
    assert letter.expediteur == "lettre@portail.example.org"
    assert letter.editions == (
        Edition("region", "Hauts-de-France", None, "a"),
        Edition("somme", "Somme", ("departement", "somme"), "b"),
    )
    assert letter.edition("somme") == letter.editions[1]
    assert posted_to(config) == (letter.formulaire,) == (FORM,)


@cases(
    ("value", "message"),
    [
        (
            "sympa",
            (
                'PORTAIL_LETTRE attend un dictionnaire, par exemple {"service": "sympa"}. Ses clés '
                ": expediteur, service, inscription, desabonnement, liste, editions."
            ),
        ),
        ({"service": "sympa"}, "PORTAIL_LETTRE : le service sympa demande « inscription »."),
        (
            {"editions": ["somme"]},
            'PORTAIL_LETTRE, editions attend un dictionnaire, par exemple {"service": "sympa"}.',
        ),
        (
            {"editions": {"2027": {"nom": "A", "theme": "x"}}},
            "PORTAIL_LETTRE, édition « 2027 » : ce nom ne convient pas à une adresse.",
        ),
        (
            {"editions": {"somme": {"nom": "Somme"}}},
            (
                "PORTAIL_LETTRE, édition « somme » : donnez un « nom » et un seul de "
                "departement, epci, theme, public."
            ),
        ),
    ],
)
def test_what_is_refused(value, message):
    with pytest.raises(ConfigError) as caught:
        configured({"PORTAIL_LETTRE": value})
    assert str(caught.value) == message


def refused(tmp_path, **settings):
    """What is said of an instance with these settings."""
    config = configured({f"PORTAIL_{name}": value for name, value in settings.items()})
    with pytest.raises(ConfigError) as caught:
        Tree(tmp_path).run({}, region=config.region, **config.added)
    return str(caught.value)


HOME = "Hauts-de-France"
ELSEWHERE = "une intercommunalité de la région Hauts-de-France"


@pytest.mark.parametrize(
    ("region", "key", "value", "what", "instead"),
    [
        (HOME, "departement", "aisnee", f"un département de la région {HOME}", "aisne"),
        (HOME, "epci", "amiens-metropole", ELSEWHERE, "ca-amiens-metropole"),
        (HOME, "theme", "astronomie", "un thème (data/themes.yml)", "astronomie-espace"),
        ("Normandie", "public", "familes", "un public (data/publics.yml)", "familles"),
    ],
)
def test_an_edition_is_narrowed_to_what_is(tmp_path, region, key, value, what, instead):
    letter = {"editions": {"x": {"nom": "Une édition", key: value}}}
    assert refused(tmp_path, REGION=region, LETTRE=letter) == (
        f"PORTAIL_LETTRE, édition « x » : « {value} » n’est pas {what}. "
        f"Vouliez-vous dire « {instead} » ?"
    )


def test_the_editions_of_another_region_are_told_what_there_is(tmp_path):
    letter = {"editions": {"aisne": {"nom": "Aisne", "departement": "aisne"}}}
    assert refused(tmp_path, REGION="Normandie", LETTRE=letter) == (
        "PORTAIL_LETTRE, édition « aisne » : « aisne » n’est pas un département de la région "
        "Normandie. Choisissez : calvados, eure, manche, orne, seine-maritime."
    )


def test_every_edition_of_a_region_is_admitted(tree):
    narrowed = {
        "departement": "eure",
        "epci": "cu-caen-la-mer",
        "theme": "vivant-sante",
        "public": "familles",
    }
    editions = {key: {"nom": key, key: value} for key, value in narrowed.items()}
    config = configured({"PORTAIL_REGION": "Normandie", "PORTAIL_LETTRE": {"editions": editions}})
    files = {"articles/a": entry("articles")}
    assert tree.run(files, region=config.region, **config.added).site
