"""What a page read tells whether it stands: no page too old, few drawn for nothing."""

from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from doses import cases
from plans import Tree, entry
from portail.memory import Memory
from portail.model.kinds import Kind
from portail.outputs.base import (
    CopiedFile,
    Derived,
    Shown,
    TextFile,
    drawn,
    reader_of,
    text_file,
    view_of,
)
from portail.outputs.base import Tree as Tree_
from portail.outputs.parts import part
from portail.site import greffons
from portail.site.memo import answer, kept_answer, per_site
from portail.site.reader import _SMALL, digest_value
from portail.text.typography import SafeHtml
from portail_publication.traces import Traces

FILES = {
    "lieux/phare": entry("lieux", "Un phare.", titre="Phare"),
    "lieux/serre": entry("lieux", "Une serre.", titre="Serre"),
    "articles/lumiere": entry("articles", "La [serre](lieux/serre).", titre="Lumière"),
}
DIGEST = "octets"
ROOM = "lectures "
calls = []


def title(site, ref):
    return site.items[ref].entry.titre


def named(site, ref):
    return bool(site.items[ref].entry.titre)


def text(site, ref):
    return site.items[ref].digest


def leads(site, ref):
    return tuple(site.items[ref].links.values())


def titles(site):
    return tuple(one.entry.titre for one in site.of_kind(Kind.LIEU))


def today(site):
    return site.day.date.isoformat()


def tomorrow(site):
    return site.has_come(date(2021, 9, 29)), site.is_over(date(2021, 9, 28))


@per_site
def _every(site):
    return tuple(one.entry.titre for one in site.items.values())


@answer
def _count(site, kind):
    calls.append(kind)
    return len(site.of_kind(Kind(kind)))


def every(site):
    return _every(site)


def count(site):
    return _count(site, "lieux")


