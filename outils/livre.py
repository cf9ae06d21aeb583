"""Write the documents as an instance of Portail: ``make livre`` builds it.

Usage: livre.py FOLDER. Documents stay plain Markdown, that forges show as it is: nothing in them
is for the book. Each becomes an article, in the language it is written in; a part of the book is
a dossier. Links between documents become those of contents; what leads to a file of the code, or
to an example, keeps its words alone. ``docs/livre/`` holds the settings and the theme.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portail.body.finish import anchor_of
from portail.features.desk.docs.command import documents as made
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
HOME = DOCS / "livre"
ENGLISH = {"technique", "decisions"}
"""Folders that are written in English."""
ALIKE = {"settings", "commands", "outputs", "opendata", "README"}
HOWTO = {"extending", "forges", "hosting", "sending", "tooling"}
FAMILIES = {
    "1": "Messages : le fichier et son en-tête",
    "2": "Messages : les champs",
    "3": "Messages : le texte",
    "4": "Messages : d’un contenu à l’autre",
    "5": "Messages : le site construit",
}
"""First digit of the codes → title of their part."""
PARTS = {
    "tutoriel": ("Tutoriel", "Un portail à soi, pas à pas, en une heure."),
    "guides": ("Guides", "Que faire, et comment : proposer, relire, publier."),
    "reference": ("Référence", "Champs, réglages, commandes, fichiers : tout ce qui s’écrit."),
    "explications": ("Explications", "Comment c’est fait, et pourquoi ainsi."),
    **{
        f"codes-{name}": (
            title,
            f"Chaque message {name}xx : ce qui ne va pas, ce qu’il faut écrire.",
        )
        for name, title in FAMILIES.items()
    },
}
_LINK = re.compile(
    r"(?ms)^```.*?^```$|`[^`\n]+`|(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)|\b[EAC]\d{3}\b"
)
"""Code, which is left alone; a link: the mark of a picture, its words, its target; or the name of a
message, which has its page."""
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_LONGEST = 280
_NAMES = {"CONTRIBUER": "proposer-un-contenu", "CHANGELOG": "versions"}


@dataclass(frozen=True)
class Document:
    """A page of the documents: its file, its text without its title."""

    path: Path
    title: str
    text: str

    @property
    def slug(self) -> str:
        """Its name in the book: its path, without what says nothing."""
        if self.path.stem in _NAMES:
            return _NAMES[self.path.stem]
        words = self.path.relative_to(ROOT).with_suffix("").as_posix()
        words = words.removeprefix("docs/").replace("champs/codes/", "codes/")
        return re.sub(r"[^a-z0-9]+", "-", words.removesuffix("/README").lower()).strip("-")

    @property
    def english(self) -> bool:
        """Whether it is written in English."""
        return self.path.parent.name in ENGLISH

    @property
    def part(self) -> str:
        """The part of the book that it belongs to."""
        folder, name = self.path.parent.name, self.path.stem
        if folder == "tutoriel":
            return "tutoriel"
        if folder == "codes":
            return f"codes-{name[1]}"
        if folder == "champs" or name == "CHANGELOG":
            return "reference"
        if folder == "technique":
            return "reference" if name in ALIKE else "guides" if name in HOWTO else "explications"
        return "explications" if folder == "decisions" else "guides"


def documents() -> list[Document]:
    """Every document that people read; examples, which are contents, and the index are not."""
    paths = [ROOT / "CONTRIBUER.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    texts |= {DOCS / name: text for name, text in made(Vocabularies.load(data_dir())).items()}
    return [
        cut(path, text)
        for path, text in sorted(texts.items())
        if path.suffix == ".md"
        and path.parent.name != "exemples"
        and path != DOCS / "README.md"
        and HOME not in path.parents
    ]


def cut(path: Path, text: str) -> Document:
    """A document, cut after its title. Raises ``ValueError`` without one."""
    text = _COMMENT.sub("", text)
    title = re.match(r"# (.+)\n", text)
    if not title:
        raise ValueError(f"{path}: no title")
    return Document(path, title[1].strip(), text[title.end() :].strip() + "\n")


def article(document: Document, by_path: dict[Path, Document], day: str) -> str:
    """A document as the file of an article."""
    head: dict[str, object] = {
        "titre": document.title.replace("`", ""),
        "resume": summary(document.text) or PARTS[document.part][1],
        "publie_le": day,
        "langue": "en" if document.english else "fr",
        "dossiers": [document.part],
    }
    text = linked(document, by_path)
    told = str(head["resume"])
    text = text.removeprefix(told).lstrip()  # said above the text already
    return f"---\n{fields(head)}---\n\n{text or told}\n"


def fields(head: dict[str, object]) -> str:
    """A front matter: JSON is YAML."""
    return "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items()
    )


def summary(text: str) -> str:
    """The whole sentences that begin the first paragraph, without marks; one that is too long is
    cut between two words."""
    first = next(
        (block for block in text.split("\n\n") if re.match(r"[^\W\d_]|[«`]|\*\*", block)),
        "",
    )
    if "=?" in first or "À COMPLÉTER" in first:
        return ""  # what a mail would read otherwise, what no content may say
    words = re.sub(r"[*`]", "", _LINK.sub(lambda link: link[2] or link[0], " ".join(first.split())))
    if len(words) > _LONGEST:
        start = words[: _LONGEST + 1]
        sentences = start.rpartition(". ")[0]
        words = f"{sentences}." if sentences else f"{start.rpartition(' ')[0].rstrip(',;: ')}…"
    return words.rstrip(" :")


def linked(document: Document, by_path: dict[Path, Document]) -> str:
    """The text of a document, whose links lead to contents."""

    def link(match: re.Match[str]) -> str:
        picture, words, target = match.groups()
        if target is None:
            page = by_path.get(DOCS / f"champs/codes/{match[0]}.md", document)
            return match[0] if page is document else f"[{match[0]}](articles/{page.slug})"
        if picture:
            return f"![{words}]({Path(target).name})"
        if re.match(r"[a-z]+:", target):
            return match[0]
        name, _, anchor = target.partition("#")
        path = (document.path.parent / name).resolve() if name else document.path
        other = by_path.get(path / "README.md" if path.is_dir() else path)
        if other is None:
            return words
        place = f"#{place_of(anchor, other)}" if anchor else ""
        return (
            f"[{words}](articles/{other.slug}{place})"
            if other is not document
            else f"[{words}]({place})"
        )

    return _LINK.sub(link, document.text)


def place_of(anchor: str, document: Document) -> str:
    """The anchor in the book of a heading, from the one that forges give it."""
    for heading in re.findall(r"(?m)^#+ (.+)$", document.text):
        if re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") == anchor:
            return anchor_of(heading)
    return anchor


def pictures(document: Document) -> Iterator[Path]:
    """Pictures that a document shows."""
    for picture, _, target in _LINK.findall(document.text):
        if picture:
            yield (document.path.parent / target).resolve()


def write(folder: Path) -> int:
    """Write the instance into ``folder``, emptied first; returns the number of documents."""
    shutil.rmtree(folder / "content", ignore_errors=True)
    shutil.copytree(HOME, folder, dirs_exist_ok=True)
    every = documents()
    by_path = {document.path.resolve(): document for document in every}
    version = re.search(r"(?m)^## \[.*\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    day = version[1] if version else "2026-01-01"
    for document in every:
        shown = [*pictures(document)]
        place = (
            folder
            / "content"
            / "articles"
            / (f"{document.slug}/index.md" if shown else f"{document.slug}.md")
        )
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(article(document, by_path, day), encoding="utf-8")
        for picture in shown:
            shutil.copy(picture, place.parent)
    (folder / "content" / "dossiers").mkdir()
    for name, (title, summary) in PARTS.items():
        elements = [f"articles/{document.slug}" for document in every if document.part == name]
        head = {"titre": title, "resume": summary, "publie_le": day, "elements": elements}
        path = folder / "content" / "dossiers" / f"{name}.md"
        path.write_text(f"---\n{fields(head)}---\n", encoding="utf-8")
    return len(every)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(f"{write(Path(sys.argv[1]).resolve())} documents")
