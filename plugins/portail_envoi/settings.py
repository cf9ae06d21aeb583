"""Settings of the sending, from the environment: servers, addresses of lists, secrets."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import SecretStr

from portail.config import is_siteurl
from portail.diagnostics import ConfigError
from portail.text.addresses import address_parts
from portail_poste.settings import HERE, checked, host_of
from portail_poste.smtp import SmtpServer

from .listmonk import Listmonk

PREFIX = "PORTAIL_ENVOI_"
SECRETS = ["PORTAIL_ENVOI_MOT_DE_PASSE", "PORTAIL_ENVOI_LISTMONK_JETON"]
NAMES = [
    *SECRETS,
    "PORTAIL_ENVOI_LISTES",
    "PORTAIL_ENVOI_LISTMONK",
    "PORTAIL_ENVOI_SERVEUR",
    "PORTAIL_ENVOI_UTILISATEUR",
]


def without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the processes that build the site, which know no setting of a sending."""
    return {name: value for name, value in environ.items() if not name.startswith(PREFIX)}


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
