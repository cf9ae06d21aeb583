"""What the settings of an identity ask for, judged: colours that can be seen, entries of menus that
lead somewhere, contents of a kind that the portal has not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from dataclasses import replace
from pathlib import Path, PurePosixPath

from portail.codes import diagnostic
from portail.colours.palette import WORDS, Colours, Weak, weak_of, weak_tokens
from portail.colours.sheet import properties
from portail.config import SiteConfig
from portail.diagnostics import ConfigError, Diagnostic, Position
from portail.model.kinds import BY_FOLDER, KINDS
from portail.resources import theme_dir
from portail.settings import COLOURS, MENU, place_of
from portail.site import urls
from portail.site.logo import logo_faults
from portail.source.loader import Listing
from portail.text.suggest import meant, nearest

TOKENS = "static/css/tokens.css"
"""The sheet of tokens, in a theme."""
_SCHEMES = ("", " (affichage sombre)")

SERVICES = frozenset(
    {urls.LETTERS, urls.THEMES, urls.CLASSES, urls.CATALOGUE, urls.MAP, urls.TOOLBOX, urls.FEEDS}
    | {urls.CALENDARS, urls.MY_LETTER, urls.DATA, urls.EMBEDS, urls.POSTERS, urls.PRESS}
    | {urls.FIGURES, urls.PLAN, urls.SEARCH, urls.CONTRIBUTE, urls.HOME, urls.NETWORK}
)
"""Pages of the portal that are there as soon as they have something to show."""


def _check_kinds(config: SiteConfig) -> None:
    for folder in config.sans:
        if folder not in BY_FOLDER:
            hint = meant(folder, BY_FOLDER)
            raise ConfigError(f"PORTAIL_SANS : « {folder} » n’est pas un genre de contenus.{hint}")


def without_kinds(listing: Listing, config: SiteConfig) -> Listing:
    """A listing without the contents of the kinds that the portal has not, each told (E157).

    Raises ``ConfigError`` when ``PORTAIL_SANS`` names what is no kind."""
    if not config.sans:
        return listing
    _check_kinds(config)
    left = [one for one in listing.documents if one.kind.value in config.sans]
    kept = [one for one in listing.documents if one.kind.value not in config.sans]
    sent = [one for one in listing.frozen if one.path.parts[1] not in config.sans]
    told = [
        diagnostic("E157", Position(one.path), genre=one.kind.info.pluriel, dossier=one.kind.value)
        for one in left
    ]
    found = [*listing.diagnostics, *told]
    return replace(listing, documents=kept, frozen=sent, diagnostics=found)


def identity_faults(config: SiteConfig, content: Path) -> Iterator[Diagnostic]:
    """What cannot be shown of the identity of the instance whose contents are ``content``."""
    yield from _colour_faults(config, content)
    yield from logo_faults(config, content)


def _colour_faults(config: SiteConfig, content: Path) -> Iterator[Diagnostic]:
    """Of the settings (E155), of the instance’s own sheet of tokens (A155)."""
    root = content.parent
    own, package = root / "theme" / TOKENS, theme_dir() / TOKENS
    of_team = own.is_file() and own.read_bytes() != package.read_bytes()
    if not of_team and config.couleurs == Colours():
        return
    css = package.read_text(encoding="utf-8")
    if of_team:  # it is read after ours, as in a build
        css += own.read_text(encoding="utf-8", errors="replace")
    for one in weak_of(css, config.couleurs):
        keys = (*("sombre",) * one.sombre, one.cle)
        yield _weak("E155", place_of(root, COLOURS, *keys), " › ".join((COLOURS, *keys)), one)
    if of_team and config.couleurs == Colours():
        for one in weak_tokens(css):
            yield _weak("A155", _declared(own, own.relative_to(root), one), f"--{one.cle}", one)


def _weak(code: str, place: Position, name: str, one: Weak) -> Diagnostic:
    ink, ground = (WORDS.get(token, f"--{token}") for token in one.pair)
    near = f"Écrivez par exemple {one.proche}" if one.proche else "Changez aussi l’autre couleur"
    return diagnostic(
        code,
        place,
        nom=name,
        valeur=one.valeur,
        encre=ink,
        fond=f"{ground}{_SCHEMES[one.sombre]}",
        trouve=_ratio(one.trouve),
        voulu=_ratio(one.voulu),
        remede=f"{near}.",
    )


def _ratio(value: float) -> str:
    """A ratio in words, never rounded up to the one that is missed: « 4,49 »."""
    return f"{int(value * 100) / 100:.4g}".replace(".", ",")


def _declared(own: Path, path: Path, one: Weak) -> Position:
    """Where a sheet first declares a token."""
    css = own.read_text(encoding="utf-8", errors="replace")
    start = next((it.start for it in properties(css) if it.name == f"--{one.cle}"), 0)
    line = css.count("\n", 0, start) + 1
    column = start - css.rfind("\n", 0, start)
    return Position(PurePosixPath(path.as_posix()), line, column, len(one.valeur))


def menu_faults(config: SiteConfig, content: Path, pages: Collection[str]) -> Iterator[Diagnostic]:
    """Entries of ``PORTAIL_MENU`` that lead to none of ``pages`` (E156); lists and services that
    have nothing to show are left out of menus, as they are without the setting."""
    may_be = may_be_empty(config)
    known = {*pages, *may_be}
    for keys, (_, address) in config.menu.entries:
        page = address.partition("#")[0].partition("?")[0]
        if not address.startswith("/") or page in known:
            continue
        near = nearest(page, sorted(one for one in known if one.endswith("/")), limit=1)
        remedy = f"Vouliez-vous dire {near[0]} ?" if near else "Écrivez l’adresse d’une page."
        place = place_of(content.parent, MENU, *keys)
        if place.line == 1:
            place = place_of(content.parent, MENU, keys[0], address)
        yield diagnostic("E156", place, adresse=address, remede=remedy)


def may_be_empty(config: SiteConfig) -> Set[str]:
    """Lists and services that a portal has as soon as they hold something."""
    lists = {info.listing for kind, info in KINDS.items() if kind.value not in config.sans}
    return (lists | SERVICES) - {""}
