"""A small site under the settings that a test writes."""

from plans import TODAY, entry, write
from portail.cli.contents import MemoryStore
from portail.config import SETTINGS
from portail.day import Day
from portail.features import FEATURES, configured
from portail.pipeline import run
from portail.resources import data_dir

FILES = {
    "articles/a": entry("articles"),
    "events/b": entry("events"),
    "lieux/c": entry("lieux"),
    "pages/mentions-legales": entry("pages", titre="Mentions légales"),
}


def setting_names():
    """Every setting of an instance, as ``pelicanconf.py`` names it."""
    return (*SETTINGS, *(setting.name for feature in FEATURES for setting in feature.settings))


def site_with(root, text):
    """A small site whose settings are ``text``."""
    content = write(root, FILES)
    (root / "pelicanconf.py").write_text(text, encoding="utf-8")
    settings = {}
    exec(text, settings)
    own = {name: value for name, value in settings.items() if name.startswith("PORTAIL_")}
    return run(content, data_dir(), configured(own), Day(TODAY), MemoryStore())


def of_code(result, code):
    """What is told under ``code``."""
    return [diagnostic for diagnostic in result.report if diagnostic.code == code]
