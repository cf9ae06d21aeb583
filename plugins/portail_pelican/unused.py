"""Settings of Pelican that mean nothing to a portal, each with what does its work here.

Contents are read by the portal and its pages planned by it: what shapes Pelican's own articles,
pages, feeds and menus shapes nothing. To set one of them is no error, and is told.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pelican.settings import DEFAULT_CONFIG

_READING = "les contenus sont lus par Portail"
_FEEDS = "les flux du portail sont déjà là, et /flux/ les dit"
_ADDRESSES = "les adresses du portail sont fixées"
_MENU = "Écrivez PORTAIL_MENU"
_BODIES = "les textes sont lus en CommonMark, et l’aide-mémoire du site dit leur syntaxe"

_INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        "SITENAME": "Écrivez PORTAIL_NOM",
        "SITESUBTITLE": "Écrivez PORTAIL_PROMESSE",
        "AUTHOR": "Écrivez PORTAIL_PORTEUR",
        "GITHUB_URL": "Écrivez PORTAIL_DEPOT",
        "MENUITEMS": _MENU,
        "LINKS": f"{_MENU}, dont le pied a ses groupes",
        "SOCIAL": f"{_MENU}, dont le pied a ses groupes",
        "DISPLAY_PAGES_ON_MENU": _MENU,
        "DISPLAY_CATEGORIES_ON_MENU": _MENU,
        "MARKDOWN": _BODIES,
        "READERS": _BODIES,
        "TYPOGRIFY": "la typographie française est toujours appliquée",
        "WITH_FUTURE_DATES": "un contenu paraît le jour que dit publie_le",
        "DEFAULT_METADATA": f"{_READING} : écrivez ces clés dans chaque en-tête",
        "DEFAULT_PAGINATION": "les listes du portail se filtrent, et sont coupées par année",
        "DEFAULT_DATE_FORMAT": "les dates sont écrites en français",
        "DATE_FORMATS": "les dates sont écrites en français",
        "DIRECT_TEMPLATES": "une page de plus est un fichier de content/pages/, ou un greffon",
        "TEMPLATE_PAGES": "une page de plus est un fichier de content/pages/, ou un greffon",
        "FEED_MAX_ITEMS": f"{_FEEDS}, entiers",
        "RSS_FEED_SUMMARY_ONLY": f"{_FEEDS}, entiers",
        "GOOGLE_ANALYTICS": "les pages n’appellent aucun autre site",
        "DISQUS_SITENAME": "les pages n’appellent aucun autre site",
        "CSS_FILE": "Écrivez la feuille dans theme/static/css/",
        **dict.fromkeys(
            "ARTICLE_PATHS PAGE_PATHS DEFAULT_CATEGORY "
            "USE_FOLDER_AS_CATEGORY FILENAME_METADATA PATH_METADATA SUMMARY_MAX_LENGTH "
            "ARTICLE_ORDER_BY PAGE_ORDER_BY OUTPUT_SOURCES LOAD_CONTENT_CACHE "
            "CACHE_CONTENT".split(),
            _READING,
        ),
        "DELETE_OUTPUT_DIRECTORY": "le site est remplacé en entier, d’un coup",
    }
)
"""What is said after « → », by the name of a setting."""
_KEPT = frozenset({"STATIC_URL", "STATIC_SAVE_AS"})
_OF_FEEDS = ("_FEED_ATOM", "_FEED_RSS", "_FEED_ATOM_URL", "_FEED_RSS_URL")
_SETTINGS = "pelicanconf.py"


def unused(settings: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each setting of Pelican that was given a value and has no effect, in order."""
    lines = _lines(Path(_SETTINGS))
    for name in sorted(settings):
        instead = _instead(name)
        if instead and settings[name] and settings[name] != _usual(name):
            line = f", ligne {lines[name]}" if name in lines else ""
            where = f"{_SETTINGS}{line} : " if lines else ""
            yield f"{where}{name} n’a pas d’effet. → {_sentence(instead)}"


def _sentence(instead: str) -> str:
    return f"{instead[0].upper()}{instead[1:]}."


def _instead(name: str) -> str:
    """What does the work of a setting here; ``""`` for one that is heeded, or is not Pelican's."""
    if name in _INSTEAD:
        return _INSTEAD[name]
    if name.startswith("FEED_ALL_") or name.endswith(_OF_FEEDS):
        return _FEEDS
    if name in DEFAULT_CONFIG and name.endswith(("_URL", "_SAVE_AS")) and name not in _KEPT:
        return _ADDRESSES
    return ""


def _usual(name: str) -> Any:
    """The value of a setting in a portal that does not give one; feeds are off, by our defaults."""
    return None if _instead(name) == _FEEDS else DEFAULT_CONFIG.get(name)


def _lines(file: Path) -> dict[str, int]:
    """The line of each name that a file of settings gives a value."""
    lines: dict[str, int] = {}
    with suppress(OSError, SyntaxError, ValueError):  # what is wrong there is told elsewhere
        for node in ast.parse(file.read_bytes()).body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                named = (target for target in targets if isinstance(target, ast.Name))
                lines |= {target.id: node.lineno for target in named}
    return lines
