"""What ``portail serve`` asks of a build, and what the build tells it on the way.

A build that nobody looks at has no session.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portail.cli.excerpt import has_place
from portail.diagnostics import Diagnostic, Severity
from portail.outputs.base import TemplatePage
from portail.pipeline import Tables
from portail.salt import domain_salt
from portail.site.site import Site

__all__ = ["Session", "current", "fault_of", "tables_of"]


@dataclass
class Session:
    """One build: ``pages`` are the site paths that browsers show now. With ``keep`` a faulty site
    is told and the last one stays; ``early`` says that nothing changed but texts, so that a page
    may be shown before the others are made. ``send`` takes a message for the server."""

    pages: frozenset[str]
    keep: bool
    early: bool
    send: Callable[[Mapping[str, Any]], None]
    faults: list[dict[str, Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    _drawn: set[str] = field(default_factory=set)

    def show_contents(self, site: Site, render: Callable[[TemplatePage], bytes]) -> None:
        """Draw the pages of contents that are looked at, before anything else is planned."""
        if self.early:
            from portail.outputs.pages.contents import content_pages  # a command needs it not

            refs = [ref for ref, item in site.items.items() if item.url in self.pages]
            self.show(content_pages(site, refs) if refs else (), render)

    def show(self, pages: Iterable[TemplatePage], render: Callable[[TemplatePage], bytes]) -> None:
        """Draw those of ``pages`` that are looked at, each once."""
        for page in pages:
            if self.early and page.url in self.pages and page.url not in self._drawn:
                self._drawn.add(page.url)
                self.send({"page": page.url, "bytes": b64encode(render(page)).decode()})

    def tell(self, found: Iterable[Diagnostic]) -> None:
        """Remember the errors among ``found``, to be shown over the pages."""
        self.faults += [fault_of(one) for one in found if one.severity is Severity.ERREUR]


current: Session | None = None
"""The session of the build of this process."""

_held: dict[tuple[Path, str], tuple[str, Tables]] = {}


def tables_of(data: Path, region: str) -> tuple[str, Tables]:
    """The salt of the domain (see ``domain_salt``) and the tables of ``data``. A workshop holds
    them, with all that was found in them: another one is started when code or tables change."""
    found = _held.get((data, region)) or (domain_salt(data, region), Tables.load(data, region))
    if current is not None:
        _held[data, region] = found
    return found


def fault_of(item: Diagnostic) -> dict[str, Any]:
    """A diagnostic, as the page shows it."""
    place = item.position
    where = str(place.path)
    if has_place(item):
        where += f", ligne {place.line}, colonne {place.column}"
    return {
        "ou": where,
        "code": item.code,
        "message": item.message,
        "remede": item.hint,
        "coller": item.paste,
    }
