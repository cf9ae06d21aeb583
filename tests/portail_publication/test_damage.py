"""What a build keeps, damaged at every place: believed nowhere, made again, never an error."""

from contextlib import suppress

import pytest
from essai import Essai, files
from test_store import PATH, STAMP, at, body, digest, filled, record, store, worded

from portail.diagnostics import CacheError

BLOCK, COUNT = 512, 12
NAMES = [*map(at, range(COUNT))]


def damaged(data):
    """``data`` with a byte flipped in each block, where a text or a number is likely to be; then
    cut at the end of each."""
    for start in range(0, len(data), BLOCK):
        spoilt = bytearray(data)
        # The last sign of the block that is no zero: SQLite fills its pages from their end.
        last = len(data[start : start + BLOCK].rstrip(b"\0"))
        spoilt[start + max(last - 1, 0)] ^= 0x11
        yield bytes(spoilt)
    for end in range(0, len(data), BLOCK):
        yield data[:end]


def asked(folder):
    """How many texts a run finds; each is the one that was put."""
    one, right = store(folder), 0
    try:
        for number, path in enumerate(NAMES):
            if one.find(path, STAMP) is None:
                continue
            assert one.body(digest(number)) == body(number)
            assert one.source(digest(number)) == f"*Corps* {number}"
            assert one.words([digest(number)]) == [f"mots {number}"]
            right += 1
    finally:
        one.close()
    return right


@pytest.mark.parametrize("name", ["corps.sqlite", "fiches.bin"])
def test_the_store_damaged_at_each_block(tmp_path, name):
    folder = tmp_path / "cache"
    filled(folder, COUNT).close()
    whole = (folder / name).read_bytes()
    assert len(whole) > 8 * BLOCK and asked(folder) == COUNT
    noticed = 0
    for content in damaged(whole):
        (folder / name).write_bytes(content)
        try:
            noticed += asked(folder) < COUNT
        except CacheError:
            noticed += 1
        builds = 0
        while not mended(folder):
            builds += 1
            assert builds < 4, "spoilt for ever"
    assert noticed


def mended(folder):
    """Run a build, and whether another one then finds every text."""
    again = store(folder)
    for number, path in enumerate(NAMES):
        if again.find(path, STAMP) is None:
            again.put(record(number, path), STAMP, worded(number))
    again.keep(NAMES)
    again.close()
    with suppress(CacheError):
        return asked(folder) == COUNT
    return False


def test_the_publication_damaged_at_each_block(tmp_path):
    """Manifests and links of pages: what is published next is what a clean build publishes."""
    essai = Essai(tmp_path / "site").fill(9)
    essai.images = {"a.png": b"A"}
    essai.publish()
    side, version = tmp_path / "site/.output.suivant", 0
    for name in ("manifeste", "liens"):
        for rank in range(sum(1 for _ in damaged(next(side.glob(f"{name}*")).read_bytes()))):
            version = 1 - version
            for file in side.glob(f"{name}*"):
                contents = [*damaged(file.read_bytes()), b""]
                file.write_bytes(contents[min(rank, len(contents) - 1)])
            essai.fiches["p1"].texte = f"version {version}"
            essai.publish()
            assert files(essai.out) == wanted(essai, version), (name, rank)


_clean = {}


def wanted(essai, version):
    if version not in _clean:
        _clean[version] = essai.clean()
    return _clean[version]


def test_a_store_that_goes_away_during_a_build(tmp_path):
    """Its files are removed while they are open, with their folder."""
    folder = tmp_path / "cache"
    filled(folder, COUNT).close()
    one = store(folder)
    assert one.body(digest(0)) == body(0)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    one.put(record(COUNT), STAMP, worded(COUNT))
    one.keep([*NAMES, PATH])
    assert one.body(digest(COUNT)).html == body(COUNT).html
    one.close()
    try:
        assert asked(folder) in (0, COUNT)
    except CacheError:
        assert asked(folder) == 0
