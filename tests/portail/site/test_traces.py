"""What a page read tells whether it stands: no page too old, few drawn for nothing."""

from datetime import date
from itertools import chain
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
from portail.outputs.pages.cards import card_of
from portail.outputs.parts import part
from portail.site import greffons
from portail.site.item import noting
from portail.site.memo import answer, kept_answer, per_site, recent
from portail.site.reader import _SMALL, digest_value
from portail.text.typography import SafeHtml
from portail_publication.traces import _SHARED, Traces

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


def test_the_cards_of_a_site_are_not_asked_again_each_day(tree):
    dated = {"events/bal": entry("events", debut="2021-10-02 14:00")}
    dated |= {"annonces/aide": entry("annonces", echeance="2021-10-20")}
    reader = reader_of(tree.site(FILES | dated))
    with noting():
        cards = [card_of(reader, ref) for ref in FILES | dated]
    names = {name for name, asked in reader.asked.items() if "jour" in asked.reads}
    assert names == {f'? {card_of.__module__}.card_of ["annonces/aide"]'} and len(cards) == 5


def test_an_answer_is_asked_again_only_when_what_it_read_changed(tree, file):
    kept(tree.site(FILES), file, count)
    calls.clear()
    assert stands(tree.site(FILES | BODY), file, count)
    assert not calls
    assert stands(tree.site(FILES | TITLE), file, count)
    assert calls == ["lieux"]


def test_what_many_pages_ask_is_asked_once_and_known_to_the_next_build(tree, file):
    paths = [f"essai/{number}/index.html" for number in range(_SHARED + 1)]
    traces = remembered(tree.site(FILES), file)
    for path in paths:
        one = drawn(traces.reader, f"/{path.removesuffix('index.html')}", "page.html", count)
        traces.take(path, traces.drawn(one)[1])
    traces.save(dict.fromkeys(paths, DIGEST))
    for asked in (["lieux"], []):
        calls.clear()
        traces = remembered(tree.site(FILES | TITLE), file)
        assert traces.fresh(dict.fromkeys(paths, DIGEST)) == {*paths}
        traces.save(dict.fromkeys(paths, DIGEST))
        assert calls == asked


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


def test_what_was_read_is_kept_from_build_to_build(tree, file):
    """A page that stands leaves what it read to the next build, a page that moved what it reads."""
    kept(tree.site(FILES), file, count)
    for edit, shown in ((BODY, count), (TITLE, count), (ADDED, None), (ADDED, count)):
        site = tree.site(edit)
        traces, one = remembered(site, file), page(site, count)
        assert fresh(traces, one) is (shown is not None)
        if shown is None:
            traces.take(one.path, traces.drawn(one)[1])
        traces.save({one.path: DIGEST})


@pytest.mark.parametrize(
    "ask",
    [
        lambda site: site.facets,
        lambda site: site.ahead,
        lambda site: site.part("calendriers"),
        lambda site: site.part("flux"),
        lambda site: pytest.importorskip("portail_papier.affiches.posters").posters_of(site),
    ],
)
def test_a_title_leaves_what_is_derived_of_dates_and_places(tree, ask):
    def digests(**fields):
        night = entry("events", **({"debut": "2021-10-08 14:00"} | fields))
        files = FILES | {"events/nuit": entry("events"), "events/soir": night}
        site = reader_of(tree.site(files, siteurl="https://exemple.org"))
        with noting() as reads:
            ask(site)
        rested = (site.asked[one].reads if one in site.asked else (one,) for one in reads)
        return {read: site.digest(read) for read in chain.from_iterable(rested)}

    before = digests()
    assert before
    assert digests(titre="Autre") == before
    moved = {"debut": "2021-10-09 14:00", "publie_le": "2021-09-02", "themes": ["numerique"]}
    moved |= {"adresse": {"commune": "Lille"}}
    assert digests(**moved) != before


@recent(1)
def _body(site, ref):
    calls.append(ref)
    return site.items[ref].digest


def bodies(site):
    return _body(site, "lieux/phare"), _body(site, "lieux/phare")


def test_what_is_recent_is_not_made_again_but_read_by_all_who_ask(tree, file):
    site = tree.site(FILES)
    calls.clear()
    bodies(reader_of(site))
    kept(site, file, bodies)
    assert calls == ["lieux/phare"]
    assert not stands(tree.site(BODY), file, bodies)


@answer
def _parity(site):
    calls.append("parity")
    return "even" if _count(site, "lieux") % 2 == 0 else "odd"


def parity(site):
    return _parity(site)


def counted(site):
    yield _parity(site)


def test_an_answer_whose_answers_stand_is_not_asked(tree, file):
    kept(tree.site(FILES), file, parity)
    calls.clear()
    assert stands(tree.site(FILES | TITLE), file, parity)
    assert calls == ["lieux"]


