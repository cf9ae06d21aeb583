"""``portail effacer``: every place that names a person, and the repository without them."""

from __future__ import annotations

import os
import re
import shutil
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from portail.cli.arguments import Parser
from portail.cli.check import materials
from portail.cli.contents import FILE, Contents, read_contents
from portail.cli.reporting import say, wants_colour
from portail.cli.terminal import Style, counted, diff_rows, safe
from portail.diagnostics import ConfigError, Severity
from portail.files import files_below, replace_files
from portail.machine import reason_of
from portail.model.kinds import Kind
from portail.model.scalars import Reading
from portail.repair.erasure import Erasure, erase_document, erase_text, renamed_path
from portail.source.document import Parts, parse_front_matter, split
from portail.source.envois import SKIPPED
from portail.source.loader import MEDIA_TYPES, SourceFile
from portail.text.normalise import slugify
from portail.text.persons import Mention, Person

_STRUCTURED = frozenset({".json", ".yml", ".yaml", ".csv", ".tsv"})
_SENTENCES = _STRUCTURED | {".md", ".txt"}
"""Files whose words may be replaced; others are code, or no text."""
_SHEETS = frozenset({".ods", ".odt", ".xlsx", ".docx"})
_BYTES = 20_000_000
_WORDS = re.compile(r"[^\W\d_](?:[\w ’-]{0,58}[^\W_])?")
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
_GUIDE = "le guide « Effacer une personne » du site, /contribuer/guides/effacement/"
_SHOWN = 90


class Plan(Struct):
    """What changes in a repository, and what is left to somebody."""

    changes: dict[str, tuple[str, bytes, bytes | None]] = field(default_factory=dict)
    """By path: where the file goes, its bytes, those to write (``None``: it is removed)."""
    left: list[tuple[str, int, int, str]] = field(default_factory=list)
    """Path, line, column and words of what nobody but a person can mend; 0: the whole file."""
    perhaps: list[tuple[str, int, int, str]] = field(default_factory=list)
    """The same of what may be somebody else."""
    spellings: set[str] = field(default_factory=set)
    """How the person is written, for the history of Git."""
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """What could not be removed of the cache."""


def _parser() -> Parser:
    parser = Parser("effacer", "Cherche une personne partout, et l’efface du dépôt.")
    parser.add("nom", "NOM", "« Prénom Nom » ; l’ordre, la casse, les accents sont vus")
    for name, value, what in (
        ("adresse", "MAIL", "une adresse de courriel à chercher aussi"),
        ("telephone", "NUMÉRO", "un numéro de téléphone à chercher aussi"),
        ("sauf", "CHEMIN", "un fichier ou un dossier à laisser tel quel"),
    ):
        many = f"{what} (plusieurs fois si besoin)"
        parser.add(f"--{name}", value, many, default=[], action="append")
    parser.add("--orcid", "ORCID", "son identifiant de chercheur", default="")
    said = "mots à écrire dans les phrases : « une personne ». Sans eux, elles sont montrées"
    parser.add("--remplacer", "MOTS", said, default="")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.flag("--appliquer", "écrit ces changements, tous ou aucun")
    return parser


def main(argv: list[str]) -> int:
    """Show what names a person; returns 1 when somebody must still rewrite something, else 0."""
    options = _parser().parse_args(argv)
    person = _person(options.nom, options.adresse, options.telephone, options.orcid)
    if options.remplacer and not _WORDS.fullmatch(options.remplacer):
        raise ConfigError("--remplacer attend quelques mots, sans ponctuation : « une personne ».")
    read = read_contents(options.content, None, "portail effacer", plans=False)
    if person.mentions(options.remplacer):
        raise ConfigError("--remplacer nomme la personne à effacer.")
    root = read.content.parent
    left = {(root / one).resolve() for one in options.sauf}
    plan = plan_of(read, person, options.remplacer, left)
    style = Style(wants_colour(sys.stdout, os.environ))
    say("".join(f"{row}\n" for row in _shown(plan, style)), sys.stdout)
    if options.appliquer and plan.changes:
        _apply(read, plan)
    say("".join(f"{row}\n" for row in _told(plan, written=options.appliquer)), sys.stdout)
    return 1 if plan.left or plan.kept else 0


