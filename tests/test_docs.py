"""What the code offers is documented: settings, environment, outputs, commands; links hold."""

import re

from checkout import ROOT
from doses import together
from portail.cli import COMMANDS, main
from portail.features import FEATURES
from site_settings import setting_names

TECHNIQUE = ROOT / "docs/technique"
CODE = [path for path in sorted((ROOT / "plugins").rglob("*.py")) if "tests" not in path.parts]
SOURCES = [ROOT / "pelicanconf.py", *CODE]
ASKED = re.compile(r'(?:environ(?:\.get|\.pop)?|getenv|_flag)[\[(]\s*"([A-Z][A-Z0-9_]+)"')
"""A variable that is read at its place, or by a function of its module; those of the sending are
all given to functions."""
OURS = re.compile(r'"(PORTAIL_(?:ENVOI|PORTE)_[A-Z_]+)"')
SOUGHT = re.compile(r'"([A-Z][A-Z0-9_]+)" (?:not )?in (?:os\.)?environ')
ENTRY_POINTS = ("build", "empreinte", "serve")
"""Commands that another package adds."""
OF_OTHERS = {
    "build": {"--fatal"},
    "check": {"--verifier"},
    "empreinte": {"--date", "--site-url"},
}
"""Options of other programs, or of another command, that a section names."""


def page(name):
    return (TECHNIQUE / name).read_text(encoding="utf-8")


def first_cells(text):
    """Names in backticks that begin the rows of tables."""
    return re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)


def sections(text):
    """Headings of level 2 and what follows each."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_environment_variable_is_documented_and_read():
    texts = [path.read_text(encoding="utf-8") for path in SOURCES]
    readers = "".join(text for text in texts if "environ" in text)
    known = {*ASKED.findall(readers), *OURS.findall(readers), *SOUGHT.findall(readers)}
    pages = [TECHNIQUE / "settings.md", *ROOT.glob("plugins/*/docs/*.md")]
    texts = [sections(path.read_text(encoding="utf-8")).get("Environment", "") for path in pages]
    told = {name for text in texts for name in first_cells(text)}
    assert known - told == set(), "read by the code, told nowhere"
    assert told - known == set(), "told, read by nothing"


def test_what_each_program_answers_is_documented():
    calls = re.compile(r"subprocess\.(?:run|Popen|check_\w+)\(|os\.(?:system|popen|spawn\w+)\(")
    found = {
        ".".join(path.relative_to(ROOT / "plugins").with_suffix("").parts)
        for path in CODE
        if calls.search(path.read_text(encoding="utf-8"))
    }
    told = first_cells(sections(page("architecture.md"))["What another program answers"])
    assert {*told} == found


def test_the_settings_of_the_demonstration_exist():
    text = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    assert set(re.findall(r"\bPORTAIL_[A-Z]+\b", text)) <= set(setting_names())


OF_FEATURES = [name for one in FEATURES for name in one.commands if "." not in name]
COMMAND_PAGES = [TECHNIQUE / "commands.md", *ROOT.glob("plugins/*/docs/*.md")]


def test_sections_are_of_commands_and_name_no_option_that_they_lack(capsys, monkeypatch):
    """``--help`` lists the options: pages name those that need a word more."""
    monkeypatch.setenv("COLUMNS", "200")
    for path in COMMAND_PAGES:
        for title, text in sections(path.read_text(encoding="utf-8")).items():
            name = re.match(r"portail ([a-z]+)", title)
            if name is None:
                continue
            assert name[1] in {*COMMANDS, *OF_FEATURES, *ENTRY_POINTS}, title
            assert main([name[1], "--help"]) == 0
            options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
            named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))
            assert named <= options | OF_OTHERS.get(name[1], set()), title


def anchors(text):
    """Anchors of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", one.lower()) for one in headings)
    return {one.replace(" ", "-") for one in kept}


PAGES = [path for path in sorted(ROOT.glob("docs/**/*.md")) if path.parent.name != "exemples"]
PAGES += [*ROOT.glob("plugins/*/README.md"), *ROOT.glob("plugins/*/docs/**/*.md")]
PAGES += [ROOT / name for name in ("README.md", "CONTRIBUER.md", "CHANGELOG.md", "SECURITY.md")]
"""Pages of the documentation; the examples are contents, with the links of contents."""


@together(lambda: PAGES)
def test_links_between_pages_hold(path):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        other = (path.parent / name).resolve() if name else path
        package = ROOT.joinpath(*other.relative_to(ROOT).parts[:2])
        if package.parent.name == "plugins" and not package.exists():
            continue  # taken away, with its documents
        assert other.exists(), target
        if anchor and other.suffix == ".md":
            assert anchor in anchors(other.read_text(encoding="utf-8")), target


def test_every_page_is_reached_from_the_index():
    linked = set(re.findall(r"\(([a-z-]+\.md)\)", page("README.md")))
    assert linked == {path.name for path in TECHNIQUE.glob("*.md")} - {"README.md"}


def test_modules_that_documents_name_are_there():
    known = [f"/{path.relative_to(ROOT).as_posix()}" for path in [*ROOT.glob("*/**/*.py")]]
    gone = [
        f"{path.name}: {name}"
        for path in sorted(TECHNIQUE.glob("*.md"))
        for name in re.findall(r"`([\w/-]+\.py)`", path.read_text(encoding="utf-8"))
        if name != "setup.py" and not any(module.endswith(f"/{name}") for module in known)
    ]
    assert not gone
