"""The contents of the current folder, read as a build reads them, with its settings."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from time import perf_counter
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from portail.body.document import BodyHtml
from portail.clock import TIMEZONE, portal_zone
from portail.config import SiteConfig
from portail.day import Day, build_day
from portail.diagnostics import ConfigError
from portail.features import configured, used
from portail.files import UNMERGED, unmerged
from portail.geo.territories import Geography
from portail.installed import entry_points
from portail.machine import reason_of
from portail.resources import Folder, brought, over
from portail.settings import root_of
from portail.source.genres import bring_kinds
from portail.source.store import Loaded, Stamp
from portail.terminal.text import Run, refusals
from portail.text.dates import jour
from portail.text.place import Place

if TYPE_CHECKING:
    from portail.model.scalars import Reading
    from portail.pipeline import Result
    from portail.site.draft import Mapper
    from portail.source.loader import Listing
    from portail.source.store import Store


class MemoryStore:
    """A store that lasts one run: for tests and for commands without a cache."""

    def __init__(self) -> None:
        self._records: dict[PurePosixPath, tuple[Stamp, Loaded]] = {}
        self._bodies: dict[str, BodyHtml] = {}
        self._texts: dict[str, dict[str, str]] = {}
        self.base = b""

    def find(self, path: PurePosixPath, stamp: Stamp) -> Loaded | None:
        record = self._records.get(path)
        if record and record[0] == stamp:
            return record[1]
        return None

    def find_digest(self, path: PurePosixPath, digest: str) -> Loaded | None:
        record = self._records.get(path)
        if record and record[1].digest == digest:
            return record[1]
        return None

    def put(self, loaded: Loaded, stamp: Stamp, body: BodyHtml | None) -> None:
        self._records[loaded.path] = (stamp, loaded)
        if body is not None:
            self._bodies[loaded.digest] = body

    def body(self, digest: str) -> BodyHtml:
        return self._bodies[digest]

    def words(self, digests: Sequence[str]) -> list[str]:
        return [self._bodies[digest].words for digest in digests]

    def source(self, digest: str) -> str:
        return self._bodies[digest].source

    def recall(self, room: str, keys: Sequence[str]) -> dict[str, str]:
        texts = self._texts.get(room, {})
        return {key: texts[key] for key in keys if key in texts}

    def remember(self, room: str, texts: Mapping[str, str]) -> None:
        self._texts[room] = dict(texts)

    def keep(self, paths: Iterable[PurePosixPath]) -> None:
        wanted = set(paths)
        self._records = {path: record for path, record in self._records.items() if path in wanted}


# Settings of the folder a command is called in, read without running ``pelicanconf.py``.

FILE = "pelicanconf.py"

_KEPT = tuple(
    f"OUTPUT_PATH PATH SITEURL STATIC_PATHS THEME THEME_TEMPLATES_OVERRIDES {TIMEZONE}".split()
)


def place_here() -> Place:
    region = literal_settings(Path.cwd()).get("PORTAIL_REGION", "")
    return Geography.load(over(brought("data"), Path("data")), str(region)).place


def literal_settings(folder: Path) -> Mapping[str, Any]:
    """The ``PORTAIL_*`` and Pelican’s paths that the settings file of ``folder`` writes out: it is
    parsed, never run. Raises ``ConfigError`` when it is not Python."""
    file = folder / FILE
    if not file.is_file():
        return {}
    try:
        tree = ast.parse(file.read_bytes(), filename=FILE)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        text = file.read_text(encoding="utf-8", errors="replace")
        reason = "ce n’est pas du Python valide"
        for start, _ in unmerged(text):
            line = text.count("\n", 0, start) + 1
            reason = UNMERGED
            break
        raise ConfigError(f"{FILE}, ligne {line} : {reason}.") from error
    except OSError as error:
        raise ConfigError(f"{FILE} ne peut pas être lu : {reason_of(error)}.") from error
    settings = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            name = target.id if isinstance(target, ast.Name) else ""
            if name.startswith("PORTAIL_") or name in _KEPT:
                with suppress(ValueError):
                    settings[name] = ast.literal_eval(node.value)
    return settings


def write_new(file: Path, text: str, otherwise: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises ``ConfigError``, with what to
    do ``otherwise`` when it is there."""
    with refusals(f"« {file} » ne peut pas être écrit"):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            stream = file.open("x", encoding="utf-8", newline="\n")
        except FileExistsError:
            raise ConfigError(f"« {file} » existe déjà : {otherwise}.") from None
        try:
            with stream:
                stream.write(text)
        except BaseException:
            with suppress(OSError):
                file.unlink()
            raise


# Group of the entry points ``default``, a callable ``(cache folder, salt) -> Store``, and
# ``lecture``, a ``Mapper`` for files that no store knows, ``jugement``, what judges a site that is
# built: ``(folder, Contents) -> diagnostics``.
STORES = "portail.stores"