def _person(name: str, mails: list[str], phones: list[str], orcid: str) -> Person:
    person = Person(name, tuple(mails), tuple(phones), orcid)
    if sum(map(len, person.words)) < 4:
        raise ConfigError(f"« {safe(name)} » est trop court : écrivez le prénom et le nom.")
    wrong = next((one for one in mails if not _MAIL.fullmatch(one)), None)
    if wrong is not None:
        raise ConfigError(f"« {safe(wrong)} » n’est pas une adresse de courriel.")
    wrong = next((one for one in phones if len(re.sub(r"\D", "", one)) < 9), None)
    if wrong is not None:
        raise ConfigError(f"« {safe(wrong)} » n’est pas un numéro de téléphone entier.")
    if orcid and len(re.sub(r"[^0-9Xx]", "", orcid)) != 16:
        raise ConfigError(f"« {safe(orcid)} » n’est pas un ORCID : il a seize chiffres.")
    return person


def plan_of(read: Contents, person: Person, words: str, left: set[Path]) -> Plan:
    """What would change in the repository of the contents ``read``, ``left`` aside."""
    listing, _, reading = materials(read)
    documents = {one.file.resolve(): one for one in listing.documents}
    authors = (one for one in listing.documents if one.kind is Kind.AUTEUR)
    pages = (one for one in authors if not _inside(one.file.resolve(), left))
    own = [one for one in pages if any(map(person.is_named, _names(one)))]
    known = (_said(one, "orcid").rpartition("/")[2] for one in own)
    person = replace(person, orcid=person.orcid or next(filter(None, known), ""))
    root, plan = read.content.parent, Plan()
    files = [one for one in _files(root, read.content) if not _inside(one, left)]
    gone = frozenset(f"{one.kind.value}/{one.slug}" for one in own)
    bundles = {one.file.parent if one.file.name == "index.md" else one.file for one in own}
    kept = [file for file in files if not _inside(file, bundles)]
    renamed = _renamed(kept, read.content, person, words)
    what = Erasure(person, words, gone, renamed, read.config.siteurl)
    for file in files:
        _look(plan, root, file, what, documents.get(file), reading, _inside(file, bundles))
    return plan


def _inside(file: Path, folders: set[Path]) -> bool:
    return file in folders or not folders.isdisjoint(file.parents)


def _names(one: SourceFile) -> tuple[str, str]:
    return one.slug.replace("-", " "), _said(one, "titre")


def _said(one: SourceFile, key: str) -> str:
    """The text of a field, at the root of a content; empty when it cannot be read."""
    with suppress(OSError, UnicodeDecodeError):
        text = one.file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        parts = split(text, one.path)
        if isinstance(parts, Parts):
            root = parse_front_matter(parts.front, one.path, parts.front_line)[0]
            node = root.value.get(key) if root and isinstance(root.value, dict) else None
            return node.value if node and isinstance(node.value, str) else ""
    return ""


def _files(root: Path, content: Path) -> list[Path]:
    """Files of the repository, else the contents; raises ``OSError`` if one cannot be listed."""
    project = any((root / name).exists() for name in (FILE, ".git"))
    folder = root if project else content
    built = {one.name for one in folder.iterdir() if one.name.startswith(".output.")}
    found = files_below(folder, SKIPPED | built | {".git", ".cache", ".venv"})
    return sorted(one for one in found if not one.is_symlink())


