"""What pages alone show is in no index, no facet, no order: nothing that was assembled, of a site
that is kept, changes with it."""

from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from plans import TODAY
from portail import pipeline
from portail.cli.contents import MemoryStore
from portail.config import SiteConfig
from portail.day import Day
from portail.model.kinds import KINDS
from portail.pipeline import run
from portail.resources import data_dir
from portail.site.assemble import assemble, check
from portail_publication.records import RecordFile
from portail_publication.store import open_store

CONTENTS = Path(__file__).parents[1] / "sites/vitrine/content"
SHOWN = [kind for kind, info in KINDS.items() if info.shown]
OTHER = {"titre": "Abc, un titre qui commence autrement", "resume": "Un résumé tout autre."}


class Keeping(MemoryStore):
    """A store that gives back no site, and from which that of the last run is taken."""

    def recall(self, room, keys):
        return {}

    def site(self):
        """The site that was kept, as bytes: entries of records are named there; its items."""
        ((_, site),) = self._texts["site"].values()
        records = {str(path): row for path, row in self._records.items()}
        return RecordFile(Path("absent"), "").written(site, records), site.items

    def run(self):
        config = SiteConfig(siteurl="https://vitrine.example.org", region="Hauts-de-France")
        result = run(CONTENTS, data_dir(), config, Day(TODAY), self, plans=False)
        assert result.site is not None
        return self.site()


@cache
def showcase():
    store = Keeping()
    return (store, *store.run())


def test_kinds_that_are_listed_by_name_or_name_others_do_not_claim_it():
    assert {"events", "articles"} <= {kind.value for kind in SHOWN}
    assert not [kind for kind in SHOWN if kind.info.order == "name" or kind.info.yearly]


@pytest.mark.parametrize("kind", SHOWN)
def test_nothing_that_is_assembled_reads_what_is_shown(kind):
    store, before, items = showcase()
    was = {**store._records}
    own = {id(item.entry) for item in items.values() if item.entry.kind is kind}
    changed = 0
    for path, (stamp, loaded) in was.items():
        if id(loaded.entry) in own:
            other = {field: OTHER[field] for field in kind.info.shown}
            entry = loaded.entry.model_copy(update=other)
            store._records[path] = stamp, replace(loaded, entry=entry)
            changed += 1
    after, _ = store.run()
    store._records = was
    assert changed > 1
    assert after == before


EVENT = """---
titre: {}
resume: Ce que l’on voit au ciel depuis la rue, avec une lunette et sans elle.
publie_le: 2021-09-01
themes: [astronomie-espace]
debut: 2021-10-09 14:00
fin: 2021-10-09 16:00
lieu: salle
format: [atelier]
publics: [familles]
---

On apporte sa curiosité.{}
"""
PLACE = """---
titre: La salle
resume: Une salle où l’on regarde le ciel, et parfois ses chaussures.
type: musee
commune: Amiens (80)
themes: [astronomie-espace]
---
"""


def told(tmp_path):
    """What a run with the cache of the last one says, and its site."""
    store = open_store(tmp_path / "cache", "sel")
    config = SiteConfig(region="Hauts-de-France")
    result = run(tmp_path / "content", data_dir(), config, Day(TODAY), store, plans=False)
    store.close()
    names = {ref: item.name for ref, item in result.site.items.items()}
    return [f"{one.code} {one.position} {one.message}" for one in result.report], names


def write(tmp_path, name, *words):
    path = tmp_path / f"content/events/{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(EVENT.format(*words), encoding="utf-8")


def test_a_title_is_shown_and_quoted_and_nothing_is_assembled_again(tmp_path, monkeypatch):
    """Rules quote titles: they are asked again, once, and where a text of which they speak is
    another one."""
    asked = []
    monkeypatch.setattr(pipeline, "check", lambda draft: asked.append(1) or check(draft))
    (tmp_path / "content/lieux").mkdir(parents=True)
    (tmp_path / "content/lieux/salle.md").write_text(PLACE, encoding="utf-8")
    write(tmp_path, "lunette", "Une lunette dans la rue", "")
    write(tmp_path, "voisins", "Des chaises pour la Lune", "")
    before, names = told(tmp_path)
    assert any("Une lunette dans la rue" in words for words in before), before
    monkeypatch.setattr(pipeline, "assemble", None)
    write(tmp_path, "lunette", "La lunette est dans la cour", "")
    after, names = told(tmp_path)
    assert names["events/lunette"] == "La lunette est dans la cour"
    assert after == [
        words.replace("Une lunette dans la rue", "La lunette est dans la cour") for words in before
    ]
    assert len(asked) == 2
    assert told(tmp_path) == (after, names)
    assert len(asked) == 2, "under the fields that are the same, they are known"
    write(tmp_path, "voisins", "Des chaises pour la Lune", " Et un pull.")
    assert told(tmp_path) == (after, names)
    assert len(asked) == 3
    monkeypatch.setattr(pipeline, "assemble", assemble)
    for name in ("lunette", "voisins"):
        path = tmp_path / f"content/events/{name}.md"
        path.write_text(path.read_text("utf-8").replace("10-09", "10-10"), encoding="utf-8")
    assert told(tmp_path)[0] != after
