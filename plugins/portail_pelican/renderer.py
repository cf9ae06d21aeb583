"""Pelican's Jinja environment, made safe: one page from one view."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, TypeAlias

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup

from portail.config import SiteConfig
from portail.diagnostics import PlanError, PortailError
from portail.features import FEATURES, dressing
from portail.files import code_digest, digest_of, files_below
from portail.late import expression
from portail.outputs.base import Plan, TemplatePage
from portail.outputs.spreadsheets import compact
from portail.resources import Folder, brought, folders_of, over
from portail.roles import DESCRIBES
from portail.settings import root_of
from portail.text import dates
from portail.text.dates import JOURS_COURTS, MOIS_COURTS
from portail.text.excerpts import sentences
from portail.text.spaces import seen
from portail.text.typography import (
    EXAMPLE_NAME,
    EXEMPLE,
    inline_html,
    named,
    nombre,
    plain,
    signed,
    then_in_region,
    typeset,
    unmarked,
)

from .assets import Tokens, mark_of
from .compiled import FILTERS, Bound, Compiled, cut_at, marked, shorten
from .headers import content_policy, inline_scripts

if TYPE_CHECKING:
    from css_inline import CSSInliner

    from portail.features.services.agenda.views import LigneAgenda
    from portail.outputs.pages.views.lists import Card
    from portail.outputs.pages.views.shared import PageView


_SENTENCES = (
    (r"'(\w+)' is undefined", r"« \1 » n’existe pas"),
    (r"'.*' has no attribute '(\w+)'", r"« \1 » n’existe pas ici"),
    (r".* has no element '?(.+?)'?", r"« \1 » n’existe pas ici"),
    (r"Encountered unknown tag '(\w+)'\..*", r"la balise « \1 » n’existe pas"),
    (r"No filter named '(\w+)'(?: found)?\.?", r"le filtre « \1 » n’existe pas"),
    (r"No test named '(\w+)'(?: found)?\.?", r"le test « \1 » n’existe pas"),
    (r"block '(\w+)' defined twice", r"le bloc « \1 » est écrit deux fois"),
    (r"parent template has no block '(\w+)'.*", r"le bloc « \1 » n’est pas dans ce gabarit"),
    (r"Unexpected end of template\..* innermost block .* is '(\w+)'\.", r"« \1 » n’est pas fermé"),
    (r"expected token '(.+)', got '(.+)'", r"« \1 » est attendu au lieu de « \2 »"),
    (r"unexpected '(.+)'", r"« \1 » n’est pas attendu ici"),
    (r"unexpected char '(.+)' at \d+", r"« \1 » n’est pas attendu ici"),
    (
        r"the template '(.+?)' .* does not export the requested name '(\w+)'",
        r"« \1 » n’a pas « \2 »",
    ),
)


def words_of(error: Exception) -> str:
    """What is wrong, to follow the place; the words of Jinja or Python for what is rare."""
    if isinstance(error, TemplateNotFound):
        return f"le gabarit « {error.name} » n’existe pas"
    text = str(getattr(error, "message", None) or error)
    if isinstance(error, PortailError):
        return text
    for pattern, french in _SENTENCES:
        if match := re.fullmatch(pattern, text, re.DOTALL):
            return match.expand(french)
    if isinstance(error, KeyError):
        return f"la clé {text} n’existe pas"
    of_jinja = type(error).__module__.startswith("jinja2")
    if of_jinja:
        return text
    return f"{type(error).__name__} : {text}"


# Templates of mails, whose styles are written on each element.
MAILS = frozenset({"courriel/courriel.html"})

# An entry of several lists, drawn once for all.
Line: TypeAlias = "Card | LigneAgenda"


def folders_of_templates(theme: Folder, overrides: Iterable[Path]) -> tuple[Path, ...]:
    """Those where a template is looked for, the first one first."""
    own_first = reversed(folders_of(theme))
    return (*overrides, *((folder / "templates").resolve() for folder in own_first))


def sources_of(folders: Iterable[Path]) -> Iterator[bytes]:
    for folder in folders:
        for path in sorted(files_below(folder)):
            if path.suffix == ".html":
                yield path.read_bytes()


class Renderer:
    """Draws the pages of a plan with the theme's templates, which receive ``vue``, the view of the
    page, and the globals that are set here, nothing else."""

    def __init__(
        self,
        environment: Environment,
        config: SiteConfig,
        theme: Folder,
        overrides: Iterable[Path],
    ) -> None:
        self.environment = environment
        self.config = config
        self.theme = theme
        self.folders = folders_of_templates(theme, overrides)
        # Templates do not change within a build: Jinja would ask for each, nine times a page.
        environment.auto_reload = False
        shorten(environment)
        environment.add_extension(Bound)
        environment.filters.update(FILTERS)
        self.compiled = environment.bytecode_cache = Compiled(environment)
        self._assets: dict[str, str] = {}
        environment.filters.update(self._filters())
        self._around: dict[tuple[str, ...], Markup] = {}
        self._linked: dict[str, frozenset[str]] = {}
        self._sources: dict[str, tuple[str, list[str]]] = {}
        self._digests: dict[str, str] = {}
        self._drawn: dict[tuple[str, str, int], bytes] = {}
        self._policies: dict[tuple[tuple[str, ...], tuple[str, ...], bool], Markup] = {}
        environment.globals.update(asset=self.asset, autour=self.around, dessin=self.drawn)
        environment.globals.update(politique=self.policy, modules=self.modules)
        environment.globals.update(invente=invented, marque_exemple=_MARK, se_lit=_is_read)
        environment.globals.update(SITEURL=config.siteurl, BASE=config.base)
        tokens = Tokens(theme)
        environment.globals.update(couleurs=tokens.couleurs, jeton=tokens.jeton)
        environment.globals.update(melange=tokens.melange)
        environment.globals.update(embleme=None, marque_porteur=None)
        if dresses := dressing():
            environment.globals.update(dresses.shown(theme, config))

    def render(self, page: TemplatePage) -> bytes:
        """The page's bytes. Raises ``PlanError`` naming the template and its line."""
        try:
            template = self.environment.get_template(page.template)
            text = template.render(vue=page.view())
            if page.template in MAILS:
                text = f"{self._inliner.inline(text)}\n"
            return text.encode()
        except TemplateError as error:
            raise PlanError(f"{self._place(error) or page.template} : {words_of(error)}") from error
        except (PlanError, TypeError, ValueError, LookupError, AttributeError) as error:
            if not (place := self._place(error)):  # no template asked it: ours to mend
                raise
            raise PlanError(f"{place} : {words_of(error)}") from error

    def _described(self, view: PageView) -> Markup:
        describes = DESCRIBES.of(FEATURES)
        described = describes(view, self.config) if describes else {}
        if described.get("@graph"):
            return _json(described)
        return Markup()

    @cached_property
    def _inliner(self) -> CSSInliner:
        from css_inline import CSSInliner  # nothing else of a build waits for it

        sheet = self.environment.get_template("courriel/courriel.css").render()
        return CSSInliner(extra_css=sheet, keep_style_tags=True, load_remote_stylesheets=False)

    def _place(self, error: Exception) -> str:
        # Template and line of a fault: Jinja puts them among Python's frames.
        frames = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
        if isinstance(error, TemplateSyntaxError):
            frames.append((error.filename or "", error.lineno))
        for file, line in reversed(frames):
            for folder in self.folders:
                if Path(file).resolve().is_relative_to(folder):
                    return f"{Path(file).resolve().relative_to(folder)}, ligne {line}"
        return ""

    def compile(self, templates: Iterable[str]) -> None:
        """Load templates, with those that they name, so that processes forked afterwards need not.
        A faulty template is reported by the page that needs it."""
        for name in self._reached(templates):
            self._load(name)

    def digest(self, template: str) -> str:
        """Digest of all that the pages of a template depend on beside their views."""
        if template not in self._digests:
            sources = self._reached([template, template.replace(".html", ".css")])
            parts = [f"{name}\n{source}" for name, source in sorted(sources.items())]
            if any(len(_TAG.findall(part)) > len(_NAMED.findall(part)) for part in parts):
                parts = [self._whole]
            self._digests[template] = digest_of(self.static, *parts)
        return self._digests[template]

    @cached_property
    def _whole(self) -> str:
        return code_digest(filter(Path.is_dir, self.folders))

    @cached_property
    def static(self) -> str:
        """Digest of the static files of the theme."""
        statics = (folder / "static" for folder in folders_of(self.theme))
        return digest_of(code_digest(filter(Path.is_dir, statics)))

    def _reached(self, templates: Iterable[str]) -> dict[str, str]:
        sources = {}
        names = [*templates]
        while names:
            name = names.pop()
            if name not in sources:
                sources[name], named = self._source(name)
                names += named
        return sources

    def _source(self, name: str) -> tuple[str, list[str]]:
        if name not in self._sources:
            loader = self.environment.loader
            assert loader is not None
            source = ""
            with suppress(TemplateError):
                source = loader.get_source(self.environment, name)[0]
            self._sources[name] = source, _NAMED.findall(source)
        return self._sources[name]

    def _load(self, name: str) -> None:
        with suppress(TemplateError):
            self.environment.get_template(name)

    def check(self, plan: Plan) -> None:
        """Check that every planned template is the theme's own, not Pelican's *simple* one.

        Raises ``PlanError``.
        """
        pages = [page for page in plan if type(page) is TemplatePage]
        names = sorted({page.template for page in pages})
        loader = self.environment.loader
        assert loader is not None
        for name in names:
            try:  # found, not compiled: an unchanged site needs none of them
                _, file, _ = loader.get_source(self.environment, name)
            except TemplateNotFound:
                file = None
            path = Path(file).resolve() if file else None
            if path is None or not any(map(path.is_relative_to, self.folders)):
                raise PlanError(
                    f"Le gabarit {name} manque dans le thème {self.folders[-1].parent}."
                )

    def around(self, macro: Callable[[PageView], Markup], view: PageView) -> Markup:
        """The frame that ``macro`` draws around a page, drawn once for all pages that have the
        same.
        """
        frame = view.cadre
        if frame.digest not in self._linked:
            self._linked[frame.digest] = frame.urls
        place = view.url
        if place not in self._linked[frame.digest]:
            place = ""
        key = (macro.name, frame.digest, view.rubrique, place)  # type: ignore[attr-defined]
        if key not in self._around:
            self._around[key] = macro(view)
        return self._around[key]

    def drawn(self, macro: Callable[[Line, int], Markup], line: Line, level: int) -> Markup:
        """The drawing by ``macro`` of a card or a line, made once for all lists that show it."""
        if not line.digest:
            return macro(line, level)
        key = (macro.name, line.digest, level)  # type: ignore[attr-defined]
        stored = self._drawn.get(key)
        if stored is not None:
            return marked(stored.decode())  # drawn by the same macro
        drawing = macro(line, level)
        self._drawn[key] = drawing.encode()  # a third of the text, which has « ’ »
        return drawing

    def asset(self, name: str) -> str:
        """URL of a static file of the theme, with a mark that changes with its bytes. Raises
        ``PlanError`` when the theme has no such file."""
        if name not in self._assets:
            address = f"{self.config.base}/theme/{name}"
            self._assets[name] = f"{address}?v={mark_of(self.theme, name)}"
        return self._assets[name]

    def modules(self, *starts: str) -> Mapping[str, str]:
        """URLs of the scripts of the theme whose name begins as one of ``starts``, by the rest of
        their name, less a version.
        """
        urls = {}
        for start in starts:
            folder, _, begin = start.rpartition("/")
            statics = [layer / "static" / folder for layer in folders_of(self.theme)]
            files = {path.name for static in statics for path in static.glob(f"{begin}*.js")}
            for file in sorted(files):
                name, dash, version = file.removesuffix(".js").removeprefix(begin).rpartition("-")
                if not dash or version.strip("0123456789."):
                    name = f"{name}{dash}{version}"
                urls[name] = self.asset(f"{folder}/{file}")
        return urls

    @cached_property
    def scripts(self) -> tuple[bytes, ...]:
        """The inline scripts of the templates: the only ones that a browser will run."""
        return inline_scripts(sources_of(self.folders))

    def policy(
        self, frames: tuple[str, ...], forms: tuple[str, ...] = (), mapped: bool = False
    ) -> Markup:
        """The security policy of a page that may frame some origins and post to others, and shows
        a map when ``mapped``. Raises ``ValueError`` for what is no origin."""
        ground = self.config.fond_de_carte
        mapped = mapped and ground is not None
        if (frames, forms, mapped) not in self._policies:
            images = (ground.origine,) if ground and mapped else ()
            text = content_policy(self.scripts, frames, forms, images)
            policy = Markup(text)  # noqa: S704  (no < nor " in an origin)
            self._policies[frames, forms, mapped] = policy
        return self._policies[frames, forms, mapped]

    def _url(self, url: str) -> str:
        if url.startswith("/") and not url.startswith("//"):
            return self.config.base + url
        return url

    def _absolute(self, url: str) -> str:
        if url.startswith("/"):
            return self.config.absolute(url)
        return url

    def _webcal(self, url: str) -> str:
        host = self.config.siteurl.partition("://")[2]
        if host:
            return f"webcal://{host}{url}"
        return url

    def _filters(self) -> Mapping[str, Any]:
        return {
            "url": lru_cache(_REMEMBERED)(self._url),
            "absolu": self._absolute,
            "webcal": self._webcal,
            "inline": _inline,
            "inline_seen": _inline_seen,
            "titre": _titled,
            "marque": _mark,
            "plain": _plain,
            "typo": _typo,
            "faits": _facts,
            "exemples": _marked,
            "phrases": sentences,
            "nombre": nombre,
            "en_region": then_in_region,
            "jour": dates.jour,
            "jour_simple": lambda day: dates.jour(day, semaine=False),
            "jour_num": dates.day_number,
            "mois_court": lambda day: MOIS_COURTS[day.month - 1],
            "jour_semaine_court": lambda day: JOURS_COURTS[day.weekday()],
            "iso": date.isoformat,
            "json": _json,
            "json_ld": self._described,
        }


