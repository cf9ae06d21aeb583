"""``portail docs``: writes the documents that follow from the models, and in an instance the guides
of the installed version.

``--check`` writes nothing: it compares the documents that are committed, and the forms, with the
models.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, groupby
from pathlib import Path

from portail.cli.arguments import Parser
from portail.cli.contents import place_here
from portail.cli.explanations import page_of
from portail.codes import FAMILIES, all_codes
from portail.features import FEATURES
from portail.features.services.schemas.examples import example_page, examples
from portail.features.services.schemas.kind_schema import kind_schema, table_schema
from portail.files import atomic_write
from portail.late import found
from portail.model.entry import Groupe
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.resources import brought, docs_dir, folders_of, over
from portail.roles import FORMS, MENDS
from portail.source.genres import bring_kinds
from portail.terminal.text import refusals
from portail.text.place import PLACE, Place

from .editor_schema import editor_schema
from .fields_page import fields_page
from .genres_page import genres_page

# Folder below ``docs/`` of what is written on demand and not committed: the fields of each kind,
# whole example files, JSON Schemas, the pages of codes.
MADE = "champs"
# Folders of the guides that the package installs.
_GUIDES = ("contribuer", "redaction")
# What leads to a guide of another room or package: once written, rooms are side by side.
_BESIDE = re.compile(rb"\]\((?:\.\./)+(?:plugins/)?(?:portail_\w+/)?docs/")
_ENTRY = re.compile(rb"- \[[^\]]+\]\(\.\./([\w/-]+\.md)")
_BY_COMMAND = "*Page écrite par `portail docs` : c’est le modèle qu’il faut modifier, pas elle.*"


def main(argv: list[str]) -> int:
    parser = Parser(
        "docs", "Écrit les guides, les tables de champs, les schémas JSON et les exemples."
    )
    parser.flag("--check", "compare sans écrire ; 1 si l’un diffère")
    parser.add("--dossier", "DOSSIER", "où écrire (docs)", default="docs")
    options = parser.parse_args(argv)
    folder = Path(options.dossier)
    bring_kinds(Path.cwd())
    vocabularies = Vocabularies.load(over(brought("data"), Path("data")))
    texts = documents(vocabularies, place_here())
    pages = {name: text.encode() for name, text in texts.items()}
    if options.check:
        lines = [*_faults_of_forms(vocabularies), *_faults_of_documents(folder, pages)]
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        return int(bool(lines))
    pages = guides(folder) | pages
    stale = _stale(folder, pages)
    with refusals(f"« {folder} » ne peut pas être écrit"):
        for name in stale:
            if name in pages:
                atomic_write(folder / name, pages[name], durable=False)
            else:
                (folder / name).unlink()
    changed = "1 document change" if len(stale) == 1 else f"{len(stale)} documents changent"
    sys.stdout.write(f"{len(pages)} documents sous {folder}/ ; {changed}.\n")
    return 0


def _faults_of_forms(vocabularies: Vocabularies) -> Iterator[str]:
    if forms := found(FORMS.of(FEATURES)):
        yield from forms.faults(vocabularies)


def _faults_of_documents(folder: Path, pages: Mapping[str, bytes]) -> Iterator[str]:
    stale = [name for name in _stale(folder, pages) if not name.startswith(f"{MADE}/")]
    if stale:
        yield "Ces documents ne suivent plus les modèles :"
        yield from (f"  {folder / name}" for name in stale)
        yield "→ portail docs"


def _stale(folder: Path, pages: Mapping[str, bytes]) -> list[str]:
    # Names of the documents of ``folder`` that are absent, differ from ``pages``, or are no longer
    # among them.
    stale = [
        name
        for name, text in pages.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != text
    ]
    written = {
        path.relative_to(folder).as_posix() for path in (folder / MADE).rglob("*") if path.is_file()
    }
    return sorted({*stale, *(written - pages.keys())})


def guides(folder: Path) -> dict[str, bytes]:
    """The guides of the installed version, with those of its packages, by their path below
    ``folder``; none when ``folder`` is where they are installed."""
    if folder.resolve() == docs_dir():
        return {}
    pages = {}
    for layer in folders_of(brought("docs")):
        files = chain.from_iterable(sorted((layer / name).rglob("*")) for name in _GUIDES)
        for file in filter(Path.is_file, files):
            data = file.read_bytes()
            text = _BESIDE.sub(b"](../", data) if file.suffix == ".md" else data
            pages[file.relative_to(layer).as_posix()] = text
    for name in _GUIDES:
        index = f"{name}/README.md"
        lines = pages[index].splitlines(keepends=True)
        pages[index] = b"".join(line for line in lines if _is_led(line, pages))
    return pages


def _is_led(line: bytes, pages: Mapping[str, bytes]) -> bool:
    # Not an entry of an index whose guide went with its package.
    entry = _ENTRY.match(line)
    return entry is None or entry[1].decode() in pages


def documents(vocabularies: Vocabularies, place: Place = PLACE) -> dict[str, str]:
    """Text of every document that the models and the table of codes give, by its path below
    ``docs/``; its examples use the vocabularies and the place of a portal."""
    pages = {
        **{f"{MADE}/codes/{code}.md": page_of(code) for code in all_codes()},
        f"{MADE}/codes.md": "\n".join([*_codes_rows(), _BY_COMMAND, ""]),
        f"{MADE}/README.md": _fields_index(),
        f"{MADE}/genres.md": genres_page(),
    }
    for kind in Kind:
        schema = kind_schema(kind, vocabularies, place)
        text = json.dumps(editor_schema(schema), ensure_ascii=False)
        pages[f"{MADE}/schemas/{kind.value}.schema.json"] = f"{text}\n"
        page = fields_page(kind, schema, vocabularies, place)
        pages[f"{MADE}/{kind.value}.md"] = f"{page}\n{_BY_COMMAND}\n"
        pages[f"{MADE}/exemples/{kind.value}.md"] = example_page(kind, place)
    for name, model in _tables():
        table = table_schema(name, model(), vocabularies, place)
        text = json.dumps(editor_schema(table), ensure_ascii=False)
        pages[f"{MADE}/schemas/{Path(name).stem}.schema.json"] = f"{text}\n"
    return dict(sorted(pages.items()))


def _tables() -> Iterator[tuple[str, Callable[[], type[Groupe]]]]:
    # The data files beside the contents, each with what gives its model.
    for feature in FEATURES:
        yield from feature.tables.items()


def _codes_rows() -> Iterator[str]:
    yield from ("# Les messages, code par code", "")
    yield "Chaque message porte un code, et chaque code a sa page : ce qui ne va pas, ce qu’il faut"
    yield "écrire, et pourquoi. La lettre donne la gravité : **E** erreur (rien n’est publié tant"
    yield "qu’elle est là), **A** avertissement, **C** conseil. Au terminal :"
    yield "`portail check --expliquer E213`."
    yield ""
    mends = found(MENDS.of(FEATURES))
    repaired = mends.CODES if mends else ()
    if repaired:
        yield "« Corrigé » : `portail check --corriger` sait l’écrire à votre place, quand le"
        yield "fichier dit assez ce qui était voulu."
        yield ""
    # A code is its severity, then the digit of its family: E213.
    ordered = sorted(all_codes(), key=lambda code: (code[1], "EAC".index(code[0]), code))
    for family, codes in groupby(ordered, key=lambda code: code[1]):
        yield from (f"## {FAMILIES[family]}", "")
        for code in codes:
            mended = " (corrigé)" if code in repaired else ""
            yield f"- [{code}](codes/{code}.md) {all_codes()[code].titre}{mended}"
        yield ""


def _fields_index() -> str:
    rows = ["# Champs de chaque contenu", ""]
    rows += ["| dossier | contenu | champs | exemple | schéma |", "|---|---|---|---|---|"]
    for kind in Kind:
        folder = kind.value
        slug = examples()[kind].nom
        rows.append(
            f"| `content/{folder}/` | {kind.info.nom} | [champs]({folder}.md) "
            f"| [{slug}](exemples/{folder}.md) | [schéma](schemas/{folder}.schema.json) |"
        )
    rows += ["", "Pour en ajouter un : [décrire un genre](genres.md)."]
    rows += ["", "À côté de `content/` :", ""]
    rows += [
        f"- `{name}` : [schéma](schemas/{Path(name).stem}.schema.json)." for name, _ in _tables()
    ]
    return "\n".join([*rows, "", _BY_COMMAND, ""])
