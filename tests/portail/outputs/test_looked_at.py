"""Whatever a page, a file or a part of the plan looks at in a content is in the digest of a read.

Judged from outside of what notes reads: attributes of contents, of their entries and of their
pictures are heard one by one, while the showcase is planned and drawn, then while the digests of
what was noted are made. What the first look at and the second do not would leave a page as it was.
What is digested is the same in every process: else pages would be drawn again for nothing.
"""

import shutil
from collections import defaultdict
from collections.abc import Mapping
from itertools import chain

import pytest
from msgspec import Struct

from plans import Tree
from portail.model.entry import Entry
from portail.model.kinds import BY_FOLDER
from portail.model.registry import MODELS
from portail.outputs.base import TemplatePage, TextFile, reader_of
from portail.pipeline import planned
from portail.site import checks
from portail.site import item as items
from portail.site import reader as readers
from portail.site.checks import RULES
from portail.site.item import Item, MediaRecord, Written, noting

SETTINGS = {"siteurl": "https://a.example.org", "depot": "https://forge.example.org/a/b"}
FIELDS = frozenset().union(*(model.model_fields for model in MODELS.values()))
OUTSIDE = frozenset({"slug", "source"})
"""Fields of an entry that its front matter does not give."""
ALL = "__dict__"
PARTS = frozenset({"Item.ref", "Item.entry", "Item.written"})
"""The name of a read; what is looked at in turn."""
FRONT = frozenset(f"Entry.{name}" for name in FIELDS - OUTSIDE) | {"Item.occurrences"}
WORDS = {"Entry.titre", "Entry.resume"}
STANDS = {
    "Written.front": FRONT,
    "Written.untitled": FRONT - WORDS,
    "Written.stored": {"Written.facts"},
    "Item.url": {"Entry.slug"},
    "MediaRecord.path": {"MediaRecord.file"},
}
"""What tells more than itself: a digest of the front matter or of the file, what is made of another
(an address has the slug; a file is at its path)."""


class Fields(dict):
    """The fields of an entry, which tell which of them is looked at; ``ALL`` where they all are."""

    def __init__(self, fields, hear):
        super().__init__(fields)
        self.hear = hear

    def get(self, key, default=None):
        self.hear(key)
        return super().get(key, default)

    def __getitem__(self, key):
        self.hear(key)
        return super().__getitem__(key)

    def __iter__(self):
        self.hear(ALL)
        return super().__iter__()

    def keys(self):
        self.hear(ALL)
        return super().keys()

    def values(self):
        self.hear(ALL)
        return super().values()

    def items(self):
        self.hear(ALL)
        return super().items()


class Ear:
    """Hears what is looked at in the contents of ``site``, for each set of reads being noted."""

    def __init__(self, site, patch):
        self.looks = defaultdict(set)
        """Contents or files, by their reference or path, with what is looked at in them."""
        self.reads = {}
        self._names = {}
        self._deaf = False
        self.unsteady = set()
        """What was digested that another process orders or numbers otherwise."""
        self.digesting = False
        """What is digested is what is looked at: the digests of reads are being made."""
        shown = (one.item for one in site.showings.values())
        for one in (*shown, *site.items.values()):  # a tool and its showing have one entry
            self._names |= {id(one): one.ref, id(one.written): one.ref, id(one.entry): one.ref}
        self._names |= {id(one): str(path) for path, one in site.medias.items()}
        for kind in (Item, Written, MediaRecord):
            self._listen(kind, frozenset(kind.__struct_fields__), patch)
        self._listen(Entry, FIELDS | {ALL}, patch)
        self._listen_to_digests(patch)

    def know(self, one, name):
        """Hear ``one`` too, by that name."""
        self._names[id(one)] = name

    def _listen(self, kind, names, patch):
        label = kind.__name__
        inner = kind.__getattribute__

        def looked(one, name):
            def hear(field):
                if field in names:
                    self._hear(one, label, field)

            if name == ALL and ALL in names:
                return Fields(inner(one, name), hear)
            hear(name)
            return inner(one, name)

        patch.setattr(kind, "__getattribute__", looked)

    def _hear(self, one, label, name):
        who = self._names.get(id(one))
        if self._deaf or not who or not items._stack:
            return
        noted = items._stack[-1]
        self.reads[id(noted)] = noted  # kept, so that no other has its number
        every = FIELDS if name == ALL else (name,)
        self.looks[id(noted)] |= {(who, f"{label}.{field}") for field in every}

    def _listen_to_digests(self, patch):
        """What a value is made of is written by no call of Python: it is gone through here."""
        digest = readers.digest_value

        def heard(value):
            self.unsteady |= {
                f"{type(value).__name__}: {type(one).__name__}"
                for one in _parts(value)
                if callable(one) or (isinstance(one, set | frozenset) and one)
            }
            for one in _within(value) if self.digesting else ():
                names = FIELDS if isinstance(one, Entry) else one.__struct_fields__
                label = "Entry" if isinstance(one, Entry) else type(one).__name__
                for name in names:
                    self._hear(one, label, name)
            self._deaf, before = True, self._deaf
            try:
                return digest(value)
            finally:
                self._deaf = before

        patch.setattr(readers, "digest_value", heard)

    def during(self, work):
        """What ``work`` looks at."""
        with noting() as noted:
            work()
        return self.looks.pop(id(noted), set())


