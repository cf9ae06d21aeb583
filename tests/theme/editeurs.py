"""Hand-made pages of the visual editor, before it is opened."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from portail.outputs.admin.output import AdminView

__all__ = ["editeurs"]

_GITHUB = AdminView(
    url="/admin/",
    portail="Portail des sciences",
    region="Hauts-de-France",
    make="github",
    forge="GitHub",
    depot="https://github.com/exemple/portail",
    jetons="https://github.com/settings/personal-access-tokens/new",
    relais="",
    relu=True,
    hotes=("https://api.github.com",),
    contribuer="/contribuer/",
    courriel="redaction@exemple.org",
)
_GITEA = replace(
    _GITHUB, make="gitea", forge="Forgejo", depot="https://codeberg.org/a/b", relu=False,
    jetons="https://codeberg.org/user/settings/applications", hotes=("https://codeberg.org",),
    courriel="",
)  # fmt: skip


def editeurs() -> dict[str, Any]:
    """The page on two forges, and with a relay."""
    hosts = ("https://framagit.org", "https://relais.example.org")
    relay = replace(
        _GITHUB, make="gitlab", forge="GitLab", relais="relais.example.org", hotes=hosts
    )  # fmt: skip
    views = {"editeur": _GITHUB, "editeur-relais": relay, "editeur-gitea": _GITEA}
    return {name: ("admin.html", view) for name, view in views.items()}
