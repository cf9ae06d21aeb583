"""End of a run: the plan and Pelican's static files are published in one atomic swap.

What is published beside the plan: files of Pelican, of its other plug-ins, of the theme.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from pelican.log import console

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position, Report
from portail.features import posted_to
from portail.files import code_digest, digest_bytes, digest_of, files_below
from portail.late import expression
from portail.outputs.base import (
    Artifact,
    CopiedFile,
    Derived,
    Plan,
    TemplatePage,
    TextFile,
    Tree,
    form_origins,
)
from portail.site.redirections import dead_addresses
from portail.site.revisions import lack_of
from portail.site.slots import LACKS
from portail.site.urls import HOME, REDIRECTS, ROBOTS, file_of
from portail.source.loader import is_note
from portail.terminal.readable import detail, inform, stage, write_report
from portail.terminal.text import Run, counted, safe
from portail.text.addresses import address_parts
from portail.text.typography import nombre
from portail_publication.build import Means
from portail_publication.publish import Manner, Outcome, Publication

from . import settings
from .assets import ORDERS, SHARED, joined, published, script_of
from .generator import COMMAND, PortailGenerator, explained, refuse
from .headers import HEADERS, headers_file
from .settings import Instance
from .staging import forget

_SETTINGS = PurePosixPath("pelicanconf.py")


def intruders(
    instance: Instance, theme_dir: str, taken: Collection[str], plugins: Sequence[str]
) -> Iterator[Diagnostic]:
    """Files in the staging folder that take the place of ours (``taken``) or, where there are other
    plug-ins (``plugins``), of those of the theme: pelican-minify leaves empty scripts."""
    place = _place(instance)
    names = ", ".join(f"« {name} »" for name in plugins)
    for path in sorted(taken):
        remedy = "Retirez-le de STATIC_PATHS : le portail écrit le sien."
        if plugins:
            remedy = f"Retirez de PLUGINS celui qui l’écrit ({names}) : le portail écrit le sien."
        yield diagnostic("E165", place, fichier=path, remede=remedy)
    if plugins:
        for name, source in sorted(_theme_files(instance, theme_dir).items()):
            shown = instance.staging / name
            if not shown.is_file() or shown.read_bytes() != source.read_bytes():
                yield diagnostic("E166", place, fichier=name, greffons=names)
                return  # the others would say the same


def _place(instance: Instance) -> Position:
    # The line of ``PLUGINS`` in the settings, which stand beside the contents or are run from.
    for folder in (instance.content.parent, Path()):
        if (file := folder / _SETTINGS).is_file():
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            rows = [row for row, line in enumerate(lines, 1) if line.startswith("PLUGINS")]
            return Position(_SETTINGS, rows[-1] if rows else 1)
    return Position(_SETTINGS)


def _text(make: Callable[..., bytes], *arguments: Any) -> Iterator[str]:
    yield make(*arguments).decode()


def static_files(instance: Instance, theme_dir: str, theme: str) -> Iterator[Artifact]:
    """Files of Pelican and other plug-ins, those of the theme, joined scripts and stylesheets.

    ``theme`` is a digest of the static files of the theme: what is made of several of them is made
    when one changes.
    """
    parts = {f"{theme_dir}/{order}" for order in ORDERS}
    for name, files in joined(instance.theme).items():
        parts.update(f"{theme_dir}/{part}" for part in files if part != SHARED)
        path = f"{theme_dir}/{name}"
        yield TextFile(path, f"/{path}", (theme,), partial(_text, published, instance.theme, name))
    staged = {
        file.relative_to(instance.staging).as_posix(): file
        for file in files_below(instance.staging)
        if not is_note(file.name)
    }
    # What Pelican cannot copy it leaves out, with a warning: files of the theme are read there.
    for name, file in sorted((staged | _theme_files(instance, theme_dir)).items()):
        if name in parts:
            continue
        data = file.read_bytes()
        key = (digest_bytes(data),)
        if name.startswith(f"{theme_dir}/") and file.suffix == ".js":
            script = script_of, instance.theme, name.removeprefix(f"{theme_dir}/"), data.decode()
            yield TextFile(name, f"/{name}", (*key, theme), partial(_text, *script))
        else:
            yield CopiedFile(name, f"/{name}", key, file)


def _theme_files(instance: Instance, theme_dir: str) -> dict[str, Path]:
    return {
        f"{theme_dir}/{file.relative_to(folder).as_posix()}": file
        for folder in instance.statics
        for file in files_below(folder, follow=True)
    }


# Files of others that are named, at most.
_NAMED = 5
_QUIET = 200
_STEPS = 4


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """A function that shows how many files of how many are made, on a bar or lines; a short build
    shows nothing."""
    with stage("Pages") as show:
        lines = None if console.is_terminal else _lines()
        yield lambda done, total: (lines or show)(done, total)


def _lines() -> Callable[[int, int], None]:
    last = 0

    def show(done: int, total: int) -> None:
        nonlocal last
        step = done * _STEPS // total if total else 0
        if total >= _QUIET and step > last:
            last = step
            inform(f"Pages : {done} sur {total}\n", sys.stdout)

    return show


def last_line(ours: PortailGenerator, seconds: float) -> str:
    """The last line of a build: what it read and made; empty when nothing was published."""
    files = ours.outcome.files if ours.outcome else {}
    if not files or ours.result is None:
        return ""
    pages = "\n".join([*files, ""]).count(".html\n")
    parts = (
        counted(ours.result.read, ("fichier lu", "fichiers lus")),
        counted(pages, ("page", "pages")),
        counted(len(files), ("fichier publié", "fichiers publiés")),
    )
    took = f"{seconds:.1f}".replace(".", ",")
    return f"Site construit en {took} s : {', '.join(parts)}.\n"


# With what is copied, all that a reader of the home page needs.
_FIRST = expression(r"(?:index|404)\.html|.*\.(?:css|js|svg)")
# The template of pages that lead elsewhere.
_REDIRECT = "redirect.html"
# Files for crawlers and servers that a static file of the same name replaces.
_REPLACED = frozenset({file_of(ROBOTS), REDIRECTS, HEADERS})

_NO_ADDRESS = (
    "Adresse du site inconnue : flux, plan du site (sitemap.xml) et cadres à embarquer ne sont "
    "pas produits. → Écrivez SITEURL dans pelicanconf.py, ou lancez : "
    "portail build --site-url https://exemple.org\n"
)


# What a host takes of a site, by the end of its address (``docs/technique/hosting.md``), and the
# part of it from which one is told.
_TAKEN: Mapping[str, tuple[int, str]] = {
    ".pages.dev": (20_000, "fichiers"),
    ".github.io": (1_000, "Mo"),
    ".gitlab.io": (1_000, "Mo"),
}
_NEAR = 0.8
# Addresses that a sentence names.
_SHOWN = 8


def publication_of(instance: Instance) -> Publication:
    """The context of a run, which publishes at its end."""
    session = settings.current
    alone = session is not None and session.keep and not instance.verify
    manner = Manner(instance.in_place, instance.verify, instance.clean, instance.replaces, alone)
    return Publication(instance.output, instance.cache, manner)


def publish_site(host: Any, publication: Publication) -> None:
    """Publish the plan of the run. Raises ``SystemExit(1)`` when a page is refused."""
    ours: PortailGenerator = host.settings["PORTAIL_GENERATOR"]
    with explained():
        statics = host.settings["THEME_STATIC_DIR"]
        publish = partial(_publish_plan, ours, statics, publication)
        ours.outcome = ours.surely(publish, ours.plan)
    forget(ours.instance.staging)
    if ours.outcome is None or ours.result is None:
        return
    report = Report(ours.outcome.diagnostics)
    _tell_files(ours.outcome)
    if settings.current:
        settings.current.report(report)
        settings.current.files = [*ours.outcome.rendered, *ours.outcome.removed]
    if len(report):
        run = Run(ours.result.read, None, ours.outcome.published, COMMAND)
        write_report(report, sys.stderr, ours.instance.content.parent, run)
    if ours.outcome.note:
        inform(f"{ours.outcome.note}\n", sys.stderr)
    if ours.outcome.strangers:
        inform(_strangers(ours.instance.output, ours.outcome), sys.stderr)
    if not (ours.instance.config.apercu or report.has_errors):
        for sentence in _lacks(ours, ours.outcome):
            inform(sentence, sys.stdout)
    if report.has_errors or ours.result.report.has_errors:
        refuse()


def _tell_files(outcome: Outcome) -> None:
    for path in outcome.rendered:
        detail(f"écrit    {safe(path)}")
    for path in outcome.removed:
        detail(f"retiré   {safe(path)}")
    detail(counted(outcome.unchanged, ("fichier inchangé", "fichiers inchangés")))


def _strangers(output: Path, outcome: Outcome) -> str:
    names = outcome.strangers
    listed = ", ".join(map(safe, names[:_NAMED]))
    unnamed = len(names) - _NAMED
    where = os.path.relpath(outcome.aside or output, output.parent)
    return (
        f"« {output.name} » contenait ce que Portail ne reconnaît pas : {listed}"
        f"{f' et {unnamed} de plus' if unnamed > 0 else ''}. C’est maintenant dans « {where} », "
        "que rien n’efface.\n"
    )


def _lacks(ours: PortailGenerator, outcome: Outcome) -> Iterator[str]:
    files = outcome.files
    name = address_parts(ours.instance.config.siteurl).hostname or ""
    totals = {"fichiers": len(files), "Mo": sum(file.size for file in files.values()) / 1_000_000}
    for host, (most, unit) in _TAKEN.items():
        if name.endswith(host) and totals[unit] > most * _NEAR:
            yield (
                f"« {name} » n’accepte que {nombre(most)} {unit} et ce site en fait "
                f"{nombre(round(totals[unit]))}. → Choisissez un autre hébergeur avant qu’il "
                "refuse une publication : docs/technique/hosting.md\n"
            )
    if not ours.instance.config.siteurl:
        yield _NO_ADDRESS
    if ours.result and (site := ours.result.site):
        yield from filter(None, [lack_of(site.revisions)])
        yield from LACKS.ask(site)
        if dead := dead_addresses(outcome.removed, files, site):
            words = ("adresse publiée ne répond", "adresses publiées ne répondent")
            shown = ", ".join(dead[:_SHOWN]) + " …" * (len(dead) > _SHOWN)
            yield (
                f"{counted(len(dead), words)} plus : {safe(shown)} → Si c’est un renommage, "
                "dites-le : anciennes_urls (un contenu), anciennes_adresses "
                "(genres/…/genre.yml) ; sinon, dans content/retraits.yml.\n"
            )


def _publish_plan(
    ours: PortailGenerator, theme_static: str, publication: Publication
) -> Outcome | None:
    """Hand the plan and the host's static files to the publication; ``None`` without a plan.

    Raises ``PlanError``.
    """
    instance = ours.instance
    result = ours.result
    if result is None or result.plan is None:
        return None
    statics = [*static_files(instance, theme_static, ours.renderer.static)]
    paths = {file.path for file in statics}
    files = [file for file in result.plan if not (file.path in paths and _gives_way(file))]
    if settings.current and not settings.current.keep:
        files = [_whole(file, instance) or file for file in files]
    plugins = settings.others_of(ours.settings)
    if faults := [
        *intruders(instance, theme_static, {file.path for file in files} & paths, plugins)
    ]:
        return Outcome(diagnostics=tuple(faults))
    artifacts = [*files, *statics]
    headers = () if HEADERS in paths else (_headers(ours, artifacts),)
    plan = Plan([*artifacts, *headers])
    salt = _salt(ours)
    if result.site:
        lack_of(result.site.revisions)  # Git is asked before processes are forked: none asks again
    session = settings.current
    if session and not session.keep and not (instance.output / file_of(HOME)).exists():
        means = _means(ours, None)._replace(traces=None)
        first = [it for it in plan if type(it) is CopiedFile or _FIRST.fullmatch(it.path)]
        publication.publish(Plan(first), means, salt)
        session.send({"first": True})
    with progress() as show:
        return publication.publish(plan, _means(ours, show), salt)


def _whole(file: Artifact, instance: Instance) -> CopiedFile | None:
    # What the first build of a preview shows in place of a size of a picture, which the next one
    # makes: itself, since browsers look at bytes.
    if isinstance(file, Derived) and file.source and not (instance.output / file.path).exists():
        origin = instance.content.parent / file.source
        return CopiedFile(file.path, file.url, file.key, origin=origin)
    return None


def _means(ours: PortailGenerator, show: Callable[[int, int], None] | None) -> Means:
    # The means of a run, all but its plan and where it goes.
    return Means(
        ours.renderer.render,
        ours.instance.workers,
        show,
        prepare=ours.renderer.compile,
        traces=ours.traces,
        templates=ours.renderer.digest,
    )


def _gives_way(file: Artifact) -> bool:
    leads = isinstance(file, TemplatePage) and file.template == _REDIRECT
    return leads or file.path in _REPLACED


def _salt(ours: PortailGenerator) -> str:
    code = Path(__file__).resolve().parent.parent
    folders = [code / name for name in ("portail_publication", "portail_pelican")]
    added = [
        f"{kind} {name} {_source(value)}"
        for kind in ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")
        for name, value in sorted(ours.settings[kind].items())
    ]
    options = repr(sorted(ours.settings["JINJA_ENVIRONMENT"].items()))
    return digest_of(ours.salt, code_digest(folders), repr(ours.instance.config), options, *added)


def _source(value: object) -> str:
    try:
        file = inspect.getsourcefile(value)  # type: ignore[arg-type]
        return digest_bytes(Path(file or "").read_bytes())
    except (TypeError, OSError):
        if isinstance(value, (str, int, float, tuple)):
            return repr(value)
        return type(value).__name__


def _headers(ours: PortailGenerator, artifacts: Iterable[Artifact]) -> TextFile:
    pages: list[str] = []
    files = []
    for artifact in artifacts:
        path = artifact.path + "/" * (type(artifact) is Tree)
        if type(artifact) is not TemplatePage or not path.endswith(".html"):
            files.append(path)
        elif artifact.template != _REDIRECT:
            pages.append(path)
    base = ours.instance.config.base
    addresses = posted_to(ours.instance.config)
    forms = [origin for address in addresses for origin in form_origins(address)]
    ground = ours.instance.config.fond_de_carte
    images = (ground.origine,) if ground else ()
    text = "".join(
        headers_file(base, pages, files, scripts=ours.renderer.scripts, forms=forms, images=images)
    )
    key = (digest_bytes(text.encode()),)
    return TextFile(HEADERS, f"/{HEADERS}", key, lambda: iter((text,)))