def _within(value):
    """The contents, entries and pictures that a value holds."""
    return (one for one in _parts(value) if isinstance(one, Item | Written | MediaRecord | Entry))


def _parts(value):
    """A value, and all that it holds."""
    yield value
    if isinstance(value, Struct):
        value = [object.__getattribute__(value, name) for name in value.__struct_fields__]
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _parts(one)


def leaves(reads, reader):
    """What reads rest on: an answer by itself, any other question on what it read."""
    for read in reads:
        question = reader.asked.get(read)
        if question is None:
            yield read
        elif not question.function:
            yield from leaves(question.reads, reader)


def standing(who, look):
    """What a look tells besides: titles too of what is ordered or named by them."""
    more = STANDS.get(look, frozenset())
    return more | WORDS if look == "Written.untitled" and not is_untitled(who) else more


def is_untitled(ref):
    kind = BY_FOLDER.get(ref.partition("/")[0])
    return kind is not None and not kind.info.names_others


def unseen(ear, reader):
    """What was looked at and is in no digest, with the reads that were noted then."""
    ear.digesting = True
    digested = {}

    def told(leaf):
        if leaf not in digested:
            reader._digests.clear()  # else what was digested is not looked at again
            digested[leaf] = ear.during(lambda: reader.digest(leaf))
        return digested[leaf]

    found = {}
    for number, looks in [*ear.looks.items()]:
        reads = ear.reads[number]
        known = set().union(*map(told, {*leaves(reads, reader)}))
        known |= {(who, more) for who, one in known for more in standing(who, one)}
        for look in looks - known:
            if look[1] not in PARTS:
                found.setdefault(look, sorted(reads)[:8])
    return found


def heard(root, patch, *, preview):
    """The showcase in ``root``, planned and drawn while somebody listens."""
    tree = Tree(root)
    result = tree.run(plans=False, preview=preview, **SETTINGS)
    site = result.site  # what is made of all contents is a read by itself
    assert site.facets and site.indexes.programme and site.indexes.reserved
    assert all(site.part(one.name) for feature in site.features for one in feature.derives)
    ear = Ear(site, patch)
    result = planned(result, site.config, root / "content")
    for one in result.plan:
        if isinstance(one, TemplatePage | TextFile):
            with noting():
                made = one.view() if isinstance(one, TemplatePage) else [*one.produce()]
            assert made is not None and readers.digest_value(made)
    return ear, result


@pytest.mark.site
@pytest.mark.parametrize("preview", [False, pytest.param(True, marks=pytest.mark.long)])
def test_what_is_looked_at_is_in_the_digest_of_a_read(tmp_path, racine, monkeypatch, preview):
    shutil.copytree(racine / "tests/sites/vitrine/content", tmp_path / "content")
    ear, result = heard(tmp_path, monkeypatch, preview=preview)
    assert result.site is not None
    assert len(ear.looks) > 1_000 and sum(map(len, ear.looks.values())) > 20_000
    assert unseen(ear, reader_of(result.site)) == {}
    assert not ear.unsteady


def test_no_title_is_looked_at_for_what_a_title_leaves_as_it_was(tmp_path, racine, monkeypatch):
    shutil.copytree(racine / "tests/sites/vitrine/content", tmp_path / "content")
    judged = []
    monkeypatch.setattr(checks, "RULES", [lambda draft: judged.append(draft) or ()])
    site = Tree(tmp_path).run(plans=False, **SETTINGS).site
    (draft,) = judged
    ear = Ear(site, monkeypatch)
    for ref, loaded in draft.items.items():  # an example has a title of its own as it is written
        ear.know(loaded.entry, ref)

    def find():
        list(chain.from_iterable(rule(draft) for rule in RULES))
        assert site.facets and site.indexes.programme and site.indexes.reserved
        assert all(site._derived(one.name) for feature in site.features for one in feature.derives)

    looks = ear.during(find)
    assert len(looks) > 100
    assert {who for who, look in looks if look in WORDS and is_untitled(who)} == set()
