"""Manifests: what they vouch for, and what empties them."""

import json
import os
import shutil
from pathlib import Path

import pytest

from portail.files import digest_bytes
from portail_publication import manifest
from portail_publication.manifest import Entry, Manifest


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "arbre"
    (root / "lieux/été").mkdir(parents=True)
    (root / "lieux/été/index.html").write_bytes(b"page")
    (root / "a.txt").write_bytes(b"texte")
    return root


def described(root):
    files = {}
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        status = path.stat()
        digest = digest_bytes(path.read_bytes())
        name = path.relative_to(root).as_posix()
        stamp = status.st_size, status.st_mtime_ns
        files[name] = Entry("f", digest, *stamp, "", status.st_ino)
    return Manifest(files, {"images": "g"})


def test_a_manifest_follows_its_tree(tree, tmp_path):
    manifest.save(tmp_path, tree, described(tree))
    moved = tree.rename(tmp_path / "ailleurs")
    assert manifest.load(tmp_path, moved) == described(moved)
    assert manifest.is_known(tmp_path, moved)
    other = tmp_path / "autre"
    other.mkdir()
    assert manifest.load(tmp_path, other) == Manifest()
    assert not manifest.is_known(tmp_path, tmp_path / "absent")
    manifest.drop(tmp_path, moved)
    assert manifest.load(tmp_path, moved) == Manifest()


def copied(tree, name):
    """The tree as an archive gives it back: other inodes, other times."""
    root = Path(shutil.copytree(tree, tree.with_name(name)))
    for path in root.rglob("*"):
        os.utime(path, (1, 1))
    return root


def test_a_copy_takes_the_manifest_of_which_it_has_the_most(tree, tmp_path):
    earlier = copied(tree, "avant")
    (earlier / "a.txt").write_bytes(b"autre")
    for root in (earlier, tree):
        manifest.save(tmp_path, root, described(root))
    copy = copied(tree, "copie")
    manifest.adopt(tmp_path, copy)
    adopted = manifest.load(tmp_path, copy)
    assert adopted == described(copy)
    assert adopted.intact(copy) == adopted.files
    manifest.adopt(tmp_path, earlier)
    assert manifest.load(tmp_path, earlier) == described(earlier), "it had one of its own"


def test_what_a_copy_lacks_is_known_and_not_believed(tree, tmp_path):
    manifest.save(tmp_path, tree, described(tree))
    copy = copied(tree, "copie")
    (copy / "a.txt").write_bytes(b"TEXTE")
    manifest.adopt(tmp_path, copy)
    adopted = manifest.load(tmp_path, copy)
    assert adopted.files.keys() == {"a.txt", "lieux/été/index.html"}
    assert adopted.trees == {"images": "g"}
    assert adopted.files["a.txt"][3:] == (-1, "", 0)
    assert adopted.intact(copy).keys() == {"lieux/été/index.html"}
    (copy / "a.txt").unlink()
    (copy / "a.txt").symlink_to(tree / "a.txt")
    assert adopted.intact(copy).keys() == {"lieux/été/index.html"}


def test_nothing_is_adopted_by_a_tree_that_is_not_there_or_is_another(tmp_path):
    manifest.adopt(tmp_path, tmp_path / "absent")
    other = tmp_path / "autre"
    other.mkdir()
    (other / "a.txt").write_bytes(b"rien de commun")
    manifest.adopt(tmp_path, other)
    manifest.save(tmp_path, tmp_path, Manifest({"a.txt": Entry("f", "0", 14, 1)}))
    manifest.adopt(tmp_path, other)
    assert not manifest.is_known(tmp_path, other)


def test_a_foreign_manifest_is_empty(tree, tmp_path):
    manifest.save(tmp_path, tree, described(tree))
    (file,) = tmp_path.glob("manifeste-*.json")
    another = json.dumps(json.loads(file.read_text()) | {"format": 99}).encode()
    for content in (
        another, b"", b"[]", b"null", b"{", b'{"format":1}', b"\xff", b"[" * 99999,
        b'{"format":1,"trees":{},"files":[]}', b'{"format":1,"trees":{},"files":{"a":[1]}}',
    ):  # fmt: skip
        file.write_bytes(content)
        assert manifest.load(tmp_path, tree) == Manifest(), content[:40]


@pytest.mark.parametrize("spoilt", ["touched", "longer", "a folder", "a link"])
def test_only_what_is_as_written_is_intact(tree, spoilt):
    """A link has the size and the time of the file that was there."""
    known, page = described(tree), tree / "lieux/été/index.html"
    assert known.intact(tree) == known.files
    if spoilt == "longer":
        page.write_bytes(b"page plus longue")
    elif spoilt != "touched":
        page.unlink()
        page.mkdir() if spoilt == "a folder" else page.symlink_to("page")
    when = 1 if spoilt == "touched" else known.files["lieux/été/index.html"].mtime_ns
    os.utime(page, ns=(0, when), follow_symlinks=False)
    assert list(known.intact(tree)) == ["a.txt"]


def test_a_file_that_was_put_back_is_intact_where_it_is_now(tree):
    known, page = described(tree), tree / "a.txt"
    copy = tree / "copie"
    copy.write_bytes(page.read_bytes())
    os.utime(copy, ns=(0, page.stat().st_mtime_ns))
    now = copy.stat().st_ino
    copy.replace(page)
    assert known.files["a.txt"].inode != now
    assert known.intact(tree) == known.files | {"a.txt": known.files["a.txt"]._replace(inode=now)}


def test_names_that_are_no_text_are_kept(tree, tmp_path):
    """As those that a ``Tree`` may write, in bytes that are not UTF-8."""
    odd = Manifest({"a\udcff.txt": Entry("f", "d", 1, 2)}, {"im\udce9ges": "g"})
    manifest.save(tmp_path, tree, odd)
    assert manifest.load(tmp_path, tree) == odd


def test_a_tree_that_is_not_there_has_no_manifest(tmp_path):
    gone = tmp_path / "absent"
    with pytest.raises(FileNotFoundError):
        manifest.save(tmp_path, gone, Manifest())
    manifest.drop(tmp_path, gone)
    assert manifest.load(tmp_path, gone) == Manifest()
    assert manifest.seal(tmp_path, gone) is None
    assert not [*tmp_path.iterdir()]
    gone.mkdir()
    manifest.drop(tmp_path, gone)


def test_a_seal_holds_until_somebody_publishes(tree, tmp_path):
    assert manifest.seal(tmp_path, tree) is None
    manifest.save(tmp_path, tree, Manifest())
    one = manifest.seal(tmp_path, tree)
    assert one is not None and one.holds()
    manifest.save(tmp_path, tree, Manifest())
    assert not one.holds()
    manifest.drop(tmp_path, tree)
    assert not one.holds()


def test_verification_hashes(tree):
    known = described(tree)
    status = (tree / "a.txt").stat()
    (tree / "a.txt").write_bytes(b"TEXTE")
    os.utime(tree / "a.txt", ns=(0, status.st_mtime_ns))
    assert len(known.intact(tree)) == 2
    assert list(known.intact(tree, verify=True)) == ["lieux/été/index.html"]


def test_manifests_of_trees_that_are_gone_are_removed(tree, tmp_path):
    roots = [tmp_path / name for name in "abc"]
    for root in roots:
        root.mkdir()
        manifest.save(tmp_path, root, Manifest())
    manifest.forget(tmp_path, roots[0], tmp_path / "absent")
    assert [manifest.is_known(tmp_path, root) for root in roots] == [True, False, False]
