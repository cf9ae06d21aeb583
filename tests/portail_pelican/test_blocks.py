"""Blocks of templates: those of the documents are those there are; one that is none is told."""

import re

import pytest
from jinja2 import Environment, FileSystemLoader

from checkout import ROOT
from faults import SOUND
from portail.resources import theme_dir
from portail_pelican.blocks import block_faults
from projects import Project

TEMPLATES = theme_dir() / "templates"
ROW = re.compile(r"^\| `([\w./-]+\.html)`[^|]*\| (.*) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def environment():
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def test_the_documents_list_every_block():
    text = (ROOT / "docs/technique/theme.md").read_text(encoding="utf-8")
    listed = {name: {*re.findall(r"`(\w+)`", row)} for name, row in ROW.findall(text)}
    blocks, above = {}, {}
    for file in TEMPLATES.rglob("*.*"):
        source, name = file.read_text(encoding="utf-8"), file.relative_to(TEMPLATES).as_posix()
        blocks[name] = {*re.findall(r"{% block (\w+)", source)}
        above[name] = "".join(re.findall(r'{% extends "([\w/.-]+)"', source))
    there = {name: {*own} for name, own in blocks.items()}
    for name, parent in above.items():
        while parent:
            there[name] -= blocks[parent]
            parent = above[parent]
    assert listed == {name: own for name, own in there.items() if own}


def test_ours_fill_no_block_in_vain(environment, tmp_path):
    assert [*block_faults(environment, [TEMPLATES], tmp_path, TEMPLATES)] == []


def test_a_copy_of_the_theme_is_not_looked_at(environment, tmp_path):
    wrong = "{% extends 'index.html' %}{% block acceuil_lettre %}{% endblock %}"
    for folder in ("theme", "own"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.html").write_text(wrong, encoding="utf-8")
    own = tmp_path / "own"
    assert [*block_faults(environment, [own], tmp_path / "theme", tmp_path)] == []
    (own / "a.html").write_text(f"{wrong}\n", encoding="utf-8")
    (found,) = block_faults(environment, [own], tmp_path / "theme", tmp_path)
    assert found.code == "A160"


TOLD = {
    "near": ("index.html", "{% block acceuil_lettre %}{% endblock %}", "accueil_lettre"),
    "far": ("entry.html", "{% block zzzz %}{% endblock %}", "Les siens : "),
    "in a test": ("page.html", "{% if 1 %}{% block corp %}{% endblock %}{% endif %}", "corps"),
}
SILENT = {
    "known": "{% extends 'entry.html' %}{% block corps %}{% endblock %}",
    "of the first": "{% extends 'article.html' %}{% block contenu %}{% endblock %}",
    "inside": "{% extends 'entry.html' %}{% block corps %}"
    "{% block neuf %}{% endblock %}{% endblock %}",
    "its own": "{% block neuf %}{% endblock %}",
    "chosen later": "{% extends vue.base %}{% block neuf %}{% endblock %}",
    "no template": "{% extends 'base.html' %}{% block",
}


@pytest.mark.parametrize("name", TOLD)
def test_a_block_that_is_none_is_told(name, environment, tmp_path):
    above, text, remedy = TOLD[name]
    (tmp_path / "a.html").write_text(f"{{% extends '{above}' %}}\n\n{text}\n", encoding="utf-8")
    (found,) = block_faults(environment, [tmp_path], TEMPLATES, tmp_path.parent)
    assert (found.code, found.position.line) == ("A160", 3)
    assert str(found.position.path) == f"{tmp_path.name}/a.html"
    word = text[found.position.column - 1 :][: found.position.length]
    assert f"« {word} »" in found.message and above in found.message
    assert remedy in found.hint


@pytest.mark.parametrize("name", SILENT)
def test_a_block_that_is_shown_is_not_told(name, environment, tmp_path):
    (tmp_path / "a.html").write_text(SILENT[name], encoding="utf-8")
    assert [*block_faults(environment, [tmp_path], TEMPLATES, tmp_path)] == []


@pytest.mark.site
@pytest.mark.parametrize(
    "folder", ["gabarits", pytest.param("theme/templates", marks=pytest.mark.long)]
)
def test_a_build_tells_it_and_goes_on(folder, tmp_path):
    project = Project(tmp_path, 'THEME_TEMPLATES_OVERRIDES = ["gabarits"]\n')
    wrong = '{% extends "!theme/index.html" %}\n{% block acceuil_lettre %}Nous{% endblock %}\n'
    project.write(SOUND | {"gabarits/.vide": "", f"{folder}/index.html": wrong})
    for _ in range(2):  # the second has nothing to do
        done = project.does("build")
        assert f"{folder}/index.html:2:10 A160" in done.err
        assert "Le plus proche : accueil_lettre." in done.err
    project.write({f"{folder}/index.html": wrong.replace("acceuil", "accueil")})
    done = project.portail("build")
    assert (done.code, done.err) == (0, "")
    assert "Nous" in (project.output / "index.html").read_text(encoding="utf-8")
