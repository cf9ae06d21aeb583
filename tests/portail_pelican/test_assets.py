"""The published style sheet says what its parts say."""

import re

import pytest
from rcssmin import _make_cssmin

from doses import cases
from portail.diagnostics import PlanError
from portail_pelican.assets import (
    bundle,
    joined,
    mark_of,
    published,
    script,
    script_of,
    sheets,
    stylesheet,
)

RULES = """async (css) => {
  const sheet = await new CSSStyleSheet().replace(css);
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/([,:]) /g, '$1'));
}"""
"""A browser writes its rules in one way, but custom properties and conditions as they were."""


@pytest.fixture(scope="module")
def theme(racine):
    return racine / "theme"


@pytest.mark.chromium
def test_a_browser_reads_the_same_rules(theme, browser):
    with browser.new_page() as page:
        for name in sheets(theme):
            sheet = re.sub(r"\?v=[0-9a-f]{6}", "", stylesheet(theme, name).decode())
            source, published = (page.evaluate(RULES, css) for css in (bundle(theme, name), sheet))
            assert len(source) >= 5
            # The browser keeps the spaces of a condition (@supports) as they are written.
            assert [re.sub(r"\s", "", rule) for rule in published] == [
                re.sub(r"\s", "", rule) for rule in source
            ]


def test_where_the_library_has_no_compiled_part_the_bytes_are_the_same(theme):
    slow = _make_cssmin(python_only=True)
    assert re.sub(rb"\?v=[0-9a-f]{6}", b"", stylesheet(theme)).decode() == slow(bundle(theme))


def test_the_sheet_marks_what_it_asks_for(theme):
    fonts = re.findall(
        r"url\(\.\./(fonts/[\w-]+\.woff2)\?v=([0-9a-f]{6})\)", str(stylesheet(theme))
    )
    assert len(fonts) == 6, "two for each face"
    assert all(mark_of(theme, name) == mark for name, mark in fonts)


def test_a_script_marks_what_it_asks_for(arbre):
    near = "new URL('{}', import.meta.url);\n"
    theme = arbre({
        "static/js/a.js": near.format("b.js"),
        "static/js/b.js": near.format("../css/c.css") + near.format("../../d.json"),
        "static/css/c.css": "a {}",
    })  # fmt: skip

    def of(name):
        return script_of(theme, name, (theme / f"static/{name}").read_text()).decode()

    assert of("js/b.js") == (
        near.format(f"../css/c.css?v={mark_of(theme, 'css/c.css')}") + near.format("../../d.json")
    ), "what is no file of the theme has no mark"
    assert of("js/a.js") == near.format(f"b.js?v={mark_of(theme, 'js/b.js')}")
    before = mark_of(theme, "js/a.js")
    (theme / "static/css/c.css").write_text("b {}")
    assert mark_of(theme, "js/a.js") != before, "what asks for it is read again too"


def test_what_is_missing_is_said(arbre):
    files = {"static/css/ordre.txt": "a.css\nb.css\n", "static/css/a.css": "a { color: red }"}
    with pytest.raises(PlanError, match=r"css/b\.css, cité par css/ordre\.txt"):
        stylesheet(arbre(files))
    files["static/css/b.css"] = "@font-face { src: url(../fonts/x.woff2) }"
    with pytest.raises(PlanError, match=r"Le fichier x\.woff2 manque"):
        stylesheet(arbre(files))


def test_modules_are_joined_each_with_names_of_its_own(arbre):
    theme = arbre({
        "static/js/ordre.txt": "# Why.\n[tout]\na-un.js\na-deux.js\n",
        "static/js/a-un.js": "// c\nconst x = 1;\nexport const y = x;\n",
        "static/js/a-deux.js": "const x = 2;\nexport async function z() {\n  return x;\n}\n",
    })  # fmt: skip
    assert [*joined(theme)] == ["js/tout.js"]
    assert published(theme, "js/tout.js").decode().splitlines() == [
        "export const un = await (async () => {", "const x = 1;", "const y = x;", "return { y };",
        "})();",
        "export const deux = await (async () => {", "const x = 2;", "async function z() {",
        "return x;", "}", "return { z };", "})();",
    ]  # fmt: skip
    (theme / "static/js/a-un.js").unlink()
    with pytest.raises(PlanError, match=r"js/a-un\.js, cité par js/ordre\.txt"):
        published(theme, "js/tout.js")


@cases(("written", "kept"), [
    ("a(); // b\n", "a();\n"),
    ("  // b\n\n  a();\n", "a();\n"),
    ("x = 'http://b'; // c\n", "x = 'http://b'; // c\n"),
    ("x = /[//] /; // c\n", "x = /[//] /; // c\n"),
    ("x = `\n  // b\n`;\n", "x = `\n  // b\n`;\n"),
])  # fmt: skip
def test_a_script_loses_its_comments_and_nothing_else(written, kept):
    assert script(written) == kept
