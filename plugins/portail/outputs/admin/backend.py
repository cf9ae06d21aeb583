"""How the visual editor reaches the repository: the forge's interface, and how one logs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from portail.config import SiteConfig
from portail.forge import make_of

__all__ = ["Backend", "backend_of"]

_GITHUB_API = "https://api.github.com"
_MESSAGES = {
    "create": "Ajout de {{collection}} « {{slug}} »",
    "update": "Mise à jour de {{collection}} « {{slug}} »",
    "delete": "Retrait de {{collection}} « {{slug}} »",
    "uploadMedia": "Ajout de {{path}}",
    "deleteMedia": "Retrait de {{path}}",
    "openAuthoring": "{{message}}",
}


@dataclass(frozen=True, slots=True)
class Backend:
    """A repository, as the editor reaches it.

    ``make`` is that of its forge (``portail.forge.make_of``), ``depot`` its path there
    (``groupe/portail``), ``origine`` the forge's own (``https://codeberg.org``), ``hotes`` the
    origins that are asked, ``relais`` the address of the relay by which one logs in (empty: a
    personal token). ``relu`` says whether what one saves waits to be read again by someone.
    """

    make: str
    depot: str
    branche: str
    origine: str
    hotes: tuple[str, ...]
    relais: str

    @property
    def relu(self) -> bool:
        """Whether a change is proposed, and not written at once: Gitea has no such way."""
        return self.make != "gitea"

    @property
    def document(self) -> dict[str, Any]:
        """The part ``backend`` of the editor’s configuration."""
        told: dict[str, Any] = {"name": self.make, "repo": self.depot, "branch": self.branche}
        if self.make == "github":
            told |= {"open_authoring": True, "auth_scope": "public_repo"}
        else:
            version = "v4" if self.make == "gitlab" else "v1"
            told |= {"api_root": f"{self.origine}/api/{version}"}
        if self.relais:
            parts = urlsplit(self.relais)
            told["base_url"] = f"{parts.scheme}://{parts.netloc}"
            if path := parts.path.strip("/"):
                told["auth_endpoint"] = path
        else:
            told |= {"base_url": self.origine, "auth_methods": ["token"]}
        return {**told, "commit_messages": dict(_MESSAGES)}


def backend_of(config: SiteConfig) -> Backend | None:
    """The repository of an instance; ``None`` without one, or on a forge that the editor does not
    know.

    >>> backend_of(SiteConfig(depot="https://github.com/exemple/portail.git")).depot
    'exemple/portail'
    >>> backend_of(SiteConfig(depot="https://forge.example.org/a/b"))
    """
    make = make_of(config.depot)
    parts = urlsplit(config.depot)
    path = parts.path.strip("/").removesuffix(".git")
    # GitLab alone has groups in groups.
    if not make or path.count("/") < 1 or (make != "gitlab" and path.count("/") > 1):
        return None
    origin = f"{parts.scheme}://{parts.netloc}"
    asked = _GITHUB_API if make == "github" else origin
    relay = urlsplit(config.contributions.relais)
    hosts = [asked] + ([f"{relay.scheme}://{relay.netloc}"] if relay.netloc else [])
    return Backend(
        make,
        path,
        config.branche,
        origin,
        tuple(dict.fromkeys(hosts)),
        config.contributions.relais,
    )