# Inside <script>, JSON keeps its meaning when these are written as escapes.
_IN_SCRIPT = [(char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029"]

_TAG = expression(r"{%[-+]?\s*(?:extends|from|import|include)\b")
# Names in full: neither a list of them, nor one that is made of several parts.
_NAMED = expression(
    _TAG.pattern + r"\s*[\"']([^\"']+)[\"']\s*(?=[-+]?%}|(?:as|import|ignore|with|without)\b)"
)

# The same titles, places and labels come back in many lists.
_REMEMBERED = 4_096


@lru_cache(_REMEMBERED)
def _typo(text: str) -> str:
    return typeset(named(text))


_POINT = Markup('\u00a0<span aria-hidden="true">·</span> ')


def _facts(values: Iterable[str] | str, title: str = "") -> Markup:
    # Facts on a line, the points between them for the eyes alone; those of a line too. They end
    # with the mark of an example, once, where ``title``, what they are told of, is one.
    lines = [values] if isinstance(values, str) else values
    shown = str(_POINT).join([_fact(line) for line in lines if line])
    if title.startswith(EXEMPLE) and not shown.endswith(_MARK):
        shown = f"{shown}{_MARK}"
    return marked(shown)


@lru_cache(_REMEMBERED)
def _fact(line: str) -> str:
    return str(_marked(_POINT.join(map(seen, _typo(line).split(" · ")))))


# Follows the name of an example (``text.typography.EXEMPLE``); ``demonstration`` tells of it.
_MARK = Markup('\u00a0<span class="ex" role="img" aria-label="exemple inventé">◇</span>')
_MARK_ABROAD = Markup('\u00a0<span class="ex" role="img" lang="{}" aria-label="{}">◇</span>')
_NONE = Markup()


@lru_cache(_REMEMBERED)
def _titled(text: str) -> Markup:
    return cut_at(seen(inline_html(unmarked(text), heard=True)))


def _mark(text: str, langue: str = "", said: str = "") -> Markup:
    # ``said``, in ``langue``, where the page is in another language.
    mark = _MARK_ABROAD.format(langue, said) if said else _MARK
    if text.startswith(EXEMPLE):
        return mark
    return _NONE


@lru_cache(_REMEMBERED)
def _inline(text: str) -> Markup:
    return _marked(_titled(text)) + _mark(text)


def invented(body: str, listing: bool) -> str:
    """``"tout"`` for a ``listing`` of examples alone, ``"marque"`` when some name is one, else
    ``""``.
    """
    if _MARK not in body:
        return ""
    if not listing:
        return "marque"
    lines = _LISTED.findall(_MODEL.sub("", body))
    if lines and all(_MARK in line for line in lines):
        return "tout"
    return "marque"


# What is set in the face of texts (``--lecture``) on every screen: no other page fetches that face
# early. A phone hides the text of a card that has a picture.
_READ = expression(
    r'class="(?:mot|(?:[^"]* )?(?:chapo|prose|numero|note-redaction))[ "]'
    r'|<article class="carte["\s](?!avec-vis)(?:[^<]|<(?!/article))*?class="txt"'
)
_READ_MARKS = ('class="mot', "chapo", "prose", "numero", "note-redaction", 'class="txt"')


def _is_read(body: str) -> object:
    return any(map(body.__contains__, _READ_MARKS)) and _READ.search(body)


_LISTED = expression(r"<article class=.*?</article>", re.DOTALL)
_MODEL = expression(r"<template .*?</template>", re.DOTALL)


def _marked(shown: Markup) -> Markup:
    return Markup(shown.replace(EXAMPLE_NAME, _MARK)) if EXAMPLE_NAME in shown else shown  # noqa: S704


@lru_cache(_REMEMBERED)
def _inline_seen(text: str) -> Markup:
    return Markup(inline_html(signed(text)))  # noqa: S704  (escaped by inline_html)


@lru_cache(_REMEMBERED)
def _plain(text: str) -> str:
    return typeset(plain(named(text)))


def _json(value: object) -> Markup:
    text = compact(value)
    for sign, escape in _IN_SCRIPT:
        text = text.replace(sign, escape)
    return Markup(text)  # noqa: S704  (nothing left to close the script)


# Pages that stand alone, drawn by the theme without a build.


def draw(page: TemplatePage, config: SiteConfig, content: Path) -> bytes:
    """The bytes of a page, by the theme beside the contents over that of the installation. Raises
    ``PlanError`` for a fault of a template."""
    root = root_of(content)
    beside = content.parent
    cache = Path(os.environ.get("PORTAIL_CACHE") or beside / ".cache")
    data = over(brought("data"), beside / "data")
    theme = over(brought("theme"), root / "theme")
    if dresses := dressing():
        theme = dresses.dressed(theme, data, config, root, cache)
    return Renderer(_environment(theme), config, theme, ()).render(page)


def compile_theme(target: Path) -> None:
    """Compile every template of the theme, and of those of our packages, into ``target``, for all
    instances."""
    theme = brought("theme")
    environment = _environment(theme)
    renderer = Renderer(environment, SiteConfig(region=""), theme, ())
    renderer.compiled.shared = target
    for name in environment.list_templates():
        environment.get_template(name)


def _environment(theme: Folder) -> Environment:
    return Environment(
        loader=FileSystemLoader([folder / "templates" for folder in reversed(folders_of(theme))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
