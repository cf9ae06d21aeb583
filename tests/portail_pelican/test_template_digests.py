"""What the pages of a template depend on: its source, those that it may name, static files."""

import shutil

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from portail.config import SiteConfig
from portail_pelican.renderer import Renderer

PAGES = ("entry.html", "event.html", "listing.html", "agenda.html", "courriel/courriel.html",
         "empreinte.svg", "404.html")  # fmt: skip


def environment(theme):
    return Environment(loader=FileSystemLoader(theme / "templates"))


def digests(theme, names):
    """The digest of each of these templates, as a new build has it."""
    renderer = Renderer(environment(theme), SiteConfig(region="Hauts-de-France"), theme, ())
    return {name: renderer.digest(name) for name in names}


def reached(theme, name):
    """The templates that Jinja's own parser sees named from one, itself too; ``None`` for any."""
    jinja, found, waiting = environment(theme), set(), [name]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        source = (theme / "templates" / one).read_text(encoding="utf-8")
        names = [*meta.find_referenced_templates(jinja.parse(source))]
        if None in names:
            return None
        waiting += [other for other in names if other]
    return found


@pytest.fixture
def theme(racine, tmp_path):
    shutil.copytree(racine / "theme", tmp_path / "theme")
    return tmp_path / "theme"


@pytest.mark.parametrize(
    "changed",
    ["base.html", "listing.html", "event.html", "components/cartes.html", "dessins/portail-1.svg"],
)
def test_a_template_changes_the_pages_that_it_is_part_of(theme, changed):
    before = digests(theme, PAGES)
    file = theme / "templates" / changed
    file.write_text(f"{file.read_text(encoding='utf-8')} ", encoding="utf-8")
    after = digests(theme, PAGES)
    seen = {page: reached(theme, page) for page in PAGES}
    expected = {page for page, some in seen.items() if some is None or changed in some}
    assert {page for page in PAGES if before[page] != after[page]} == expected


def test_none_of_ours_is_unread(racine):
    """Neither is every page drawn with every template, nor is there one that no page has."""
    some = [name for page in PAGES if (name := reached(racine / "theme", page))]
    assert len(some) == len(PAGES) - 1  # drawings are named by the theme of a content
    assert min(map(len, some)) < 20


def test_a_sheet_and_static_files_count(theme):
    before = digests(theme, PAGES)
    sheet = theme / "templates/courriel/courriel.css"
    sheet.write_text(f"{sheet.read_text(encoding='utf-8')} ", encoding="utf-8")
    mailed = digests(theme, PAGES)
    different = {page for page in PAGES if before[page] != mailed[page]}
    assert different == {"courriel/courriel.html", "empreinte.svg"}
    (theme / "static/ajout.css").write_text("a{}", encoding="utf-8")
    assert not {*mailed.values()} & {*digests(theme, PAGES).values()}


@pytest.mark.parametrize(
    "tag",
    [
        "{% include 'a' ~ vue %}",
        "{% include ['b.html', 'c.html'] %}",
        "{%- extends 'b.html' if vue else 'c.html' %}",
        "{%+ include vue.gabarit ignore missing %}",
        "{%\n  import vue.gabarit as macros %}",
        "{% from vue.gabarit import macro %}",
    ],
)
def test_a_name_that_is_made_may_be_any(tag, tmp_path, racine):
    shutil.copytree(racine / "theme/static/css", tmp_path / "theme/static/css")
    (tmp_path / "theme/templates").mkdir(parents=True)
    for name, text in {"a.html": tag, "b.html": "", "c.html": "", "z.html": ""}.items():
        (tmp_path / "theme/templates" / name).write_text(text, encoding="utf-8")
    before = digests(tmp_path / "theme", ["a.html", "b.html"])
    (tmp_path / "theme/templates/z.html").write_text("z", encoding="utf-8")
    after = digests(tmp_path / "theme", ["a.html", "b.html"])
    assert before["a.html"] != after["a.html"]
    assert before["b.html"] == after["b.html"]
