"""A page shows nothing else as long as nothing that it read has changed.

One thing is changed at a time in the vitrine: fields of rich contents, drawn by lot, their bodies,
their pictures, the day. In CI the lot is the same at every run; elsewhere it is drawn anew. That no
page is drawn for nothing is told by the builds one after another
(``tests/portail_pelican/test_incremental.py``).
"""

import json
import os
import random
import re
from datetime import date, timedelta
from typing import NamedTuple

import pytest
import yaml

from doses import LONG, dose
from pictures import drawing, picture
from plans import TODAY, Tree, pages_of
from portail.cli.contents import MemoryStore
from portail.features.kinds.territoires import rows as territoires
from portail.features.kinds.territoires.map import territory_map
from portail.features.services.fondsdecarte.outlines import Outline
from portail.site.site import Site
from tables import lists

pytestmark = pytest.mark.site

RICH = (
    "articles/toutes-les-formes-du-texte/index", "articles/entretien-avec-une-absente",
    "events/2021-10-06-atelier-fusees-exemple", "events/2021-10-02-village-des-sciences-fictif",
    "events/parcours-etape-laser", "events/seances-de-planetarium", "events/sous-la-peau-du-ciel",
    "annonces/mediatrice-ou-mediateur-scientifique", "ressources/etoiles-d-exemple",
    "lieux/musee-exemple-des-sciences", "lieux/centre-social-fictif", "dossiers/ciel-et-etoiles",
    "dossiers/tout-le-numerique", "communautes/amis-des-lucioles", "projets/jardin-des-mesures",
    "territoires/ca-amiens-metropole", "territoires/hauts-de-france",
    "temps-forts/semaine-fictive-des-etoiles", "auteurs/camille-exemple", "newsletters/2021-s39",
    "pages/accessibilite",
)  # fmt: skip
"""Contents whose fields are changed one by one: each kind, each form."""
SOME = {
    "articles/toutes-les-formes-du-texte/index", "events/2021-10-06-atelier-fusees-exemple",
    "events/parcours-etape-laser", "ressources/etoiles-d-exemple",
    "lieux/musee-exemple-des-sciences", "territoires/ca-amiens-metropole",
}  # fmt: skip
"""Those at each change: they are shown by the most pages."""

ADDED = (
    ("statut", "brouillon"), ("themes", ["numerique"]), ("modifie", "2021-09-27"),
    ("communautes", ["amis-des-lucioles"]), ("dossiers", ["ciel-et-etoiles"]),
    ("territoires", ["departement-62"]), ("a_ne_pas_manquer", "2021-10-30"), ("etat", "complet"),
    ("langue", "en"), ("anciennes_urls", ["/vieux/nom/"]), ("commune", "Lille"),
)  # fmt: skip


DERIVED = {
    f"/territoires/{slug}/"
    for slug in ("nord", "metropole-europeenne-de-lille", "ca-pays-de-saint-omer", "cc-du-vimeu")
}
"""Territories that no file of the vitrine tells, in some of which contents are."""


class Shown(NamedTuple):
    """A plan seen from outside: what each page asks and reads, and what it shows, by path."""

    pages: dict[str, tuple[object, str]]
    site: Site


def read(path):
    """Header and body of a content."""
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.load(header, yaml.CBaseLoader) or {}, body


def left_out(page):
    """Whether it is one more of the hundred territories that no file tells, of which some show how
    they all are, or a guide, which tells no content."""
    derived = page.template == "territoire.html" and page.source is None
    return page.template == "guide.html" or (derived and page.url not in DERIVED)


def dumped(value):
    if isinstance(value, list):
        return f"[{', '.join(map(dumped, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {dumped(one)}' for key, one in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)


def write(path, header, body):
    lines = "".join(f"{key}: {dumped(value)}\n" for key, value in header.items())
    path.write_text(f"---\n{lines}---\n{body}", encoding="utf-8")


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, key))
    elif isinstance(value, list):
        for rank in sorted({0, len(value) - 1}):  # one in the middle is as the first
            yield from leaves(value[rank], (*path, rank))
    else:
        yield path


def replaced(value, path, new):
    if not path:
        return new
    if isinstance(value, dict):
        return {k: replaced(v, path[1:], new) if k == path[0] else v for k, v in value.items()}
    return [replaced(v, path[1:], new) if k == path[0] else v for k, v in enumerate(value)]


def other(leaf, slugs):
    """Another value that may be said in the place of ``leaf``."""
    day = re.match(r"(\d{4}-\d{2}-\d{2})(.*)$", leaf)
    if day:
        return f"{date.fromisoformat(day[1]) + timedelta(days=1)}{day[2]}"
    if leaf.isdecimal():
        return str(int(leaf) + 1)
    if leaf in ("true", "false"):
        return {"true": "false", "false": "true"}[leaf]
    if leaf in slugs:
        return slugs[slugs.index(leaf) - 1]
    known = (list(one) for one in lists().values() if leaf in one)
    return next((one[one.index(leaf) - 1] for one in known if len(one) > 1), f"{leaf} bis")


