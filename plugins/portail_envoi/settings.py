"""Settings of the sending, from the environment: servers, addresses of lists, secrets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct
from pydantic import SecretStr

from portail.config import is_siteurl
from portail.diagnostics import ConfigError
from portail.text.addresses import web_parts
from portail.text.shapes import is_number, is_visible_ascii
from portail.text.suggest import meant, nearest

from .mails import Leaving
from .smtp import Security, SmtpServer, is_loopback
from .subscribers import AddressFault, Mailbox, mailbox

_PREFIX = "PORTAIL_ENVOI_"
_NAMES = """ABONNES AUTORITE BREVO BREVO_CLE DESABONNEMENT LISTES LISTMONK LISTMONK_JETON
    LISTMONK_MODELE MOT_DE_PASSE RETOURS SECRET SERVEUR TLS UTILISATEUR""".split()
_SECURITIES: Mapping[str, Security] = {"starttls": "starttls", "tls": "tls"}
BREVO = "https://api.brevo.com"


class ListmonkPlace(Struct, frozen=True):
    # Without final slash.
    url: str
    token: SecretStr
    # The number of the template that adds nothing; 0 for the first that is there.
    template: int


class BrevoPlace(Struct, frozen=True):
    # Without final slash.
    url: str
    key: SecretStr


def check_names(environ: Mapping[str, str]) -> None:
    for name in environ:
        if name.startswith(_PREFIX) and name.removeprefix(_PREFIX) not in _NAMES:
            near = nearest(name, [_PREFIX + setting for setting in _NAMES], limit=1)
            hint = f" Vouliez-vous dire {near[0]} ?" if near else ""
            raise ConfigError(f"Le réglage {name} n’existe pas.{hint}")


def secrets(environ: Mapping[str, str]) -> tuple[SecretStr, ...]:
    values = (
        _secret(environ, "PORTAIL_ENVOI_MOT_DE_PASSE"),
        _secret(environ, "PORTAIL_ENVOI_SECRET"),
        _secret(environ, "PORTAIL_ENVOI_LISTMONK_JETON"),
        _secret(environ, "PORTAIL_ENVOI_BREVO_CLE"),
    )
    return tuple(filter(None, values))


def _secret(environ: Mapping[str, str], name: str) -> SecretStr:
    # A secret, empty if it is not set. Raises ``ConfigError`` for a control character or a blank
    # around it: an error of some library would quote it whole.
    value = environ.get(name, "")
    if value != value.strip() or any(ord(char) < 32 or ord(char) == 127 for char in value):
        raise ConfigError(
            f"{name} contient une fin de ligne, une tabulation ou une espace au bord."
        )
    return SecretStr(value)


def without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the processes that build the site, which know no setting of a sending."""
    return {name: value for name, value in environ.items() if not name.startswith(_PREFIX)}


def smtp_server(environ: Mapping[str, str], *, plain: bool = False, timeout: float) -> SmtpServer:
    """The mail server, without TLS if it is ``plain``. Raises ``ConfigError``."""
    address = environ.get("PORTAIL_ENVOI_SERVEUR", "").strip()
    if not address:
        raise ConfigError(
            "Il manque PORTAIL_ENVOI_SERVEUR, le serveur de courriel : smtp.example.org:587"
        )
    parts = web_parts(f"http://{address}")
    if parts is None or parts.port == 0 or address != parts.netloc:
        raise ConfigError(
            "PORTAIL_ENVOI_SERVEUR ne se lit pas, écrivez serveur ou serveur:port, sans mot de "
            "passe."
        )
    host = parts.hostname or ""
    port = parts.port or 0
    default = "tls" if port == 465 else "starttls"
    name = environ.get("PORTAIL_ENVOI_TLS", "").strip().lower() or default
    if name not in _SECURITIES:
        raise ConfigError(f"PORTAIL_ENVOI_TLS « {name} » n’est ni starttls ni tls.")
    if plain and not is_loopback(host):
        raise ConfigError(f"--sans-tls n’est admis que vers cette machine, pas vers {host}.")
    security: Security = "aucune" if plain else _SECURITIES[name]
    user = environ.get("PORTAIL_ENVOI_UTILISATEUR", "")
    password = _secret(environ, "PORTAIL_ENVOI_MOT_DE_PASSE")
    if bool(user) != bool(password):
        raise ConfigError(
            "PORTAIL_ENVOI_UTILISATEUR et PORTAIL_ENVOI_MOT_DE_PASSE vont ensemble : il en manque "
            "un."
        )
    if any(ord(char) < 32 for char in user):
        raise ConfigError("PORTAIL_ENVOI_UTILISATEUR contient un caractère invisible.")
    authority = environ.get("PORTAIL_ENVOI_AUTORITE", "")
    if authority and not Path(authority).is_file():
        raise ConfigError(f"PORTAIL_ENVOI_AUTORITE : le fichier {authority} n’existe pas.")
    port = port or (465 if security == "tls" else 587)
    return SmtpServer(host, port, security, user, password, authority, timeout)


