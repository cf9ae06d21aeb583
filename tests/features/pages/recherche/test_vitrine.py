"""Files of the search over the vitrine: what has kept its key has kept its bytes."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from plans import TODAY, Tree, key_of
from portail.features.pages.recherche.terms import plan_search

LIEU = "lieux/musee-exemple-des-sciences.md"


def files_of(site):
    """Key and text of each file, by address."""
    return {one.url: (key_of(one), "".join(one.produce())) for one in plan_search(site)}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    found = Tree(tmp_path_factory.mktemp("vitrine"))
    vitrine = Path(__file__).parents[3] / "sites/vitrine"
    shutil.copytree(vitrine / "content", found.root / "content")
    return found


@pytest.fixture(scope="module")
def before(tree):
    return files_of(tree.site(region="Hauts-de-France"))


def stale(before, after):
    """Files whose text changed under one key."""
    return {
        url for url, (key, text) in after.items()
        if url in before and before[url][0] == key and before[url][1] != text
    }  # fmt: skip


@pytest.mark.parametrize("days", [1, 40])
def test_a_new_day(tree, before, days):
    after = files_of(tree.site(day=TODAY + timedelta(days), region="Hauts-de-France"))
    assert before.keys() == after.keys()
    assert stale(before, after) == set()
    changed = {url for url in after if after[url][0] != before[url][0]}
    assert changed
    if days == 1:
        assert len(changed) < len(after) / 4


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: re.sub("(?m)^titre: .*$", "titre: Musée d’un autre nom", text),
        lambda text: re.sub("(?m)^( *)commune: .*$", r"\1commune: Lille", text),
        lambda text: text.replace("\n---\n", "\n---\n\nUne phrase de plus.\n", 1),
    ],
)
def test_an_edit_of_a_lieu(tree, before, edit):
    path = tree.root / "content" / LIEU
    text = path.read_text(encoding="utf-8")
    path.write_text(edit(text), encoding="utf-8")
    try:
        after = files_of(tree.site(region="Hauts-de-France"))
    finally:
        path.write_text(text, encoding="utf-8")
    assert edit(text) != text
    assert stale(before, after) == set()
    assert any(after[url][0] != before[url][0] for url in after)
