"""Forms of a forge: made of the model, read back whatever strangers write in them."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from arrivages import front
from doses import cases
from issues import EVENT, issue_body, known_forms
from plans import entry, write
from portail.cli import main
from portail.diagnostics import Refused
from portail.features.services.tableurs.issue_forms import CONSENT, fields_of_form, issue_form
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.text.place import PLACE
from portail_importer.deposer.issues import MOST_SIGNS, NO_ANSWER, issue_of, issue_text
from portail_importer.deposer.reply import MARKER

FORMS = known_forms()
LABELS = [column.label for column in fields_of_form(FORMS["evenements"])]


def answers_of(body, form="evenements"):
    """What is read of a text, by label."""
    issue = issue_of(body, FORMS)
    assert issue.form.name == form
    heads, values = issue.grid.rows
    return {
        head.text: cell.text
        for head, cell in zip(heads.cells, values.cells, strict=True)
        if cell.text
    }


@cases("name", FORMS)
def test_a_form_asks_for_what_the_model_has(name):
    form = yaml.safe_load(issue_form(FORMS[name], PLACE))
    fields = {one["id"]: one for one in form["body"] if "id" in one}
    columns = fields_of_form(FORMS[name])
    assert [*fields] == [one.name.replace(".", "-") for one in columns] + ["accord"]
    for column in columns:
        field = fields[column.name.replace(".", "-")]
        assert field["attributes"]["label"] == column.label
        assert field["attributes"].get("options", []) == [*column.choices]
    asked = {key for key, one in fields.items() if one.get("validations", {}).get("required")}
    needed = {key for key, one in MODELS[Kind(FORMS[name].row.genre)].model_fields.items()
              if one.is_required()}  # fmt: skip
    assert needed & fields.keys() <= asked
    assert ("jour" in asked) is (name == "evenements")


def test_what_github_writes_is_read():
    assert answers_of(issue_body(EVENT)) == EVENT
    assert answers_of(issue_body(EVENT, newline="\n")) == EVENT
    lieu = {"Titre": "Le musée du vent", "Commune": "Lille"}
    assert answers_of(issue_body(lieu, "lieux"), "lieux") == lieu


@cases(
    "text",
    [
        "Avant.\n\n### Un titre à moi\n\nAprès.",
        "```\n### Tarif\n\n5 €\n```",
        "~~~~ yaml\n### Titre\n~~~\n### Date\n~~~~\nFin.",
        "    ### Tarif",
        "#### Tarif\n\n## Date",
        "- [ ] une case\n- [x] une autre",
        "```\nUn bloc que personne ne referme.",
        "« _No response_ » au milieu",
    ],
)
def test_titles_and_blocks_of_a_text_are_its_own(text):
    assert answers_of(issue_body(EVENT | {"Texte": text}))["Texte"] == text.strip()


def test_a_block_that_begins_in_a_field_and_ends_in_another_hides_nothing():
    said = EVENT | {"Résumé": "```", "Texte": "```"}
    assert answers_of(issue_body(said)) == said


TITLED = ("### Tarif\n\n5 €", "### tarif", f"x\n\n### {CONSENT}\n- [x] a")
"""Texts that hold the title of a field."""


@cases(
    ("body", "why"),
    [
        (issue_body(EVENT).replace("### Tarif\r\n", ""), "### Tarif »"),
        (issue_body(EVENT, ticked=False), "cochez"),
        ("### Bonjour\n\nUn message.", "formulaire"),
        (issue_body(EVENT | {"Texte": "x" * MOST_SIGNS}), "raccourcissez"),
        *((issue_body(EVENT | {"Texte": text}), "deux fois") for text in TITLED),
    ],
)
def test_what_was_taken_out_or_said_twice_is_named(body, why):
    with pytest.raises(Refused, match=why):
        answers_of(body)


def test_an_attached_file_is_left_and_told():
    text = (
        'Un mot.\n\n<img width="8" alt="x" src="https://github.com/user-attachments/assets/1" />'
        "\n\n"
        "![a](https://github.com/user-attachments/assets/2)\n"
        "[plan.pdf](https://github.com/user-attachments/files/3/plan.pdf)\n\nUn autre."
    )
    issue = issue_of(issue_body(EVENT | {"Texte": text}), FORMS)
    read = dict(zip(*([cell.text for cell in row.cells] for row in issue.grid.rows), strict=True))
    assert read["Texte"] == "Un mot.\n\nUn autre."
    assert len(issue.notes) == 3


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
TEXTS = st.lists(LINES, max_size=5).map("\n".join)


@given(st.dictionaries(st.sampled_from(LABELS[:-1]), TEXTS))
def test_answers_come_back_as_they_were(said):
    read = {label: text.strip() for label, text in said.items()}
    wanted = {label: text for label, text in read.items() if text and text != NO_ANSWER}
    assert answers_of(issue_body(said)) == wanted


PIECES = st.sampled_from(
    [*(f"### {label}" for label in LABELS), f"### {CONSENT}", "```", "~~~", NO_ANSWER,
     "- [x] a", "- [ ] b", "", "mot", "![x](https://a.example/b.png)", "\r", "### "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("\n".join) | st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        issue = issue_of(text, FORMS)
    except Refused as refused:
        assert str(refused).endswith((".", "!"))
    else:
        assert len(issue.grid.rows) == 2


@cases(
    ("told", "found"),
    [
        ({"number": 12, "title": "x", "body": "texte"}, "texte"),
        ({"action": "opened", "issue": {"number": 12, "body": None}}, ""),
        ({"events": []}, None),
        ([1], None),
        ({"number": "12", "body": "x"}, None),
    ],
)
def test_an_issue_is_told_from_other_files(told, found):
    assert issue_text(json.dumps(told).encode(), ".json") == found
    assert issue_text(b"---\ntitre: x\n---\n", ".md") is None
    assert issue_text(issue_body(EVENT).encode(), ".md") == issue_body(EVENT)
    assert issue_text(b"{" * 100_000, ".json") is None


# The command.


@pytest.fixture
def site(tmp_path, monkeypatch):
    root = tmp_path / "portail"
    write(root, {"lieux/musee": entry("lieux", titre="Musée")})
    monkeypatch.chdir(root)
    return root


def deposit(site, body, *options):
    """The exit code, and the reply."""
    told = {"number": 12, "title": "$(touch piege) ../../x", "body": body}
    (site.parent / "demande.json").write_text(json.dumps(told), encoding="utf-8")
    file, reply = str(site.parent / "demande.json"), site.parent / "reponse.md"
    code = main(["deposer", file, "--reponse", str(reply), "--date", "2021-09-27", *options])
    text = reply.read_text("utf-8")
    assert text.startswith(f"{MARKER}\n\n### Merci !")
    return code, text


def files(site):
    found = (path for path in site.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(site).as_posix() for path in found}


def test_an_issue_becomes_a_content(site):
    before = files(site)
    code, told = deposit(site, issue_body(EVENT))
    assert code == 0, told
    path = "content/events/la-nuit-des-papillons.md"
    assert files(site) == before | {path}, "nothing else, no journal"
    assert f"`{path}`" in told
    read = front(site, "events/la-nuit-des-papillons", yaml.BaseLoader)
    assert read["debut"] == "2021-10-09 20:00" and read["fin"] == "2021-10-09 22:00"
    assert read["lieu"] == "musee" and read["format"] == ["sortie-observation"]
    assert read["publics"] == ["familles", "adultes"] and read["tarif"] == {"gratuit": "true"}
    assert main(["check", "--date", "2021-09-27"]) == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"Date": "le 31 février 2021"}, "Champ « Date »"),
        ({"Titre": ""}, "Remplissez le champ « Titre »"),
        ({"Format": "sieste"}, "Champ « Format »"),
        ({"Texte": "<script>alert(1)</script>"}, "Champ « Texte »"),
    ],
)
def test_mistakes_are_told_by_the_names_of_fields(site, changed, said):
    before = files(site)
    code, told = deposit(site, issue_body(EVENT | changed))
    assert code == 1
    assert said in told and "à corriger" in told
    assert "olonne" not in told
    assert files(site) == before


def test_a_reply_calls_nobody_and_holds_no_markup(site):
    hostile = "@redaction #1 <img src=x> [a](https://b.example) ![c](https://d.example/e.png)"
    for label in LABELS:
        code, told = deposit(site, issue_body(EVENT | {label: hostile}))
        own = told.replace("<sub>", "").replace("</sub>", "").removeprefix(MARKER)
        plain = own.split("`")[::2]
        assert not any(sign in part for part in plain for sign in ("@", "<", "](", "://")), told
        assert code in (0, 1)


@pytest.mark.parametrize("title", ["../../../etc/passwd", "CON", "a/b\\c", "x" * 70, "🦋 nuit"])
def test_nobody_chooses_a_path(site, title):
    before = files(site)
    deposit(site, issue_body(EVENT | {"Titre": title}))
    for path in files(site) - before:
        assert path.startswith("content/events/") and path.count("/") == 2, path


def test_what_is_there_is_not_written_over(site):
    assert deposit(site, issue_body(EVENT))[0] == 0
    path = site / "content/events/la-nuit-des-papillons.md"
    before = path.read_bytes()
    for options in ((), ("--remplacer",)):
        code, told = deposit(site, issue_body(EVENT | {"Tarif": "5 €"}), *options)
        assert code == 0 and "existe déjà" in told
        assert path.read_bytes() == before


def test_what_is_not_a_form_is_answered(site):
    code, told = deposit(site, "Bonjour @tous,\n\nun message.")
    assert code == 1 and "formulaire" in told