def _renamed(files: list[Path], content: Path, person: Person, words: str) -> dict[str, str]:
    """Names of contents and medias that name the person → those that they take, which are free."""
    steps = {
        step.removesuffix(".md")
        for file in files
        if content in file.parents
        for step in file.relative_to(content).parts
    }
    renamed: dict[str, str] = {}
    for one in sorted(steps):
        sure = [mention for mention in person.mentions(one) if mention.sure]
        if not sure:
            continue
        base = one
        for mention in reversed(sure):
            stand = slugify(words) or "une-personne"
            base = base[: mention.start] + stand + base[mention.end :]
        (stem, point, suffix), new, rank = base.partition("."), base, 2
        while new in steps or new in renamed.values():
            new, rank = f"{stem}-{rank}{point}{suffix}", rank + 1
        renamed[one] = new
    return renamed


def _look(
    plan: Plan,
    root: Path,
    file: Path,
    what: Erasure,
    document: SourceFile | None,
    reading: Reading,
    own: bool,
) -> None:
    path = file.relative_to(root).as_posix()
    data = _read(plan, file, path, named=renamed_path(path, what) != path)
    if data is None:
        return
    suffix, place = file.suffix.lower(), renamed_path(path, what)
    text = _text(data, suffix)
    if own:
        plan.changes[path] = (path, data, None)
        plan.removed.append(path)
        plan.spellings |= _spelt(text or "", what.person)
        return
    if text is None:
        if place != path:
            plan.changes[path] = (place, data, data)
        if _in_bytes(data, suffix, what.person):
            why = "la nomme : remplacez-le par une copie qui ne le fait pas"
            plan.left.append((place, 0, 0, why))
        return
    after = text
    if document is not None:
        after = erase_document(text, document, reading, what)
    elif suffix in _SENTENCES:
        after = erase_text(text, what, structured=suffix in _STRUCTURED)
    if after != text or place != path:
        emptied = path.endswith("retraits.yml") and "- " not in after
        plan.changes[path] = (place, data, None if emptied else after.encode())
    _count(plan, place, text, after, what.person)


def _read(plan: Plan, file: Path, path: str, *, named: bool) -> bytes | None:
    """The bytes of a file; one that is left as it is told, and whether its path has ``named``."""
    try:
        if file.stat().st_size <= _BYTES:
            return file.read_bytes()
        into = plan.left if named else plan.perhaps
        into.append((path, 0, 0, "trop lourd pour être lu ici"))
    except OSError:
        plan.left.append((path, 0, 0, "ne se lit pas"))
    return None


def _text(data: bytes, suffix: str) -> str | None:
    if suffix not in MEDIA_TYPES - {".csv"} | _SHEETS:
        with suppress(UnicodeDecodeError):
            return data.decode()
    return None


def _spelt(text: str, person: Person) -> set[str]:
    return {text[one.start : one.end] for one in person.mentions(text) if one.sure}


def _count(plan: Plan, path: str, before: str, after: str, person: Person) -> None:
    """Note how the person was written in a text, and where it still names them."""
    said = _spelt(before, person)
    plan.spellings |= said
    for one in person.mentions(after, known=bool(said)):
        line = after.count("\n", 0, one.start) + 1
        column = one.start - after.rfind("\n", 0, one.start)
        into = plan.left if one.sure else plan.perhaps
        into.append((path, line, column, _quoted(after, one)))


def _quoted(text: str, one: Mention) -> str:
    room = max(0, _SHOWN - (one.end - one.start)) // 2
    start, end = max(0, one.start - room), min(len(text), one.end + room)
    return " ".join(text[start:end].split())


def _in_bytes(data: bytes, suffix: str, person: Person) -> bool:
    """Whether words in the bytes of a file that is no text, or in its cells, name the person."""
    readings = [data.decode("utf-8", "ignore"), data.decode("latin-1")]
    readings += [data[at:].decode("utf-16-be", "ignore") for at in (0, 1)]
    if suffix in _SHEETS:
        broken = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError)
        with suppress(*broken), zipfile.ZipFile(BytesIO(data)) as archive:
            names = [one for one in archive.namelist() if one.endswith(".xml")]
            parts = [archive.open(one).read(_BYTES) for one in names]
            readings += [re.sub(r"<[^<>]*>", "\n", one.decode("utf-8", "replace")) for one in parts]
    words = [one for text in readings for one in re.findall(r"[^\x00-\x1f]{4,}", text)]
    return any(one.sure for one in person.mentions("\n\n\n\n\n\n\n".join(words)))


