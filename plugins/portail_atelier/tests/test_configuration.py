"""What the editor is told: each field of each kind, in words of ours, where one signs in."""

import json

import jsonschema
import pytest
import yaml

import npm
from checkout import ROOT
from plans import Tree, entry, pages_of
from portail.diagnostics import ConfigError
from portail.features import FEATURES
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.registry import MODELS
from portail_atelier.page import edited
from portail_atelier.settings import ATELIER

GENRE = """\
nom: offre de stage
pluriel: offres de stage
article: une
champs:
  organisme: {type: structure, titre: Organisme, obligatoire: true}
  echeance: {type: jour, titre: Candidater avant le, termine: true}
"""
FILES = {
    "events/2021-10-09-nuit": entry("events"),
    "lieux/musee/index": entry("lieux"),
    "lieux/moulin": entry("lieux"),
}
ORIGIN = "https://forge.example.org"


@pytest.fixture
def site(tmp_path):
    """A small site, with a kind of its own."""
    folder = tmp_path / "genres/stages"
    folder.mkdir(parents=True)
    (folder / "genre.yml").write_text(GENRE, encoding="utf-8")
    return Tree(tmp_path).site(FILES)


@pytest.fixture
def told(planned, site):
    """A function: the settings of the editor under those of the portal."""
    return lambda **setting: yaml.safe_load(planned(site, **setting)["atelier/config.yml"])


def paths(fields, above=""):
    """Every field, by its path."""
    for field in fields:
        yield f"{above}{field['name']}", field
        yield from paths(field.get("fields", ()), f"{above}{field['name']}.")


def leaves(schema, above=""):
    """Every field that a file may write, by its path."""
    for name, field in schema["properties"].items():
        yield f"{above}{name}"
        group = field.get("items", field)
        if "properties" in group:
            yield from leaves(group, f"{above}{name}.")


def test_each_field_of_each_kind_is_asked_but_two_that_stay_in_the_file(site, told):
    forms = {row["name"]: row["fields"] for row in told()["collections"]}
    lost = {
        f"{kind.value}.{path}"
        for kind in MODELS
        for path in {*leaves(kind_schema(kind, site.vocabularies))}
        - {path for path, _ in paths(forms[kind.value])}
    }
    assert lost == {"dossiers.elements", "temps-forts.editions"}
    assert "stages" in forms and "organisme" in dict(paths(forms["stages"]))


def test_it_is_what_the_editor_reads(told):
    schema = npm.modules(ROOT / "plugins/portail_atelier/package-lock.json")
    judge = jsonschema.Draft7Validator(
        json.loads((schema / "@sveltia/cms/schema/sveltia-cms.json").read_text("utf-8"))
    )
    for setting in ({}, {"forge": "github", "relais": ORIGIN}, {"forge": "forgejo"}):
        assert [*judge.iter_errors(told(**setting))] == []


def test_a_form_is_in_the_order_of_ours_in_french_with_its_bounds(told):
    forms = {row["name"]: row for row in told()["collections"]}
    names = [field["name"] for field in forms["events"]["fields"]]
    first = ["titre", "resume", "etat", "debut", "fin", "seances", "lieu", "adresse", "body"]
    assert [name for name in names if name in first] == first
    asked = dict(paths(forms["events"]["fields"]))
    assert asked["titre"]["maxlength"] == 140 and asked["titre"]["required"]
    assert {"label": "Annulé", "value": "annule"} in asked["etat"]["options"]
    assert asked["debut"]["pattern"][1] == "Par exemple : 2027-10-09 14:00"
    assert asked["age.min"] | {"widget": "number", "min": 0} == asked["age.min"]
    assert asked["image.fichier"]["widget"] == "image"
    assert asked["image.alt"]["required"] and asked["image.credit"]["required"]
    assert asked["lieu"]["collection"] == "lieux-tous"
    assert asked["organisateurs"]["widget"] == "list", "a name in full will do"
    assert not forms["newsletters"]["create"], "a letter has the name of its week"


