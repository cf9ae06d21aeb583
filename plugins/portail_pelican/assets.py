"""The theme's style sheets, joined from their parts, minified, their fonts marked; its scripts.

Every page has ``portail.css``; some families of pages add a sheet of their own. Modules that are
always loaded together are joined too.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

import rcssmin
from msgspec import Struct

from portail.diagnostics import PlanError
from portail.files import digest_bytes
from portail.late import expression
from portail.resources import TOKENS, Folder, folders_of, tokens_of
from portail.text.colours import is_colour, mix
from portail.text.styles import declarations

STYLESHEET = "css/portail.css"
_SHEETS = "css/ordre.txt"
_SCRIPTS = "js/ordre.txt"
ORDERS = (_SHEETS, _SCRIPTS)
_URL = expression(r"url\((\.\./[\w./-]+)\)")
_NEAR = expression(r"new URL\('((?:\.\./)?\w[\w./-]*)(?=', import\.meta\.url\))")
SHARED = "js/commun.js"
"""What scripts share: one that is joined with it does not ask for it, others still do."""
_ASKED = expression(
    r"await import\(\s*document\.querySelector\('\[data-commun\]'\)\.dataset\.commun,?\s*\)"
)
_EXPORT = expression(r"^export (?=(?:(?:async )?function|const) ([\w$]+))", re.MULTILINE)
_minified = lru_cache(64)(rcssmin.cssmin)
_QUOTES = frozenset("'\"`/")
"""The comment that ends a line: after no quote nor slash, two slashes cannot mean anything else."""


def sheets(theme: Folder) -> Mapping[str, tuple[str, ...]]:
    """Parts to join by sheet, all names below ``static/``, as ``css/ordre.txt`` lists them:
    those of every page first, then, after ``[nom]``, those of ``css/nom.css``."""
    return _parts(theme, _SHEETS)


def joined(theme: Folder) -> Mapping[str, tuple[str, ...]]:
    """Parts of each sheet, and of each script that ``js/ordre.txt`` lists in the same way."""
    return {**sheets(theme), **_parts(theme, _SCRIPTS)}


def _parts(theme: Folder, order: str) -> Mapping[str, tuple[str, ...]]:
    # A layer says of what the sheets that it names are made, or after ``[+nom]`` what it adds to
    # them; the others stay.
    parts: dict[str, tuple[str, ...]] = {}
    for folder in folders_of(theme):
        file = folder / f"static/{order}"
        if file.is_file():
            said = _parts_in(file.read_text(encoding="utf-8"), posixpath.dirname(order))
            for whole, names in said.items():
                name = whole.replace("/+", "/")
                parts[name] = (*parts.get(name, ()) * (name != whole), *names)
    return parts


@lru_cache(8)
def _parts_in(text: str, folder: str) -> Mapping[str, tuple[str, ...]]:
    parts: dict[str, tuple[str, ...]] = {}
    whole = f"{folder}/portail.{folder}"
    for line in map(str.strip, text.splitlines()):
        if line[:1] == "[":
            whole = f"{folder}/{line.strip('[]')}.{folder}"
        elif line and not line.startswith("#"):
            parts[whole] = (*parts.get(whole, ()), f"{folder}/{line}")
    return parts


def published(theme: Folder, name: str) -> bytes:
    """The published bytes of a joined stylesheet or script. Raises as ``stylesheet`` does."""
    if name.endswith(".css"):
        return stylesheet(theme, name)
    parts = joined(theme)[name]
    # A module is named by its last word: ``js/recherche-mots.js`` → ``mots``.
    last_words = (re.split(r"[/-]", part.removesuffix(".js"))[-1] for part in parts)
    sources = (script_of(theme, part, part_of(theme, part, _SCRIPTS)).decode() for part in parts)
    whole = modules(dict(zip(last_words, sources, strict=True)))
    return (_ASKED.sub("commun", whole) if SHARED in parts else whole).encode()


def modules(sources: Mapping[str, str]) -> str:
    """A module that exports each of several under its name, with all that it exports.

    >>> modules({"mots": "export const a = 1;\\n"})
    'export const mots = await (async () => {\\nconst a = 1;\\nreturn { a };\\n})();\\n'
    """
    return "".join(
        f"export const {name} = await (async () => {{\n{_EXPORT.sub('', source)}"
        f"return {{ {', '.join(_EXPORT.findall(source))} }};\n}})();\n"
        for name, source in sources.items()
    )


def bundle(theme: Folder, sheet: str = STYLESHEET) -> str:
    """The parts of a sheet, joined as they are written. Raises ``PlanError`` when one is missing,
    ``KeyError`` for a sheet that there is not."""
    return "".join(part_of(theme, name) for name in sheets(theme)[sheet])


def part_of(theme: Folder, name: str, order: str = _SHEETS) -> str:
    """A part that ``order`` names. Raises ``PlanError`` when it is missing."""
    if name == TOKENS:  # that of an instance changes what it says, and keeps the others
        return tokens_of(theme)
    path = theme / f"static/{name}"
    if not path.is_file():
        raise PlanError(f"Le fichier {name}, cité par {order}, manque dans le thème.")
    return path.read_text(encoding="utf-8").rstrip() + "\n"


def stylesheet(theme: Folder, sheet: str = STYLESHEET) -> bytes:
    """A stylesheet to publish: no comment, no space, each file that it asks for with its mark.
    Raises as ``bundle`` does, and ``PlanError`` when a file that it asks for is missing."""

    def url(match: re.Match[str]) -> str:
        name = posixpath.normpath(posixpath.join("css", match[1]))
        return f"url({match[1]}?v={mark_of(theme, name)})"

    return str(_minified(_URL.sub(url, bundle(theme, sheet)))).encode()


@lru_cache(256)
def script(source: str) -> str:
    """A script to publish: without comments (alone on a line, or at its end) nor indentation; one
    with a text over several lines, or a library of others (``/*!``), is left as it is.

    >>> script("// Why.\\nif (a) {\\n  b('// c'); // d\\n  e(); // f\\n}\\n").splitlines()
    ['if (a) {', "b('// c'); // d", 'e();', '}']
    """
    lines = [line.strip() for line in source.splitlines()]
    if source.startswith("/*!") or any(line.count("`") % 2 for line in lines):
        return source
    shown = (line for line in lines if line and not line.startswith("//"))
    return "".join(f"{_without_remark(line) if ' // ' in line else line}\n" for line in shown)


def _without_remark(line: str) -> str:
    code, _, _ = line.partition(" // ")
    if _QUOTES.isdisjoint(code):
        return code.rstrip()
    return line


def script_of(theme: Folder, name: str, source: str) -> bytes:
    """The script ``name`` to publish, with the mark of each file of the theme that it asks for by
    ``new URL('…', import.meta.url)``. Raises as ``stylesheet`` does."""

    def near(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
        return f"{match[0]}?v={mark_of(theme, target)}"

    return _NEAR.sub(near, script(source)).encode()


def mark_of(theme: Folder, name: str) -> str:
    """A short digest of the published bytes of a static file of the theme, so that it may be kept
    for ever by whoever has read it. Raises ``PlanError`` when there is no such file."""
    file = theme / f"static/{name}"
    if name in joined(theme):
        data = published(theme, name)
    elif not file.is_file():
        raise PlanError(f"Le fichier {file.name} manque dans {file.parent}.")
    else:
        data = file.read_bytes()
        if name.endswith(".js"):
            data = script_of(theme, name, data.decode())
    return digest_bytes(data)[:6]


# An SVG file shown by ``<img>`` or as a background has no access to the custom properties of the
# page: it must hold both schemes itself. ``css/tokens.css`` stays the only place of a colour.

_DARK = ':root[data-theme="sombre"]'
_VAR = expression(r"var\(\s*(--[\w-]+)\s*\)")


class Jeton(Struct, frozen=True):
    """A custom property as it is written in the light and in the dark scheme."""

    clair: str
    sombre: str


class Couleurs(Struct, frozen=True):
    """Colours of a theme."""

    # The colour of text and lines.
    t: Jeton
    fond: Jeton


class Tokens:
    """The tokens of a theme, read when the first is asked for."""

    def __init__(self, theme: Folder) -> None:
        self._theme = theme
        self._themes: dict[str, Couleurs] = {}

    def jeton(self, nom: str) -> Jeton:
        """The property ``--nom``. Raises ``PlanError`` when the sheet does not declare it."""
        return self._pair(f"--{nom}", "")

    def couleurs(self, theme: str = "") -> Couleurs:
        """Colours of a theme by its code; ``""`` is for what has none. Raises ``PlanError``."""
        if theme not in self._themes:
            pairs = (self._pair(name, theme) for name in ("--t", "--t-fond"))
            self._themes[theme] = Couleurs(*pairs)
        return self._themes[theme]

    def melange(self, base: str, ajout: str, part: float) -> str:
        """``base`` with ``part`` (0 to 1) of ``ajout`` in it, for pictures that no browser draws;
        itself when one of the two is written so that it is not computed."""
        if is_colour(base) and is_colour(ajout):
            return mix(base, ajout, part)
        return base

    def _pair(self, name: str, theme: str) -> Jeton:
        return Jeton(*(self._value(name, theme, dark, ()) for dark in (False, True)))

    def _value(self, name: str, theme: str, dark: bool, through: tuple[str, ...]) -> str:
        colours = self._rules.get(f".t-{theme}", {})
        if theme and not colours:
            raise PlanError(f"La feuille {TOKENS} ne déclare pas la classe .t-{theme}.")
        layers = (colours, self._rules.get(_DARK, {}) if dark else {}, self._rules.get(":root", {}))
        value = next((layer[name] for layer in layers if name in layer), None)
        if value is None or name in through:
            raise PlanError(f"La feuille {TOKENS} ne déclare pas {name}.")
        return _VAR.sub(lambda m: self._value(m[1], theme, dark, (*through, name)), value)

    @cached_property
    def _rules(self) -> Mapping[str, Mapping[str, str]]:
        css = part_of(self._theme, TOKENS)
        rules: dict[str, dict[str, str]] = {}
        for media, selector, declaration in _declarations(css):
            name, colon, value = declaration.partition(":")
            if colon and name.startswith("--") and "print" not in media:
                for part in selector.split(","):
                    rules.setdefault(part.strip(), {})[name.strip()] = value.strip()
        return rules


def _declarations(css: str) -> Iterator[tuple[str, str, str]]:
    for around, text, _ in declarations(css):
        yield " ".join(around[:-1]), around[-1], text.strip()