def return_path(environ: Mapping[str, str], sender: Mailbox) -> str:
    """The recipient of mails that come back (MAIL FROM). Raises ``ConfigError``."""
    address = environ.get("PORTAIL_ENVOI_RETOURS", "")
    try:
        box = mailbox(address) if address else sender
    except AddressFault as fault:
        raise ConfigError(f"PORTAIL_ENVOI_RETOURS : l’adresse ne convient pas, {fault}.") from None
    if not box.is_ascii:
        raise ConfigError(f"L’expéditeur {box} a des accents avant « @ » : donnez-en un autre.")
    return str(box)


def leaving(environ: Mapping[str, str], mail: str) -> Leaving:
    """The ways to unsubscribe; ``mail`` is an address to write to. Raises ``ConfigError``."""
    template = environ.get("PORTAIL_ENVOI_DESABONNEMENT", "")
    return Leaving(template, _secret(environ, "PORTAIL_ENVOI_SECRET"), mail)


def lists(environ: Mapping[str, str], editions: Collection[str]) -> dict[str, str]:
    """The lists of ``PORTAIL_ENVOI_LISTES``, by edition: ``region=lettre@listes.example.org,
    somme=lettre-somme@listes.example.org``. Raises ``ConfigError``."""
    by_code: dict[str, str] = {}
    for part in filter(str.strip, environ.get("PORTAIL_ENVOI_LISTES", "").split(",")):
        code, _, value = map(str.strip, part.partition("="))
        if not value:
            raise ConfigError(
                f"PORTAIL_ENVOI_LISTES : « {part.strip()} » ne se lit pas, écrivez édition=liste."
            )
        if code not in editions:
            hint = meant(code, editions)
            raise ConfigError(f"PORTAIL_ENVOI_LISTES : l’édition « {code} » n’existe pas.{hint}")
        if code in by_code:
            raise ConfigError(f"PORTAIL_ENVOI_LISTES nomme deux fois l’édition « {code} ».")
        by_code[code] = value
    return by_code


def listmonk(environ: Mapping[str, str]) -> ListmonkPlace:
    url = _service(environ, "PORTAIL_ENVOI_LISTMONK", "le jeton", "https://listes.example.org")
    token = _secret(environ, "PORTAIL_ENVOI_LISTMONK_JETON")
    user, _, key = token.get_secret_value().partition(":")
    if user.split() != [user] or not is_visible_ascii(key):
        raise ConfigError("PORTAIL_ENVOI_LISTMONK_JETON manque ou n’est pas « utilisateur:jeton ».")
    template = environ.get("PORTAIL_ENVOI_LISTMONK_MODELE", "").strip() or "0"
    if not is_number(template) or len(template) > 9:
        raise ConfigError("PORTAIL_ENVOI_LISTMONK_MODELE est le numéro d’un modèle.")
    return ListmonkPlace(url, token, int(template))


def brevo(environ: Mapping[str, str]) -> BrevoPlace:
    url = BREVO
    if environ.get("PORTAIL_ENVOI_BREVO", "").strip():
        url = _service(environ, "PORTAIL_ENVOI_BREVO", "la clé", BREVO)
    key = _secret(environ, "PORTAIL_ENVOI_BREVO_CLE")
    if not is_visible_ascii(key.get_secret_value()):
        raise ConfigError(
            "PORTAIL_ENVOI_BREVO_CLE manque ou ne se lit pas : c’est une clé d’API de Brevo "
            "(xkeysib-…)."
        )
    return BrevoPlace(url, key)


def _service(environ: Mapping[str, str], name: str, secret: str, example: str) -> str:
    url = environ.get(name, "").strip().rstrip("/")
    if not url:
        raise ConfigError(f"Il manque {name} : {example}")
    if not is_siteurl(url):
        # The value is not quoted: it may hold a password.
        raise ConfigError(f"{name} n’est pas une adresse complète, sans mot de passe : {example}")
    parts = urlsplit(url)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ConfigError(f"{name} : {secret} ne part qu’en https.")
    return url


def journal_folder(environ: Mapping[str, str]) -> Path:
    """The folder of journals: ``PORTAIL_JOURNAL``, else ``~/.local/state/portail``."""
    return Path(environ.get("PORTAIL_JOURNAL") or "~/.local/state/portail").expanduser()
