"""A letter that is frozen keeps the editor's word, and refuses one that may not be published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plans import Tree, entry, said
from portail.agenda.weeks import Week
from portail.diagnostics import ConfigError
from portail.features.channels.lettre.command import write_frozen

FROZEN = "newsletters/2021-s39.envoi.json"
LATER = date(2021, 10, 6)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def test_a_letter_frozen_for_good_knows_its_word(tree: Tree) -> None:
    address = "https://portail.example.org"
    word = {"newsletters/2021-s39": entry("newsletters"), "articles/a": entry("articles")}
    site = tree.site(word, siteurl=address)
    write_frozen(site, Week(2021, 39), tree.root / "content")
    assert said(tree.run(day=LATER).report) == []
    (line,) = said(tree.run({"newsletters/2021-s39": entry("newsletters", "Autre.")}).report)
    assert " C518 " in line


def test_a_word_that_cannot_be_frozen_says_why(tree: Tree) -> None:
    word = entry("newsletters", "À zoe@exemple.org, à ali@exemple.org, à lea@exemple.org aussi.")
    files = {"newsletters/2021-s39": word, "articles/a": entry("articles")}
    site = tree.site(files, siteurl="https://portail.example.org")
    with pytest.raises(ConfigError, match="« mot » contient des adresses de courriel"):
        write_frozen(site, Week(2021, 39), tree.root / "content")
    assert not (tree.root / "content" / FROZEN).exists()
