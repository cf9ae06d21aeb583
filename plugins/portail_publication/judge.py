"""A published folder, looked at once from outside: dead links (E505), what may run (E506)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position

from . import trees
from .links import LinkReader, PageLinks
from .output_check import CHECKED, OutputChecker, OutputPolicy
from .reading import read_forked

# A dead link in the menu is on every page: some are enough.
_PAGES_SHOWN = 3


def faults_of(
    root: Path,
    policy: OutputPolicy,
    sources: Mapping[str, PurePosixPath],
    holders: Callable[[str], Iterable[PurePosixPath]],
) -> Iterator[Diagnostic]:
    """What is wrong in the site that is in ``root``: at the content that makes a file (``sources``,
    by its path), at those that hold a danger of another file (``holders``), else at the file.
    Raises ``OSError``."""
    paths = [*trees.scan(root).files]
    reader = LinkReader(policy, paths)
    checker = OutputChecker(policy)
    read = partial(_looked_at, root, reader, checker)
    looks = dict(read_forked(read, [p for p in paths if reader.reads(p) or p.endswith(CHECKED)]))
    for path, (dangers, _) in looks.items():
        for danger in dangers:
            found = [sources[path]] if path in sources else [*holders(danger)]
            for place in found or [PurePosixPath(path)]:
                yield diagnostic("E506", Position(place), url=_url(path), trouve=danger)
    for path, link in _dead({path: links for path, (_, links) in looks.items()}):
        place = sources.get(path, PurePosixPath(path))
        yield diagnostic("E505", Position(place), url=_url(path), cible=link)


def _looked_at(
    root: Path, reader: LinkReader, checker: OutputChecker, path: str
) -> tuple[tuple[str, ...], PageLinks]:
    data = (root / path).read_bytes()
    links = PageLinks()
    if reader.reads(path):
        links = reader.read(data, path)
    return checker.findings(data, path), links


def _dead(pages: Mapping[str, PageLinks]) -> Iterator[tuple[str, str]]:
    # Page and link; at most a few pages for each link.
    pages_of: dict[str, list[str]] = {}
    for path, page in sorted(pages.items()):
        lost = [link for target, anchor, link in page.refs if anchor not in pages[target].ids]
        for link in (*page.dead, *lost):
            pages_of.setdefault(link, []).append(path)
    for link, paths in pages_of.items():
        yield from ((path, link) for path in paths[:_PAGES_SHOWN])


def _url(path: str) -> str:
    return f"/{path}".removesuffix("index.html")
