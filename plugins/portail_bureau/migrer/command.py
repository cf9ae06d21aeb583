"""``portail migrer``: what the team has written follows the installed version, by the rows of
``MIGRATIONS`` alone; the tried libraries, of ``LIBRARIES`` and ``CONSTRAINTS``, which are ours, are
renewed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from portail.cli.arguments import Parser
from portail.cli.contents import content_folder
from portail.diagnostics import ConfigError
from portail.features.desk.init.skeleton import current_version, renewed
from portail.files import replace_files
from portail.installed import entry_points
from portail.machine import reason_of
from portail.resources import model_dir
from portail.settings import RECORD, read_record
from portail.source.document import is_fence
from portail.terminal.reporting import wants_colour
from portail.terminal.text import Style, counted, diff_rows, safe
from portail.terminal.voice import say
from portail.text.normalise import numbers_in

from .former import in_english
from .neighbours import listed_in, with_sources, without_neighbours

# The file of a repository that holds the libraries which this version was tried with: hashes too.
LIBRARIES = "bibliotheques.txt"
# The same without hashes, which ``installer.sh`` reads where version 0.1.0 wrote it.
CONSTRAINTS = "contraintes.txt"
_SOURCES = "sources.yml"

# Group of the entry points of what packages ask: a callable ``() -> iterator of (path, text, new
# text or ``None``, reason)``, none of a file that a row of ``MIGRATIONS`` changes.
GROUP = "portail.migrations"

# What a version asks of the files that teams have written: a row is added by the version that
# renames a key or a setting, whose former spelling is refused or advised against from then on.


class Migration(Struct, frozen=True):
    """One change of a kind of file."""

    # The first version that asks for it.
    version: str
    # Why, in a French sentence for those who see the change.
    raison: str
    # Which files, from the root of the instance: ``content/events/*.md``.
    fichiers: str
    # From a text to another; the same text when it is done already.
    change: Callable[[str], str]


_NEIGHBOURS = "les portails voisins sont des sources de sources.yml"

# In the order of their versions.
MIGRATIONS: tuple[Migration, ...] = (
    Migration("0.3.0", "les greffons s’écrivent avec des noms anglais", "*.py", in_english),
    Migration("0.3.0", _NEIGHBOURS, "pelicanconf.py", without_neighbours),
)


def numbers(version: str) -> tuple[int, ...]:
    """The three numbers of a version, to be compared. Raises ``ConfigError``.

    >>> numbers("1.2.10") > numbers("1.2.9")
    True
    """
    found = numbers_in(version)[:3]
    if len(found) < 3 or not version.startswith(".".join(found)):
        raise ConfigError(f"« {version} » n’est pas une version : écrivez trois nombres, 1.2.0.")
    return tuple(map(int, found))


def renamed_key(before: str, after: str) -> Callable[[str], str]:
    """The change of a key of front matters, its value as it is; a file that has both stays.

    >>> renamed_key("date", "debut")("---\\ndate: 2027-01-03\\n---\\ndate: texte\\n")
    '---\\ndebut: 2027-01-03\\n---\\ndate: texte\\n'
    """

    def change(text: str) -> str:
        first, *rows = text.split("\n")
        end = next((rank for rank, row in enumerate(rows) if is_fence(row)), None)
        keys = [row.partition(":")[0].rstrip(" \t") for row in rows[:end]]
        if end is None or not is_fence(first.removeprefix("\ufeff")) or after in keys:
            return text
        for rank, key in enumerate(keys):
            if key == before:
                rows[rank] = after + rows[rank].removeprefix(before)
        return "\n".join([first, *rows])

    return change


def migrated(
    path: PurePosixPath, text: str, rows: Iterable[Migration], since: str, until: str
) -> Iterator[tuple[Migration, str]]:
    """The rows that change a file, after ``since`` up to ``until``, with the text they leave."""
    for row in rows:
        if not numbers(since) < numbers(row.version) <= numbers(until):
            continue
        if path.match(row.fichiers) and (changed := row.change(text)) != text:
            text = changed
            yield row, text


def without_hashes(libraries: str) -> str:
    """The versions alone of a file of libraries, for ``pip install --constraint``.

    >>> without_hashes("# Dit.\\nlxml==6.1 ; a == 'b' \\\\\\n    --hash=sha256:0a\\nsix==1.17\\n")
    "lxml==6.1 ; a == 'b'\\nsix==1.17\\n"
    """
    rows = (row.rstrip("\\ \t") for row in libraries.split("\n"))
    return "".join(f"{row}\n" for row in rows if "==" in row and row[0].isalnum())


class Change(Struct, frozen=True):
    before: str
    # ``None``: the file goes.
    after: str | None
    reasons: tuple[str, ...]


def main(argv: list[str]) -> int:
    parser = Parser("migrer", "Montre ce que la version installée change dans ce dépôt.")
    parser.flag("--appliquer", "écrit ces changements, tous ou aucun")
    options = parser.parse_args(argv)
    root = Path.cwd()
    record = read_record(root)
    if record is None:
        raise ConfigError(
            f"« {RECORD} » n’est pas là : « portail migrer » s’utilise dans un dossier que "
            "« portail init » a écrit."
        )
    since = record.version
    version = current_version()
    if numbers(since) > numbers(version):
        raise ConfigError(
            f"Ce dépôt suit Portail {since}, la version installée est {version} : "
            "installez celle que dit requirements.txt."
        )
    changes = dict(_changes(root, since, version))
    style = Style(wants_colour(sys.stdout, os.environ))
    say("".join(f"{row}\n" for row in _shown(changes, style)), sys.stdout)
    if options.appliquer:
        _apply(root, changes, version)
    idle = since == version and not changes
    say(_concluded(len(changes), version, idle=idle, written=options.appliquer), sys.stdout)
    return 0


def _changes(root: Path, since: str, version: str) -> Iterator[tuple[str, Change]]:
    tried = _read(model_dir() / "commun" / LIBRARIES)
    for name, after in ((LIBRARIES, tried), (CONSTRAINTS, without_hashes(tried))):
        ours = root / name
        if since != version and ours.is_file() and (before := _read(ours)) != after:
            yield name, Change(before, after, (f"versions essayées avec Portail {version}",))
    for path in _written(root):
        before = _read(root / path)
        steps = [*migrated(PurePosixPath(path), before, MIGRATIONS, since, version)]
        if path == "pelicanconf.py" and (listed := listed_in(before)) and steps:
            sources = _read(root / _SOURCES) if (root / _SOURCES).is_file() else ""
            yield _SOURCES, Change(sources, with_sources(sources, listed), (_NEIGHBOURS,))
        if steps:
            reasons = tuple(f"{row.version} : {row.raison}" for row, _ in steps)
            yield path, Change(before, steps[-1][1], reasons)
    for entry in entry_points(group=GROUP):
        for path, before, after, reason in entry.load()():
            yield path, Change(before, after, (reason,))


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode().replace("\r\n", "\n")
    except (OSError, ValueError) as error:
        raise ConfigError(f"« {safe(str(file))} » ne peut pas être lu.") from error


def _written(root: Path) -> Iterator[str]:
    if (root / "pelicanconf.py").is_file():
        yield "pelicanconf.py"
    for folder in (content_folder(None, "portail migrer"), root / "data", root / "greffons"):
        for path in sorted(folder.rglob("*")) if root in folder.parents else ():
            if (
                path.is_file()
                and not path.is_symlink()
                and path.suffix in (".md", ".yml", ".csv", ".py")
            ):
                yield path.relative_to(root).as_posix()


def _shown(changes: dict[str, Change], style: Style) -> Iterator[str]:
    for path, change in changes.items():
        told = "  ".join(change.reasons)
        yield f"{style.paint('gras', safe(path))}  {style.paint('terne', safe(told))}"
        if change.after is None:
            yield "supprimé"
        else:
            yield from diff_rows(path, change.before.encode(), change.after.encode(), style)
        yield ""


def _concluded(changed: int, version: str, *, idle: bool, written: bool) -> str:
    if idle:
        return f"Rien à migrer : ce dépôt suit Portail {version}.\n"
    many = counted(changed, ("fichier", "fichiers"))
    if written:
        told = "à jour. Vérifiez : sh installer.sh, puis portail check"
    else:
        told = "à mettre à jour. Rien n’est écrit : portail migrer --appliquer"
    return f"Portail {version} : {many} {told}\n"


def _apply(root: Path, changes: dict[str, Change], version: str) -> None:
    record = renewed((root / RECORD).read_text(encoding="utf-8"), version)
    texts = {path: change.after for path, change in changes.items()} | {RECORD: record}
    try:
        replace_files(
            {root / path: None if text is None else text.encode() for path, text in texts.items()}
        )
    except OSError as error:
        path = safe(os.path.relpath(error.filename, root))
        raise ConfigError(f"Rien n’est changé : « {path} » : {reason_of(error)}.") from error
