"""Settings of the sending, from the environment: servers, addresses of lists, secrets."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from portail.diagnostics import ConfigError
from portail.text.suggest import nearest
from portail_envoi.mails import Leaving
from portail_envoi.report import Secret
from portail_envoi.smtp import Security, SmtpServer, is_loopback
from portail_envoi.subscribers import AddressFault, Mailbox, mailbox

_PREFIX = "PORTAIL_ENVOI_"
_NAMES = (
    "ABONNES", "AUTORITE", "DESABONNEMENT", "LISTES", "LISTMONK", "LISTMONK_JETON",
    "LISTMONK_MODELE", "MOT_DE_PASSE", "RETOURS", "SECRET", "SERVEUR", "TLS", "UTILISATEUR",
)  # fmt: skip
_SECURITIES: Mapping[str, Security] = {"starttls": "starttls", "tls": "tls"}
_HOST = re.compile(r"(\[[0-9a-fA-F:]+\]|[\w.-]+)(?::(\d{1,5}))?")
_URL = re.compile(r"https?://(\[[0-9a-fA-F:]+\]|[\w.-]+)(:\d{1,5})?(/[\w.~-]+)*/?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Listmonk:
    """An instance of Listmonk: its address without final slash, « user:token », the number of the
    template that adds nothing (0: the one that is found)."""

    url: str
    token: Secret
    template: int


def check_names(environ: Mapping[str, str]) -> None:
    """Refuse a ``PORTAIL_ENVOI_*`` that means nothing: a server misnamed would be another. Raises
    ``ConfigError`` with the nearest name."""
    for name in environ:
        if name.startswith(_PREFIX) and name.removeprefix(_PREFIX) not in _NAMES:
            near = nearest(name, [_PREFIX + one for one in _NAMES], limit=1)
            hint = f" Vouliez-vous dire {near[0]} ?" if near else ""
            raise ConfigError(f"Le réglage {name} n’existe pas.{hint}")


def secrets(environ: Mapping[str, str]) -> tuple[Secret, ...]:
    """Every secret that is set."""
    found = (
        Secret("PORTAIL_ENVOI_MOT_DE_PASSE", environ.get("PORTAIL_ENVOI_MOT_DE_PASSE", "")),
        Secret("PORTAIL_ENVOI_SECRET", environ.get("PORTAIL_ENVOI_SECRET", "")),
        Secret("PORTAIL_ENVOI_LISTMONK_JETON", environ.get("PORTAIL_ENVOI_LISTMONK_JETON", "")),
    )
    return tuple(one for one in found if one)


def without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment for the processes that build the site: what they do not know, they cannot
    tell."""
    return {name: value for name, value in environ.items() if not name.startswith(_PREFIX)}


def smtp_server(environ: Mapping[str, str], *, plain: bool = False, timeout: float) -> SmtpServer:
    """The mail server. ``plain`` asks for no TLS, which is for this machine alone.

    Raises ``ConfigError``.
    """
    told = environ.get("PORTAIL_ENVOI_SERVEUR", "").strip()
    if not told:
        raise ConfigError(
            "Il manque PORTAIL_ENVOI_SERVEUR, le serveur de courriel : smtp.example.org:587"
        )
    found = _HOST.fullmatch(told)
    if not found or not 0 < int(found[2] or 1) < 65536:
        raise ConfigError(
            "PORTAIL_ENVOI_SERVEUR ne se lit pas, écrivez serveur ou serveur:port, sans mot de "
            "passe."
        )
    host, port = found[1].strip("[]"), int(found[2] or 0)
    default = "tls" if port == 465 else "starttls"
    name = environ.get("PORTAIL_ENVOI_TLS", "").strip().lower() or default
    if name not in _SECURITIES:
        raise ConfigError(f"PORTAIL_ENVOI_TLS « {name} » n’est ni starttls ni tls.")
    if plain and not is_loopback(host):
        raise ConfigError(f"--sans-tls n’est admis que vers cette machine, pas vers {host}.")
    security: Security = "aucune" if plain else _SECURITIES[name]
    user = environ.get("PORTAIL_ENVOI_UTILISATEUR", "")
    password = Secret("PORTAIL_ENVOI_MOT_DE_PASSE", environ.get("PORTAIL_ENVOI_MOT_DE_PASSE", ""))
    if bool(user) != bool(password):
        raise ConfigError(
            "PORTAIL_ENVOI_UTILISATEUR et PORTAIL_ENVOI_MOT_DE_PASSE vont ensemble : il en manque "
            "un."
        )
    if any(ord(sign) < 32 for sign in user):
        raise ConfigError("PORTAIL_ENVOI_UTILISATEUR contient un caractère invisible.")
    authority = environ.get("PORTAIL_ENVOI_AUTORITE", "")
    if authority and not Path(authority).is_file():
        raise ConfigError(f"PORTAIL_ENVOI_AUTORITE : le fichier {authority} n’existe pas.")
    port = port or (465 if security == "tls" else 587)
    return SmtpServer(host, port, security, user, password, authority, timeout)


