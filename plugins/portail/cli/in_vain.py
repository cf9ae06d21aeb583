"""Settings of Pelican that mean nothing to a portal, each with what does its work here.

To set one is no error, and is told. Names alone are known here: what checks contents needs no
Pelican.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .contents import FILE

_READING = "les contenus sont lus par Portail"
_FEEDS = "les flux du portail sont déjà là, et /flux/ les dit"
_ADDRESSES = "les adresses du portail sont fixées"
_MENU = "Écrivez PORTAIL_MENU"
_BODIES = "les textes sont lus en CommonMark, et l’aide-mémoire du site dit leur syntaxe"

# What is said after « → », by the name of a setting.
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
        "TYPOGRIFY": "la typeset française est toujours appliquée",
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
_PUBLISHED = frozenset(
    "ARTICLE PAGE DRAFT DRAFT_PAGE CATEGORY CATEGORIES TAG TAGS AUTHOR AUTHORS ARCHIVES INDEX "
    "YEAR_ARCHIVE MONTH_ARCHIVE DAY_ARCHIVE".split()
)
"""What Pelican would write, and where."""
_OF_FEEDS = ("_FEED_ATOM", "_FEED_RSS", "_FEED_ATOM_URL", "_FEED_RSS_URL")
_COMPUTED = object()


def in_vain(settings: Mapping[str, Any], usual: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each setting of Pelican that was given a value, another than ``usual``, and
    has no effect, in order."""
    lines = {name: line for name, (line, _) in _given(Path(FILE)).items()}
    for name in sorted(settings):
        instead = instead_of(name)
        value = settings[name]
        if name == "SITENAME" and value == settings.get("PORTAIL_NOM"):
            continue  # other plug-ins of Pelican read it, and new portals give it the same value
        if instead and value and value != usual.get(name):
            line = f", ligne {lines[name]}" if name in lines else ""
            where = f"{FILE}{line} : " if lines else ""
            yield f"{where}{name} n’a pas d’effet. → {instead[0].upper()}{instead[1:]}."


def in_vain_here() -> Iterator[str]:
    """The same of the settings that the file of the current folder gives: it is parsed, never
    run."""
    yield from in_vain({name: value for name, (_, value) in _given(Path(FILE)).items()}, {})


def instead_of(name: str) -> str:
    """What does the work of a setting here; ``""`` for one that is heeded, or is not Pelican's."""
    if name in _INSTEAD:
        return _INSTEAD[name]
    if is_feed(name):
        return _FEEDS
    subject = name.removesuffix("_URL").removesuffix("_SAVE_AS")
    is_address = subject != name and subject.removesuffix("_LANG") in _PUBLISHED
    if is_address:
        return _ADDRESSES
    return ""


def is_feed(name: str) -> bool:
    """Whether a setting is the address of a feed of Pelican's own."""
    return name.startswith("FEED_ALL_") or name.endswith(_OF_FEEDS)


def _given(file: Path) -> dict[str, tuple[int, Any]]:
    written: dict[str, tuple[int, Any]] = {}
    with suppress(OSError, SyntaxError, ValueError):  # what is wrong there is told elsewhere
        for node in ast.parse(file.read_bytes()).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                value: Any = _COMPUTED
                with suppress(ValueError):
                    value = ast.literal_eval(node.value)
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = (target.id for target in targets if isinstance(target, ast.Name))
                written |= dict.fromkeys(names, (node.lineno, value))
    return written
