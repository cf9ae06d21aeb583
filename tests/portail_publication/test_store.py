"""Records and bodies that the memory of builds gives back, and what is refused rather than
trusted."""

import sqlite3
import time
from contextlib import closing
from datetime import date, datetime
from datetime import time as hour
from functools import cache
from pathlib import PurePosixPath

import pytest
from msgspec.msgpack import Ext, encode
from pydantic import BaseModel

from checkout import ROOT
from plans import TODAY, result_of
from portail.agenda.occurrences import Occurrence
from portail.body.document import BodyHtml
from portail.cli.contents import MemoryStore
from portail.clock import PARIS
from portail.config import SiteConfig
from portail.day import Day
from portail.diagnostics import CacheError
from portail.memory import FILE, Memory, _seal
from portail.model.registry import MODELS, leaves
from portail.source.store import Loaded, Stamp
from portail_publication.records import _MODEL, _TUPLE, _VALUE, _kind, read, written
from portail_publication.store import DiskStore, open_store
from remake import replace

CONTENTS = ROOT / "tests/sites/vitrine/content"
OLD = 1_600_000_000_000_000_000
STAMP = Stamp(10, OLD)
PATH = PurePosixPath("content/events/nuit.md")


@cache
def showcase():
    """Records of the showcase, which has each kind and nearly each field."""
    store = MemoryStore()
    config = SiteConfig(siteurl="https://vitrine.example.org", region="Hauts-de-France")
    assert result_of(CONTENTS, config, Day(TODAY), store, plans=False).site
    return [loaded for _, loaded in store._records.values()]


def at(number):
    return PATH.with_name(f"n{number}.md")


def digest(number):
    return f"{number:032x}"


def record(number=0, path=PATH):
    like = next(one for one in showcase() if one.occurrences and one.facts)
    facts = replace(like.facts, digest=digest(number))
    return replace(like, path=path, digest=digest(number), facts=facts)


def body(number=0):
    return BodyHtml(f"<p>Corps {number}</p>", f"Corps {number}", "", f"*Corps* {number}")


def filled(folder, count=1):
    """A store on disk with ``count`` records."""
    one = DiskStore(folder, "sel")
    for number in range(count):
        one.put(record(number, at(number)), STAMP, replace(body(number), words=f"mots {number}"))
    one.keep(map(at, range(count)))
    return one


def test_records_come_back_as_they_were():
    for one in showcase():
        stamp, again = read(written(STAMP, one))
        assert (stamp, again) == (STAMP, one)
        assert repr(again) == repr(one)
        assert hash(again.entry) == hash(one.entry)
        assert type(again.entry) is type(one.entry)
    night = datetime(2021, 10, 31, 2, 30, tzinfo=PARIS)
    for moment in (night, night.replace(fold=1)):
        on = Occurrence(moment, moment, False, "programme", 0)
        (again,) = read(written(STAMP, replace(record(), occurrences=(on,))))[1].occurrences
        for found in (again.debut, again.fin):
            assert (found, found.fold, found.tzinfo) == (moment, moment.fold, PARIS)


def test_whatever_a_field_may_hold_has_a_place():
    plain = {str, int, float, bool, type(None), tuple, date, hour, PurePosixPath}
    todo, seen = [*MODELS.values()], set()
    while todo:
        model = todo.pop()
        seen.add(model)
        annotations = getattr(model, "model_fields", None) or model.__annotations__
        for info in annotations.values():
            for leaf in leaves(getattr(info, "annotation", info)):
                if not isinstance(leaf, type) or leaf in plain or leaf in seen:
                    continue
                assert _kind(f"{leaf.__module__}:{leaf.__qualname__}") is leaf, (model, leaf)
                if issubclass(leaf, BaseModel):
                    todo.append(leaf)
    assert len(seen) > 30


