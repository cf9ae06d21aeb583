"""An issue of a forge, opened by one of our forms and written by anybody, as a row of its form."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise

from msgspec import Struct

from portail.diagnostics import Refused
from portail.features.services.tableurs.columns import BODY, Form
from portail.features.services.tableurs.grid import Cell, Grid, Row
from portail.features.services.tableurs.issue_forms import CONSENT, FILES, fields_of_form
from portail.text.normalise import name_key
from portail.text.shapes import with_newlines

# Signs of the text of an issue: GitHub takes no more.
MOST_SIGNS = 65_536
# What a forge writes for a field that was left empty.
NO_ANSWER = "_No response_"
_HEADING = "### "
# A line that shows a picture, as the forge writes one that is dropped into a field.
_PICTURE = re.compile(
    r"[ \t]*(?:!\[[^\[\]\n]{0,500}\]\([^()\s]{1,2000}\)|<img\b[^<>\n]{0,3000}>)[ \t]*",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"[ \t]*\[[^\[\]\n]{0,500}\]\(https://[^()\s]{1,2000}/(?:user-attachments/files|attachments)/"
    r"[^()\s]{1,2000}\)[ \t]*"
)
_LEFT = "non reprise : envoyez-la par le formulaire du site, avec son crédit et sa description"


class Issue(Struct, frozen=True):
    form: Form
    grid: Grid
    # French sentences on what of it is left.
    notes: tuple[str, ...] = ()


def issue_text(data: bytes, suffix: str) -> str | None:
    """The text of an issue, from the JSON of a forge or alone; ``None`` for what is no issue."""
    if suffix != ".json":
        text = data.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
        return text if text.startswith(_HEADING) else None
    with suppress(ValueError, RecursionError):
        record = json.loads(data)
        record = record.get("issue", record) if isinstance(record, dict) else {}
        if isinstance(record, dict) and isinstance(record.get("number"), int) and "body" in record:
            return str(record["body"] or "")
    return None


def issue_of(text: str, known_forms: Mapping[str, Form]) -> Issue:
    if len(text) > MOST_SIGNS:
        raise Refused(f"Ce message compte plus de {MOST_SIGNS} signes : raccourcissez-le.")
    lines = with_newlines(text).split("\n")
    form = _form(lines, known_forms)
    values = _values(lines, [column.label for column in fields_of_form(form)])
    _check_consent(values.pop(CONSENT))
    notes: list[str] = []
    heads = []
    cells = []
    for column in fields_of_form(form):
        value = values[column.label]
        if column.name == BODY:
            value = _without_files(value, notes)
        heads.append(Cell(column.label, column.label))
        cells.append(Cell(value, value))
    rows = [Row(1, tuple(heads)), Row(2, tuple(cells))]
    return Issue(form, Grid(form.row.feuille, rows, is_form=True), tuple(notes))


def _form(lines: Iterable[str], known_forms: Mapping[str, Form]) -> Form:
    # The form that has most of the headings. Raises ``Refused`` when none has two.
    heads = {_key(line) for line in lines if line.startswith(_HEADING)}
    named = {
        name: len(heads & {name_key(column.label) for column in fields_of_form(known_forms[name])})
        for name in FILES
    }
    best = max(named, key=lambda name: named[name])
    if named[best] < 2:
        raise Refused(
            "Ce message n’est pas celui d’un formulaire de la forge : ses titres « ### » n’y sont "
            "plus. Ouvrez-en un nouveau, par le formulaire."
        )
    return known_forms[best]


def _key(line: str) -> str:
    return name_key(line.removeprefix(_HEADING))


def _values(lines: list[str], labels: Iterable[str]) -> dict[str, str]:
    # What stands under each label. A heading that somebody wrote in a text is of that text, unless
    # it is a label: then nobody could tell which is which, and it is refused. Raises ``Refused``.
    wanted = {name_key(label): label for label in (*labels, CONSENT)}
    places = _places(lines, wanted)
    starts = sorted((place, key) for key, place in places.items())
    ends = [place for place, _ in starts[1:]] + [len(lines)]
    answers = {}
    for (start, key), end in zip(starts, ends, strict=True):
        value = "\n".join(lines[start + 1 : end]).strip()
        answers[wanted[key]] = "" if value == NO_ANSWER else value
    return answers


def _places(lines: list[str], wanted: Mapping[str, str]) -> dict[str, int]:
    candidates: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.startswith(_HEADING) and _key(line) in wanted:
            candidates[_key(line)].append(number)
    quoted = _quoted(lines)
    places = {}
    for key, label in wanted.items():
        plain = [number for number in candidates[key] if number not in quoted]
        numbers = plain if len(candidates[key]) > 1 else candidates[key]
        if not candidates[key]:
            raise Refused(
                f"Le titre « ### {label} » n’y est plus : remettez-le avec sa réponse, ou ouvrez "
                "un nouveau formulaire."
            )
        if len(numbers) != 1:
            raise Refused(
                f"Le titre « ### {label} » y est deux fois : c’est celui d’un champ. Dans votre "
                "texte, écrivez-le autrement."
            )
        places[key] = numbers[0]
    return places


def _quoted(lines: list[str]) -> frozenset[int]:
    inside: set[int] = set()
    opening = ""
    first = 0
    for number, line in enumerate(lines):
        bare = line.lstrip(" ")
        rest = bare.lstrip(bare[:1]) if bare[:1] in ("`", "~") else bare
        mark = bare[: len(bare) - len(rest)]
        if len(mark) < 3 or len(line) - len(bare) > 3:
            continue
        if not opening:
            if "`" not in rest or mark[0] == "~":
                opening = mark
                first = number
        elif mark[0] == opening[0] and len(mark) >= len(opening) and not rest.strip():
            inside.update(range(first, number + 1))
            opening = ""
    return frozenset(inside)


def _check_consent(value: str) -> None:
    boxes = [line.strip()[1:5].lower() for line in value.split("\n") if line.strip()[:1] in "-*"]
    if " [x]" not in boxes or " [ ]" in boxes:
        raise Refused(f"Sous « {CONSENT} », cochez chaque case : sans cela, rien n’est repris.")


def _without_files(text: str, notes: list[str]) -> str:
    rows = []
    quoted = _quoted(text.split("\n"))
    for number, line in enumerate(text.split("\n")):
        if number not in quoted and (_PICTURE.fullmatch(line) or _ATTACHED.fullmatch(line)):
            notes.append(f"Pièce jointe {_LEFT}.")
        else:
            rows.append(line)
    return "\n".join(_few_blanks(rows)).strip()


def _few_blanks(lines: list[str]) -> Iterator[str]:
    for before, line in pairwise(["x", *lines]):
        if before.strip() or line.strip():
            yield line
