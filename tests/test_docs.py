"""What the code offers is documented: settings, environment, outputs, commands; links hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from doses import together
from portail.cli import COMMANDS, main
from portail.features import FEATURES, setting_names
from portail.outputs import OUTPUTS

ROOT = Path(__file__).resolve().parent.parent
TECHNIQUE = ROOT / "docs" / "technique"
SOURCES = [ROOT / "pelicanconf.py", *sorted((ROOT / "plugins").rglob("*.py"))]
NAME = re.compile(r"[A-Z][A-Z0-9_]+")
ENTRY_POINTS = ("apercu", "build", "serve")
"""Commands that another package adds."""
OF_OTHERS = {
    "build": {"--fatal"},
    "check": {"--verifier"},
    "effacer": {"--clean"},
}
"""Options of other programs, or of another command, that a section names."""


def page(name: str) -> str:
    return (TECHNIQUE / name).read_text(encoding="utf-8")


def first_cells(text: str) -> list[str]:
    """Names in backticks that begin the rows of tables."""
    return re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)


def sections(text: str) -> dict[str, str]:
    """Headings of level 2 and what follows each."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def is_environment(node: ast.AST) -> bool:
    """Whether an expression is the environment of the process, or was handed over as such."""
    return ast.unparse(node) in ("environ", "os.environ")


def read_names(tree: ast.AST) -> Iterator[ast.expr]:
    """What is asked of the environment: ``environ["X"]``, ``environ.get("X")``, ``"X" in …``,
    ``os.getenv("X")``."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=holder, slice=key, ctx=ast.Load()) if is_environment(holder):
                yield key
            case ast.Call(func=ast.Attribute(value=holder, attr="get" | "pop"), args=[key, *_]) if (
                is_environment(holder)
            ):
                yield key
            case ast.Call(func=function, args=[key, *_]) if ast.unparse(function) == "os.getenv":
                yield key
            case ast.Compare(left=key, ops=[ast.In() | ast.NotIn()], comparators=[holder]) if (
                is_environment(holder)
            ):
                yield key


def handed(tree: ast.AST, helpers: set[str]) -> Iterator[ast.expr]:
    """What helpers are given: their arguments, or what a comprehension gives them one by one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in helpers:
            yield from node.args
        elif isinstance(node, ast.GeneratorExp | ast.ListComp | ast.SetComp):
            calls = (one for one in ast.walk(node.elt) if isinstance(one, ast.Call))
            if any(ast.unparse(one.func) in helpers for one in calls):
                yield from (one.iter for one in node.generators)


def asked(source: str) -> set[str]:
    """Environment variables that a module reads, by itself or through a helper of its own.

    A helper is a function that asks for one of its parameters.
    """
    if "environ" not in source and "getenv" not in source:
        return set()
    tree = ast.parse(source)
    found, helpers = set(), set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            parameters = {one.arg for one in function.args.args}
            keys = read_names(function)
            if any(isinstance(key, ast.Name) and key.id in parameters for key in keys):
                helpers.add(function.name)
    for key in read_names(tree):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            found.add(key.value)
    for given in handed(tree, helpers):
        texts = (one.value for one in ast.walk(given) if isinstance(one, ast.Constant))
        found |= {text for text in texts if isinstance(text, str) and NAME.fullmatch(text)}
    return found


def test_the_search_for_variables_finds_each_way_to_read_one() -> None:
    source = """
import os
A = os.environ["A1"]
def f(environ):
    return environ.get("B2"), os.getenv("C3"), "D4" in os.environ
def flag(name):
    return os.environ.get(name, "") == "1"
both = flag("E5") or flag("F6")
many = any(flag(name) for name in ("G7", "H8"))
def both(setting=flag("I9"), other={}.get("NOT_ENV")): pass
os.environ["WRITTEN"] = "1"
settings = {}.get("NOT_ENV")
"""
    assert asked(source) == {"A1", "B2", "C3", "D4", "E5", "F6", "G7", "H8", "I9"}


def test_every_environment_variable_is_documented_and_read() -> None:
    known = set()
    for path in SOURCES:
        known |= asked(path.read_text(encoding="utf-8"))
    told = set(first_cells(sections(page("settings.md"))["Environment"]))
    assert known - told == set(), "read by the code, missing from settings.md"
    assert told - known == set(), "in settings.md, read by nothing"


def test_every_setting_is_documented_and_exists() -> None:
    told = first_cells(sections(page("settings.md"))["Settings of `pelicanconf.py`"])
    assert sorted(told) == sorted(setting_names())


def test_the_settings_of_the_demonstration_exist() -> None:
    text = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    assert set(re.findall(r"\bPORTAIL_[A-Z]+\b", text)) <= set(setting_names())


def test_every_output_has_its_section() -> None:
    added = (output for feature in FEATURES for output in feature.outputs)
    names = [output.name for output in (*OUTPUTS, *added)]
    assert list(sections(page("outputs.md"))) == names


OF_FEATURES = [name for feature in FEATURES for name in feature.commands]


@pytest.mark.parametrize("name", [*COMMANDS, *OF_FEATURES, *ENTRY_POINTS])
def test_every_command_has_a_section_that_names_no_option_that_it_lacks(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--help`` lists the options: the page names those of its own that need a word more."""
    monkeypatch.setenv("COLUMNS", "200")
    assert main([name, "--help"]) == 0
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    section = sections(page("commands.md"))[f"portail {name}"]
    assert section.strip()
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section))
    assert named <= options | OF_OTHERS.get(name, set())


def test_no_section_is_of_a_command_that_is_gone(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    known = set(re.findall(r"^  ([a-z]+)  ", capsys.readouterr().out, re.MULTILINE))
    assert {f"portail {name}" for name in known} == set(sections(page("commands.md")))


def anchors(text: str) -> set[str]:
    """Anchors of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", one.lower()) for one in headings)
    return {one.replace(" ", "-") for one in kept}


PAGES = [path for path in sorted(ROOT.glob("docs/**/*.md")) if path.parent.name != "exemples"]
PAGES += [ROOT / name for name in ("README.md", "CONTRIBUER.md", "CHANGELOG.md", "SECURITY.md")]
"""Pages of the documentation; the examples are contents, with the links of contents."""


@together(lambda: PAGES)
def test_links_between_pages_hold(path: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        other = (path.parent / name).resolve() if name else path
        assert other.exists(), target
        if anchor and other.suffix == ".md":
            assert anchor in anchors(other.read_text(encoding="utf-8")), target


def test_every_page_is_reached_from_the_index() -> None:
    linked = set(re.findall(r"\(([a-z-]+\.md)\)", page("README.md")))
    assert linked == {path.name for path in TECHNIQUE.glob("*.md")} - {"README.md"}


def test_modules_that_documents_name_are_there() -> None:
    known = [f"/{path.relative_to(ROOT).as_posix()}" for path in [*ROOT.glob("*/**/*.py")]]
    gone = [
        f"{path.name}: {name}"
        for path in sorted(TECHNIQUE.glob("*.md"))
        for name in re.findall(r"`([\w/-]+\.py)`", path.read_text(encoding="utf-8"))
        if name != "setup.py" and not any(module.endswith(f"/{name}") for module in known)
    ]
    assert not gone
