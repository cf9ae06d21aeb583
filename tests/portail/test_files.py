import os
import stat
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.files import (
    atomic_write,
    digest_bytes,
    digest_of,
    is_reserved_name,
    is_safe_relative,
    unsafe_reason,
)
from strategies import slugs, wild_texts


@cases(
    "path",
    [
        "index.html",
        "lieux/la-coupole.md",
        "content/articles/été 2021/photo.jpg",
        ".cache/fiches",
        "a/..b/c..d",
        "auxiliaire/conte.md",
        PurePosixPath("lieux/la-coupole.md"),
    ],
)
def test_ordinary_paths_are_safe(path):
    assert is_safe_relative(path)
    assert unsafe_reason(path) is None


@cases(
    ("path", "reason"),
    [
        ("", "il est vide"),
        ("/etc/passwd", "il est absolu"),
        (PurePosixPath("/etc"), "il est absolu"),
        ("../secret", "« .. » n’y est pas admis"),
        ("a/../../b", "« .. » n’y est pas admis"),
        ("a/./b", "« . » n’y est pas admis"),
        ("a//b", "il contient deux « / » de suite"),
        ("a/", "il contient deux « / » de suite"),
        ("C:/x", "le signe « : » n’y est pas admis"),
        ("a\\b", "le signe « \\ » n’y est pas admis"),
        ("a?b", "le signe « ? » n’y est pas admis"),
        ("a\x00b", "il contient un caractère invisible (U+0000)"),
        ("a\nb", "il contient un caractère invisible (U+000A)"),
        ("a\u202eb", "il contient un caractère invisible (U+202E)"),
        ("a\ud800", "il contient un caractère invisible (U+D800)"),
        ("a /b", "« a  » commence ou finit par une espace, ou finit par un point"),
        ("a./b", "« a. » commence ou finit par une espace, ou finit par un point"),
        ("x/NUL", "« NUL » est un nom réservé"),
        ("com1.tar.gz", "« com1.tar.gz » est un nom réservé"),
        ("é" * 200, "« éééééééééééééééééééé… » pèse plus de 255 octets"),
        ("a/" * 150 + "b", "il compte plus de 240 signes"),
    ],
)
def test_other_paths_are_refused_with_their_reason(path, reason):
    assert not is_safe_relative(path)
    assert unsafe_reason(path) == reason


@cases("name", ["con", "Con.md", "LPT9", "COM¹", "nul .txt", "CONIN$"])
def test_reserved_names(name):
    assert is_reserved_name(name)


@cases("name", ["conte", "com", "com10", "aux-champs.md", "nuls"])
def test_names_that_only_look_reserved(name):
    assert not is_reserved_name(name)


@given(wild_texts(), st.lists(slugs(), max_size=3))
def test_a_safe_path_stays_in_its_folder(text, folders):
    path = "/".join([*folders, text])
    if is_safe_relative(path):
        assert os.path.normpath(path) == path
        assert Path("/site", path).parts[: 2 + len(folders)] == ("/", "site", *folders)


def test_writing_makes_folders_and_leaves_no_draft(tmp_path):
    target = tmp_path / "a/b/page.html"
    atomic_write(target, b"un")
    atomic_write(target, b"deux", durable=False)
    assert target.read_bytes() == b"deux"
    assert [path.name for path in target.parent.iterdir()] == ["page.html"]


def test_a_written_file_has_the_usual_rights(tmp_path):
    plain, ours = tmp_path / "plain", tmp_path / "ours"
    plain.write_bytes(b"")
    atomic_write(ours, b"")
    assert stat.S_IMODE(ours.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_failure_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    target = tmp_path / "page.html"
    target.write_bytes(b"ancien")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        atomic_write(target, b"nouveau")
    assert target.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_is_not_replaced(tmp_path):
    (tmp_path / "page").mkdir()
    with pytest.raises(OSError, match="page"):
        atomic_write(tmp_path / "page", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["page"]


def test_the_digest_of_bytes_is_fixed():
    assert digest_bytes(b"portail") == "1b0783ddb58c6cb3b57de575f85cc468"
    assert len(digest_bytes(b"")) == 32


class Etat(StrEnum):
    """A text with a type of its own."""

    ANNULE = "annule"


DIFFERENT = [
    (),
    ("",),
    (b"",),
    ((),),
    ("", ""),
    ("ab", "c"),
    ("a", "bc"),
    (("a",), "bc"),
    (("a", "bc"),),
    (1,),
    ("1",),
    (True,),
    (1.0,),
    ("s1:a",),
    (date(2021, 10, 9),),
    ("2021-10-09",),
    (datetime(2021, 10, 9),),
    (datetime(2021, 10, 9, tzinfo=UTC),),
    (time(14),),
    (PurePosixPath("a"),),
    ("a",),
    ("\ud800",),
]


def test_values_types_and_borders_all_count():
    digests = [digest_of(*parts) for parts in DIFFERENT]
    assert len(set(digests)) == len(DIFFERENT)


def test_what_counts_alike():
    assert digest_of(["a", 1]) == digest_of(("a", 1))
    assert digest_of(Etat.ANNULE) == digest_of("annule")


def test_the_digest_of_values_does_not_move_between_versions():
    assert digest_of("é", 1, None, ("a", 2.5)) == "51202dd8ee9729972b21636287f4d8d7"


@cases("part", [{"a": 1}, {1}, object(), 1j])
def test_values_without_order_are_refused(part):
    with pytest.raises(TypeError, match=type(part).__name__):
        digest_of(part)


_PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | wild_texts(8) | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=8,
)


@given(_PARTS, _PARTS)
def test_equal_digests_mean_equal_values(first, second):
    alike = repr(first) == repr(second)
    assert (digest_of(first) == digest_of(second)) is alike
