"""Settings of the letter: what they say, what is refused, what no table knows."""

import pytest

from doses import each, rows_of
from plans import entry
from portail.diagnostics import ConfigError
from portail.features import configured, posted_to
from portail_lettre.settings import Edition, letter_of

REFUSED = rows_of("portail_lettre/tests/reglages.yml")
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


@each(REFUSED["formes"])
def test_what_is_refused(valeur, dit):
    with pytest.raises(ConfigError) as caught:
        configured({"PORTAIL_LETTRE": valeur})
    assert str(caught.value) == dit


@each(REFUSED["choix"])
def test_an_edition_is_narrowed_to_what_is(tree, region, filtre, dit):
    letter = {"editions": {"x": {"nom": "Une édition", **filtre}}}
    config = configured({"PORTAIL_REGION": region, "PORTAIL_LETTRE": letter})
    with pytest.raises(ConfigError) as caught:
        tree.run({}, region=config.region, **config.added)
    assert str(caught.value) == f"PORTAIL_LETTRE, édition « x » : {dit}"


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
