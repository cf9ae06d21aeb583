"""``portail effacer``: a person taken out of the fields that name them; what still does is shown,
with file and line, in what builds keep and in the history too."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

from portail.cli.arguments import Parser
from portail.cli.contents import FILE, Contents, literal_settings, read_contents
from portail.diagnostics import ConfigError, Severity
from portail.files import NEXT, files_below, replace_files
from portail.machine import reason_of
from portail.memory import FILE as MEMORY
from portail.memory import Memory
from portail.model.kinds import PEOPLE
from portail.model.scalars import Reading
from portail.site.assemble import shown_medias
from portail.site.draft import read_document
from portail.source.document import Parts, parse_front_matter, split
from portail.source.loader import Listing, SourceFile
from portail.terminal.readable import say, wants_colour
from portail.terminal.text import Style, counted, diff_rows, refusals, safe
from portail_publication.manifest import date_of

from .erasure import Person, erase, texts_of
from .past import MOST, NAMED, PROGRAMS, Past, past_of, remedy, vouched

_GUIDE = "le guide « Effacer une personne » de Portail, docs/redaction/effacement.md"
# Folders that are looked into in another way, or hold nothing of anybody.
_OTHERWISE = {"output", "__pycache__", ".git", ".cache"}
# Lists of packages.
_PACKAGES = ("requirements*.txt", "*.lock")
# Characters of a line that is quoted.
_SHOWN = 90


class Plan(Struct):
    """What changes in a repository, and what somebody must do by hand."""

    # By path: its bytes, those to write (``None``: it is removed).
    changes: dict[str, tuple[bytes, bytes | None]] = field(default_factory=dict)
    # Path, or path and line, and words of what nobody but a person can mend.
    left: list[tuple[str, str]] = field(default_factory=list)
    # The same of what may be somebody else.
    likely: list[tuple[str, str]] = field(default_factory=list)
    # The same of files of the site that was built here.
    site: list[tuple[str, str]] = field(default_factory=list)
    # How many files that site has; 0 when something changed since it was built.
    proved: int = 0
    # What builds and checks keep of what they read, which names the person too.
    caches: list[str] = field(default_factory=list)
    past: Past = field(default_factory=Past)
    # How many files were looked at, and those that were not.
    files: int = 0
    unseen: list[str] = field(default_factory=list)


def main(argv: list[str]) -> int:
    """Show what names a person, and what would change; write it with ``--appliquer``. Returns 0
    when nothing does, as a site built since the last change proves, 1 when something does or may,
    2 when nothing could be done."""
    parser = Parser("effacer", "Cherche une personne partout, et l’ôte des champs qui la nomment.")
    parser.add("nom", "NOM", "« Prénom Nom » ; l’ordre, la casse, les accents sont vus")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.flag("--appliquer", "écrit ces changements, tous ou aucun")
    options = parser.parse_args(argv)
    person = Person(options.nom)
    if sum(map(len, person.words)) < 4:
        raise ConfigError(f"« {safe(options.nom)} » est trop court : écrivez le prénom et le nom.")
    read = read_contents(options.content, None, "portail effacer", plans=False)
    plan = plan_of(read, person)
    style = Style(wants_colour(sys.stdout, os.environ))
    say("".join(f"{row}\n" for row in _shown(plan, style)), sys.stdout)
    if options.appliquer:
        if plan.changes:
            _apply(read, plan)
            plan.proved = 0
        # Reading the contents has filled them, before and after.
        plan.caches = _emptied(read.content.parent, _caches(read.content.parent, person))
    say("".join(f"{row}\n" for row in _report_lines(plan, written=options.appliquer)), sys.stdout)
    if _is_proved(plan, written=options.appliquer):
        return 0
    return 1


def _is_proved(plan: Plan, *, written: bool) -> bool:
    named = (plan.changes, plan.left, plan.likely, plan.site, plan.caches and not written)
    return bool(plan.proved) and not any((*named, plan.past.places, plan.past.unread))


def plan_of(read: Contents, person: Person) -> Plan:
    """What would change in the repository of the contents ``read``."""
    listing, reading = read.materials()
    documents = {document.file.resolve(): document for document in listing.documents}
    own = [document for document in listing.documents if _is_own(document, person)]
    bundles = {
        document.file.parent if document.file.name == "index.md" else document.file
        for document in own
    }
    pictures = _shown_by(own, listing, reading)
    person = Person(person.name, frozenset(document.slug for document in own))
    root = read.content.parent
    plan = Plan(caches=_names(root, _caches(root, person)), past=past_of(root, person))
    output = (root / str(literal_settings(root).get("OUTPUT_PATH") or "output")).resolve()
    shared: set[Path] = set()
    files = _files(root, read.content, output, plan)
    known = vouched(file.read_bytes() for file in files if any(map(file.match, _PACKAGES)))
    for file in files:
        path = file.relative_to(root).as_posix()
        data = _read(plan, file, path)
        if data is None:
            continue
        if known and sha256(data).hexdigest() in known:
            plan.unseen.append(path)
            continue
        plan.files += 1
        if file in pictures or file in bundles or not bundles.isdisjoint(file.parents):
            plan.changes[path] = (data, None)
            continue
        if person.lines(path):
            plan.left.append((path, NAMED))
        text = _text(data)
        shared |= {picture for picture in pictures - shared if picture.name in text}
        after = erase(text, documents[file], reading, person) if file in documents else text
        if after != text:
            plan.changes[path] = (data, after.encode())
        if not _note_lines(plan, path, after, person):
            texts, why = texts_of(after.encode() if after else data)
            if reason := _reason(texts, why, person):
                plan.left.append((path, reason))
    for path in sorted(picture.relative_to(root).as_posix() for picture in shared):
        if plan.changes.pop(path, None):
            plan.left.append((path, "est avec sa fiche, et un autre fichier nomme une telle image"))
    built = _prove(plan, output, person)
    plan.proved = built if _stamp(output) > max(map(_changed, files), default=0) else 0
    return plan


def _note_lines(plan: Plan, path: str, text: str, person: Person) -> bool:
    # Note the lines of a text that name the person, and those that may; whether one does.
    rows = text.split("\n")
    sure = person.lines(text)
    likely = [line for line in person.lines(text, likely=True) if line not in sure]
    for places, lines in ((plan.left, sure), (plan.likely, likely)):
        places += [(f"{path}:{line}", rows[line - 1].strip()[:_SHOWN]) for line in lines]
    return bool(sure)


def _text(data: bytes) -> str:
    with suppress(UnicodeDecodeError):
        if data.startswith(b"%PDF"):
            return ""
        return data.decode()
    return ""


def _reason(texts: Iterable[str], why: str, person: Person) -> str:
    # What is said of a file that says the name somewhere, or that cannot be read whole.
    quotes = chain.from_iterable(map(person.quotes, texts))
    return next((f"se lit : {quote}" for quote in quotes), why)


def _prove(plan: Plan, output: Path, person: Person) -> int:
    # Look for the person in each file of the site that was built, by its name too; how many.
    files = sorted(files_below(output)) if output.is_dir() else []
    for folder in _beside(output.parent) if files else []:
        if _holds(folder / MEMORY, person):
            plan.site.append((f"{folder.name}/{MEMORY}", "la nomme"))
    for file in files:
        path = f"{output.name}/{file.relative_to(output).as_posix()}"
        texts, why = texts_of(file.read_bytes())
        if reason := _reason([path, *texts], why, person):
            plan.site.append((path, reason))
    return len(files)


def _stamp(output: Path) -> int:
    # When what the site at ``output`` is made of was read, as its manifest says; 0 without one.
    root = output.parent
    folders = (*_beside(root), *_cache(root).glob("publication-*"))
    return max((date_of(Memory(folder / MEMORY), output) for folder in folders), default=0)


def _changed(file: Path) -> int:
    # A file of before that was brought, or renamed, is a change.
    with suppress(OSError):
        status = file.lstat()
        return max(status.st_mtime_ns, status.st_ctime_ns)
    return sys.maxsize


def _shown_by(documents: Iterable[SourceFile], listing: Listing, reading: Reading) -> set[Path]:
    # Pictures and documents that the pages of the person show, or lead to, wherever they are.
    medias = {media.path: media.file.resolve() for media in listing.medias}
    shown = set[Path]()
    for document in documents:
        with suppress(OSError):
            loaded, _ = read_document(document.file.read_bytes(), document, reading)
            shown |= {medias[path] for path in shown_medias(loaded, medias).values()}
    return shown


def _is_own(source: SourceFile, person: Person) -> bool:
    if source.kind not in PEOPLE:
        return False
    return person.is_named(source.slug) or person.is_named(_title(source))


def _title(source: SourceFile) -> str:
    with suppress(OSError, UnicodeDecodeError):
        text = source.file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        parts = split(text, source.path)
        if isinstance(parts, Parts):
            root = parse_front_matter(parts.front, source.path, parts.front_line)[0]
            node = None
            if root and isinstance(root.value, dict):
                node = root.value.get("titre")
            if node and isinstance(node.value, str):
                return node.value
            return ""
    return ""


def _files(root: Path, content: Path, output: Path, plan: Plan) -> list[Path]:
    # Files of the repository, resolved, in order; of a folder that is none, the contents alone.
    # What a build or an installation writes is left aside. Raises ``OSError``: what a folder that
    # cannot be listed holds would still name the person.
    project = any((root / name).exists() for name in (FILE, ".git"))
    folder = root if project else content
    beside = _beside(folder)
    built = {output, *beside, *(path.with_name(path.name[1 : -len(NEXT)]) for path in beside)}
    files = []
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_dir():
            files.append(path)
        elif path.name in PROGRAMS:
            plan.unseen.append(f"{path.name}/")
        elif path not in built and path.name not in _OTHERWISE:
            files += sorted(files_below(path, {"__pycache__", ".git"}))
    return files


def _beside(root: Path) -> list[Path]:
    # Folders that builds keep beside each site that they made in ``root``, whatever its name.
    return [path for path in root.glob(f".*{NEXT}") if path.is_dir()]


def _read(plan: Plan, file: Path, path: str) -> bytes | None:
    # The bytes of a file; ``None`` for one that is too large or unreadable: somebody must look.
    try:
        if file.is_symlink():
            return os.fsencode(file.readlink())
        if file.stat().st_size <= MOST:
            return file.read_bytes()
        plan.left.append((path, "trop lourd pour être lu ici"))
    except OSError:
        plan.left.append((path, "ne se lit pas"))
    return None


def _shown(plan: Plan, style: Style) -> Iterator[str]:
    for path, (before, after) in plan.changes.items():
        change = "retiré" if after is None else "changé"
        yield f"{style.paint('gras', safe(path))}  {style.paint('terne', change)}"
        if after is not None:
            yield from diff_rows(path, before, after, style)
        yield ""
    for title, places in (
        ("À récrire vous-même", plan.left),
        ("Peut-être une autre personne : à vous de voir", plan.likely),
        # Before what it is made of is mended, the whole site would hide the rest.
        ("Dans le site construit ici", [] if plan.changes or plan.left else plan.site),
        ("Dans l’histoire de Git", plan.past.places),
    ):
        if places:
            yield style.paint("gras", title)
            yield from (f"  {safe(where)}  {safe(reason)}" for where, reason in places)
            yield ""


def _report_lines(plan: Plan, *, written: bool) -> Iterator[str]:
    changes = counted(len(plan.changes), ("fichier", "fichiers"))
    summary = counted(len(plan.left), ("endroit à récrire", "endroits à récrire"))
    summary += f", {len(plan.likely)} à voir" * bool(plan.likely)
    caches = counted(len(plan.caches), ("cache", "caches"))
    if _is_proved(plan, written=written):
        yield "Rien ne nomme cette personne dans ce dépôt."
    elif written:
        yield f"{changes} à jour, {summary}, {caches} à vider."
    else:
        again = " Rien n’est écrit : ajoutez --appliquer." * bool(plan.changes or plan.caches)
        yield f"{changes} à changer, {summary}, {caches} à vider.{again}"
    if plan.caches:
        state = "Caches vidés" if written else "Des caches la nomment encore, que --appliquer vide"
        yield f"{state} : {safe(', '.join(plan.caches))}."
    if plan.site:
        named = counted(len(plan.site), ("fichier", "fichiers"))
        yield f"Le site construit ici la nomme encore, ou ne se lit pas, dans {named}."
    elif plan.proved:
        yield f"Le site construit ici ne la nomme pas : {plan.proved} fichiers regardés."
    else:
        yield (
            "Aucun site n’est construit ici depuis le dernier changement : construisez-le "
            "(portail build --clean), puis relancez, pour le prouver."
        )
    done = written and (plan.changes or plan.caches)
    if written and plan.left:
        yield "Récrivez-les, construisez sans rien garder (portail build --clean), puis publiez."
    elif done:
        yield "Il reste à construire sans rien garder (portail build --clean), puis à publier."
    yield from _past_lines(plan)
    yield f"Ce que cette commande ne voit pas, ou ne peut pas effacer : {_GUIDE}."


def _past_lines(plan: Plan) -> Iterator[str]:
    past = plan.past
    seen = f"{counted(plan.files, ('fichier', 'fichiers'))} du dépôt"
    if past.objects:
        seen += f" et {counted(past.objects, ('objet', 'objets'))} de Git"
    unseen = f" ; laissés : {safe(', '.join(plan.unseen))}" * bool(plan.unseen)
    yield f"Regardés : {seen}{unseen}."
    for reason in past.unread:
        yield f"Histoire incomplète : {safe(reason)}."
    if past.places:
        held = [ref.removeprefix("refs/").removeprefix("heads/") for ref in past.refs]
        held += ["ce qui n’est dans aucune branche (git reflog, restes)"] * past.loose
        yield f"L’histoire de Git la nomme encore, ou le peut : {safe(', '.join(held)) or '.git'}."
        yield from remedy(past)


# What builds and checks keep: nothing of it is needed, all is made again.

# What stands beside the output and says what is published: renewed by each build.
_KEPT = frozenset({MEMORY, "verrou"})
_CHUNK = 1 << 24
_BASE = b"SQLite format 3\0"


def _cache(root: Path) -> Path:
    return Path(os.environ.get("PORTAIL_CACHE") or root / ".cache")


def _caches(root: Path, person: Person) -> list[Path]:
    # Entries of ``.cache/``, and of folders beside the output, that name the person somewhere.
    cache = _cache(root)
    entries = [*cache.iterdir()] if cache.is_dir() else []
    for folder in _beside(root):
        entries += [path for path in folder.iterdir() if path.name not in _KEPT]
    return [path for path in sorted(entries) if any(_holds(file, person) for file in _below(path))]


def _below(path: Path) -> Iterator[Path]:
    if path.is_symlink() or not path.is_dir():
        yield path
    else:
        yield from files_below(path)


def _holds(file: Path, person: Person) -> bool:
    # Whether a file of any type names the person; one that is gone meanwhile does not.
    if person.lines(file.name):
        return True
    with suppress(FileNotFoundError):
        return any(_reason(texts_of(data)[0], "", person) for data in _pieces(file))
    return False


def _pieces(file: Path) -> Iterator[bytes]:
    # The bytes of a file by and by, after the values of each row if it is a memory.
    with file.open("rb") as stream:
        if stream.read(len(_BASE)) == _BASE:
            yield from _rows(file)
        stream.seek(0)
        tail = b""
        while data := stream.read(_CHUNK):
            yield tail + data
            tail = data[-_SHOWN * 4 :]


def _rows(file: Path) -> Iterator[bytes]:
    address = f"{file.resolve().as_uri()}?mode=ro"
    with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as base:
        base.text_factory = bytes
        tables = base.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        for (table,) in tables:
            for row in base.execute(f'SELECT * FROM "{table.decode()}"'):  # noqa: S608
                yield from (value for value in row if isinstance(value, bytes))


def _emptied(root: Path, paths: Iterable[Path]) -> list[str]:
    removed = [*paths]
    names = _names(root, removed)
    for path in removed:
        with refusals(f"« {safe(path.name)} » ne peut pas être ôté"):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    return names


def _names(root: Path, paths: Iterable[Path]) -> list[str]:
    return [os.path.relpath(path, root) + "/" * path.is_dir() for path in paths]


def _apply(read: Contents, plan: Plan) -> None:
    # Write the plan, read the contents again, and put everything back if they have an error that
    # they had not. Raises ``ConfigError``.
    root = read.content.parent
    files = {root / path: after for path, (_, after) in plan.changes.items()}
    try:
        before = replace_files(files)
    except OSError as error:
        path = safe(os.path.relpath(error.filename, root))
        raise ConfigError(f"Rien n’est changé : « {path} » : {reason_of(error)}.") from error
    again = read_contents(str(read.content), None, "portail effacer", plans=False)
    new = _errors(again) - _errors(read)
    if new:
        replace_files(before)
        first = next(fault for fault in again.result.report if fault.code in new)
        where = f"{first.position.path}:{first.position.line}"
        raise ConfigError(f"Rien n’est changé, car une erreur naîtrait. {where} : {first.message}")
    for folder in sorted({file.parent for file in files}, reverse=True):
        with suppress(OSError):
            folder.rmdir()  # one that is not empty stays


def _errors(read: Contents) -> Counter[str]:
    report = read.result.report
    return Counter(fault.code for fault in report if fault.severity is Severity.ERREUR)
