"""Two files for one address: which keeps it, and what a check and a publication make of it."""

from itertools import permutations
from pathlib import PurePosixPath

import pytest

from commits import commit
from plans import TODAY, entry, result_of, said, write
from portail.config import SiteConfig
from portail.day import Day
from portail.model.kinds import Kind

FIRST, SECOND = "articles/2021-01-01-a.md", "articles/a.md"
UNKNOWN = "et rien ne dit lequel est venu le premier : l’ordre des noms décide"


def read(root, *, publishes=False, before=()):
    """The contents of ``root``, read by a check, or by what ``publishes`` them."""
    config = SiteConfig(region="Hauts-de-France", seuil_listes=1)
    there = [PurePosixPath("content", name) for name in before]
    return result_of(root / "content", config, Day(TODAY), publishes=publishes, before=there)


def late(result):
    """The files that keep no address."""
    codes = ("E501", "A509")
    return [one.position.path.name for one in result.report if one.code in codes]


def told(path, other, reason):
    return (
        f"{path}:1:1 E501 L’adresse /articles/a/ est déjà celle de « content/{other} », {reason}. "
        "→ Renommez ce fichier, ou n’en gardez qu’un des deux."
    )


def test_what_was_there_before_the_proposal_keeps_its_address(tmp_path):
    write(tmp_path, {FIRST: entry("articles"), SECOND: entry("articles")})
    for kept, other in permutations((FIRST, SECOND)):
        result = read(tmp_path, before=(kept,))
        assert said(result.report) == [told(other, kept, "déjà publié")]
        assert result.site is None


@pytest.mark.parametrize(("kept", "other"), [*permutations((FIRST, SECOND))])
def test_the_history_of_git_decides(kept, other, tmp_path):
    write(tmp_path, {kept: entry("articles", publie_le="2021-09-20")})
    commit(tmp_path)
    write(tmp_path, {other: entry("articles", publie_le="2021-09-01")})
    reason = "venu avant lui dans l’historique de Git"
    assert said(read(tmp_path).report) == [told(other, kept, reason)], "proposed"
    commit(tmp_path)
    assert said(read(tmp_path).report) == [told(other, kept, reason)], "merged"


@pytest.mark.parametrize(
    ("dates", "kept", "reason"),
    [
        (("2021-09-20", "2021-09-01"), SECOND, "publié avant lui (« publie_le »)"),
        (("2021-09-01", "2021-09-20"), FIRST, "publié avant lui (« publie_le »)"),
        (("2021-09-20", "2021-09-20"), FIRST, UNKNOWN),
    ],
)
def test_without_a_history_the_day_then_the_name_decide(dates, kept, reason, tmp_path):
    names = (FIRST, SECOND)
    texts = (entry("articles", publie_le=day) for day in dates)
    write(tmp_path, dict(zip(names, texts, strict=True)))
    other = SECOND if kept == FIRST else FIRST
    assert said(read(tmp_path).report) == [told(other, kept, reason)]


def test_who_alone_says_its_day_keeps_the_address(tmp_path):
    names = ("lieux/2021-01-01-a.md", "lieux/a.md")
    texts = (entry("lieux"), entry("lieux", publie_le="2021-09-01"))
    write(tmp_path, dict(zip(names, texts, strict=True)))
    (row,) = said(read(tmp_path).report)
    assert row.startswith(f"{names[0]}:1:1 E501")
    assert "« content/lieux/a.md », qui dit seul quand il est publié (« publie_le »)." in row


def test_several_files_and_a_file_that_cannot_be_read(tmp_path):
    third = "articles/b/2020-01-01-a.md"
    write(tmp_path, {FIRST: "sans en-tête", SECOND: entry("articles"), third: entry("articles")})
    assert late(read(tmp_path)) == ["2021-01-01-a.md", "2020-01-01-a.md"]


# ── What is published with two files for one address ──────────────────────────────────


FILES = {
    FIRST: entry("articles", titre="Ancien", publie_le="2021-09-01"),
    SECOND: entry("articles", titre="Nouveau", anciennes_urls=["/vieux/"]),
    "lieux/autre": entry("lieux"),
}


def test_the_later_file_is_left_out_and_the_rest_published(tmp_path):
    write(tmp_path, FILES)
    result = read(tmp_path, publishes=True)
    (row,) = said(result.report)
    assert row == (
        f"{SECOND}:1:1 A509 Ce fichier n’est pas publié : l’adresse /articles/a/ est déjà "
        f"celle de « content/{FIRST} », publié avant lui (« publie_le »). → Le reste du site "
        "l’est. Renommez ce fichier, ou n’en gardez qu’un des deux."
    )
    assert [one.entry.titre for one in result.site.of_kind(Kind.ARTICLE)] == ["Ancien"]
    assert result.read == 3


def test_the_plan_is_that_of_a_site_without_the_file(tmp_path):
    write(tmp_path, FILES)
    plan = read(tmp_path, publishes=True).plan
    (tmp_path / "content" / SECOND).unlink()
    alone = read(tmp_path, publishes=True).plan
    assert [one.path for one in plan] == [one.path for one in alone]


@pytest.mark.parametrize("fault", ["[Rien](lieux/rien)", "<script>"])
def test_what_is_wrong_in_a_file_left_out_stops_nothing(fault, tmp_path):
    files = {**FILES, SECOND: entry("articles", fault, publie_le="2021-09-20")}
    write(tmp_path, files)
    assert [one.code for one in read(tmp_path, publishes=True).report] == ["A509"]
    assert {"E501"} < {one.code for one in read(tmp_path).report}


def test_another_fault_refuses_all(tmp_path):
    write(tmp_path, {**FILES, "lieux/autre": entry("lieux", commune="nulle part")})
    result = read(tmp_path, publishes=True)
    assert result.site is None and {"A509", "E432"} == {one.code for one in result.report}


def test_git_is_not_asked_when_no_address_is_shared(tree, monkeypatch):
    monkeypatch.setattr("portail.history.subprocess", None)
    assert tree.site({SECOND: entry("articles")})
