"""The setting ``PORTAIL_ATELIER``: the forge where the editor writes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from portail.diagnostics import ConfigError
from portail.settings import Setting, Text, Url, among, only, read
from portail.text.addresses import address_parts, is_address

_NAME = "PORTAIL_ATELIER"
_EXAMPLE = '{"forge": "gitlab", "depot": "https://gitlab.com/groupe/portail"}'
_Forge = among("la forge « {value} » n’est pas connue.", "gitlab", "github", "forgejo")
_Depot = only(
    lambda text: is_address(text) and address_parts(text).path.count("/") > 1,
    "{key} « {value} » n’est pas l’adresse d’un dépôt : https://forge/groupe/projet.",
)


@dataclass(frozen=True, slots=True)
class AtelierConfig:
    """Where the editor reads and writes, and by what one signs in."""

    forge: Annotated[Text, _Forge]
    # Address of the repository; that of ``PORTAIL_DEPOT`` by default.
    depot: Annotated[Text, _Depot] = ""
    # Branch that it reads, and to which it proposes; that of the portal by default.
    branche: Text = ""
    # Identifier of the application declared on the forge (OAuth with PKCE): GitLab, Forgejo.
    application: Text = ""
    # Address of the relay by which one signs in to GitHub; a token otherwise.
    relais: Url = ""


def installed(editor: Path) -> None:
    """Raise ``ConfigError`` where the folder of the editor is not there."""
    if not editor.is_dir():
        raise ConfigError(
            f"{_NAME} : l’éditeur n’est pas installé avec Portail. → Installez une version "
            f"publiée, ou lancez : npm ci --prefix {Path(__file__).parent}"
        )


def _read(value: object) -> AtelierConfig | None:
    if value:
        return read(AtelierConfig, value, _NAME, _EXAMPLE)
    return None


ATELIER = Setting(_NAME, _read, None)
