"""``portail new KIND``: a file to complete, written where it belongs."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from portail.cli.arguments import Parser, day
from portail.cli.settings import literal_settings
from portail.cli.template import BODY, MINIMUM, template
from portail.cli.terminal import safe
from portail.config import PARIS
from portail.errors import ConfigError
from portail.model.kinds import KINDS, Kind
from portail.model.registry import MODELS
from portail.schemas.fields import example_of
from portail.text.normalise import fold
from portail.text.slugs import slugify
from portail.text.suggest import nearest

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
    parser = Parser("new", "Écrit un contenu à compléter, à sa place dans content/.")
    parser.add("genre", nargs="+", metavar="GENRE", help="event, lieu, article, annonce…")
    parser.add("--titre", metavar="TITRE", help="titre du contenu (demandé sinon)")
    parser.add("--content", metavar="DOSSIER", help="dossier des contenus (content)")
    parser.add("--date", type=day, metavar="AAAA-MM-JJ", help="jour de parution (aujourd’hui)")
    options = parser.parse_args(argv)
    kind = kind_named(" ".join(options.genre))
    content = Path(options.content or str(literal_settings(Path.cwd()).get("PATH") or "content"))
    if not content.is_dir():
        raise ConfigError(
            f"Le dossier « {content} » n’existe pas. Placez-vous dans le dossier du portail, "
            "ou donnez celui des contenus : --content DOSSIER"
        )
    title = " ".join((options.titre or _asked()).split())
    if not title or len(title) > _TITLE or not title.isprintable():
        raise ConfigError(f'Un titre compte de 1 à {_TITLE} signes : --titre "…"')
    today = options.date or datetime.now(PARIS).date()
    file = content / kind.info.folder / f"{_name(kind, title, today)}.md"
    _write(file, _text(kind, title, today))
    shown = safe(str(file))
    sys.stdout.write(f"{shown} est écrit. Complétez-le, puis vérifiez : portail check\n")
    return 0


def kind_named(text: str) -> Kind:
    """The kind called ``text``: its folder, class or French name, any case, with or without
    accents (« temps fort », « events », « Événement »). Raises ``ConfigError``, with the nearest.
    """
    names = {
        fold(name).replace("-", " "): kind
        for kind, info in KINDS.items()
        for name in (info.folder, info.class_name, info.nom, info.pluriel)
    }
    found = names.get(fold(text).replace("-", " ").replace("_", " "))
    if found is None:
        near = nearest(text, names, limit=1)
        told = f" Le plus proche : « {near[0]} »." if near else ""
        known = ", ".join(info.nom for info in KINDS.values())
        raise ConfigError(f"« {text} » n’est pas un genre de contenu.{told} Genres : {known}.")
    return found


def _asked() -> str:
    """The title, typed on the terminal."""
    if not sys.stdin.isatty():
        raise ConfigError('Donnez le titre du contenu : portail new … --titre "…"')
    sys.stdout.write("Titre : ")
    sys.stdout.flush()
    return sys.stdin.readline()


def _name(kind: Kind, title: str, today: date) -> str:
    """Name of the file; a letter has the name of its week."""
    if kind is Kind.NEWSLETTER:
        year, week, _ = today.isocalendar()
        return f"{year}-s{week:02}"
    return slugify(title) or "mon-contenu"


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
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise ConfigError(
            f"« {file} » existe déjà : choisissez un autre titre, ou complétez ce fichier."
        ) from None
    except OSError as error:
        raise ConfigError(f"« {file} » ne peut pas être écrit : {error.strerror}.") from error
