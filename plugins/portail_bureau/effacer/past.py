"""What Git keeps of a person: every object of a repository, whatever leads to it, the names of its
branches and tags, what lies beside them; and the lines that take them out of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from json import dumps
from pathlib import Path
from shlex import join

from msgspec import Struct, field

from portail.diagnostics import DataError
from portail.files import SKIPPED, files_below
from portail.history import PARTIAL, SHALLOW, Object, objects_of, told_by_git

from .erasure import SOMEONE, Person, texts_of

# Bytes of a file above which it is not read.
MOST = 20_000_000
NAMED = "son nom la nomme"
# Folders of programs, which are left.
PROGRAMS = SKIPPED - {"output", "__pycache__"} | {".venv"}
_LIKELY = "peut-être : "
_SIGNED = re.compile(rb"^(?:author|committer|tagger) (.*>).*\n", re.MULTILINE)
_ENTRY = rb"[0-7]{5,6} ([^\0]+)\0[\0-\xff]{%d}"
_DIGEST = re.compile(rb"\bsha256:([0-9a-f]{64})\b")
_SORTS: Mapping[str, str] = {"commit": "commit", "tag": "étiquette"}


class Past(Struct):
    """What the history of a repository holds of a person."""

    # Where, and what is read there.
    places: list[tuple[str, str]] = field(default_factory=list)
    # Branches and tags that lead to some of it; whether none of them leads to the rest.
    refs: list[str] = field(default_factory=list)
    loose: bool = False
    # What was not read, and what to do for it to be.
    unread: list[str] = field(default_factory=list)
    # How many objects were read.
    objects: int = 0
    # What there is to take away: the name as it is written, authors, files that are no text, names
    # of files; branches and tags.
    spellings: set[str] = field(default_factory=set)
    authors: set[str] = field(default_factory=set)
    binaries: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)

    def said(self, data: bytes, person: Person) -> str:
        """What names the person in the bytes of a file, or may; ``""`` for nothing."""
        texts, _ = texts_of(data)
        for text in texts:
            self.spellings |= person.spellings(text)
            if quotes := person.quotes(text):
                return quotes[0]
        for text in texts:
            if quotes := person.quotes(text, likely=True):
                return f"{_LIKELY}{quotes[0]}"
        return ""


def vouched(texts: Iterable[bytes]) -> set[str]:
    """Digests by which lists of packages, as pip and uv write them, know a file: it is as those who
    publish it made it, and nobody here may rewrite it."""
    digests: set[str] = set()
    for text in texts:
        digests.update(digest.decode() for digest in _DIGEST.findall(text))
    return digests


def past_of(root: Path, person: Person) -> Past:
    """All that the repository of ``root``, and those below it, hold of a person; nothing where
    there is none."""
    past = Past()
    done = set()
    below = [path.parent for path in sorted(root.rglob(".git"))]
    ours = (folder for folder in below if PROGRAMS.isdisjoint(folder.relative_to(root).parts))
    for folder in dict.fromkeys((root, *ours)):
        place = told_by_git(folder, ["rev-parse", "--git-common-dir"]).strip()
        common = (folder / place).resolve()
        if place and common not in done:
            done.add(common)
            past.unread += _missing(folder, root)
            try:
                _look(folder, common, person, past)
            except DataError as error:
                past.unread.append(str(error))
        elif not place and (folder / ".git").exists():
            past.unread.append(f"Git ne répond pas dans « {folder.name} » : git status")
    return past


def _missing(folder: Path, root: Path) -> Iterator[str]:
    # What belongs to this repository, and is not here.
    if told_by_git(folder, ["rev-parse", "--is-shallow-repository"]).strip() == "true":
        yield " : ".join(SHALLOW)
    if told_by_git(folder, ["config", "--get-regexp", r"^remote\..*\.promisor$"]):
        yield " : ".join(PARTIAL)
    for row in told_by_git(folder, ["ls-files", "--stage"]).splitlines():
        path = row.partition("\t")[2]
        if row.startswith("160000") and not (folder / path / ".git").exists():
            yield f"le sous-module « {path} » n’est pas ici : git submodule update --init"
    here = root.resolve()
    for row in told_by_git(folder, ["worktree", "list", "--porcelain"]).splitlines():
        word, _, name = row.partition(" ")
        place = Path(name).resolve()
        if word == "worktree" and not (here.is_relative_to(place) or place.is_relative_to(here)):
            yield f"l’autre arbre de travail, « {name} » : lancez-y cette commande aussi"


class _Found(Struct):
    # Names of the objects that say something, by where and what.
    objects: defaultdict[tuple[str, str], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    # Names of files and folders.
    names: set[str] = field(default_factory=set)
    # Digests of the files that say something, and those of ``vouched``.
    digests: dict[str, str] = field(default_factory=dict)
    vouched: set[str] = field(default_factory=set)


def _look(folder: Path, common: Path, person: Person, past: Past) -> None:
    rows = told_by_git(folder, ["rev-list", "--objects", "--all", "--reflog"]).splitlines()
    paths = {name: path for name, _, path in (row.partition(" ") for row in rows)}
    found = _Found()
    for entry in objects_of(folder, MOST):
        past.objects += 1
        where = paths.get(entry.name) or "un fichier"
        if entry.data is None:
            past.unread.append(f"« {where} », {entry.name[:10]} : trop lourd pour être lu ici")
        else:
            _note(entry, entry.data, where, found, person=person, past=past)
    kept = set()
    for (where, said), hashes in sorted(found.objects.items()):
        ours = [name for name in hashes if found.digests.get(name) not in found.vouched]
        if ours:
            kept.update(ours)
            many = f", {len(ours)} fois" * (len(ours) > 1)
            past.places.append((f"{where} ({ours[0][:10]}{many})", said))
    past.binaries &= kept
    for name in sorted(name for name in found.names if person.lines(name)):
        past.places.append((name, NAMED))
        past.names |= person.spellings(name)
    for file in sorted(files_below(common, {"objects"})):
        if said := past.said(b"%b\n%b" % (file.name.encode(), file.read_bytes()), person):
            past.places.append((f"{common.name}/{file.relative_to(common).as_posix()}", said))
    _hold(folder, kept, person, past)


def _note(
    entry: Object, data: bytes, where: str, found: _Found, *, person: Person, past: Past
) -> None:
    if entry.kind == "tree":
        found.names.update(map(_plain, re.findall(_ENTRY % (len(entry.name) // 2), data)))
        return
    if entry.kind == "blob":
        found.vouched |= vouched([data])
    else:
        where = _SORTS[entry.kind]
        for who in {*map(_plain, _SIGNED.findall(data))}:
            if said := past.said(who.encode(), person):
                sure = not said.startswith(_LIKELY)
                name = f"{_LIKELY}{who}"
                if sure:
                    past.authors.add(who)
                    name = who
                found.objects[where, name].append(entry.name)
        head, _, message = _SIGNED.sub(b"", data).partition(b"\n\n")
        data = head
        if past.said(message, person):
            data = message
    if said := past.said(data, person) or texts_of(data)[1]:
        found.objects[where, said].append(entry.name)
        found.digests[entry.name] = sha256(data).hexdigest()
        if (b"\0" in data or data.startswith(b"%PDF")) and person.quotes(said):
            past.binaries.add(entry.name)


def _plain(data: bytes) -> str:
    with suppress(UnicodeDecodeError):
        return data.decode()
    return data.decode("cp1252", "replace")


def _hold(folder: Path, kept: set[str], person: Person, past: Past) -> None:
    # Which branches and tags lead to what was found, or are named so.
    left = {*kept}
    for ref in told_by_git(folder, ["for-each-ref", "--format=%(refname)"]).splitlines():
        rows = told_by_git(folder, ["rev-list", "--objects", ref]).splitlines()
        held = kept.intersection(row.partition(" ")[0] for row in rows)
        left -= held
        if person.lines(ref):
            past.places.append((ref, NAMED))
            past.called.add(ref)
        if held:
            past.refs.append(ref)
    past.loose |= bool(left)


def remedy(past: Past) -> Iterator[str]:
    """The lines by which whoever keeps the repository takes the person out of its history."""
    options = []
    yield "Pour l’en effacer : pip install git-filter-repo, prévenez l’équipe, puis tapez ici :"
    texts = "--replace-text ../noms.txt --replace-message ../noms.txt"
    for name, rows, option in (
        ("noms", map(_replaced, sorted(past.spellings, key=_longest)), texts),
        ("auteurs", map(_someone, sorted(past.authors)), "--mailmap ../auteurs.txt"),
        ("objets", sorted(past.binaries), "--strip-blobs-with-ids ../objets.txt"),
    ):
        if lines := [*rows]:
            yield from (f"cat > ../{name}.txt <<'FIN'", *lines, "FIN")
            options.append(option)
    if past.names:
        words = [
            f'.replace({dumps(name)}.encode(), b"une-personne")' for name in sorted(past.names)
        ]
        options.append(join(["--filename-callback", f"return filename{''.join(words)}"]))
    yield "origine=$(git remote get-url origin)"
    yield 'git clone --mirror "$origine" ../histoire && cd ../histoire'
    yield " ".join(["git filter-repo", *options])
    for rank, ref in enumerate(sorted(past.called), 1):
        _, sort, name = ref.split("/", 2)
        how = {"heads": ["branch", "-m", name, f"branche-{rank}"], "tags": ["tag", "-d", name]}
        if sort in how:
            yield join(["git", *how[sort]])
    yield 'git push --force --mirror "$origine"'
    yield "Chacun clone ensuite de nouveau, vous aussi : ce dossier-ci garde l’ancienne histoire."


def _longest(text: str) -> tuple[int, str]:
    return -len(text), text


def _replaced(text: str) -> str:
    # A line of ``--replace-text``. A name may go on from a line to the next.
    after = SOMEONE.lower() if " " in text else "une-personne"
    if "\n" in text:
        text = "regex:" + r"\s+".join(map(re.escape, text.split()))
    return f"{text}==>{after}"


def _someone(who: str) -> str:
    return f"{SOMEONE} <personne@example.org> {who}"
