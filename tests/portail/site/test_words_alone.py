"""The site once words alone changed: it shows what one assembled anew shows, or nobody has it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plans import Tree, entry
from portail.model.scalars import Reading
from portail.outputs.pages.entry.entries import content_pages
from portail.pipeline import one_process
from portail.site.draft import read_all
from portail.site.site import Site, with_texts
from portail.source.loader import list_content


def read_again(tree: Tree, site: Site) -> Site | None:
    """The site once the files of its contents are read again."""
    listed = list_content(tree.root / "content").documents
    files = [one for one in listed if f"{one.kind.value}/{one.slug}" in site.items]
    reading = Reading(site.vocabularies, site.geography)
    return with_texts(site, read_all(files, site.bodies, reading, one_process))


def shown(site: Site) -> dict[str, str]:
    """The view of the page of each content."""
    return {page.url: repr(page.view()) for page in content_pages(site, *site.items)}


def test_pages_show_what_they_would(racine: Path, tmp_path: Path) -> None:
    shutil.copytree(racine / "tests/sites/vitrine/content", tmp_path / "content")
    tree = Tree(tmp_path)
    before = tree.site()
    for number, path in enumerate(sorted((tmp_path / "content").rglob("*.md"))):
        text = path.read_text("utf-8")
        path.write_text(f"{text}\nUne phrase de plus, la {number}.\n", encoding="utf-8")
    site = read_again(tree, before)
    assert site
    after = shown(site)
    assert after == shown(tree.site())
    assert after.keys() == shown(before).keys()
    assert sum("Une phrase de plus" in view for view in after.values()) > len(after) / 2


ARTICLE = entry("articles", "Un [phare](lieux/phare).\n\n## Le soir\n\nIl luit.")
FILES = {"lieux/phare": entry("lieux", "Un phare."), "articles/lumiere": ARTICLE}


@pytest.mark.parametrize(
    ("old", "new", "alone"),
    [
        ("Il luit.", "Il brille.", True),
        ("Il luit.", "Il [luit](lieux/phare).", True),
        ("Titre articles", "Autre titre", False),
        ("(lieux/phare)", "(lieux/phare#haut)", False),
        ("Il luit.", "![Il luit](lueur.jpg)", False),
        ("## Le soir", "## La nuit", False),
        ("Il luit.", "<script>", False),
    ],
)
def test_what_others_look_at_is_assembled_anew(
    tmp_path: Path, old: str, new: str, alone: bool
) -> None:
    tree = Tree(tmp_path)
    before = tree.site(FILES)
    file = tmp_path / "content/articles/lumiere.md"
    file.write_text(ARTICLE.replace(old, new), encoding="utf-8")
    assert (read_again(tree, before) is not None) == alone
