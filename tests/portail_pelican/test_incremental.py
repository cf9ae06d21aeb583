"""Incremental truth: a build over the last one gives the bytes of a clean build, no page too many.

A site of generated entries, changed again and again. The files that are made
are those whose bytes change, and the published tree is, byte for byte, what a build from nothing
gives: the oracle is the clean build, not a number. One clean build judges all the edits that come
before it, each of other files; in the long run, each edit has its own.
"""

import os
import re
import shutil
import zlib
from datetime import date, datetime, timedelta

import pytest

import corpus
from corpus import DAY
from doses import LONG
from portail.body.render import render_body
from portail.site import draft
from projects import Project, form_sources, tree

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("incremental")]

COUNT = 60
FEW = {"lieux": 30, "temps-forts": 2, "dossiers": 4, "communautes": 2, "projets": 3, "auteurs": 3}
"""Contents of the other kinds in the small site: lists of several pages, and places enough."""

OLD = 1_600_000_000
"""Files are old: one as young as its record is read again, as it may have changed since within the
same tick."""
ADDRESS = "https://portail.example.org"
DATA = (".ics", ".json", ".jsonld", ".csv", ".geojson", ".xml", ".deflate")
"""Files that are produced when something that they read has changed, and may come out the same."""


class Site:
    """The portal, its last published tree, and the items that no test has touched yet."""

    def __init__(self, root):
        # The day is not pinned: a living portal does not write it on every page.
        self.project = Project(root, 'PORTAIL_DATE = ""\n')
        self.items = corpus.corpus(root, COUNT, words=(30, 60))
        self.day = DAY
        self.before = {}
        self.admitted = lambda path: path.endswith(DATA)
        self.taken = set()
        self.edits = 0

    def take(self, folder, wanted=lambda item: True):
        """An item of ``folder`` that nothing has changed yet, in the middle of the site."""
        fresh = (one for one in self.items[8::3] if one.folder == folder)
        item = next(one for one in fresh if one.slug not in self.taken and wanted(one))
        self.taken.add(item.slug)
        return item

    def edit(self, item, pattern, replacement):
        """Replace the first match of ``pattern`` in the file of an item."""
        path = self.project.root / item.path
        text = path.read_text(encoding="utf-8")
        changed, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        assert count == 1, (pattern, text)
        path.write_text(changed, encoding="utf-8")
        self.edits += 1
        os.utime(path, (OLD + self.edits, OLD + self.edits))

    def compare(self, folder):
        """The published tree is what a build from nothing gives, in an empty ``folder``."""
        found = tree(self.project.output)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PORTAIL_CACHE", str(folder / "cache"))
            clean = self.build(OUTPUT_PATH=str(folder / "output"))
        assert len(clean.rendered) == len(found)
        assert found == tree(folder / "output")
        shutil.rmtree(folder / "output")

    def build(self, **settings):
        """Build on the site's day, which nothing pins."""
        os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime(*self.day.timetuple()[:3]).timestamp()))
        try:
            return self.project.build(SITEURL=ADDRESS, **settings)
        finally:
            del os.environ["SOURCE_DATE_EPOCH"]


def searched(path):
    """Whether the search reads a file: its page is one of the site."""
    return path.startswith("recherche/") and not path.endswith(".html")


def offered(path):
    """Whether the contribution form reads a file."""
    return path.startswith("contribuer/") and path.endswith((".json", ".deflate"))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of ``COUNT`` entries and of what they name, published once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus, "FIXED", FEW)
        one = Site(tmp_path_factory.mktemp("portail"))
        for path in one.project.content.rglob("*.md"):
            os.utime(path, (OLD, OLD))
        one.build()
        one.before = tree(one.project.output)
        yield one


@pytest.fixture
def check(site, tmp_path):
    def run():
        outcome = site.build()
        found = tree(site.project.output)
        if LONG:
            site.compare(tmp_path)
        gone = {path for path in outcome.removed if not searched(path)}
        assert gone == {path for path in site.before if not searched(path)} - found.keys()
        changed = {path for path, digest in found.items() if site.before.get(path) != digest}
        site.before = found
        made = {*outcome.rendered}
        assert changed <= made
        assert not {path for path in made - changed if not site.admitted(path)}
        return {path for path in changed if not searched(path) and not offered(path)}

    return run


def holding(site, files, words):
    """The files among these, all of text, that hold some words."""
    read = ((path, (site.project.output / path).read_bytes()) for path in files)
    told = ((path, zlib.decompress(data) if path.endswith(".deflate") else data)
            for path, data in read)  # fmt: skip
    return {path for path, text in told if words in text.decode()}


def test_nothing(site, check):
    assert check() == set()


def test_other_files_of_the_same_bytes(site, check, monkeypatch):
    """A cache that is brought to a fresh checkout still serves: files are read and hashed, no text
    is drawn again, nor any page."""
    for path in site.project.content.rglob("*.*"):
        other = path.with_name(f"{path.name}.autre")
        shutil.copyfile(path, other)
        other.replace(path)
    drawn = []
    monkeypatch.setattr(draft, "render_body", lambda *given: drawn.append(given))
    if LONG:  # what it is compared with draws all
        monkeypatch.undo()
    assert check() == set()
    assert not drawn
    assert site.build().rendered == ()


