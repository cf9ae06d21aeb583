"""Settings of the sending, from the environment: servers, addresses of lists, secrets."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import SecretStr

from portail.config import is_siteurl
from portail.diagnostics import ConfigError
from portail.text.addresses import address_parts
from portail.text.suggest import meant

from .listmonk import Listmonk
from .smtp import SmtpServer

_PREFIX = "PORTAIL_ENVOI_"
_SECRETS = ["PORTAIL_ENVOI_MOT_DE_PASSE", "PORTAIL_ENVOI_LISTMONK_JETON"]
_NAMES = [
    *_SECRETS,
    "PORTAIL_ENVOI_LISTES",
    "PORTAIL_ENVOI_LISTMONK",
    "PORTAIL_ENVOI_SERVEUR",
    "PORTAIL_ENVOI_UTILISATEUR",
]
# Names of this machine, where what is said needs no TLS.
HERE = ("localhost", "127.0.0.1")


def check_names(
    environ: Mapping[str, str], prefix: str = _PREFIX, names: Collection[str] = _NAMES
) -> None:
    for name in environ:
        if name.startswith(prefix) and name not in names:
            raise ConfigError(f"Le réglage {name} n’existe pas.{meant(name, names)}")


def scrubbed(
    text: str, environ: Mapping[str, str], secrets: Collection[str] = tuple(_SECRETS)
) -> str:
    """``text`` without any of the secrets, whoever wrote them there.

    >>> scrubbed("535 wrong password: s3cret", {"PORTAIL_ENVOI_MOT_DE_PASSE": "s3cret"})
    '535 wrong password: ***'
    """
    for name in secrets:
        text = text.replace(environ.get(name) or "***", "***")
    return text


def checked(environ: Mapping[str, str], name: str) -> str:
    """A name or a secret, empty if it is not set. Raises ``ConfigError`` for what a library would
    refuse, quoting it whole."""
    value = environ.get(name, "")
    if value != value.strip() or not (value.isascii() and value.isprintable()):
        raise ConfigError(f"{name} contient un accent, une fin de ligne ou une espace au bord.")
    return value


def host_of(environ: Mapping[str, str], name: str, like: str, *, plain: bool) -> tuple[str, int]:
    """A server and its port, that of ``like`` if it is not said. Raises ``ConfigError``."""
    host, _, port = environ.get(name, "").strip().partition(":")
    port = port or like.partition(":")[2]
    if not host or not port.isdecimal():
        raise ConfigError(f"{name} manque ou ne se lit pas, écrivez {like}.")
    if plain and host not in HERE:
        raise ConfigError(f"--sans-tls n’est admis que vers cette machine, pas vers {host}.")
    return host, int(port)


def without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the processes that build the site, which know no setting of a sending."""
    return {name: value for name, value in environ.items() if not name.startswith(_PREFIX)}


def smtp_server(environ: Mapping[str, str], *, plain: bool) -> SmtpServer:
    """The mail server, without TLS if it is ``plain``. Raises ``ConfigError``."""
    host, port = host_of(environ, "PORTAIL_ENVOI_SERVEUR", "smtp.example.org:587", plain=plain)
    user = checked(environ, "PORTAIL_ENVOI_UTILISATEUR")
    password = checked(environ, "PORTAIL_ENVOI_MOT_DE_PASSE")
    if bool(user) != bool(password):
        raise ConfigError("PORTAIL_ENVOI_UTILISATEUR et PORTAIL_ENVOI_MOT_DE_PASSE vont ensemble.")
    return SmtpServer(host=host, port=port, user=user, password=SecretStr(password), plain=plain)


def lists(environ: Mapping[str, str], editions: Collection[str]) -> dict[str, str]:
    """The lists of ``PORTAIL_ENVOI_LISTES``, by edition: ``region=lettre@listes.example.org,
    somme=lettre-somme@listes.example.org``. Raises ``ConfigError``."""
    by_code = {}
    for part in filter(str.strip, environ.get("PORTAIL_ENVOI_LISTES", "").split(",")):
        code, _, value = map(str.strip, part.partition("="))
        if not value or code not in editions or code in by_code:
            raise ConfigError(
                f"PORTAIL_ENVOI_LISTES : « {part.strip()} » ne se lit pas, écrivez édition=liste, "
                f"une fois pour chacune ; éditions : {', '.join(editions)}."
            )
        by_code[code] = value
    return by_code


def listmonk(environ: Mapping[str, str]) -> Listmonk:
    url = environ.get("PORTAIL_ENVOI_LISTMONK", "").strip().rstrip("/")
    # A value that is wrong is not quoted: it may hold a password.
    if not is_siteurl(url) or (url.startswith("http:") and address_parts(url).hostname not in HERE):
        raise ConfigError(
            "PORTAIL_ENVOI_LISTMONK manque ou n’est pas une adresse https complète, sans mot de "
            "passe : https://listes.example.org"
        )
    token = checked(environ, "PORTAIL_ENVOI_LISTMONK_JETON")
    if ":" not in token:
        raise ConfigError("PORTAIL_ENVOI_LISTMONK_JETON manque ou n’est pas « utilisateur:jeton ».")
    return Listmonk(url, SecretStr(token))
