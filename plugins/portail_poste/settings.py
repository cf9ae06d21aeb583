"""Settings of servers, from the environment: their names, their secrets."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Collection, Mapping

from portail.cli import CRASH, CRASHED
from portail.diagnostics import ConfigError
from portail.terminal.text import error_sentence
from portail.text.suggest import meant

# Names of this machine, where what is said needs no TLS.
HERE = ("localhost", "127.0.0.1")


def check_names(environ: Mapping[str, str], prefix: str, names: Collection[str]) -> None:
    for name in environ:
        if name.startswith(prefix) and name not in names:
            raise ConfigError(f"Le réglage {name} n’existe pas.{meant(name, names)}")


def scrubbed(text: str, environ: Mapping[str, str], secrets: Collection[str]) -> str:
    """``text`` without any of the secrets, whoever wrote them there.

    >>> scrubbed("535 wrong password: s3cret", {"MOT_DE_PASSE": "s3cret"}, ["MOT_DE_PASSE"])
    '535 wrong password: ***'
    """
    for name in secrets:
        text = text.replace(environ.get(name) or "***", "***")
    return text


def report_failure(error: Exception, secrets: Collection[str]) -> int:
    """Say what stopped a command, without its secrets: a fault of ours is printed whole. Its exit
    code."""
    sentence = error_sentence(error)
    text = f"{sentence}\n" if sentence else f"{traceback.format_exc()}{CRASHED}"
    sys.stderr.write(scrubbed(text, os.environ, secrets))
    if sentence:
        return 2
    return CRASH


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