def test_what_was_put_is_found_in_another_run(tmp_path):
    filled(tmp_path, 3)
    again = DiskStore(tmp_path, "sel")
    for number in range(3):
        found = again.find(at(number), STAMP)
        assert found == again.find_digest(at(number), digest(number)) == record(number, at(number))
        assert again.body(digest(number)) == body(number)
        assert again.source(digest(number)) == f"*Corps* {number}"
    assert again.words([digest(2), digest(0)]) == ["mots 2", "mots 0"]
    with pytest.raises(Exception, match="frozen"):
        found.entry.slug = "x"


def test_stamps_and_digests(tmp_path):
    again = filled(tmp_path)
    path = at(0)
    assert again.find(path, STAMP) is not None
    for other in (Stamp(11, OLD), Stamp(10, OLD + 1), Stamp(10, OLD, 1), Stamp(10, OLD, 0, 8)):
        assert again.find(path, other) is None
        assert again.find_digest(path, digest(0)) is not None, "its bytes alone tell"
    assert again.find(PATH, STAMP) is None
    assert again.find_digest(path, "autre") is None
    assert DiskStore(tmp_path, "sel", verify=True).find(path, STAMP) is None
    assert DiskStore(tmp_path, "sel", verify=True).find_digest(path, digest(0)) is not None
    other = DiskStore(tmp_path, "autre")
    assert other.find(path, STAMP) is None
    with pytest.raises(CacheError):
        other.body(digest(0))


def test_nothing_is_believed_of_what_is_to_be_forgotten(tmp_path):
    filled(tmp_path, 2)
    again = DiskStore(tmp_path, "sel", clean=True)
    assert again.find(at(0), STAMP) is again.find_digest(at(0), digest(0)) is None
    with pytest.raises(CacheError):
        again.body(digest(0))


@pytest.mark.parametrize("ahead", [0, 3600], ids=["now", "clock set back"])
def test_a_file_as_young_as_its_reading_is_hashed(tmp_path, ahead):
    """It may change again before its time does, on a disk that counts in seconds above all."""
    now = time.time_ns() + ahead * 10**9
    for stamp in (Stamp(10, now), Stamp(10, OLD, now)):
        one = DiskStore(tmp_path, "sel")
        one.put(record(), stamp, body())
        one.keep([PATH])
        again = DiskStore(tmp_path, "sel")
        assert again.find(PATH, stamp) is None
        assert again.find_digest(PATH, digest(0)) is not None


def test_nothing_new_writes_nothing(tmp_path):
    filled(tmp_path).close()
    for verify in (False, True):
        before = (tmp_path / FILE).stat().st_mtime_ns
        again = DiskStore(tmp_path, "sel", verify=verify)
        again.put(again.find_digest(at(0), digest(0)), STAMP, None) if verify else None
        again.remember("x", {})
        again.keep([at(0)])
        assert (tmp_path / FILE).stat().st_mtime_ns == before


def test_bodies_are_purged_now_and_then(tmp_path):
    one = filled(tmp_path, 8)
    for kept, left in ((5, 8), (4, 8), (3, 3), (1, 1)):
        one.keep(map(at, range(kept)))
        assert [len(one.memory.keys(room)) for room in ("corps", "mots")] == [left, left]
        assert one.memory.keys("fiches") == {str(at(number)) for number in range(kept)}
    assert DiskStore(tmp_path, "sel").find(at(1), STAMP) is None


def test_few_bodies_are_held_in_memory(tmp_path):
    one = DiskStore(tmp_path, "sel")
    for number in range(512):
        assert not one.memory.keys("corps")
        one.put(record(number, at(number)), STAMP, body(number))
    assert len(one.memory.keys("corps")) == 512


def test_a_record_whose_body_is_gone_is_made_again(tmp_path):
    filled(tmp_path, 2)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("DELETE FROM kept WHERE room='corps' AND key=?", (digest(0),))
    again = DiskStore(tmp_path, "sel")
    assert again.find(at(0), STAMP) is again.find_digest(at(0), digest(0)) is None
    assert again.find(at(1), STAMP) is not None


