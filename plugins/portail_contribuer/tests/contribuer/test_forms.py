"""The markup that the scripts of the form are written against (``components/formulaire.html``)."""

import json

import pytest
from lxml import html
from navigateur import ORIGIN

from drawn_pages import theme_files
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.kinds import FORMS as KINDS
from portail.model.vocabulary import Vocabularies
from portail_contribuer.contribuer.addresses import form_of

CONTROLS = ".//input[not(@type='radio' or @type='checkbox')]|.//select|.//textarea"
REGIONS = (
    "Plan", "Formulaire", "Brouillon", "Coller", "Sommaire", "Doublon", "Texte", "Proposer",
    "Pret", "Sorties", "Apercu-lignes",
)  # fmt: skip
OUTSIDE = {"accord", "corps", "courriel", "delai", "gratuite", "lien", "mode", "pretee"}

each = pytest.mark.parametrize("kind", sorted(KINDS), ids=lambda kind: kind.value)


@pytest.fixture
def page(kind, trees):
    return trees[form_of(kind)]


@pytest.fixture
def schema(kind, racine):
    return kind_schema(kind, Vocabularies.load(racine / "data"))


def resolved(schema, path):
    """The schema of a path, through rows; ``KeyError`` where there is none."""
    for key in filter(None, path.split(".")):
        if "items" in schema:
            groups = (schema["items"], *schema["items"].get("anyOf", ()))
            schema = next(one for one in groups if "properties" in one)
        schema = schema["properties"][key]
    return schema


@each
def test_every_path_is_one_of_the_schema(page, schema):
    for field in page.xpath("//*[@data-saisie]"):
        rows = field.xpath("ancestor::*[@data-lignes][1]/@data-lignes")
        if field.get("data-hors") is not None:
            assert field.get("data-hors") in OUTSIDE and not rows
        else:
            resolved(schema, ".".join((*rows, field.get("data-chemin"))))
    for rows in page.xpath("//@data-lignes"):
        assert "items" in resolved(schema, rows)


@each
def test_every_control_has_a_name_a_help_and_a_place_for_its_error_and_boxes_their_label(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    labelled = {one.get("for") for one in page.iter("label")}
    for field in page.xpath("//*[@data-saisie]"):
        assert field.xpath("./label|./legend|./p[@class='lib']|./p/label"), field.attrib
        (error,) = field.xpath("./p[@class='erreur']")
        assert error.get("hidden") is not None and error.get("id").startswith("Erreur-")
        told = field.xpath(".//@aria-describedby")
        assert told and all(error.get("id") in one.split() for one in told)
        assert {one for each in told for one in each.split()} <= set(ids)
        for help in field.xpath("./p[@class='aide']"):
            assert all(help.get("id") in one.split() for one in told)
        for control in field.xpath(CONTROLS):
            assert control.get("id") in labelled or control.get("aria-label")
            assert control.get("id").startswith("C-")
    for field in page.xpath("//*[@data-saisie='cases' or @data-saisie='option']"):
        boxes = field.xpath(".//input")
        if boxes:
            assert field.tag == "fieldset" and len({one.get("name") for one in boxes}) == 1
            assert all(one.getparent().tag == "label" for one in boxes)
            assert len({one.get("value") for one in boxes}) == len(boxes)
            assert boxes[0].get("id", "").startswith("C-")


@each
def test_a_row_can_be_drawn_again(page):
    for rows in page.xpath("//*[@data-lignes]"):
        (template,) = rows.xpath("./template")
        (row,) = template.xpath("./*[@data-rang]")
        assert all("__n__" in one for one in row.xpath(".//@id|.//@for"))
        assert row.xpath(".//*[@data-retirer]") and rows.xpath(".//*[@data-ajouter]")
        for shown in rows.xpath("./*[@data-rang]"):
            written = html.tostring(row).decode().replace("__n__", "0")
            assert sorted(html.fromstring(written).xpath(".//@id")) == sorted(shown.xpath(".//@id"))


@each
def test_the_plan_leads_to_each_part_and_scripts_know_where_everything_is(page):
    parts = page.xpath("//fieldset[@data-bloc][not(@data-pour)]")
    assert page.xpath("//nav[@id='Plan']//a/@href") == [f"#{one.get('id')}" for one in parts]
    assert all(one.get("id") == f"Bloc-{one.get('data-bloc')}" for one in parts)
    assert {*REGIONS} <= {*page.xpath("//@id")}
    form = page.get_element_by_id("Formulaire")
    modules = json.loads(form.get("data-modules"))
    scripts = theme_files("static/js/contribuer-*.js").values()
    known = {one.stem.removeprefix("contribuer-") for one in scripts}
    assert known <= modules.keys()
    assert {"zip", "markdown", "turndown"} <= modules.keys()
    for address in modules.values():
        name = address.removeprefix("/theme/").partition("?")[0]
        assert theme_files(f"static/{name}")
    assert json.loads(form.get("data-adresses"))["schema"] == f"{form.get('action')}schema.json"


@each
def test_without_a_script_five_questions_go_by_mail(page):
    (bare,) = page.xpath("//main//*[@class='sans-js']")
    assert bare.xpath("count(.//li)") == 5
    assert bare.xpath(".//a[contains(@href, 'body=De%20quoi')]")
    (form,) = page.xpath("//form")
    assert form.xpath("ancestor::*[contains(@class, 'avec-js')]")


@pytest.mark.chromium
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "name",
    ["agenda/2021/10/", "agenda/2021-s39/", "contribuer/evenement/", "contribuer/lieu/"],
)
def test_text_alone_may_be_twice_as_large(name, width, opened):
    page = opened(width)
    page.goto(f"{ORIGIN}/{name}")
    beyond = page.evaluate("""() => {
        const root = document.documentElement;
        root.style.fontSize = '200%';
        return root.scrollWidth - root.clientWidth;
    }""")
    assert beyond <= 0


@pytest.mark.chromium
def test_fields_of_a_phone_end_on_one_line(opened):
    page = opened(390)
    page.goto(f"{ORIGIN}/contribuer/evenement/")
    short = page.eval_on_selector_all(
        ".proposer .moyen",
        "(all) => all.filter((one) => one.checkVisibility()).map((one) =>"
        " one.parentElement.getBoundingClientRect().right - one.getBoundingClientRect().right)",
    )
    assert {*short} == {0}