def _shown(plan: Plan, style: Style) -> Iterator[str]:
    for path, (place, before, after) in plan.changes.items():
        what = f"devient {safe(place)}" if place != path else "changé"
        what = "retiré" if after is None else what
        yield f"{style.paint('gras', safe(path))}  {style.paint('terne', what)}"
        if after is not None and b"\0" not in before:
            yield from diff_rows(path, before, after, style)
        yield ""
    for title, rows in (
        ("À récrire vous-même", plan.left),
        ("À regarder : c’est peut-être quelqu’un d’autre", plan.perhaps),
    ):
        if rows:
            yield style.paint("gras", title)
            for path, line, column, said in rows:
                where = f"{path}:{line}:{column}" if line else path
                yield f"  {safe(where)}  {safe(said)}"
            yield ""


def _told(plan: Plan, *, written: bool) -> Iterator[str]:
    many = counted(len(plan.changes), ("fichier", "fichiers"))
    left = counted(len(plan.left), ("endroit à récrire", "endroits à récrire"))
    if not (plan.changes or plan.left or plan.perhaps):
        yield "Rien ne nomme cette personne dans ce dépôt."
    elif written:
        yield f"{many} à jour, {left}. Construisez le site, puis publiez."
    else:
        yield f"{many} à changer, {left}. Rien n’est écrit : ajoutez --appliquer."
    if plan.kept:
        kept = ", ".join(map(safe, plan.kept))
        yield f"À supprimer vous-même, la personne y est nommée : {kept}."
    if plan.spellings or plan.removed:
        yield f"Ce que cette commande ne peut pas effacer : {_GUIDE}."
        yield "Pour l’histoire du dépôt, une ligne par écriture dans un fichier que lit"
        yield "git filter-repo --replace-text :"
        spellings = filter(str.strip, sorted(plan.spellings))
        yield from (f"  {safe(one)}==>une personne" for one in spellings)
        yield from (f"  --invert-paths --path {safe(one)}" for one in plan.removed)


def _apply(read: Contents, plan: Plan) -> None:
    """Write the plan, empty the cache; undo it if an error is born. Raises ``ConfigError``."""
    root = read.content.parent
    files = {root / path: after for path, (_, _, after) in plan.changes.items()}
    places = ((path, place) for path, (place, _, _) in plan.changes.items() if place != path)
    moved = {root / path: root / place for path, place in places}
    try:
        before = replace_files(files, moved)
    except OSError as error:
        path = safe(os.path.relpath(error.filename, root))
        raise ConfigError(f"Rien n’est changé : « {path} » : {reason_of(error)}.") from error
    again = read_contents(str(read.content), None, "portail effacer", plans=False)
    new = _errors(again) - _errors(read)
    if new:
        replace_files(before)
        first = next(one for one in again.result.report if one.code in new)
        where = f"{first.position.path}:{first.position.line}"
        raise ConfigError(f"Rien n’est changé, car une erreur naîtrait. {where} : {first.message}")
    for folder in sorted({file.parent for file in files}, reverse=True):
        with suppress(OSError):
            folder.rmdir()  # one that is not empty stays
    cache = Path(os.environ.get("PORTAIL_CACHE") or root / ".cache")
    plan.kept += [os.path.relpath(one, root) for one in _forget(cache)]


def _errors(read: Contents) -> Counter[str]:
    report = read.result.report
    return Counter(one.code for one in report if one.severity is Severity.ERREUR)


def _forget(cache: Path) -> Iterator[Path]:
    """Empty the cache, whose store holds every text, but for the tools; gives what stays."""
    for one in cache.iterdir() if cache.is_dir() else ():
        if one.name == "outils" or one.is_symlink():
            continue
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)  # all but what is refused
        else:
            with suppress(OSError):
                one.unlink()
        if one.exists():
            yield one