def test_a_text_that_cannot_be_read_is_told_and_mended(tmp_path):
    filled(tmp_path)
    Memory(tmp_path / FILE).keep("corps", {digest(0): b"rien qui vaille"})
    with pytest.raises(CacheError, match=r"illisible dans « .* » : recommencez"):
        DiskStore(tmp_path, "sel").body(digest(0))
    assert DiskStore(tmp_path, "sel").find(at(0), STAMP) is None


def named(name, value="execute"):
    """Fields that name their class, and a value that does."""
    return [
        Ext(_MODEL, encode([name, {"slug": value}])),
        Ext(_VALUE, f"{name}\n".encode() + encode(value)),
    ]


HOSTILE = {
    "system": named("os:system", "touch execute"),
    "exec": named("builtins:exec", "open('execute', 'w')"),
    "imported": named("portail.model.vocabulary:Path"),
    "method": named("portail.model.vocabulary:Vocabularies.load"),
    "function": named("portail.model.vocabulary:nearest"),
    "module": named("portail.model.vocabulary:yaml"),
    "writer": named("portail.files:atomic_write"),
    "absent": named("portail.model.inexistant:X"),
    "absent feature": named("portail.features.kinds.inexistant.model:X"),
    "in a feature": named("portail.features.kinds.lieux.model:phrase"),
    "a value": named("portail.model.scalars:Moment"),
    "other code": [Ext(77, b"x")],
    "plain": ["pas des fiches", {"slug": "x"}],
    "deep": [Ext(_TUPLE, encode([Ext(_TUPLE, encode([3]))]))],
    "another file": [],
}


@pytest.mark.parametrize("attack", sorted(HOSTILE))
def test_a_hostile_record_is_not_executed(tmp_path, monkeypatch, attack):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "cache"
    filled(folder, 2)
    path = str(at(0))
    rest = [None, [], [], None, False, "", ""]
    rows = [encode([STAMP, [path, digest(0), one, *rest]]) for one in HOSTILE[attack]]
    for data in rows or [written(STAMP, record(0, PATH))]:
        with closing(sqlite3.connect(folder / FILE)) as connection, connection:
            row = data, _seal("fiches", path, data), path
            connection.execute("UPDATE kept SET value=?, seal=? WHERE room='fiches' AND key=?", row)
        again = DiskStore(folder, "sel")
        assert again.find(at(0), STAMP) is None
        assert again.find(at(1), STAMP) is not None
    again.put(record(0, at(0)), STAMP, body())
    again.keep([at(0), at(1)])
    assert DiskStore(folder, "sel").find(at(0), STAMP) == record(0, at(0))
    assert not (tmp_path / "execute").exists()


class Interdit(BaseModel):
    slug: str


def test_a_class_that_is_not_admitted_cannot_be_put(tmp_path):
    one = DiskStore(tmp_path, "sel")
    one.put(Loaded(PATH, "0" * 32, Interdit(slug="x"), None), STAMP, None)
    with pytest.raises(TypeError, match=r":Interdit cannot be kept in a record$"):
        one.keep([PATH])


def test_texts_are_remembered_by_room(tmp_path):
    filled(tmp_path).remember("x", {"a": "un", "b": "deux"})
    again = DiskStore(tmp_path, "sel", verify=True)
    assert again.recall("x", ["b", "a", "c"]) == {"a": "un", "b": "deux"}
    again.remember("x", {"b": "deux", "d": "trois"})
    assert DiskStore(tmp_path, "sel").recall("x", ["a", "b", "d"]) == {"b": "deux", "d": "trois"}
    assert DiskStore(tmp_path, "sel").recall("y", ["b"]) == {}


def test_what_former_versions_kept_goes(tmp_path):
    (tmp_path / "redites").mkdir()
    for name in ("redites/0.json", "fiches.bin", "corps.sqlite-journal", "liens.json"):
        (tmp_path / name).touch()
    open_store(tmp_path, "sel")
    assert [path.name for path in tmp_path.iterdir()] == ["liens.json"], (
        "which ``portail liens`` asks"
    )
