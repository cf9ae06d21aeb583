"""Roles that the table of features and those above it ask; others are in ``portail.feature``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, TextIO, TypeAlias

from portail.config import SiteConfig
from portail.feature import Checked, Role
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.resources import Folder

Seal: TypeAlias = Callable[[bytes, bytes, PurePosixPath], bytes]


class Forms(Protocol):
    """The forms where contents are proposed."""

    def form_of(self, kind: Kind) -> str:
        """Where a content of ``kind`` is proposed (site path)."""

    def asked(self, kind: Kind) -> Iterable[str]:
        """Names of the fields that the form of ``kind`` asks for, in its order."""

    def faults(self, vocabularies: Vocabularies) -> Iterable[str]:
        """What forms forget of the models, or keep of a field that is no more: French lines."""


class Mending(Protocol):
    """The safe repairs of contents (``portail check --corriger``)."""

    @property
    def CODES(self) -> Collection[str]:
        """Codes of what it may mend."""

    def rename_files(self, read: Checked, stream: TextIO, *, write: bool) -> int:
        """Give the files of ``read`` the names that they should have, told on ``stream``; returns
        how many have changed, none unless ``write``."""

    def repair_files(
        self, read: Checked, stream: TextIO, *, write: bool, seal: Seal | None = None
    ) -> int:
        """Mend their texts, shown on ``stream``; returns how many were written, none unless
        ``write``."""

    def repairs_of(self, read: Checked) -> int:
        """How many diagnostics can be mended."""


class Dressing(Protocol):
    """What an instance shows of itself, laid over the theme."""

    def dressed(
        self, theme: Folder, data: Folder, config: SiteConfig, root: Path, cache: Path
    ) -> Folder:
        """``theme`` under what the instance in ``root`` has of its own, written in ``cache``."""

    def shown(self, theme: Folder, config: SiteConfig) -> Mapping[str, Any]:
        """What every template may show of a theme that is dressed, by its name there."""


FORMS: Role[Forms] = Role("forms")
"""Asks for contents."""
MENDS: Role[Mending] = Role("mends")
"""Mends contents."""
SEALS: Role[Seal] = Role("seals")
"""A file that is mended, of one before: what knows that nobody else changed it still does."""
DRESSES: Role[Dressing] = Role("dresses")
"""Lays files over the theme."""
DESCRIBES: Role[Callable[[Any, SiteConfig], Mapping[str, Any]]] = Role("describes")
"""The JSON-LD of a page (``PageView``), whose ``@graph`` may be empty."""
POSTS: Role[Callable[[SiteConfig], str]] = Role("posts")
"""The address of another site to which its forms post; ``""`` for none."""
