"""The site once words alone changed: it shows what one assembled anew shows, or nobody has it."""

import shutil
from datetime import timedelta
from itertools import chain

import pytest

from plans import TODAY, Tree, entry
from portail.model.scalars import Reading
from portail.outputs.pages.entry.entries import content_pages
from portail.pipeline import one_process
from portail.site import checks
from portail.site.checks import RULES
from portail.site.draft import read_all
from portail.site.extensions import faults_of
from portail.site.site import with_texts
from portail.source.loader import list_content


def read_again(tree, site):
    """The site once the files of its contents are read again."""
    listed = list_content(tree.root / "content").documents
    files = [one for one in listed if f"{one.kind.value}/{one.slug}" in site.items]
    reading = Reading(site.vocabularies, site.geography)
    return with_texts(site, read_all(files, site.bodies, reading, one_process))


def shown(site):
    """The view of the page of each content."""
    return {page.url: repr(page.view()) for page in content_pages(site, *site.items)}


def test_pages_show_what_they_would(racine, tmp_path, tree):
    shutil.copytree(racine / "tests/sites/vitrine/content", tmp_path / "content")
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
def test_what_others_look_at_is_assembled_anew(tmp_path, tree, old, new, alone):
    before = tree.site(FILES)
    file = tmp_path / "content/articles/lumiere.md"
    file.write_text(ARTICLE.replace(old, new), encoding="utf-8")
    assert (read_again(tree, before) is not None) == alone


SAID = {
    **FILES,
    "events/nuit": entry("events", "Une nuit.", publie_le="2021-12-24"),
    "newsletters/2021-s39": entry("newsletters", "Une lettre."),
    "articles/fidele": entry("articles", "Un [phare](lieux/phare)."),
}


@pytest.mark.parametrize(
    ("name", "old", "new", "asked", "alone"),
    [
        ("articles/lumiere", "Il luit.", "Il brille.", "", True),
        ("articles/lumiere", "Il luit.", "Il [luit](articles/fidele).", "kernel features", False),
        ("articles/lumiere", "Titre articles", "Autre titre", "features", False),
        ("lieux/phare", "Titre lieux", "Autre titre", "kernel features", False),  # it orders a list
        ("events/nuit", "Une nuit.", "Une autre nuit.", "kernel", True),  # something is said of it
        ("newsletters/2021-s39", "Une lettre.", "Une autre lettre.", "kernel features", False),
    ],
)
def test_rules_are_asked_again_of_what_they_look_at(
    tmp_path, monkeypatch, name, old, new, asked, alone
):
    tree = Tree(tmp_path)
    before = tree.site(SAID)
    heard = []

    def kernel(draft):
        heard.append("kernel")
        return chain(*(rule(draft) for rule in RULES))

    def features(draft):
        heard.append("features")
        return faults_of(draft)

    monkeypatch.setattr(checks, "RULES", [kernel])
    monkeypatch.setattr(checks, "faults_of", features)
    file = tmp_path / f"content/{name}.md"
    file.write_text(SAID[name].replace(old, new), encoding="utf-8")
    after = tree.site()
    assert heard == asked.split()
    assert (after.fond == before.fond) == alone
    assert after.report == Tree(tmp_path).site().report == before.report


def test_another_day_setting_or_content_is_another_site(tree):
    sites = [
        tree.site(FILES),
        tree.site(day=TODAY + timedelta(days=1)),
        tree.site(nom="Autre nom"),
        tree.site({"articles/autre": entry("articles")}),
    ]
    assert len({site.fond for site in sites}) == len(sites)
