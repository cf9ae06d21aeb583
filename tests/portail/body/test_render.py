"""Everything a body can be blamed for, as its author reads it; and what its facts are."""

import gc
import re
import signal
import threading
import time
from pathlib import Path, PurePosixPath

import pytest

import hostile
from doses import cases
from portail.body import limits, render
from portail.body.document import Document, Heading
from portail.body.render import RENDERER_VERSION, render_body
from work import calls

PATH = PurePosixPath("content/articles/essai.md")


def told(body):
    """The diagnostics, each on one line."""
    return [
        f"{one.position.line}:{one.position.column} {one.code} {one.message} → {one.hint}"
        + (f" | {one.paste}" if one.paste else "")
        for one in body.diagnostics
    ]


def faults():
    """Text and report, from ``fautes.txt``; an empty report for a text without fault."""
    text = Path(__file__).with_name("fautes.txt").read_text("utf-8")
    for example in ("\n" + text).split("\n@@\n")[1:]:
        source, _, report = example.partition("\n@@=")
        yield source, report.strip()


@cases(("text", "expected"), list(faults()))
def test_one_fault(text, expected):
    assert told(render_body(text, PATH)) == expected.splitlines()


def test_all_faults_of_a_text_are_told_at_once_in_order():
    text = "# T\n\n<i>a</i> [ici](vbscript:x)\n\n![](b.bmp)\n"
    assert [(one.position.line, one.code) for one in render_body(text, PATH, 10).diagnostics] == [
        (10, "E313"), (12, "E311"), (12, "A322"), (12, "E315"), (14, "E318"), (14, "E324"),
    ]  # fmt: skip


def test_facts():
    text = (
        "Un *premier* [lien](lieux/x#y) : l'eau.\n\n## Un titre\n\n> [!NOTE]\n> Encadré.\n\n"
        "![alt](p.jpg 'légende')\n\n### « Deux »\n\nSuite[^1] https://x.org et [z](http://y.fr) "
        "[z](http://y.fr).\n\n[^1]: Note [m](lieux/n).\n"
    )
    body = render_body(text, PATH, 7)
    facts = body.facts
    assert facts.toc == (
        Heading(2, "un-titre", "Un titre"),
        Heading(3, "deux", "«\u00a0Deux\u00a0»"),
    )
    assert facts.anchors == {"un-titre", "deux"}
    assert [link.target for link in facts.links] == ["lieux/x#y", "lieux/n"]
    assert [(image.source, image.alt) for image in facts.images] == [("p.jpg", "alt")]
    assert facts.external == ("https://x.org", "http://y.fr")
    assert facts.excerpt == "Un premier lien\u00a0: l’eau. Suite https://x.org et z z."
    assert body.html.text == (
        "Un premier lien\u00a0: l’eau.\nUn titre\nÀ retenir\nEncadré.\nlégende\n"
        "«\u00a0Deux\u00a0»\nSuite https://x.org et z z.\nNotes\nNote m."
    )
    assert facts.words == 19
    assert len(facts.digest) == 32
    assert facts.digest != render_body(text + "a", PATH).facts.digest
    assert facts.digest == render_body(text, PATH, 1).facts.digest


def test_an_empty_text():
    for text in ["", "\n \n\n"]:
        body = render_body(text, PATH)
        assert (body.html.html, body.html.text, body.diagnostics) == ("", "", ())
        assert (body.facts.words, body.facts.excerpt, body.facts.toc) == (0, "", ())


def test_one_text_does_not_depend_on_the_one_before():
    first = render_body(
        "*[A]: b\n\n[c]: lieux/d\n\n[^e]: f\n\nA [c] [^e]\n\n## A\n\n> [!NOTE]", PATH
    )
    plain = render_body("A [c]\n\n## A\n\n> [!NOTE]\n> x", PATH)
    assert plain == render_body("A [c]\n\n## A\n\n> [!NOTE]\n> x", PATH)
    assert "abbr" in first.html.html
    assert "abbr" not in plain.html.html
    assert "[c]" in plain.html.html
    assert 'id="a"' in plain.html.html
    assert 'id="encadre-1"' in plain.html.html