def return_path(environ: Mapping[str, str], sender: Mailbox) -> str:
    """Where mails that come back go (MAIL FROM); the sender by default. Raises ``ConfigError``."""
    told = environ.get("PORTAIL_ENVOI_RETOURS", "")
    try:
        found = mailbox(told) if told else sender
    except AddressFault as fault:
        raise ConfigError(f"PORTAIL_ENVOI_RETOURS : l’adresse ne convient pas, {fault}.") from None
    if not found.is_ascii:
        raise ConfigError(f"L’expéditeur {found} a des accents avant « @ » : donnez-en un autre.")
    return str(found)


def leaving(environ: Mapping[str, str], mail: str) -> Leaving:
    """How subscribers leave; ``mail`` is an address to write to. Raises ``ConfigError``."""
    secret = Secret("PORTAIL_ENVOI_SECRET", environ.get("PORTAIL_ENVOI_SECRET", ""))
    return Leaving(environ.get("PORTAIL_ENVOI_DESABONNEMENT", ""), secret, mail)


def lists(environ: Mapping[str, str], editions: Collection[str]) -> dict[str, str]:
    """What ``PORTAIL_ENVOI_LISTES`` says, by edition: ``region=lettre@listes.example.org,
    somme=lettre-somme@listes.example.org``. Raises ``ConfigError``."""
    found: dict[str, str] = {}
    for part in filter(str.strip, environ.get("PORTAIL_ENVOI_LISTES", "").split(",")):
        code, equals, value = (one.strip() for one in part.partition("="))
        if not equals or not value:
            raise ConfigError(
                f"PORTAIL_ENVOI_LISTES : « {part.strip()} » ne se lit pas, écrivez édition=liste."
            )
        if code not in editions:
            near = nearest(code, editions, limit=1)
            hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
            raise ConfigError(f"PORTAIL_ENVOI_LISTES : l’édition « {code} » n’existe pas.{hint}")
        if code in found:
            raise ConfigError(f"PORTAIL_ENVOI_LISTES nomme deux fois l’édition « {code} ».")
        found[code] = value
    return found


def listmonk(environ: Mapping[str, str]) -> Listmonk:
    """The instance of Listmonk. Raises ``ConfigError``."""
    url = environ.get("PORTAIL_ENVOI_LISTMONK", "").strip().rstrip("/")
    if not url:
        raise ConfigError("Il manque PORTAIL_ENVOI_LISTMONK : https://listes.example.org")
    found = _URL.fullmatch(url)
    if not found:
        # The value is not told: it may hold a password.
        raise ConfigError(
            "PORTAIL_ENVOI_LISTMONK n’est pas une adresse complète, sans mot de passe : "
            "https://listes.example.org"
        )
    if url.startswith("http:") and not is_loopback(found[1]):
        raise ConfigError("PORTAIL_ENVOI_LISTMONK : le jeton ne part qu’en https.")
    token = Secret("PORTAIL_ENVOI_LISTMONK_JETON", environ.get("PORTAIL_ENVOI_LISTMONK_JETON", ""))
    if not re.fullmatch(r"[^:\s]+:[!-~]+", token.reveal()):
        raise ConfigError("PORTAIL_ENVOI_LISTMONK_JETON manque ou n’est pas « utilisateur:jeton ».")
    template = environ.get("PORTAIL_ENVOI_LISTMONK_MODELE", "").strip() or "0"
    if not re.fullmatch(r"\d{1,9}", template, re.ASCII):
        raise ConfigError("PORTAIL_ENVOI_LISTMONK_MODELE est le numéro d’un modèle.")
    return Listmonk(url, token, int(template))


def journal_folder(environ: Mapping[str, str]) -> Path:
    """Where journals are: ``PORTAIL_JOURNAL``, else ``~/.local/state/portail``."""
    told = environ.get("PORTAIL_JOURNAL", "")
    return Path(told).expanduser() if told else Path.home() / ".local" / "state" / "portail"
