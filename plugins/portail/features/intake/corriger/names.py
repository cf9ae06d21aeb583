"""Repairs of the names of files: other extensions of Markdown, addresses that only a day told
apart; the address that a text of Pelican had."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from portail.diagnostics import Diagnostic
from portail.features.intake.corriger.sheet import Sheet, set_field
from portail.features.intake.entetes.pelican import MARKDOWN, extent
from portail.features.intake.entetes.slugs import pelican_slug
from portail.model.kinds import BY_FOLDER, Kind
from portail.source.loader import SourceFile
from portail.text.normalise import SLUG_LENGTH, is_slug, slug_of_filename

EXTENSION = "E112"
ADDRESS = "E501"
_FORMER = "anciennes_urls"


class Renaming(Struct, frozen=True):
    """A file, or the folder of a text, that is to be called otherwise; ``code`` says why."""

    path: PurePosixPath
    name: str
    code: str

    @property
    def after(self) -> PurePosixPath:
        """Where it is to be."""
        return self.path.with_name(self.name)


def extensions(report: Iterable[Diagnostic]) -> Iterator[Renaming]:
    """Texts of contents whose extension is another one of Markdown (``.markdown``), or that an
    editor has hidden behind its own (``.md.txt``)."""
    for item in report:
        path = item.position.path
        name = path.with_suffix("") if path.name.lower().endswith(".md.txt") else path
        is_text = name.suffix.lower() in MARKDOWN and len(path.parts) > 2
        if item.code == EXTENSION and is_text and path.parts[1] in BY_FOLDER:
            yield Renaming(path, f"{name.stem}.md", EXTENSION)


def addresses(
    report: Iterable[Diagnostic],
    documents: Iterable[SourceFile],
    renamed: Collection[PurePosixPath],
) -> Iterator[Renaming]:
    """Texts whose address is another's although a day before their name told them apart: the day
    goes behind the name, where it is part of the address. ``renamed`` had no address before."""
    late = {item.position.path for item in report if item.code == ADDRESS}
    by_address: dict[tuple[Kind, str], list[SourceFile]] = {}
    for document in documents:
        by_address.setdefault((document.kind, document.slug), []).append(document)
    taken = set(by_address)
    for group in by_address.values():
        movable = [
            document for document in group if document.path in late or document.path in renamed
        ]
        for document in movable[len(movable) == len(group) :]:
            path = document.path.parent if document.path.name == "index.md" else document.path
            stem = path.name.removesuffix(".md")
            day = stem[:10] if slug_of_filename(stem) != stem else ""
            slug = f"{document.slug[: SLUG_LENGTH - 11].rstrip('-')}-{day}"
            if day and is_slug(slug) and (document.kind, slug) not in taken:
                taken.add((document.kind, slug))
                yield Renaming(path, f"{slug}{path.name[len(stem) :]}", ADDRESS)


def former_address(before: str, kind: Kind) -> str:
    """Where Pelican published a text, when nothing in its header nor in its settings says it."""
    header = extent(before, kind)
    rows = {row.key: row.value for row in header.rows} if header else {}
    title = rows.get("title", "")
    slug = rows.get("slug", "") or pelican_slug(title)
    folder = "pages/" if kind.info.at_root else ""
    return f"/{folder}{slug}.html" if slug else ""


def with_former(data: bytes, file: SourceFile, address: str) -> bytes:
    """``data`` with its former address, unless it tells its own."""
    sheet = Sheet(file, data.decode("utf-8"))
    root = sheet.root
    if root is None or not isinstance(root.value, dict) or _FORMER in root.value:
        return data
    edit = set_field(sheet, _FORMER, [address])
    return sheet.mended([edit]).raw.encode() if edit else data