class Contents(Struct, frozen=True):
    """The contents of a folder, once read."""

    content: Path
    config: SiteConfig
    day: Day
    result: Result
    run: Run

    def materials(self) -> tuple[Listing, Reading]:
        from portail.feature import reading_with
        from portail.model.vocabulary import Vocabularies
        from portail.source.loader import list_content

        data = tables_of(self.content)
        listing = list_content(self.content, self.config.statiques)
        geography = Geography.load(data, self.config.region)
        return listing, reading_with(used(self.config), Vocabularies.load(data), geography)


def content_folder(folder: str | None, command: str) -> Path:
    """The folder of the contents: ``folder``, else that of the settings. Raises ``ConfigError``."""
    settings = literal_settings(Path.cwd())
    content = Path(folder or str(settings.get("PATH") or "content")).resolve()
    if not content.is_dir():
        raise ConfigError(
            f"Le dossier « {folder or 'content'} » n’existe pas. Placez-vous dans le dossier du "
            f"portail, ou donnez celui des contenus : {command} --content DOSSIER"
        )
    return content


def tables_of(content: Path) -> Folder:
    return over(brought("data"), content.parent / "data")


def settings_of(folder: str | None, command: str) -> tuple[Path, SiteConfig, str | None]:
    """The folder of the contents (``folder``, else that of the settings), the settings, the day
    that they pin. Raises ``ConfigError``."""
    settings = literal_settings(Path.cwd())
    content = content_folder(folder, command)
    siteurl = os.environ.get("SITEURL") or str(settings.get("SITEURL") or "")
    bring_kinds(root_of(content))
    config = configured(
        settings,
        siteurl=siteurl.rstrip("/"),
        contenu=content.name,
        statiques=tuple(map(str, settings.get("STATIC_PATHS") or ())),
    )
    return content, config, settings.get("PORTAIL_DATE")


def read_contents(
    folder: str | None,
    date: str | None,
    command: str,
    *,
    plans: bool = True,
    drafts: bool = False,
    publishes: bool = False,
    before: Path | None = None,
    proposed: Path | None = None,
    examples: bool = True,
) -> Contents:
    """Contents of ``folder`` on ``date``, planned if ``plans``. Raises ``ConfigError``.

    With ``drafts``, as a preview reads them: drafts included, faulty files left out, no plan. What
    shows the site ``publishes`` it: see ``pipeline.run``. The contents of ``before`` were there
    before these were proposed; the files of ``proposed`` are read among them. Without
    ``examples``, none is.
    """
    started = perf_counter()
    content, config, pinned = settings_of(folder, command)
    config = replace(config, apercu=config.apercu or drafts, exemples=config.exemples and examples)
    day = build_day(date, os.environ, pinned, datetime.now(portal_zone()).date())
    data = tables_of(content)

    from portail.pipeline import run

    store = _store_of(content, data, config.region)
    result = run(
        content,
        data,
        config,
        day=day,
        store=store,
        mapper=file_mapper(),
        root=root_of(content),
        proposed=proposed,
        plans=plans and not drafts,
        publishes=publishes,
        before=_documents(before, content.name, config) if before else (),
    )
    subject = _subject(folder or content.name, day)
    seconds = perf_counter() - started
    about = Run(read=result.read, seconds=seconds, command=command, subject=subject)
    return Contents(content, config, day, result, about)


def _subject(folder: str, day: Day) -> str:
    return f"{folder.rstrip('/')}/  au {jour(day.date, semaine=False)}"


def file_mapper() -> Mapper:
    """What reads many files: over every processor, with a bar where somebody waits for it, when a
    package brings that."""
    from portail.pipeline import one_process

    return point("lecture") or one_process


def point(name: str) -> Any:
    """What a package brings by the ``name`` of an entry point of ``STORES``; ``None`` without."""
    return next((point.load() for point in entry_points(group=STORES, name=name)), None)


def _documents(folder: Path, name: str, config: SiteConfig) -> list[PurePosixPath]:
    # The contents of a folder, as if they were in the one that is called ``name``.
    from portail.source.loader import list_content

    listing = list_content(folder, config.statiques)
    return [PurePosixPath(name, *document.path.parts[1:]) for document in listing.documents]


def _store_of(content: Path, data: Folder, region: str) -> Store:
    factory = point("default")
    if factory is None:
        return MemoryStore()
    from portail.pipeline import domain_salt

    cache = Path(os.environ.get("PORTAIL_CACHE") or content.parent / ".cache")
    wishes = (os.environ.get(name, "").lower() for name in ("CI", "PORTAIL_VERIFIER"))
    verify = any(wish in ("1", "true", "oui") for wish in wishes)
    store: Store = factory(cache, domain_salt(data, region), verify=verify)
    return store
