"""Texts of an old site before their bodies are read, and the walk of its folder."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from msgspec import Struct, field

from portail.diagnostics import Refused
from portail.features.intake.entetes.pelican import MARKDOWN
from portail.features.intake.importer.kinds import TEXT
from portail.features.intake.importer.sites.bodies import commonmark
from portail.features.intake.importer.sites.headers import Header
from portail.features.intake.importer.sites.settings import mapping, word
from portail.features.intake.importer.sources.items import Loss
from portail.features.intake.importer.sources.prose import decoded
from portail.machine import reason_of
from portail.model.kinds import Kind
from portail.source.medias import TEXT_BYTES
from portail.text.public import Fate, Publication, Said

_T = TypeVar("_T")
MOST_FILES = 50_000
_DEEPEST = 20
_LEFT = frozenset("node_modules __pycache__ output public _site vendor venv resources".split())
"""Folders that generators and their tools make, which hold no source of a site."""
HTML = frozenset({".html", ".htm"})
OTHERS: Mapping[str, str] = {
    ".rst": "reStructuredText",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org",
    ".textile": "Textile",
    ".ipynb": "un carnet Jupyter",
}
"""Languages of texts that are not read."""
_TEXTS = MARKDOWN | HTML | OTHERS.keys()


class SiteText(Struct, frozen=True, kw_only=True):
    """One text of a site. Paths are from its folder, with « / »."""

    path: str
    kind: Kind = TEXT
    header: Header = field(default_factory=lambda: Header({}, ""))
    titre: str = ""
    slug: str = ""
    """What the old address called it."""
    day: str = ""
    """Its ISO day on the old site; "" for none."""
    langue: str = ""
    said: tuple[Said, ...] = ()
    """What it says of its publication."""
    publication: Publication = Publication()
    former: tuple[str, ...] = ()
    """Its former addresses, from « / », under that of its site."""
    mots: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    refused: str = ""
    """Why it is no content: a French sentence, with what to do."""

    @property
    def is_shown(self) -> bool:
        """Whether the portal shows it at once, so that others may link to it."""
        return self.publication.fate is Fate.READY and not self.publication.day

    @property
    def folder(self) -> str:
        """The folder that it stands in."""
        return posixpath.dirname(self.path)

    @property
    def is_html(self) -> bool:
        """Whether it is written in HTML."""
        return is_html(self.path)


class Generator:
    """What made a site of the texts of its folder: what each generator has of its own."""

    url = "baseurl"
    """The setting that says where the site was."""
    base = ""
    """What begins addresses, when no setting says it with the host."""
    content = ""
    """The folder of texts that links begin from, where they name texts by their path."""
    kramdown = False
    """Whether its Markdown has lists of attributes."""
    roots: tuple[str, ...] = ("",)
    """Folders whose files had addresses of the site."""

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        self.folder = folder
        self.settings = settings

    @property
    def author(self) -> str:
        """Who signs what no one signs."""
        named = self.settings.get("author") or mapping(self.settings.get("params")).get("author")
        return word(mapping(named).get("name")) or word(named)

    @property
    def notes(self) -> Iterator[str]:
        """What is not read of the settings, in French lines."""
        return iter(())

    def texts(self) -> Iterator[SiteText]:
        """The texts of the site. Raises ``Refused`` for too many."""
        raise NotImplementedError

    def copied(self) -> Iterator[str]:
        """Pages that the site copied as they are: no generator read them."""
        return iter(())

    def bodies(self, paths: Collection[str]) -> Callable[[SiteText], str]:
        """What gives the body of a text, with what its tags of templates stand for; ``paths`` are
        those of all texts, in order."""
        return lambda text: text.header.body

    def html(self, body: str) -> tuple[str, bool]:
        """The HTML of a body in Markdown, and whether it is what the site showed."""
        return commonmark(body, kramdown=self.kramdown), True


def is_html(path: str) -> bool:
    """Whether a file is named as a page of HTML."""
    return PurePosixPath(path).suffix.lower() in HTML


def walked(folder: Path, suffixes: Collection[str] = _TEXTS) -> list[str]:
    """Files of ``folder`` and below with these ``suffixes``, sorted, by their paths from it; links
    are not followed, nor folders that begin with a point. Raises ``Refused`` for too many."""
    paths: list[str] = []
    for path in _walk(folder, "", 0):
        if PurePosixPath(path).suffix.lower() in suffixes:
            paths.append(path)
            if len(paths) > MOST_FILES:
                raise Refused(f"« {folder.name} » compte plus de {MOST_FILES} textes.")
    return sorted(paths)


def _walk(folder: Path, inner: str, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    try:
        entries = sorted((folder / inner).iterdir())
    except OSError:
        return
    for entry in entries:
        path = f"{inner}/{entry.name}".lstrip("/")
        if entry.is_symlink():
            continue
        if entry.is_dir():
            if not entry.name.startswith(".") and entry.name not in _LEFT:
                yield from _walk(folder, path, depth + 1)
        elif entry.is_file():
            yield path


def read_text(folder: Path, path: str) -> str:
    """The text of a file of a site. Raises ``Refused``."""
    file = folder / path
    try:
        if file.stat().st_size > TEXT_BYTES:
            raise Refused(f"Ce texte pèse plus de {TEXT_BYTES // 1_000_000} Mo : coupez-le.")
        return decoded(file.read_bytes(), file.name)
    except OSError as error:
        raise Refused(f"Ce fichier ne s’ouvre pas : {reason_of(error)}.") from None


def attempted(path: str, read: Callable[[], _T]) -> _T | SiteText:
    """The text at ``path`` as ``read`` reads it, which raises ``Refused`` for one that is none."""
    language = OTHERS.get(PurePosixPath(path).suffix.lower())
    try:
        if language:
            raise Refused(f"C’est {language} : enregistrez-le en Markdown ou en HTML.")
        return read()
    except Refused as reason:
        return left(path, reason)


def left(path: str, reason: object) -> SiteText:
    """A text that is no content, which says why: a French sentence."""
    return SiteText(path=path, titre=path, refused=str(reason))


def kept_out(path: str, why: str) -> SiteText:
    """A text that its site did not publish: ``why`` is a setting, or a few French words."""
    return left(path, f"L’ancien site ne le publiait pas ({why}).")


def unknown_address(pattern: str) -> Loss:
    """What is told of a text whose former address cannot be made of what it says."""
    return Loss("ancienne adresse", pattern, "le texte ne dit pas de quoi")