class Vitrine:
    """A copy of the vitrine, and what it shows before and after a change."""

    def __init__(self, root, origin):
        self.content = root / "content"
        for path in sorted(origin.rglob("*.*")):
            copy = self.content / path.relative_to(origin)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".md":
                write(copy, *read(path))
            else:
                copy.write_bytes(path.read_bytes())
        self.tree = Tree(root, MemoryStore())
        first = self.shown()
        self.before = first
        kinds = {}
        for ref in first.site.items:
            kinds.setdefault(ref.partition("/")[0], []).append(ref.partition("/")[2])
        self.slugs = kinds

    def shown(self, day=TODAY, preview=False):
        """What the present files show; ``None`` if they have an error."""
        result = self.tree.run(day=day, preview=preview)
        if result.site is None or result.plan is None:
            return None
        pages = [one for one in pages_of(result.plan).values() if not left_out(one)]
        told = {str(one.path): (one.shown, *one.reads.shown) for one in pages}
        shown = {path: ((asked, reads), view) for path, (asked, view, reads) in told.items()}
        return Shown(shown, result.site)

    def path(self, name):
        return self.content / f"{name}.md"

    def siblings(self, leaf):
        return next((slugs for slugs in self.slugs.values() if leaf in slugs), [])


@pytest.fixture(scope="module")
def vitrine(racine, tmp_path_factory):
    """The vitrine; the maps of territories, of what they name, and the fields of a kind, which
    depend on the lists that no test changes, are made once."""
    maps = {}
    insides = {}

    def mapped(item, spots, around, atlas):
        entry = item.entry
        key = (entry.titre, entry.type, entry.code, entry.siege, tuple(spots), tuple(around))
        if key not in maps:
            maps[key] = territory_map(item, spots, around, atlas)
        return maps[key]

    def inside(outline, point, contains=Outline.__contains__):
        key = (id(outline), point)  # of the tables, read once; a digest of its points takes long
        if key not in insides:
            insides[key] = (outline, contains(outline, point))
        return insides[key][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(territoires, "territory_map", mapped)
        patch.setattr(Outline, "__contains__", inside)
        yield Vitrine(tmp_path_factory.mktemp("cles"), racine / "tests/sites/vitrine/content")


def stale(before, after):
    """Pages that show something else and read nothing else."""
    found = []
    for path in before.pages.keys() & after.pages.keys():
        (reads, view), (now, shown) = before.pages[path], after.pages[path]
        if reads == now and view != shown:
            found.append(path)
    return found


def changes(vitrine, name):
    """Each way to change one thing in a content: what, then its header and body."""
    header, body = read(vitrine.path(name))
    for key in header:
        yield f"sans {key}", {k: v for k, v in header.items() if k != key}, body
    for path in leaves(header):
        leaf = header
        for step in path:
            leaf = leaf[step]
        yield f"autre {path}", replaced(header, path, other(leaf, vitrine.siblings(leaf))), body
    for key, value in ADDED:
        yield f"avec {key}", {**header, key: value}, body
    yield "texte", header, f"{body}\n\nUne phrase de plus.\n"
    yield "intertitre", header, f"{body}\n\n## Un intertitre de plus\n\nSon texte.\n"


TRIED = dose(1, 4)
"""Changes of a content that are tried: each draws every page again."""


@pytest.mark.parametrize(
    "name", [one if one in SOME else pytest.param(one, marks=pytest.mark.long) for one in RICH]
)
def test_one_field_at_a_time(vitrine, name):
    path = vitrine.path(name)
    original = read(path)
    tried, failures = 0, {}
    lot = [*changes(vitrine, name)]
    random.Random(name if "SUITE_FIXE" in os.environ else None).shuffle(lot)
    try:
        for what, header, body in lot:
            if tried == TRIED:
                break
            write(path, header, body)
            after = vitrine.shown()
            if after is None:
                continue  # an error: nothing would be published
            tried += 1
            if found := stale(vitrine.before, after):
                failures[what] = found
    finally:
        write(path, *original)
    assert not failures
    assert tried == TRIED, f"too many changes of {name} are errors: the test proves little"
    if LONG:
        last = vitrine.shown()
        assert last.pages == vitrine.before.pages


DAYS = (1, 2, 3, 4, 5, 7, 14, 30, 66, 100, 400)


@pytest.mark.parametrize("preview", [False, pytest.param(True, marks=pytest.mark.long)])
def test_day_after_day(vitrine, preview):
    before = vitrine.shown(preview=True) if preview else vitrine.before
    for days in DAYS[:: dose(5, 1)]:
        after = vitrine.shown(TODAY + timedelta(days=days), preview)
        assert before is not None and after is not None
        assert not stale(before, after)
        before = after


def test_a_picture(vitrine):
    path = vitrine.content / "events/fusees.jpg"
    original = path.read_bytes()
    try:
        path.write_bytes(picture(image=drawing(40, 20)))
        after = vitrine.shown()
    finally:
        path.write_bytes(original)
    assert not stale(vitrine.before, after)
    changed = {p for p in after.pages if after.pages[p] != vitrine.before.pages[p]}
    assert "evenements/atelier-fusees-exemple/index.html" in changed


def test_a_file_more_and_a_file_less(vitrine):
    path = vitrine.path("articles/premiere-publication")
    text = path.read_text(encoding="utf-8")
    twin = path.with_name("seconde-publication.md")
    try:
        twin.write_text(text, encoding="utf-8")
        more = vitrine.shown()
        path.unlink()
        moved = vitrine.shown()
    finally:
        twin.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")
    assert more is not None and moved is not None
    # « stale » is the same both ways: the first pair is also a file that goes.
    for before, after in ((vitrine.before, more), (more, moved)):
        assert not stale(before, after)
