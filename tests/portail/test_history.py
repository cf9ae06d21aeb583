"""Which file came first: by merges into the trunk, with or without all of the history."""

from pathlib import Path

import pytest

from commits import commit, git, merge, proposal
from portail.history import arrivals

NAMES = ["articles/a.md", "articles/b.md"]
A, B = (f"content/{name}" for name in NAMES)


@pytest.fixture
def trunk(tmp_path):
    """A repository whose contents are in « content »."""
    folder = tmp_path / "dépôt"
    (folder / "content" / "articles").mkdir(parents=True)
    (folder / "content" / "articles" / "premier.md").write_text("premier", encoding="utf-8")
    commit(folder)
    return folder


def order(folder):
    """The files that have a rank, first come first."""
    ranks = arrivals(folder / "content", NAMES)
    return sorted(ranks, key=ranks.__getitem__)


def merged(trunk, name, files):
    proposal(trunk, name, files, day="2021-09-20")
    merge(trunk, name)


@pytest.mark.parametrize("first", [A, B])
def test_a_proposal_counts_from_the_day_it_is_merged(first, trunk):
    second = B if first == A else A
    proposal(trunk, "une", {first: "un"}, day="2021-09-20")
    proposal(trunk, "autre", {second: "deux"}, day="2021-09-02")
    merge(trunk, "une")
    merge(trunk, "autre")
    assert order(trunk) == [one.removeprefix("content/") for one in (first, second)]


def test_one_commit_says_no_order(trunk):
    merged(trunk, "une", {A: "un", B: "deux"})
    ranks = arrivals(trunk / "content", NAMES)
    assert len(ranks) == 2 and len({*ranks.values()}) == 1


def test_what_came_back_came_the_last_time(trunk):
    for rank, files in enumerate(({A: "un"}, {A: None}, {B: "deux"}, {A: "un"})):
        merged(trunk, f"p{rank}", files)
    assert order(trunk) == ["articles/b.md", "articles/a.md"]


def test_what_is_not_committed_has_no_rank(trunk):
    merged(trunk, "une", {A: "un", B: "deux"})
    merged(trunk, "retirer", {B: None})
    (trunk / B).write_text("revenu", encoding="utf-8")
    git(trunk, "add", "-A")  # staged is not committed
    assert order(trunk) == ["articles/a.md"]


def test_a_shallow_clone_knows_what_it_saw_come(trunk, tmp_path):
    for path in (A, B):
        merged(trunk, Path(path).stem, {path: "un"})
    for depth, ranks in ((1, 1), (2, 2)):
        clone = tmp_path / f"clone-{depth}"
        git(tmp_path, "clone", "-q", f"--depth={depth}", f"file://{trunk}", clone.name)
        found = arrivals(clone / "content", NAMES)
        assert (len(found), len({*found.values()})) == (2, ranks)


def test_nothing_is_known_without_a_history(trunk, tmp_path, monkeypatch):
    merged(trunk, "une", {A: "un"})
    assert not arrivals(tmp_path, NAMES), "no repository"
    git(tmp_path, "init", "-q", "vide")
    assert not arrivals(tmp_path / "vide", NAMES), "no commit"
    assert not arrivals(trunk / "content", ["articles/nulle-part.md", "articles/x\ny.md"])
    assert order(trunk)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not arrivals(trunk / "content", NAMES), "no Git"


def test_neither_a_hook_nor_settings_change_the_answer(trunk, tmp_path, monkeypatch):
    for path in (A, B):
        merged(trunk, Path(path).stem, {path: "un"})
    settings = tmp_path / "réglages"
    settings.write_text(
        "[log]\nshowSignature = true\nshowRoot = false\nfollow = true\n"
        "[diff]\nnoprefix = true\nrenames = copies\nrelative = false\n"
        "[core]\nquotePath = true\npager = false\n[color]\nui = always\n"
        "[format]\npretty = fuller\n",
        encoding="utf-8",
    )
    git(tmp_path, "init", "-q", "autre")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "autre/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", "nulle-part")
    assert order(trunk) == NAMES