DEEP = "E304 Ce passage imbrique plus de 20 niveaux (citations, listes, crochets). → Simplifiez-le."
HEAVY_TEXT = (
    "E301 Le texte pèse 201 ko ; la limite est de 200 ko. → Publiez-le en plusieurs articles "
    "réunis dans un dossier."
)
LONG_LINE = "E302 Cette ligne pèse plus de 20 ko. → Coupez-la en paragraphes."
STARS = "E303 Le signe « * » est répété plus de 200 fois. → Retirez la répétition."
LIMITS = {
    "weight": ("mot mot mot mot mot\n" * 10_001, f"1:1 {HEAVY_TEXT}"),
    "line": ("a\n" + "é" * 10_001, f"2:1 {LONG_LINE}"),
    "run": ("a\nb " + "*" * 201, f"2:3 {STARS}"),
    "underscores": ("_" * 201, f"1:1 {STARS.replace('*', '_')}"),
    "quotes": ("> " * 21 + "a", f"1:43 {DEEP}"),
    "lists": ("a\n\n" + "\n".join("  " * depth + "- a" for depth in range(22)), f"23:43 {DEEP}"),
    "brackets": ("a " + "[x" * 21 + "]" * 21, f"1:3 {DEEP}"),
    "open brackets": ("[ a " * 4000, f"1:1 {DEEP}"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LIMITS.values(), ids=LIMITS)
def test_limits(text, expected):
    body = render_body(text, PATH)
    assert told(body) == [expected]
    assert body.html.html == ""


@cases(
    "text",
    [
        "mot mot mot mot mot\n" * 10_000,
        "é" * 10_000,
        "-" * 200,
        "> " * 20 + "a",
        "a [0, 1[ " * 100,
        "[x](lieux/y) " * 1500,
        "\n\n".join(["[a [b [c"] * 200),
    ],
)
def test_just_within_the_limits(text):
    assert not [one for one in render_body(text, PATH).diagnostics if one.code < "E310"]


@pytest.mark.parametrize("text", hostile.BODIES.values(), ids=hostile.BODIES)
def test_no_text_within_the_limits_is_long_to_read(text, monkeypatch):
    """Work in proportion to the text, whatever it repeats."""
    monkeypatch.setattr(limits, "SECONDS", 600)
    assert calls(lambda: render_body(text, PATH)) < 40_000 + 75 * len(text)


@pytest.fixture
def short_time(monkeypatch):
    """A time limit that any large text exceeds."""
    monkeypatch.setattr(limits, "SECONDS", 0.01)
    yield


@pytest.mark.usefixtures("short_time")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_text_that_takes_too_long_is_named(monkeypatch):
    # Long enough for a second alarm: the first may ring where an exception is lost.
    text = ("*a* [b](lieux/c) " * 1000 + "\n") * 10
    assert told(render_body(text, PATH, 3)) == [
        (
            "3:1 E305 Ce texte n’a pas pu être mis en page en 5 secondes. → Cherchez des crochets "
            "ou des astérisques en très grand nombre, et retirez-les."
        )
    ]
    monkeypatch.undo()
    assert render_body("*a*", PATH).html.html == "<p><em>a</em></p>"


def test_time_spent_by_others_does_not_count():
    """A text that is read is read on a busy machine too, where its process often waits."""
    with limits.time_limit(0.05):
        time.sleep(0.2)


@pytest.mark.usefixtures("short_time")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_timer_of_the_caller_goes_on():
    before = signal.signal(signal.SIGPROF, lambda *_: None)
    try:
        signal.setitimer(signal.ITIMER_PROF, 100)
        render_body("a", PATH)
        render_body("*a* [b](lieux/c) " * 1000, PATH)
        remaining, _ = signal.setitimer(signal.ITIMER_PROF, 0)
        assert 90 < remaining < 101  # a busy machine rounds up
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def test_another_thread_renders_too():
    results = []
    thread = threading.Thread(target=lambda: results.append(render_body("*a*", PATH).html.html))
    thread.start()
    thread.join()
    assert results == ["<p><em>a</em></p>"]


def test_emphasis_nested_beyond_reason_is_refused():
    text = "*a_b" * 2000 + "c" + "d_e*" * 2000
    codes = {one.code for one in render_body(text, PATH).diagnostics}
    assert codes <= {"E304"}
    assert render_body("*a*", PATH).html.html == "<p><em>a</em></p>"


@pytest.mark.parametrize(
    "file", ["body/blocks.py", "text/dates.py", "codes.py", "data/codes.yml", "markdown_it"]
)
def test_bodies_are_rendered_anew_when_what_renders_them_changes(monkeypatch, file):
    read = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: read(path) + b" " * path.as_posix().endswith(file)
    )
    if file == "markdown_it":
        monkeypatch.setattr(render.markdown_it, "__version__", "5")
    assert render._version() != RENDERER_VERSION
    monkeypatch.undo()
    assert render._version() == RENDERER_VERSION


