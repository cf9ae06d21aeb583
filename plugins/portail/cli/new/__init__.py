"""``portail new KIND``: a content to complete, where it belongs."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from portail.cli.arguments import Parser, day
from portail.cli.new.names import file_name, kind_named
from portail.cli.settings import literal_settings
from portail.cli.terminal import safe
from portail.config import PARIS
from portail.errors import ConfigError
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.schemas.fields import example_of
from portail.schemas.template import BODY, MINIMUM, template

__all__ = ["kind_named", "main"]

_TITLE = 140
_NOTES = {
    "statut": "Retirez cette ligne quand le contenu est prêt à paraître.",
    "publie_le": "Le jour de parution sur le portail.",
    "debut": "Quand : debut et fin, ou seances, ou horaires, ou rrule.",
    "adresse": "Où : adresse, ou lieu (de l’annuaire), ou en_ligne.",
}


def main(argv: list[str]) -> int:
    """Write the file of a new content; returns 0, or 2 when it cannot be written."""
    options = _parser().parse_args(argv)
    kind = kind_named(" ".join(options.genre))
    content = Path(options.content or str(literal_settings(Path.cwd()).get("PATH") or "content"))
    if not content.is_dir():
        raise ConfigError(
            f"Le dossier « {content} » n’existe pas. Placez-vous dans le dossier du portail, "
            "ou donnez celui des contenus : --content DOSSIER"
        )
    today = options.date or datetime.now(PARIS).date()
    title = _title(options.titre)
    file = content / kind.info.folder / f"{file_name(kind, title, today)}.md"
    _write(file, _text(kind, title, today))
    sys.stdout.write(f"{safe(str(file))} est écrit. Complétez-le, puis vérifiez : portail check\n")
    return 0


def _parser() -> Parser:
    parser = Parser("new", "Écrit un contenu à compléter, à sa place dans content/.")
    parser.add("genre", nargs="+", metavar="GENRE", help="event, lieu, article, annonce…")
    parser.add("--titre", metavar="TITRE", help="titre du contenu (demandé sinon)")
    parser.add("--content", metavar="DOSSIER", help="dossier des contenus (content)")
    parser.add("--date", type=day, metavar="AAAA-MM-JJ", help="jour de parution (aujourd’hui)")
    return parser


def _title(given: str | None) -> str:
    """The title of a file to complete."""
    if given is None and not sys.stdin.isatty():
        raise ConfigError('Donnez le titre du contenu : portail new … --titre "…"')
    if given is None:
        sys.stdout.write("Titre : ")
        sys.stdout.flush()
        given = sys.stdin.readline()
    title = " ".join(given.split())
    if not title or len(title) > _TITLE or not title.isprintable():
        raise ConfigError(f'Un titre compte de 1 à {_TITLE} signes : --titre "…"')
    return title


def _text(kind: Kind, title: str, today: date) -> str:
    model = MODELS[kind]
    given: dict[str, Any] = {
        name: example_of(name, model.model_fields[name]) for name in model.obligatoires
    }
    given |= {"titre": title, **MINIMUM.get(kind, {})}
    if "publie_le" in given:
        given["publie_le"] = today.isoformat()
    given["statut"] = "brouillon"
    article = "e" if kind.info.article == "une" else ""
    head = f"Un{article} {kind.info.nom}. Ces lignes en « # » ne sont pas publiées.\n"
    head += "Remplacez les exemples, puis vérifiez : portail check"
    return template(kind, given, _NOTES, BODY, head)


def _write(file: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all."""
    made = False
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            made = True
            stream.write(text)
        made = False
    except FileExistsError:
        raise ConfigError(
            f"« {file} » existe déjà : choisissez un autre titre, ou complétez ce fichier."
        ) from None
    except OSError as error:
        raise ConfigError(f"« {file} » ne peut pas être écrit : {error.strerror}.") from error
    finally:
        if made:
            with suppress(OSError):
                file.unlink()
