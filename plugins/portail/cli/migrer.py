"""``portail migrer``: a repository that ``portail init`` wrote follows the installed version.

What the team wrote or changed is never overwritten, but by a row of ``MIGRATIONS``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from portail.cli import skeleton
from portail.cli.arguments import Parser
from portail.cli.contents import content_folder
from portail.cli.reporting import say, wants_colour
from portail.cli.terminal import Style, counted, diff_rows, safe
from portail.diagnostics import ConfigError
from portail.files import is_safe_relative, replace_files
from portail.machine import reason_of

# What a version asks of the files that teams have written: a row is added by the version that
# renames a key or a setting, whose former spelling is refused or advised against from then on.

_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:[-.a-z].*)?")
_FRONT = re.compile(r"\A(\ufeff?---[ \t]*\n)(.*?)(?=^---[ \t]*$)", re.DOTALL | re.MULTILINE)


class Migration(Struct, frozen=True):
    """One change of a kind of file."""

    version: str
    """The first version that asks for it."""
    raison: str
    """Why, in a French sentence for those who see the change."""
    fichiers: str
    """Which files, from the root of the instance: ``content/events/*.md``."""
    change: Callable[[str], str]
    """From a text to another; the same text when it is done already."""


MIGRATIONS: tuple[Migration, ...] = ()
"""In the order of their versions. No version has asked for one yet."""


def numbers(version: str) -> tuple[int, ...]:
    """The three numbers of a version, to be compared. Raises ``ConfigError``.

    >>> numbers("1.2.10") > numbers("1.2.9")
    True
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        raise ConfigError(f"« {version} » n’est pas une version : écrivez trois nombres, 1.2.0.")
    return tuple(map(int, found.groups()))


def renamed_key(before: str, after: str) -> Callable[[str], str]:
    """The change of a key of front matters, its value as it is; a file that has both stays.

    >>> renamed_key("date", "debut")("---\\ndate: 2027-01-03\\n---\\ndate: texte\\n")
    '---\\ndebut: 2027-01-03\\n---\\ndate: texte\\n'
    """
    former = re.compile(rf"^{re.escape(before)}(?=[ \t]*:)", re.MULTILINE)
    present = re.compile(rf"^{re.escape(after)}[ \t]*:", re.MULTILINE)

    def change(text: str) -> str:
        front = _FRONT.match(text)
        if front is None or present.search(front[2]):
            return text
        return front[1] + former.sub(after, front[2]) + text[front.end() :]

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


class Plan(Struct):
    """What a version changes in a repository."""

    record: skeleton.Record
    """What it will remember."""
    changes: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """Text before and after of each file to write, by its path; ``None``: it is not there."""
    reasons: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Former text (the team's when it is lost) and new one of files that the team made its own."""


def main(argv: list[str]) -> int:
    """Show what the installed version changes here, write it with ``--appliquer``; returns 0."""
    parser = Parser("migrer", "Montre ce que la version installée change dans ce dépôt.")
    parser.flag("--appliquer", "écrit ces changements, tous ou aucun")
    options = parser.parse_args(argv)
    root = Path.cwd()
    record = skeleton.read_record(root)
    plan = plan_of(root, record)
    style = Style(wants_colour(sys.stdout, os.environ))
    say("".join(f"{row}\n" for row in _shown(plan, style)), sys.stdout)
    if options.appliquer:
        _apply(root, plan)
    say(_concluded(plan, record, written=options.appliquer), sys.stdout)
    return 0


def plan_of(root: Path, record: skeleton.Record) -> Plan:
    """What the installed version changes in ``root``. Raises ``ConfigError`` if it is behind it."""
    version = skeleton.current_version()
    if numbers(record.version) > numbers(version):
        raise ConfigError(
            f"Ce dépôt suit Portail {record.version}, la version installée est {version} : "
            "installez celle que dit requirements.txt."
        )
    # A source that names the version, as a published file does, names the new one.
    source = record.reponses.source.replace(record.version, version)
    answers = replace(record.reponses, source=source)
    new = {
        path: text
        for path, text in skeleton.files_of(answers).items()
        if not path.startswith(skeleton.CONTENTS)
    }
    blobs = {path: skeleton.blob_of(text) for path, text in new.items()}
    plan = Plan(skeleton.Record(version, answers, blobs))
    for path in sorted(new.keys() | record.fichiers.keys()):
        if is_safe_relative(path):
            _compare(root, plan, path, record.fichiers.get(path), new.get(path))
    for path in _written(root):
        before = plan.changes.get(path, (None, None))[1] or _read(root / path) or ""
        for row, text in migrated(PurePosixPath(path), before, MIGRATIONS, record.version, version):
            first = plan.changes.get(path, (before, None))[0]
            plan.changes[path] = (first, text)
            plan.reasons.setdefault(path, []).append(f"{row.version} : {row.raison}")
    return plan


def _compare(root: Path, plan: Plan, path: str, kept: str | None, new: str | None) -> None:
    """Plan one file of the skeleton, whose text was ``kept`` when it was last written."""
    current = _read(root / path)
    if current == new or (current is None and kept):
        return  # as it should be, or removed by the team
    if current is None or skeleton.blob_of(current) == kept:
        plan.changes[path] = (current, new)
    elif new is not None and skeleton.blob_of(new) != kept:
        former = _former(root, kept) if kept else None
        plan.kept[path] = (current if former is None else former, new)


def _read(file: Path) -> str | None:
    """The text of a file, with the line ends of git; ``None`` when it is not there."""
    try:
        return file.read_bytes().decode().replace("\r\n", "\n")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise ConfigError(f"« {safe(str(file))} » ne peut pas être lu.") from error


def _former(root: Path, blob: str) -> str | None:
    """The text of which git knows the name, if the repository was committed with it."""
    git = shutil.which("git")
    if git is None or not blob.isalnum():
        return None
    command = [git, "-C", str(root), "cat-file", "blob", blob]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None


def _written(root: Path) -> Iterator[str]:
    """Files that rows of ``MIGRATIONS`` may change, in order."""
    if not MIGRATIONS:
        return
    yield "pelicanconf.py"
    for folder in (content_folder(None, "portail migrer"), root / "data"):
        for path in sorted(folder.rglob("*")) if root in folder.parents else ():
            if path.is_file() and not path.is_symlink() and path.suffix in (".md", ".yml", ".csv"):
                yield path.relative_to(root).as_posix()


def _shown(plan: Plan, style: Style) -> Iterator[str]:
    for path, (before, after) in plan.changes.items():
        what = "nouveau" if before is None else "retiré" if after is None else "mis à jour"
        told = "  ".join([what, *plan.reasons.get(path, ())])
        yield f"{style.paint('gras', safe(path))}  {style.paint('terne', safe(told))}"
        yield from diff_rows(path, (before or "").encode(), (after or "").encode(), style)
        yield ""
    for path, (before, after) in plan.kept.items():
        told = "à vous : reprenez-y ce qui vous sert, rien n’y est écrit"
        yield f"{style.paint('gras', safe(path))}  {style.paint('terne', told)}"
        yield from diff_rows(path, before.encode(), after.encode(), style)
        yield ""


def _concluded(plan: Plan, record: skeleton.Record, *, written: bool) -> str:
    version = plan.record.version
    if plan.record == record and not plan.changes:
        return f"Rien à migrer : ce dépôt suit Portail {version}.\n"
    many = counted(len(plan.changes), ("fichier", "fichiers"))
    own = counted(len(plan.kept), ("fichier changé par vous", "fichiers changés par vous"))
    if written:
        told = f"Portail {version} : {many} à jour, {own} à relire.\n"
        source = plan.record.reponses.source
        if source.startswith("./") and not Path(source).is_file():
            told += f"Déposez dans ce dépôt le fichier que requirements.txt nomme : {source}\n"
        return f"{told}Vérifiez : sh installer.sh, puis portail check\n"
    told = f"Portail {version} : {many} à mettre à jour, {own} à relire."
    return f"{told} Rien n’est écrit : portail migrer --appliquer\n"


def _apply(root: Path, plan: Plan) -> None:
    """Write the plan, then the record, or put everything back. Raises ``ConfigError``."""
    remembered = skeleton.record_text(plan.record)
    texts = {path: after for path, (_, after) in plan.changes.items()} | {
        skeleton.RECORD: remembered
    }
    try:
        replace_files(
            {root / path: None if text is None else text.encode() for path, text in texts.items()}
        )
    except OSError as error:
        path = safe(os.path.relpath(error.filename, root))
        raise ConfigError(f"Rien n’est changé : « {path} » : {reason_of(error)}.") from error
