"""Settings of the door, from the environment: the box, its mail server, the forge, secrets."""

from __future__ import annotations

import ssl
from collections.abc import Mapping

from msgspec import Struct
from pydantic import SecretStr

from portail.diagnostics import ConfigError
from portail.text.addresses import address_parts
from portail.text.mail import mailboxes
from portail_poste.settings import HERE, checked, host_of
from portail_poste.smtp import SmtpServer

PREFIX = "PORTAIL_PORTE_"
SECRETS = ("PORTAIL_PORTE_MOT_DE_PASSE", "PORTAIL_PORTE_JETON")
NAMES = (
    *SECRETS,
    "PORTAIL_PORTE_ADRESSE",
    "PORTAIL_PORTE_API",
    "PORTAIL_PORTE_GARANT",
    "PORTAIL_PORTE_IMAP",
    "PORTAIL_PORTE_SANS_TLS",
    "PORTAIL_PORTE_SMTP",
    "PORTAIL_PORTE_UTILISATEUR",
)


class ImapServer(Struct, frozen=True):
    """A server of mailboxes; without TLS if it is ``plain``."""

    host: str
    port: int
    user: str
    password: SecretStr
    plain: bool

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context()


class Address(Struct, frozen=True):
    """Where the API of a repository is; ``make`` is github, gitlab or gitea (Forgejo too)."""

    make: str
    url: str
    token: SecretStr


def imap_server(environ: Mapping[str, str], *, plain: bool) -> ImapServer:
    """The server of the box. Raises ``ConfigError``."""
    host, port = host_of(environ, "PORTAIL_PORTE_IMAP", "imap.example.org:993", plain=plain)
    user, password = _identity(environ)
    return ImapServer(host, port, user, password=SecretStr(password), plain=plain)


def smtp_server(environ: Mapping[str, str], *, plain: bool) -> SmtpServer:
    """The server that answers leave by. Raises ``ConfigError``."""
    host, port = host_of(environ, "PORTAIL_PORTE_SMTP", "smtp.example.org:587", plain=plain)
    user, password = _identity(environ)
    return SmtpServer(
        host=host, port=port, user="" if plain else user, password=SecretStr(password), plain=plain
    )


def box_address(environ: Mapping[str, str]) -> str:
    """The address of the box: its user, unless another is given. Raises ``ConfigError``."""
    text = environ.get("PORTAIL_PORTE_ADRESSE") or environ.get("PORTAIL_PORTE_UTILISATEUR", "")
    if mailboxes(text) != (text.lower(),):
        raise ConfigError("PORTAIL_PORTE_ADRESSE manque : l’adresse de la boîte relevée.")
    return text.lower()


def forge_address(environ: Mapping[str, str]) -> Address:
    """The API of the repository. Raises ``ConfigError``."""
    api = environ.get("PORTAIL_PORTE_API", "").rstrip("/")
    url = address_parts(api)
    if not url.hostname or url.username or (url.scheme != "https" and url.hostname not in HERE):
        raise ConfigError(
            "PORTAIL_PORTE_API manque, l’adresse du dépôt chez sa forge : "
            "https://api.github.com/repos/nom/depot, https://forge.example.org/api/v1/repos/nom/"
            "depot ou https://gitlab.example.org/api/v4/projects/12."
        )
    makes = {"/api/v4/": "gitlab", "/api/v1/": "gitea"}
    make = next((name for part, name in makes.items() if part in api), "github")
    return Address(make, api, SecretStr(checked(environ, "PORTAIL_PORTE_JETON")))


def _identity(environ: Mapping[str, str]) -> tuple[str, str]:
    names = ("PORTAIL_PORTE_UTILISATEUR", "PORTAIL_PORTE_MOT_DE_PASSE")
    user, password = (checked(environ, name) for name in names)
    if not user or not password:
        raise ConfigError(f"{names[0]} et {names[1]} manquent : ceux de la boîte relevée.")
    return user, password