def page(site, show, *arguments):
    return drawn(site, "/essai/", "page.html", show, *arguments)


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A memory that may name what is here, as if it were a greffon."""
    monkeypatch.setattr(greffons, "_loaded", greffons.Greffons(folders=(Path(__file__),)))
    return Memory(tmp_path / "memoire.sqlite")


def kept(site, file, show, *arguments):
    """Draw a page of ``site`` and keep what it read."""
    one, traces = page(site, show, *arguments), Traces(reader_of(site), file)
    _, found = traces.drawn(one)
    traces.take(one.path, found)
    traces.save({one.path: DIGEST})


def fresh(traces, one, digest=DIGEST):
    """Whether a page is found right, before it would be made or instead of it."""
    if one.path in traces.fresh({one.path: digest}):
        return True
    found = traces.judged(one, digest)
    if found:
        traces.take(one.path, found)
    return found is not None


def remembered(site, file, *salt):
    """What the last build kept."""
    traces = Traces(reader_of(site), file, "", *salt)
    traces.load()
    return traces


def stands(site, file, show, *arguments):
    return fresh(remembered(site, file), page(site, show, *arguments))


TITLE = {"lieux/phare": entry("lieux", "Un phare.", titre="Grand phare")}
BODY = {"lieux/phare": entry("lieux", "Un phare rouge.", titre="Phare")}
LINK = {"articles/lumiere": entry("articles", "Le [phare](lieux/phare).", titre="Lumière")}
ADDED = {"lieux/tour": entry("lieux", titre="Tour")}


@pytest.mark.parametrize(
    ("show", "arguments", "stale"),
    [
        (title, ("lieux/phare",), {"TITLE"}),
        (title, ("lieux/serre",), set()),
        (named, ("lieux/phare",), set()),
        (text, ("lieux/phare",), {"TITLE", "BODY"}),
        (leads, ("articles/lumiere",), {"LINK"}),
        (titles, (), {"TITLE", "ADDED"}),
        (every, (), {"TITLE", "ADDED"}),
        (count, (), {"ADDED"}),
        (today, (), set()),
    ],
)
def test_a_page_stands_as_long_as_what_it_shows(tree, file, show, arguments, stale):
    kept(tree.site(FILES), file, show, *arguments)
    assert stands(tree.site(FILES), file, show, *arguments)
    for name, edit in {"TITLE": TITLE, "BODY": BODY, "LINK": LINK, "ADDED": ADDED}.items():
        assert stands(tree.site(FILES | edit), file, show, *arguments) is (name not in stale), name
        for added in edit.keys() - FILES.keys():
            (tree.root / "content" / f"{added}.md").unlink()


def test_a_new_day_matters_to_who_looks_at_it(tree, file):
    site, later = tree.site(FILES), tree.site(FILES, day=date(2021, 9, 28))
    kept(site, file, today)
    assert not stands(later, file, today)
    kept(site, file, titles)
    assert stands(later, file, titles)


def test_who_compares_a_day_with_today_stands_until_it_comes(tree, file):
    kept(tree.site(FILES), file, tomorrow)
    days = {day: tree.site(FILES, day=date(2021, 9, day)) for day in (28, 29)}
    assert [stands(site, file, tomorrow) for site in days.values()] == [True, False]
    assert tomorrow(days[28]) == (False, False) and tomorrow(days[29]) == (True, True)


def test_an_answer_is_asked_again_only_when_what_it_read_changed(tree, file):
    kept(tree.site(FILES), file, count)
    calls.clear()
    assert stands(tree.site(FILES | BODY), file, count)
    assert not calls
    assert stands(tree.site(FILES | TITLE), file, count)
    assert calls == ["lieux"]


def test_a_trace_is_believed_of_the_bytes_that_were_drawn(tree, file):
    site = tree.site(FILES)
    kept(site, file, titles)
    assert not fresh(remembered(site, file), page(site, titles), "autres octets")


@pytest.mark.parametrize(
    "spoil",
    [lambda data: b"", lambda data: data[:-1], lambda data: b"3" + data, lambda data: b"\x90"],
)
@pytest.mark.parametrize("row", ["tout", "plan", "suite"])
def test_a_memory_of_something_else_vouches_for_nothing(tree, file, spoil, row):
    kept(tree.site(FILES), file, titles)
    file.keep(ROOM, {row: spoil(file.recall(ROOM)["tout"])})
    assert not stands(tree.site(FILES), file, titles)


@answer
def _parity(site):
    calls.append("parity")
    return "even" if _count(site, "lieux") % 2 == 0 else "odd"


def counted(site):
    yield _parity(site)


@kept_answer
def _line(site, ref) -> tuple[str, date | None]:
    calls.append(ref)
    entry = site.items[ref].entry
    return entry.titre, entry.publie_le


def lines(site):
    return tuple(_line(site, ref) for ref in sorted(site.items))


def test_answers_that_other_code_or_settings_kept_are_asked_again(tree, file):
    kept(tree.site(FILES), file, lines)
    remembered(tree.site(FILES), file, "autre").save({})
    calls.clear()
    traces = remembered(tree.site(FILES), file, "autre")
    traces.reader.remember(traces)
    traces.drawn(page(traces.reader, lines))
    assert calls == sorted(FILES)


def told_of(site, file):
    return remembered(site, file), text_file(site, "/parite.txt", counted)


def test_a_text_stands_as_long_as_the_answers_it_read(tree, file):
    """It is not drawn to be compared: what it read tells all."""
    traces, one = told_of(tree.site(FILES), file)
    lines, found = traces.written(lambda: [*one.produce()])
    assert lines == ["even"]
    traces.take(one.path, found)
    traces.save({one.path: DIGEST})
    for edit, right in ((BODY, True), (TITLE, True), (TITLE, True), (ADDED, False)):
        traces, one = told_of(tree.site(FILES | edit), file)
        assert fresh(traces, one) is right
        if right:
            traces.save({one.path: DIGEST})


@cases(
    ("module", "name"),
    [
        ("piege", "lance"),
        ("os", "getcwd"),
        (".x.y", "lance"),
        ("", ""),
        ("portail.__main__", "main"),
        ("portail.outputs.base", "import_module"),
        ("portail.files", "rien"),
    ],
)
def test_a_name_that_was_kept_is_that_of_a_function_of_ours(module, name):
    with pytest.raises((LookupError, ImportError)):
        view_of(None, Shown(module, name, ()))()


planned = []


def plan(site, word):
    planned.append(word)
    for item in site.of_kind(Kind.LIEU):
        yield drawn(site, item.url, "page.html", text, item.ref)
    yield text_file(site, "/mot.txt", told, word)
    yield TextFile("cle.txt", "/cle.txt", (word,), lambda: iter((word,)))
    yield Tree_("dossier", (word,), tuple)
    sources = ("mot.txt",)
    yield Derived("tire", "/tire", sources, lambda data: data[0] + b"!", key=(word,))
    yield CopiedFile("copie", "/copie", (word,), Path(__file__), PurePosixPath("mot.txt"))


def told(site, word):
    yield f"{word} {site.items['lieux/phare'].digest}"


def parts(site, file, salt="sel"):
    """The artifacts of a part, with the memory of the last build."""
    traces = remembered(site, file, salt)
    traces.reader.remember(traces)
    found = {str(one.path): one for one in part(site, "essai", plan, "mot")}
    return traces, found


def test_a_part_that_read_nothing_new_is_not_planned_again(tree, file):
    planned.clear()
    traces, before = parts(tree.site(FILES), file)
    traces.save({})
    site = tree.site(BODY)
    _, after = parts(site, file)
    assert planned == ["mot"]
    assert after.keys() == before.keys()
    for path, one in before.items():
        two = after[path]
        assert type(two) is type(one)
        for name in ("key", "url", "source", "shown", "sources", "origin", "sitemap"):
            assert getattr(two, name, None) == getattr(one, name, None), (path, name)
    # A page is found by its function; what else is made has the part planned.
    assert after["lieux/phare/index.html"].view() == text(site, "lieux/phare")
    assert planned == ["mot"]
    assert "".join(after["mot.txt"].produce()) == "".join(told(site, "mot"))
    assert "".join(after["cle.txt"].produce()) == "mot"
    assert after["tire"].make((b"a",)) == b"a!"
    assert planned == ["mot", "mot"], "once for all"


def test_a_part_is_planned_again_when_it_must_and_kept(tree, file):
    for edit, salt, words in (
        (FILES, "sel", ["mot"]),
        (FILES | TITLE, "sel", ["mot"]),
        (FILES | TITLE, "sel", []),
        (FILES | TITLE, "autre", ["mot"]),
    ):
        planned.clear()
        traces, _ = parts(tree.site(edit), file, salt)
        traces.save({})
        assert planned == words


def test_a_function_of_others_is_not_called_by_what_is_remembered(tree, file):
    parts(tree.site(FILES), file)[0].save({})
    kept = file.recall(ROOM)["plan"]
    name = __name__.encode()
    other = b"o" * (len(name) - 2) + b"os"
    assert name in kept
    file.keep(ROOM, {"plan": kept.replace(name, other)})
    planned.clear()
    _, found = parts(tree.site(FILES), file)
    assert [*found["mot.txt"].produce()] == [*told(tree.site(FILES), "mot")]
    assert planned == ["mot"], "as its plan says"


def test_values_that_show_otherwise_have_other_digests(tree):
    """HTML is not escaped as its text is; a field of an entry is as much as one of a view."""
    phare, serre = (tree.site(FILES).items[ref].entry for ref in ("lieux/phare", "lieux/serre"))
    day = date(2021, 10, 9)
    values = ("<b>", SafeHtml("<b>"), "", None, 0, 1, True, 1.0, day, phare, serre, {"a": 1})
    assert len({digest_value((1, value)) for value in values}) == len(values)
    assert digest_value(phare) == digest_value(phare.model_copy())


def test_what_is_read_whole_is_known_by_its_value(tmp_path):
    """Never by where it lies in memory, which another process may find again."""
    readers = [reader_of(Tree(tmp_path / name).site(FILES)) for name in ("a", "b")]
    for name in _SMALL:
        assert len({one.digest(f"site {name}") for one in readers}) == 1, name
