"""Complete examples of each kind, the commented template of a file. Together they
make a small portal whose references hold: a test checks them as contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any

from msgspec import Struct

from portail.late import expression
from portail.model import genres
from portail.model.entry import Entry
from portail.model.genres import Genre
from portail.model.kinds import OURS, RENEWED, Kind
from portail.model.registry import MODELS
from portail.resources import rows
from portail.source.yaml_text import written
from portail.text.dates import MOIS
from portail.text.normalise import slugify
from portail.text.place import PLACE, Place, filled
from portail.text.typography import capital, inside
from portail.text.visible import GAP

from .fields import example_of, fields_of

# Monday of the week of every example.
_WEEK = date(2027, 9, 20)

_DAY = expression(r"\b\d{4}-\d{2}-\d{2}\b")


def moved(value: Any, today: date) -> Any:
    """``value``, an example, with its days around the week of ``today``."""
    if isinstance(value, str):
        by = _monday(today) - _WEEK
        return _DAY.sub(lambda day: str(date.fromisoformat(day[0]) + by), value)
    if isinstance(value, dict):
        return {key: moved(inner, today) for key, inner in value.items()}
    if isinstance(value, list):
        return [moved(inner, today) for inner in value]
    return value


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


# Body of a new file.
BODY = f"{GAP} : écrivez ici le texte."


def template(
    kind: Kind,
    values: Mapping[str, Any],
    body: str,
    head: str,
    place: Place = PLACE,
) -> str:
    """The text of a file of ``kind``. ``values`` are its fields and their values, in order;
    ``head`` the first comment. Every other field follows as a comment: what it is, its example, at
    ``place``, then the line to complete."""
    lines = ["---", f"# {head}"]
    for key, value in values.items():
        lines += _lines(key, value)
    lines += ["", "# Facultatif : retirez le « # » devant la clé des champs utiles."]
    fields = [(key, info) for key, info in fields_of(MODELS[kind]) if key not in values]
    for key, info in sorted(fields, key=lambda field: field[0] in Entry.model_fields):
        example = example_of(key, info, place)
        said = "" if example is None else f" Par exemple : {written(example)}"
        lines += ["", f"# {info.title} : {inside(info.description or '')}{said}"]
        lines.append(f"# {key}: {written(gaps(example))}")
    return "\n".join([*lines, "---", "", body, ""])


def gaps(example: Any) -> Any:
    """``example``, each of its values still to be written.

    >>> gaps({"min": "8", "noms": ["a", "b"]})
    {'min': 'À COMPLÉTER', 'noms': ['À COMPLÉTER']}
    """
    if isinstance(example, dict):
        return {key: gaps(value) for key, value in example.items()}
    if isinstance(example, list):
        return [gaps(example[0])]
    return GAP


def _lines(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"{key}:"
        yield from (f"  - {written(row)}" for row in value)
    else:
        yield f"{key}: {written(value)}"


_OPENING = timedelta(days=11)
# From that Monday to the first day of the season, and to the week of the letter.
_LETTER = timedelta(days=7)

_REMOVE = (
    "Exemple imaginaire, visible comme tel. Pour le retirer : supprimez ce fichier, ou écrivez\n"
    "PORTAIL_EXEMPLES = False dans pelicanconf.py, qui retire tous les exemples du portail."
)


class Example(Struct, frozen=True):
    """A content: its file name without ``.md``, its fields in order, its text."""

    nom: str
    champs: Mapping[str, Any]
    texte: str


@lru_cache(8)
def examples(place: Place = PLACE, today: date = _WEEK) -> Mapping[Kind, Example]:
    """An example of each kind, at ``place``, their days around those of the week of ``today``."""
    monday = _monday(today)
    opening = monday + _OPENING
    letter = (monday + _LETTER).isocalendar()
    words = {
        **place.words,
        "annee": str(opening.year),
        "mois": str(opening.month),
        "mois_dit": MOIS[opening.month - 1],
        "semaine": f"{letter.year}-s{letter.week:02}",
    }
    table = filled(moved(rows("exemples"), today), words)
    ours = {Kind(name): Example(**row) for name, row in table.items()}
    return ours | {kind: _own(genre, place, today) for kind, genre in genres.by_kind().items()}


RENEWED.append(examples.cache_clear)


def _own(genre: Genre, place: Place, today: date) -> Example:
    # The example of a kind of the instance: that of each of its fields.
    title = capital(genre.said.un)
    values = {"titre": title, "resume": "Une phrase ou deux.", "publie_le": f"{_monday(today)}"}
    names = [*(("debut", "fin") if genre.dated else ()), *genre.said.champs]
    said = {name: info for name, info in fields_of(genre.model) if name in names}
    examples = {name: example_of(name, said[name], place) for name in names if name in said}
    values |= moved(
        {name: example for name, example in examples.items() if example is not None}, today
    )
    return Example(slugify(title), values, "Le texte.")


def example_page(kind: Kind, place: Place = PLACE) -> str:
    """The example file of ``kind``: its fields, and the others as comments."""
    example = examples(place)[kind]
    head = f"Exemple imaginaire, à recopier sous content/{kind.value}/{example.nom}.md"
    return template(kind, example.champs, example.texte, head, place)


def example_files(place: Place, today: date) -> dict[str, str]:
    """The examples of a new portal, which say that they are: text of each file, by its path below
    ``content/``. From Monday to Friday, the outing is for the coming week-end."""
    week = today - timedelta(days=7) if today.isoweekday() < 6 else today
    head = [f"# {line}" for line in _REMOVE.split("\n")]
    files = {}
    for kind, example in examples(place, week).items():
        if kind not in OURS:
            continue
        values = {**example.champs, "exemple": "true"}
        fields = list(chain.from_iterable(_lines(key, value) for key, value in values.items()))
        lines = ("---", *head, *fields, "---", "", example.texte, "")
        files[f"{kind.value}/{example.nom}.md"] = "\n".join(lines)
    return files
