"""Settings of the door, from the environment: the box, its mail server, the forge, secrets."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct
from pydantic import SecretStr

from portail.diagnostics import ConfigError
from portail.forge import make_of
from portail.text.mail import mailboxes
from portail.text.suggest import meant
from portail_envoi.smtp import SmtpServer

_PREFIX = "PORTAIL_PORTE_"
_SECRETS = ("PORTAIL_PORTE_MOT_DE_PASSE", "PORTAIL_PORTE_JETON")
_NAMES = (
    *_SECRETS,
    "PORTAIL_PORTE_ADRESSE",
    "PORTAIL_PORTE_API",
    "PORTAIL_PORTE_GARANT",
    "PORTAIL_PORTE_IMAP",
    "PORTAIL_PORTE_SMTP",
    "PORTAIL_PORTE_UTILISATEUR",
)
# Names of this machine, where what is said needs no TLS.
_HERE = ("localhost", "127.0.0.1")
_APIS = {
    "github": "https://api.github.com/repos{path}",
    "gitlab": "{host}/api/v4/projects/{quoted}",
    "gitea": "{host}/api/v1/repos{path}",
}


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
    """Where the API of a repository is; ``make`` is that of ``portail.forge``."""

    make: str
    url: str
    token: SecretStr


def check_names(environ: Mapping[str, str]) -> None:
    for name in environ:
        if name.startswith(_PREFIX) and name not in _NAMES:
            raise ConfigError(f"Le réglage {name} n’existe pas.{meant(name, _NAMES)}")


def scrubbed(text: str, environ: Mapping[str, str]) -> str:
    """``text`` without any of the secrets, whoever wrote them there."""
    for name in _SECRETS:
        text = text.replace(environ.get(name) or "***", "***")
    return text


def imap_server(environ: Mapping[str, str], *, plain: bool) -> ImapServer:
    """The server of the box. Raises ``ConfigError``."""
    host, port = _host(environ, "PORTAIL_PORTE_IMAP", "993", plain=plain)
    user, password = _identity(environ)
    return ImapServer(host, port, user, SecretStr(password), plain)


def smtp_server(environ: Mapping[str, str], *, plain: bool) -> SmtpServer:
    """The server that answers leave by. Raises ``ConfigError``."""
    host, port = _host(environ, "PORTAIL_PORTE_SMTP", "587", plain=plain)
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


def forge_address(environ: Mapping[str, str], depot: str) -> Address:
    """The API of the repository at ``depot``. Raises ``ConfigError``."""
    given = environ.get("PORTAIL_PORTE_API", "").rstrip("/")
    parts = urlsplit(depot)
    make = make_of(depot)
    if given:
        make = "gitlab" if "/api/v4/" in given else "gitea" if "/api/v1/" in given else "github"
    elif make:
        path = parts.path.rstrip("/").removesuffix(".git")
        quoted = path.strip("/").replace("/", "%2F")
        host = f"{parts.scheme}://{parts.netloc}"
        given = _APIS[make].format(path=path, quoted=quoted, host=host)
    url = urlsplit(given)
    if not url.hostname or url.username or (url.scheme != "https" and url.hostname not in _HERE):
        raise ConfigError(
            "L’interface de la forge ne se devine pas : PORTAIL_PORTE_API en donne l’adresse, "
            "https://api.github.com/repos/nom/depot, https://forge.example.org/api/v1/repos/nom/"
            "depot ou https://gitlab.example.org/api/v4/projects/12."
        )
    return Address(make, given, SecretStr(_checked(environ, "PORTAIL_PORTE_JETON")))


def _host(environ: Mapping[str, str], name: str, usual: str, *, plain: bool) -> tuple[str, int]:
    host, _, port = environ.get(name, "").strip().partition(":")
    port = port or usual
    if not host or not port.isdecimal():
        raise ConfigError(
            f"{name} manque ou ne se lit pas, écrivez un nom et son port : "
            f"courriel.example.org:{usual}"
        )
    if plain and host not in _HERE:
        raise ConfigError(f"--sans-tls n’est admis que vers cette machine, pas vers {host}.")
    return host, int(port)


def _identity(environ: Mapping[str, str]) -> tuple[str, str]:
    names = ("PORTAIL_PORTE_UTILISATEUR", "PORTAIL_PORTE_MOT_DE_PASSE")
    user, password = (_checked(environ, name) for name in names)
    if not user or not password:
        raise ConfigError(f"{names[0]} et {names[1]} manquent : ceux de la boîte relevée.")
    return user, password


def _checked(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if value != value.strip() or not (value.isascii() and value.isprintable()):
        raise ConfigError(f"{name} contient un accent, une fin de ligne ou une espace au bord.")
    return value
