"""What is to be proposed, among what is: names that are free, and whose pages are changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from .branches import Branches
from .forge import Forge
from .letters import Letter, Names
from .orders import Order

_OTHER = "**Cette page a été proposée par une autre adresse.** Vérifiez auprès de qui l’organise."
_SAME_NAME = (
    "Une autre proposition ouverte porte ce nom : celle-ci en a pris un autre. Est-ce le même "
    "rendez-vous ?"
)


class Fitting:
    """Orders of one round, beside the proposals that are open."""

    def __init__(self, portal: Path, names: Names, branches: Branches, forge: Forge) -> None:
        self._portal = portal
        self._names = names
        self._branches = branches
        self._forge = forge

    @cached_property
    def _open(self) -> dict[str, tuple[Mapping[PurePosixPath, bytes], Collection[str]]]:
        # The texts that each open proposal adds or changes, and who made them, by its branch.
        return {
            branch: (self._branches.texts(branch), self._branches.authors(branch))
            for branch, proposal in self._forge.proposals.items()
            if proposal.state == "ouverte"
        }

    def fitted(self, order: Order, letter: Letter) -> tuple[Order, str]:
        """The order, its new contents under names that nobody has, with what is to be said of the
        pages that it changes; and the branch where its sender says the very same, or ``""``."""
        texts = {path: data for path, data in order.by_path.items() if path.suffix == ".md"}
        marks = {path: self._mark(path, letter) for path in texts}
        others = {branch: said for branch, said in self._open.items() if branch != order.branch}
        for branch, (said, authors) in others.items():
            if texts and said == texts and not {*marks.values()}.isdisjoint(authors):
                return order, branch
        taken = {_unit(path) for said, _ in others.values() for path in said}
        named = {path: path for path in order.by_path}
        notes = []
        for path in texts:
            if (self._portal / path).exists():
                known = self._branches.authors_of(path)
                if letter.is_vouched and known and marks[path] not in known:
                    notes.append(_OTHER)
            elif _unit(path) in taken:
                notes.append(_SAME_NAME)
                named |= _renamed(_unit(path), order, taken)
        authors = [self._mark(named[path], letter) for path in texts]
        order = replace(
            order,
            files={str(named[path]): data for path, data in order.by_path.items()},
            text="\n\n".join([order.text, *dict.fromkeys(notes)]),
            authors=[*dict.fromkeys([*marks.values(), *authors])],
        )
        self._open[order.branch] = texts, order.authors
        return order, ""

    def _mark(self, path: PurePosixPath, letter: Letter) -> str:
        # Who proposed a page, so that only the box may tell, and not that two are of one person.
        return self._names.of("page", f"{path}\n{letter.sender}".encode())


def _unit(path: PurePosixPath) -> PurePosixPath:
    # What a content has of its own: its file, or its folder.
    if path.name == "index.md":
        return path.parent
    return path.with_suffix("")


def _renamed(
    unit: PurePosixPath, order: Order, taken: set[PurePosixPath]
) -> dict[PurePosixPath, PurePosixPath]:
    # The files of a content, under the first number that is free.
    rank = 2
    while (free := unit.with_name(f"{unit.name}-{rank}")) in taken:
        rank += 1
    inside = {path: free / path.name for path in order.by_path if path.parent == unit}
    alone = unit.with_name(f"{unit.name}.md")
    if alone in order.by_path:
        inside[alone] = free.with_name(f"{free.name}.md")
    return inside
