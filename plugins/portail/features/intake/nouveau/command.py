"""``portail new KIND``: a content to complete, where it belongs."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from portail.cli.arguments import Parser, day
from portail.cli.contents import literal_settings, place_here, write_new
from portail.clock import TIMEZONE, portal_zone, set_portal_zone
from portail.diagnostics import ConfigError
from portail.features.services.schemas.examples import BODY, examples, gaps, moved
from portail.features.services.schemas.fields import example_of
from portail.model.kinds import KINDS, Kind
from portail.model.registry import MODELS
from portail.source.genres import bring_kinds
from portail.source.yaml_text import written
from portail.terminal.text import safe
from portail.text.normalise import fold
from portail.text.place import Place, filled
from portail.text.suggest import meant
from portail.text.visible import GAP

from .names import file_name


def kind_named(text: str) -> Kind:
    """The kind of a folder, class or French name, any case, with or without accents (« temps
    fort », « events », « Événement »). Raises ``ConfigError``."""
    names = {}
    for known, info in KINDS.items():
        for name in (info.folder, info.class_name, info.nom, info.pluriel):
            names[fold(name).replace("-", " ")] = known
    kind = names.get(fold(text).replace("-", " ").replace("_", " "))
    if kind is None:
        hint = meant(text, names)
        raise ConfigError(f"« {text} » n’est pas un genre de contenu.{hint} Genres : {_kinds()}.")
    return kind


def _kinds() -> str:
    return ", ".join(info.nom for info in KINDS.values())


_TITLE = 140
# Most optional fields that are proposed.
_USUAL = 8
_NOTES = {
    "debut": "Quand : debut et fin, ou seances, ou horaires, ou rrule.",
    "adresse": "Où : adresse, ou lieu (de l’annuaire), ou en_ligne.",
}


def main(argv: list[str]) -> int:
    """Write the file of a new content; returns 0, or 2 when it cannot be written."""
    bring_kinds(Path.cwd())
    options = _parser().parse_args(argv)
    kind = kind_named(" ".join(options.genre))
    settings = literal_settings(Path.cwd())
    set_portal_zone(settings.get(TIMEZONE))
    content = Path(options.content or str(settings.get("PATH") or "content"))
    if not content.is_dir():
        raise ConfigError(
            f"Le dossier « {content} » n’existe pas. Placez-vous dans le dossier du portail, "
            "ou donnez celui des contenus : --content DOSSIER"
        )
    today = options.date or datetime.now(portal_zone()).date()
    title = _title(options.titre)
    file = content / kind.info.folder / f"{file_name(kind, title, today)}.md"
    text = _text(kind, title, today, place_here())
    write_new(file, text, "choisissez un autre titre, ou complétez ce fichier")
    sys.stdout.write(f"{safe(str(file))} est écrit. Complétez-le, puis vérifiez : portail check\n")
    return 0


def _parser() -> Parser:
    parser = Parser("new", "Écrit un contenu à compléter, à sa place dans content/.")
    parser.add("genre", "GENRE", _kinds(), nargs="+")
    parser.add("--titre", "TITRE", "titre du contenu (demandé sinon)")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--date", "AAAA-MM-JJ", "jour de parution (aujourd’hui)", type=day)
    return parser


def _title(typed: str | None) -> str:
    if typed is None and not sys.stdin.isatty():
        raise ConfigError('Donnez le titre du contenu : portail new … --titre "…"')
    if typed is None:
        sys.stdout.write("Titre : ")
        sys.stdout.flush()
        typed = sys.stdin.readline()
    title = " ".join(typed.split())
    if not title or len(title) > _TITLE or not title.isprintable():
        raise ConfigError(f'Un titre compte de 1 à {_TITLE} signes : --titre "…"')
    return title


def _text(kind: Kind, title: str, today: date, place: Place) -> str:
    # A draft: the fields that it must have, then those that its kind is most often given.
    model = MODELS[kind]
    own = {name: example_of(name, model.model_fields[name], place) for name in model.obligatoires}
    fields = moved({**own, **filled(kind.info.minimum, place.words)}, today)
    known = {"titre": title, "publie_le": today.isoformat()}
    article = ""
    if kind.info.article == "une":
        article = "e"
    lines = [
        "---",
        f"# Un{article} {kind.info.nom}, en brouillon. Remplacez chaque « {GAP} », puis vérifiez :",
        "# portail check. Ce qui suit un « # » n’est pas publié.",
    ]
    lines += [
        f"{key}: {written(known[key])}" if key in known else _line(kind, key, value)
        for key, value in fields.items()
    ]
    lines += [
        "statut: brouillon  # retirez cette ligne quand tout est prêt à paraître",
        "# Souvent utile : retirez le « # » du début de la ligne. Le reste est dans docs/champs/,",
        "# qu’écrit portail docs.",
    ]
    usual = examples(place, today)[kind].champs.items()
    optional = [_line(kind, key, value) for key, value in usual if key not in fields]
    return "\n".join([*lines, *(f"# {line}" for line in optional[:_USUAL]), "---", "", BODY, ""])


def _line(kind: Kind, key: str, example: Any) -> str:
    note = f"{kind.info.dated * _NOTES.get(key, '')} Par exemple : {written(example)}".lstrip()
    return f"{key}: {written(gaps(example))}  # {note}"
