"""``portail newsletter envoyer``: freeze the issue, build the site, send the mail that it made.

Exit codes: 0 everything is sent (or was), 1 someone is refused, put off or uncertain, and named, 2
usage or environment, nothing more was sent than what is told.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress

from portail.cli.arguments import Parser, choice
from portail.errors import ConfigError, PortailError
from portail_envoi.dispatch import send
from portail_envoi.secret import Secret, scrubbed
from portail_envoi.settings import check_names, secrets

__all__ = ["envoyer"]

WAYS = ("liste", "abonnes", "listmonk")


def envoyer(argv: Sequence[str]) -> int:
    """Run the command and return its exit code. No secret is in what it says."""
    known: tuple[Secret, ...] = ()
    try:
        options = _parser().parse_args([*argv])
        known = secrets(os.environ)
        check_names(os.environ)
        return send(options, os.environ)
    except PortailError as error:
        sys.stderr.write(f"{scrubbed(str(error), known)}\n")
        return 2
    except SystemExit as leaving:
        # argparse leaves this way: 0 after --help, 2 after a mistake it has told.
        return leaving.code if isinstance(leaving.code, int) else 2
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrompu. La même commande reprend où celle-ci s’est arrêtée.\n")
        return 130
    except Exception:
        # A fault of ours: told whole, but for what a library may have quoted.
        sys.stderr.write(scrubbed(traceback.format_exc(), known or _raw(os.environ)))
        return 2


def _raw(environ: Mapping[str, str]) -> tuple[Secret, ...]:
    with suppress(ConfigError):
        return secrets(environ)
    return ()


def _parser() -> Parser:
    parser = Parser("newsletter envoyer", "Envoie le numéro de la semaine, une seule fois.")
    parser.add("semaine", nargs="?", metavar="SEMAINE", help="2021-s39 ; celle du jour sinon")
    parser.add(
        "--vers", type=choice(WAYS), metavar="VOIE",
        help="liste (adresse d’une liste), abonnes (fichier) ou listmonk",
    )  # fmt: skip
    parser.add("--abonnes", metavar="FICHIER", help="fichier d’abonnés, hors du dépôt")
    parser.add("--edition", metavar="CODE", help="une seule édition")
    parser.add(
        "--erratum", action="store_true",
        help="ce qui a changé depuis la lettre et n’attend pas la prochaine, aux mêmes lecteurs",
    )  # fmt: skip
    parser.add("--sortie", metavar="DOSSIER", default="output", help="dossier du site construit")
    parser.add("--deja-construit", action="store_true", help="ne reconstruit pas le site")
    parser.add("--essai", metavar="ADRESSE", help="un seul message, « [Essai] », à cette adresse")
    parser.add("--simuler", action="store_true", help="dit ce qui serait fait, sans rien ouvrir")
    parser.add("--lancer", action="store_true", help="Listmonk : lance la campagne créée")
    parser.add(
        "--premier-envoi", action="store_true",
        help="ce numéro, figé ailleurs, n’a encore été envoyé à personne",
    )  # fmt: skip
    parser.add(
        "--renvoyer-incertains", action="store_true",
        help="renvoie à ceux qui l’ont peut-être déjà reçu",
    )  # fmt: skip
    parser.add(
        "--si-jeudi", action="store_true",
        help="n’envoie que le jeudi, dès 8 h, heure de Paris, et une seule fois",
    )  # fmt: skip
    parser.add(
        "--attendre", type=_count, default=0, metavar="N",
        help="attend que le site montre le numéro, au plus N minutes",
    )  # fmt: skip
    parser.add("--debit", type=_count, default=300, metavar="N", help="messages par minute (300)")
    parser.add("--delai", type=_count, default=60, metavar="N", help="secondes par réponse (60)")
    parser.add("--sans-tls", action="store_true", help="vers cette machine seulement")
    return parser


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre entier")