@kept_answer
def _line(site, ref) -> tuple[str, date | None]:
    calls.append(ref)
    entry = site.items[ref].entry
    return entry.titre, entry.publie_le


def lines(site):
    return tuple(_line(site, ref) for ref in sorted(site.items))


def test_a_page_that_is_drawn_again_finds_the_answers_that_were_kept(tree, file):
    kept(tree.site(FILES), file, lines)
    for asked in (["lieux/phare"], []):
        calls.clear()
        traces = remembered(tree.site(FILES | TITLE), file)
        traces.reader.remember(traces)
        one = page(traces.reader, lines)
        view, found = traces.drawn(one)
        assert calls == asked
        assert view == lines(tree.site(FILES | TITLE))
        traces.take(one.path, found)
        traces.save({one.path: DIGEST})


def test_answers_that_other_code_or_settings_kept_are_asked_again(tree, file):
    kept(tree.site(FILES), file, lines)
    remembered(tree.site(FILES), file, "autre").save({})
    calls.clear()
    traces = remembered(tree.site(FILES), file, "autre")
    traces.reader.remember(traces)
    traces.drawn(page(traces.reader, lines))
    assert calls == sorted(FILES)


def test_what_another_process_found_and_kept_is_not_asked_again(tree, file):
    theirs, ours = (remembered(tree.site(FILES), file) for _ in range(2))
    ours.reader.remember(ours)
    _, found = theirs.drawn(page(theirs.reader, lines))
    ours.take("autre/index.html", found)
    calls.clear()
    ours.drawn(page(ours.reader, lines))
    assert calls == []


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


def test_what_one_page_asked_tells_of_another(tree, file):
    """An answer that a drawing found the same is not forgotten with its trace."""
    for edit in ({}, TITLE):
        traces, one = told_of(tree.site(FILES | edit), file)
        _, drawn_page = traces.drawn(page(traces.reader, parity))
        judged = traces.judged(one, DIGEST)
        assert (judged is not None) is bool(edit)
        found = judged or traces.written(lambda it=one: [*it.produce()])[1]
        traces.take("essai/index.html", drawn_page)
        traces.take(one.path, found)
        traces.save({"essai/index.html": DIGEST, one.path: DIGEST})


def test_what_is_kept_is_of_the_tree_alone(tree, file):
    """Written again when a page goes or is drawn, and then alone."""
    site = tree.site(FILES)
    kept(site, file, titles)
    before, path = file.recall(ROOM), page(site, titles).path
    for digests, same in (({path: DIGEST}, True), ({}, False)):
        traces = remembered(site, file)
        assert fresh(traces, page(site, titles))
        traces.save(digests)
        assert (file.recall(ROOM) == before) is same
    assert not stands(site, file, titles)


def test_few_changes_are_kept_beside_the_whole(tree, file):
    """What is beside is believed of that whole alone, and only if it is whole."""
    names = {n: f"lieux/l{n}" for n in range(60)}
    published = {}

    def drawn_again(word, *edited, without=-1):
        told = {f"lieux/l{n}": entry("lieux", titre=f"Lieu {n} {word}") for n in edited}
        site = tree.site(told)
        traces, stale = remembered(site, file), set()
        for number, ref in names.items():
            one = drawn(site, f"/{ref}/", "page.html", title, ref)
            if number == without:
                published.pop(one.path)
            elif not fresh(traces, one, published.get(one.path, "none")):
                stale.add(number)
                published[one.path] = title(site, ref)
                traces.take(one.path, traces.drawn(one)[1])
        traces.save(published)
        return stale

    assert drawn_again("", *names) == {*names}
    whole = file.recall(ROOM)
    assert "suite" not in whole
    assert drawn_again("a", 3) == {3}
    first = file.recall(ROOM)["suite"]
    assert [drawn_again("b", 5, without=7), drawn_again(""), drawn_again("c", 4)] == [{5}, {7}, {4}]
    last = file.recall(ROOM)
    assert last == whole | {"suite": last["suite"]}
    file.keep(ROOM, {"suite": first})
    assert drawn_again("") == {4, 5}, "as it was then: more is drawn, nothing is too old"
    file.forget(ROOM, whole)
    assert drawn_again("") == {3, 4, 5}
    assert drawn_again("d", *range(20)) == {*range(20)}
    assert "suite" not in file.recall(ROOM)
    file.keep(ROOM, {"suite": last["suite"]})
    assert drawn_again("") == set()


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


def test_a_part_that_goes_is_forgotten(tree, file):
    site = tree.site(FILES)
    parts(site, file)[0].save({})
    before = file.recall(ROOM)
    parts(site, file)[0].save({})
    assert file.recall(ROOM) == before
    remembered(site, file, "sel").save({})
    assert file.recall(ROOM) != before
    planned.clear()
    parts(site, file)
    assert planned == ["mot"]


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
