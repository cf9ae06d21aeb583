"""What every ``pelicanconf.py`` begins with, and all that one needs::

    from portail_pelican.defaults import *  # noqa: F403

    PORTAIL_NOM = "Sciences en Normandie"
    PORTAIL_REGION = "Normandie"

The settings of Pelican that a portal needs; those of the portal itself have their default values.
Written after this line, a setting of the instance wins. ``SITEURL`` is not one of them: without
it, the address of the site is that of the environment.
"""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined

# Pelican only logs a plug-in that cannot be imported: imported here, ours stops the build.
import portail_pelican
from portail.resources import theme_dir

PLUGINS = [portail_pelican]
PELICAN_CLASS = portail_pelican.Host
PATH = "content"
OUTPUT_PATH = "output"
# The folder theme/ of an instance lies over it: see portail_pelican.settings.
THEME = str(theme_dir())
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
LOCALE = ["C"]  # dates are written by the portal, never by the process's locale
# Pelican's own feeds are off: the portal's outputs replace them.
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
STATIC_PATHS: list[str] = []  # pictures and documents are published by the portal, checked
JINJA_ENVIRONMENT: dict[str, Any] = {
    "autoescape": True,  # titles come from contributors; the portal refuses to start without
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}
