"""Output « admin »: the page of the visual editor, and what it is told of the portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import yaml

from portail.files import digest_of
from portail.model.kinds import Kind
from portail.outputs.admin.backend import Backend, backend_of
from portail.outputs.admin.collections import EDITED, configuration
from portail.outputs.base import Artifact, TemplatePage, TextFile
from portail.site.site import Site
from portail.site.urls import ADMIN, CONTRIBUTE, file_of

__all__ = ["AdminOutput", "AdminView"]

CONFIG = f"{ADMIN}config.yml"
_MAKES = {"github": "GitHub", "gitlab": "GitLab", "gitea": "Forgejo"}
_TOKENS = {
    "github": "https://github.com/settings/personal-access-tokens/new",
    "gitlab": "/-/user_settings/personal_access_tokens",
    "gitea": "/user/settings/applications",
}


@dataclass(frozen=True, slots=True)
class AdminView:
    """What the page of the editor says before it is opened.

    ``forge`` is the name of the make, ``depot`` the address of the repository, ``jetons`` where one
    makes a token, ``relais`` the host of the relay (empty: a token only), ``relu`` whether what is
    saved waits for a reader, ``hotes`` the origins that the editor asks, ``contribuer`` the form
    that needs none of this, ``courriel`` the editors’ address.
    """

    url: str
    portail: str
    region: str
    make: str
    forge: str
    depot: str
    jetons: str
    relais: str
    relu: bool
    hotes: tuple[str, ...]
    contribuer: str
    courriel: str


class AdminOutput:
    """``/admin/`` and ``/admin/config.yml``, when the editor knows the forge of the repository."""

    name: ClassVar[str] = "admin"

    def plan(self, site: Site) -> Iterator[Artifact]:
        """Two artifacts, or none."""
        backend = backend_of(site.config)
        if backend is None:
            return
        foldered = [kind for kind in EDITED if any(map(_in_a_folder, _paths(site, kind)))]
        key = digest_of([kind.value for kind in foldered])
        # Settings, lists and models are in every key already.
        yield TemplatePage(
            file_of(ADMIN), ADMIN, "admin.html", (digest_of(ADMIN),), lambda: _view(site, backend)
        )
        yield TextFile(
            file_of(CONFIG), CONFIG, (key,), lambda: iter((_text(site, backend, foldered),))
        )


def _paths(site: Site, kind: Kind) -> Iterator[tuple[str, ...]]:
    """The parts of the path of each content of a kind, below its folder."""
    for item in site.of_kind(kind):
        parts = item.entry.source.parts
        if parts:
            yield parts[parts.index(kind.value) + 1 :]


def _in_a_folder(parts: tuple[str, ...]) -> bool:
    return len(parts) == 2 and parts[1] == "index.md"


def _text(site: Site, backend: Backend, foldered: list[Kind]) -> str:
    told = configuration(site.config, backend, site.vocabularies, foldered)
    # No anchors: two collections share their fields.
    yaml_of: str = yaml.dump(told, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)
    return yaml_of


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _view(site: Site, backend: Backend) -> AdminView:
    config = site.config
    tokens = _TOKENS[backend.make]
    return AdminView(
        url=ADMIN,
        portail=config.nom,
        region=config.region,
        make=backend.make,
        forge=_MAKES[backend.make],
        depot=config.depot,
        jetons=tokens if tokens.startswith("http") else f"{backend.origine}{tokens}",
        relais=backend.hotes[-1].partition("://")[2] if backend.relais else "",
        relu=backend.relu,
        hotes=backend.hotes,
        contribuer=CONTRIBUTE,
        courriel=config.courriel,
    )
