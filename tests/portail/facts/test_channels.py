"""Channels choose facts: none of them reads again a field that a fact puts into words."""

import ast
from functools import cache

from checkout import ROOT
from doses import rows_of
from portail.model.event import Event

PLUGINS = ROOT / "plugins"
PORTAIL = PLUGINS / "portail"
CHANNELS = (
    "portail/outputs",
    "portail/cli",
    *(
        f"{street}/{name}"
        for street in ("portail/features/*", "portail_*")
        for name in (
            "affiches alentours calendriers carte catalogue classes donnees embarquer exporter "
            "facettes flux fondsdecarte importer lettre recherche referencement"
        ).split()
    ),
)
"""Folders of what tells a content; figures count, and the desk looks for what lacks."""

STRUCTURE = rows_of("portail/facts/channels.yml")
"""Fields that facts read and that channels may read: they are no text of a fact alone."""

EXCEPTIONS = {
    ("portail_importer/importer/likeness.py", "adresse"): "whether two events are at one place",
    ("portail_importer/importer/likeness.py", "coordonnees"): "whether two places are one",
    ("portail_importer/importer/doubts.py", "adresse"): "whether it is at a source",
    (
        "portail_lettre/choice.py",
        "publics",
    ): "codes: the editions that a content belongs to",
    (
        "portail_recherche/records.py",
        "accessibilite",
    ): "what is open alone; a fact tells what is not",
    (
        "portail_fonds/classes/page.py",
        "groupes",
    ): "levels and subjects that a class filters by",
    ("portail_fonds/classes/page.py", "inscription"): "until when a class may still book",
    (
        "portail_fonds/classes/page.py",
        "publics",
    ): "levels of what is offered, school ones alone",
    (
        "portail_fonds/classes/offers.py",
        "groupes",
    ): "how many pupils at most, in a table of numbers",
    (
        "portail_fonds/classes/offers.py",
        "publics",
    ): "levels of a tool or of a place, school ones alone",
    ("portail_recherche/sentences.py", "groupes"): "whether a class may come",
    (
        "portail_recherche/records.py",
        "adresse",
    ): "words that its own file holds, not its place's",
}
"""Modules that read a field all the same, and why."""


def names(source):
    """Attributes and texts of a module: fields that it may read."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def of_facts():
    """Attributes and texts of the modules of facts, those of features too."""
    modules = (*(PORTAIL / "facts").glob("*.py"), *PORTAIL.glob("features/*/*/facts.py"))
    facts = (path.read_text(encoding="utf-8") for path in modules)
    return frozenset(name for source in facts for name in names(source))


@cache
def covered():
    """Fields of an event that facts put into words."""
    return frozenset(of_facts() & Event.model_fields.keys() - STRUCTURE.keys())


def is_entry(node):
    """Whether an expression is an entry, as modules name it: ``entry``, ``item.of(Event)``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "of"
    if isinstance(node, ast.Name):
        return node.id in ("entry", "event")
    return isinstance(node, ast.Attribute) and node.attr == "entry"


def reads(source):
    """Fields of entries that a module reads, ``getattr`` included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and is_entry(node.value):
            yield node.attr
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "getattr":
            entry, name = node.args[:2]
            if is_entry(entry) and isinstance(name, ast.Constant):
                yield str(name.value)


@cache
def found():
    """Modules of channels and the covered fields that they read."""
    fields = covered()
    return {
        (path.relative_to(PLUGINS).as_posix().removeprefix("portail/"), name)
        for folder in CHANNELS
        for path in PLUGINS.glob(f"{folder}/**/*.py")
        for name in reads(path.read_text(encoding="utf-8"))
        if name in fields
    }


def test_channels_do_not_read_what_facts_state():
    extra = found() - EXCEPTIONS.keys()
    assert not extra, "\n".join(f"{path} reads {name}: choose a fact" for path, name in extra)


def test_exceptions_are_still_needed():
    there = {(path, name) for path, name in EXCEPTIONS if not path.startswith("portail_")}
    assert there <= found()
    assert STRUCTURE.keys() <= of_facts() & Event.model_fields.keys()