def test_sentence(site, check, monkeypatch):
    """Its body alone is drawn, its page and its records. The search: the card of its content, the
    lists of the terms that it has more; the form: the file where it reads it again."""
    rendered = []

    def counted(*arguments):
        rendered.append(arguments[1])
        return render_body(*arguments)

    item, before = site.take("events"), site.before
    site.edit(item, r"\Z", "\nUn mot rarissime.\n")
    monkeypatch.setattr(draft, "render_body", counted)
    made = check()
    # In the long run the build that compares with it draws all.
    assert LONG or [str(path) for path in rendered] == [item.path]
    new = {path for path, digest in site.before.items() if before.get(path) != digest}
    found = {path for path in new if searched(path)}
    assert len([path for path in found if "/termes/" in path]) < 8
    assert 0 < len(found) < 10
    sources = {path for path in new if offered(path)}
    assert len(sources) == 1
    assert holding(site, sources, "Un mot rarissime.") == sources
    assert {path for path in made if path.endswith(".html")} == {f"{item.url}index.html"}


def carry(root):
    """All of a portal as a forge brings it: files of now, none of the tree of before last."""
    other = root.with_name("ailleurs")
    left = shutil.ignore_patterns("arbre", "neuf", "verrou")
    shutil.copytree(root, other, ignore=left, copy_function=shutil.copyfile)
    shutil.rmtree(root)
    other.rename(root)


def test_sentence_and_title_on_a_forge(site, check, monkeypatch):
    """No stamp is believed there, and all that is named by what was just read serves; the first
    build looks at what others made without a look, and draws none of it again."""
    monkeypatch.setenv("CI", "true")
    # The home page looks at more articles than it shows.
    monkeypatch.setattr(site, "admitted", lambda path: path.endswith(DATA) or path == "index.html")
    carry(site.project.root)
    assert check() == set()
    item = site.take("events")
    site.edit(item, r"\Z", "\nUn mot fort rare.\n")
    carry(site.project.root)
    made = check()
    assert {path for path in made if path.endswith(".html")} == {f"{item.url}index.html"}
    title(site)
    carry(site.project.root)
    made = check()
    pages = {path for path in made if path.endswith(".html")}
    assert pages == holding(site, pages, "Un tout autre titre")


def title(site):
    site.edit(site.take("articles"), "^titre: .*", "titre: Un tout autre titre")


def title_of_a_place(site):
    site.edit(site.take("lieux"), "^titre: .*", "titre: Un lieu rebaptisé")


def theme(site):
    item = site.take("events", lambda one: "numerique" not in repr(one.fields))
    site.edit(item, "^themes: .*", "themes: [numerique]")


def another_day(site):
    item = site.take("events", lambda one: ":" in str(one.fields.get("fin")))
    day, _, hour = str(item.fields["debut"]).partition(" ")
    other = date.fromisoformat(day) + timedelta(days=1)
    site.edit(item, "^debut: .*", f"debut: {other} {hour}")
    site.edit(item, "^fin: .*", f"fin: {other} {str(item.fields['fin']).partition(' ')[2]}")


def another_name(site):
    """Files that name it as before do not change; their pages do."""
    named = "".join(one.body + repr(one.fields) for one in site.items)
    for folder in ("lieux", "events", "articles"):
        item = site.take(folder, lambda one: f"{one.folder}/{one.slug}" in named)
        old = site.project.root / item.path
        site.edit(item, "^titre: ", f"anciennes_urls: [/{item.url}]\ntitre: ")
        old.rename(old.with_name(f"un-autre-nom-{folder}.md"))


def one_goes_another_comes(site):
    named = "".join(item.body + repr(item.fields) for item in site.items)
    gone = site.take("events", lambda item: f"{item.folder}/{item.slug}" not in named)
    (site.project.root / gone.path).unlink()
    item = site.take("events", lambda one: "image" not in one.fields)  # it is beside its text
    text = (site.project.root / item.path).read_text(encoding="utf-8")
    title = re.sub("^titre: .*", "titre: Tout nouveau", text, flags=re.MULTILINE)
    site.project.write({"content/events/nouvel-evenement.md": title})


EDITS = (title, title_of_a_place, theme, another_day, another_name, one_goes_another_comes)


@pytest.mark.parametrize("edit", EDITS)
def test_what_changes_is_made_and_nothing_else(site, check, monkeypatch, edit):
    """Bytes say it: those of what is made change, and a clean build gives the same."""
    # Texts whose author names what has another name, the evening, which asks where one goes, and
    # the small sheet of the week, which reads the programme.
    again = (*DATA, "/texte.md", "ciel/index.html", "ruban.css")
    monkeypatch.setattr(site, "admitted", lambda path: path.endswith(again))
    edit(site)
    assert check()


PLACES = ("2021/{}.md", "{}/index.md", "2021-10-05-{}.md")
"""Other places of a content, in the folder of its kind, that leave its address as it is."""


def test_another_place_and_the_same_address(site, check, monkeypatch):
    """The form alone says where a file is: it would write a second one at the former place. The
    pages of what moved are drawn again, since they lead to a repository where there is one."""
    items = [site.take("events", lambda item: "image" not in item.fields) for _ in PLACES]
    own = {f"{item.url}index.html" for item in items}
    monkeypatch.setattr(site, "admitted", lambda path: path.endswith(DATA) or path in own)
    for item, place in zip(items, PLACES, strict=True):
        old = site.project.root / item.path
        new = site.project.content / item.folder / place.format(item.slug)
        new.parent.mkdir(exist_ok=True)
        old.rename(new)
    before = site.before
    assert check() == set()
    changed = {path for path, digest in site.before.items() if before.get(path) != digest}
    assert changed and all(map(offered, changed)), changed
    told = form_sources(site.project.output, "events")
    there = [
        f"content/events/{place.format(one.slug)}" for one, place in zip(items, PLACES, strict=True)
    ]
    assert [told[item.slug]["chemin"] for item in items] == there


def test_edits_one_after_another_give_a_clean_build(site, tmp_path):
    """Before what has everything made again, and would hide what they left."""
    assert site.edits > 5
    site.compare(tmp_path)
