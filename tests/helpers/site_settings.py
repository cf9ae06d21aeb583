"""A small site under the settings that a test writes."""

from __future__ import annotations

from pathlib import Path

from plans import TODAY, entry, write
from portail.cli.memory import MemoryStore
from portail.day import Day
from portail.diagnostics import Diagnostic
from portail.features import configured
from portail.pipeline import Result, run
from portail.resources import data_dir

FILES: dict[str, str | bytes] = {
    "articles/a": entry("articles"),
    "events/b": entry("events"),
    "lieux/c": entry("lieux"),
    "pages/mentions-legales": entry("pages", titre="Mentions légales"),
}


def site_with(root: Path, text: str) -> Result:
    """A small site whose settings are ``text``."""
    content = write(root, FILES)
    (root / "pelicanconf.py").write_text(text, encoding="utf-8")
    settings = {}
    exec(text, settings)
    own = {name: value for name, value in settings.items() if name.startswith("PORTAIL_")}
    return run(content, data_dir(), configured(own), Day(TODAY), MemoryStore())


def of_code(result: Result, code: str) -> list[Diagnostic]:
    """What is told under ``code``."""
    return [diagnostic for diagnostic in result.report if diagnostic.code == code]