def test_contents_are_named_as_files_name_them(planned, site):
    files = json.loads(planned(site)["atelier/champs.json"])
    assert files["noms"] == {"events": {"nuit": "2021-10-09-nuit"}}
    kinds = files["genres"]
    assert kinds["portail-events"]["lieu"] == "lieux"
    assert kinds["portail-events"]["themes"] == "liste"
    shown = {item.ref: edited(site, item) for item in site.items.values()}
    assert shown["events/nuit"] == "/atelier/#/collections/events/entries/2021-10-09-nuit"
    assert shown["lieux/musee"] == "/atelier/#/collections/lieux-dossiers/entries/musee/index"


@pytest.mark.parametrize(
    ("setting", "asked", "signed"),
    [
        ({}, ORIGIN, {"name": "gitlab", "api_root": f"{ORIGIN}/api/v4"}),
        ({"application": "ab"}, ORIGIN, {"auth_type": "pkce", "app_id": "ab"}),
        ({"forge": "forgejo", "application": "ab"}, ORIGIN, {"name": "gitea", "app_id": "ab"}),
        (
            {"forge": "github", "depot": "https://github.com/a/b", "relais": "https://r.example"},
            "https://api.github.com",
            {"repo": "a/b", "base_url": "https://r.example"},
        ),
        (
            {"branche": "propositions"},
            ORIGIN,
            {"branch": "propositions", "repo": "portail/vitrine"},
        ),
    ],
)
def test_the_page_speaks_to_the_site_and_to_the_forge_alone(planned, site, setting, asked, signed):
    files = planned(site, **setting)
    page = files["atelier/index.html"].decode()
    assert f"connect-src 'self' blob: data: {asked};" in page
    assert "script-src 'self';" in page and "font-src 'self';" in page
    settings = yaml.safe_load(files["atelier/config.yml"])
    assert settings["backend"] | signed == settings["backend"]
    # The editor makes no proposals on Forgejo.
    assert ("publish_mode" in settings) == (settings["backend"]["name"] != "gitea")


def test_a_setting_that_is_wrong_is_told(editor):
    for value, words in (
        ("gitlab", "attend un dictionnaire"),
        ({"forge": "gitea"}, "n’est pas connue. Choisissez : gitlab, github, forgejo"),
        ({"forge": "gitlab", "depots": "x"}, "« depots » n’existe pas"),
        ({"depot": "https://a.example/b/c"}, "il manque « forge »"),
        ({"forge": "gitlab", "depot": "groupe/portail"}, "n’est pas l’adresse d’un dépôt"),
    ):
        with pytest.raises(ConfigError, match="PORTAIL_ATELIER") as refused:
            ATELIER.read(value)
        assert words in str(refused.value)


def test_without_the_setting_nothing_is_written(tmp_path):
    feature = next(one for one in FEATURES if one.name == "atelier")
    plain = Tree(tmp_path).run(FILES, atelier=None)
    assert not feature.is_used(plain.site.config)
    assert "/atelier/" not in pages_of(plain.plan)
    assert not [
        one.path for one in plain.plan if one.path.startswith(("atelier", "theme/js/atelier"))
    ]


def test_pages_of_contents_and_rows_of_the_desk_lead_to_the_form(tmp_path, editor):
    old = entry("lieux", verifie_le="2019-01-01")
    setting = {"atelier": ATELIER.read({"forge": "gitlab"})}
    pages = Tree(tmp_path).pages({"lieux/moulin": old}, preview=True, **setting)
    frame = pages["/lieux/moulin/"].view().cadre
    assert frame.editeur.startswith("/theme/js/atelier/")
    desk = repr(pages["/redaction/"].view())
    assert "/atelier/#/collections/lieux/entries/moulin" in desk and "Fichier" not in desk