def test_a_task_says_whether_it_is_done():
    html = render_body("- [x] a\n- [ ] b", PATH).html.html
    found = re.findall(r'<span class="tache-case" role="img" aria-label="([^"]+)">', html)
    assert found == ["Fait", "À faire"]


@cases(
    ("text", "written"),
    [
        ("Écrire à a.b@c.org.", ["a.b@c.org"]),
        ("a@b.org, (c@d.org)", ["a@b.org", "c@d.org"]),
        ("@c.org, x @c.org", []),
        ("x/a@b.org, y:a@b.org", []),
        ("a@b.org@c.org", ["a@b.org"]),
    ],
)
def test_what_is_an_address_of_mail(text, written):
    assert re.findall('href="mailto:([^"]*)"', render_body(text, PATH).html.html) == written


@cases(
    ("text", "html"),
    [
        ("E\n\n*[E]: o", '<p><abbr title="o">E</abbr></p>'),
        ("- a\n: b", "<ul><li>a\n: b</li></ul>"),
        ("!!! inconnu\n    x", "<p>!!! inconnu\nx</p>"),
        ("a\n: b\n\n: c", "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>"),
        ("a\nb\n: c", "<dl><dt>a</dt><dt>b</dt><dd>c</dd></dl>"),
        ("a\n\n: b", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("a\n\n\n: b", "<p>a</p><p>: b</p>"),
        ("a\n\n    : b", '<p>a</p><pre tabindex="0"><code>: b\n</code></pre>'),
        ("> a\n>\n: b", "<blockquote><p>a</p></blockquote><p>: b</p>"),
        ("> a\n\n: b", "<blockquote><p>a</p></blockquote><p>: b</p>"),
    ],
)
def test_blocks_of_ours(text, html):
    assert re.sub(r">\n+<", "><", render_body(text, PATH).html.html.strip()) == html


@cases(("second", "code"), [(">     x", True), ("> x", False), ("x", False)])
def test_the_text_of_a_box_begins_as_it_is_indented(second, code):
    html = render_body(f"> [!NOTE]\n{second}", PATH).html.html
    assert ("<pre" in html) is code
    assert "x" in html.partition("</aside>")[0]


@cases(
    ("head", "named"),
    [
        ("| Heure | *Direction* | Hauteur | Reste |", "\u00a0: Heure, Direction, Hauteur"),
        ("| | Mardi | | |", "\u00a0: Mardi"),
        ("| | | | |", ""),
    ],
)
def test_a_table_is_named_by_its_columns(head, named):
    table = f"{head}\n|---|---|---|---|\n| a | b | c | d |\n\n"
    labels = re.findall(r'aria-label="([^"]*)"', render_body(table * 2, PATH).html.html)
    assert labels == [f"Tableau {rank}{named}" for rank in (1, 2)]


def test_what_a_conversion_held_is_freed_with_it():
    """A build reads thousands of texts, and looks for no garbage meanwhile."""
    gc.freeze()  # what is there already is not looked through
    gc.disable()
    render_body("Un [lien](/a/), ![une image](b.jpg)[^1].\n\n## Titre\n\n[^1]: Note.\n", PATH)
    held = [one for one in gc.get_objects() if type(one) is Document]
    gc.enable()
    assert held == []
