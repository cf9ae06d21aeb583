"""A small site under the settings that a test writes."""

from plans import TODAY, entry, result_of, write
from portail.config import SETTINGS
from portail.day import Day
from portail.features import FEATURES, configured

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
    return result_of(content, configured(own), Day(TODAY))


def of_code(result, code):
    """What is told under ``code``."""
    return [diagnostic for diagnostic in result.report if diagnostic.code == code]
