"""A form as it is drawn: every field with its words, from a layout and the schema of its kind;
which fields a layout forgot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, TypeAlias

from msgspec import Struct

from portail.model.parts import HANDICAPS
from portail.text.typography import capital, small

from .layout import (
    REQUIRED,
    Field,
    Fold,
    Layout,
    Outside,
    Part,
    Rows,
)

Schema = dict[str, Any]
_TYPES = {"E219": "url", "E220": "email", "E221": "tel"}
_WITH_EXAMPLES = ("texte", "horaires", "liste-de-textes", "commune")
_PASTED = "Coller depuis Word convient : la mise en forme utile est gardée, le reste est retiré."


class Choix(Struct, frozen=True):
    """A value that one may choose: its code, its name, what is said beside it."""

    code: str
    libelle: str
    note: str = ""


class Champ(Struct, frozen=True):
    """A control: what it asks, and how. ``chemin`` is the path of its value; ``requis`` the words
    beside its label; ``si`` is when it is asked, ``cache`` when it is not as long as nothing is
    said.
    """

    chemin: str
    saisie: str
    libelle: str
    hors: bool = False
    aide: str = ""
    requis: str = ""
    si: str = ""
    choix: tuple[Choix, ...] = ()
    defaut: str = ""
    limite: int = 0
    au_plus: int = 0
    exemple: str = ""
    dossiers: tuple[str, ...] = ()
    avec_dossier: bool = False
    type: str = "text"
    largeur: str = ""
    titre_tu: bool = False
    remplissage: str = ""
    tableau: tuple[Choix, ...] = ()
    nomme: str = ""
    cache: bool = False

    sorte = "champ"

    @property
    def cle(self) -> str:
        return self.nomme or self.chemin.replace(".", "-")

    @property
    def groupe(self) -> bool:
        """Whether several controls answer together: a legend names them, not a label."""
        return self.saisie in ("cases", "moment", "seance") or self.radios

    @property
    def radios(self) -> bool:
        """Whether one value is chosen among few, or some have words beside them: all are shown."""
        has_notes = any(choice.note for choice in self.choix)
        return self.saisie == "option" and (has_notes or len(self.choix) <= 5)

    @property
    def compte(self) -> bool:
        return self.saisie == "texte-long" or self.chemin == "titre"


class Lignes(Struct, frozen=True):
    """Rows of fields; ``premiere``: there is one from the start; ``plus`` are folded."""

    chemin: str
    un: str
    ajouter: str
    contenu: tuple[Champ, ...]
    titre: str = ""
    aide: str = ""
    plus: tuple[Champ, ...] = ()
    premiere: bool = False
    si: str = ""
    cache: bool = False

    sorte = "lignes"

    @property
    def cle(self) -> str:
        return self.chemin.replace(".", "-")


class Pli(Struct, frozen=True):
    """What is folded under a title."""

    cle: str
    titre: str
    contenu: tuple[Champ | Lignes, ...]
    si: str = ""
    cache: bool = False

    sorte = "pli"


Contenu: TypeAlias = Champ | Lignes | Pli


class Partie(Struct, frozen=True):
    """A numbered part; ``attend`` is what it needs, groups of names of which one answer is enough;
    ``pour`` the only mode in which it is asked; ``pli`` the words that open it.
    """

    cle: str
    titre: str
    court: str
    contenu: tuple[Contenu, ...]
    attend: tuple[str, ...] = ()
    pour: str = ""
    pli: str = ""


_UNSAID = Choix("", "Non précisé")


def drawn(layout: Layout, schema: Schema) -> tuple[Partie, ...]:
    """The parts of a form; ``schema`` is that of the front matter of its kind. Raises ``KeyError``
    for a field that the schema lacks."""
    controls = chain.from_iterable(map(_flat, layout.parties))
    defaults = {
        control.nom: next(iter(control.choix))
        for control in controls
        if isinstance(control, Outside) and control.choix
    }
    return tuple(
        Partie(
            part.cle,
            part.titre,
            part.court or part.titre,
            contenu=tuple(_content(block, schema, defaults) for block in part.contenu),
            attend=tuple(_needed(part, layout, schema)),
            pour=part.pour,
            pli=part.pli,
        )
        for part in layout.parties
    )


def _needed(part: Part, layout: Layout, schema: Schema) -> Iterator[str]:
    # What ``part`` has to say: fields that the schema requires, one of those that a rule asks for
    # where it holds the first of them, controls outside the file, the text where its kind needs
    # one.
    outside = [control for control in _flat(part) if isinstance(control, Outside)]
    names = _names(part)
    everywhere = set(chain.from_iterable(map(_names, layout.parties)))
    yield from (name for name in schema.get("required", ()) if name in names)
    for rule in schema.get("x-regles", ()):
        names_wanted = rule["champs"] if rule["regle"] == "un-de" else ()
        present = [field for field in names_wanted if field in everywhere]
        if present and present[0] in names:
            yield "|".join(
                (*present, *(control.nom for control in outside if control.vaut in names_wanted))
            )
    for control in outside:
        if control.requis == REQUIRED or (control.nom == "corps" and schema.get("x-texte")):
            yield control.nom


def _flat(part: Part) -> Iterator[Field | Outside | Rows]:
    for block in part.contenu:
        if isinstance(block, Fold):
            yield from block.contenu
        else:
            yield block


def asked(layout: Layout) -> Iterator[str]:
    """Names of what a form asks, in its order: fields of the file, controls outside it by the field
    that they stand for or their own."""
    for control in chain.from_iterable(map(_flat, layout.parties)):
        if isinstance(control, Outside):
            yield control.vaut or control.nom
        else:
            if isinstance(control, Rows) and control.premiere:
                yield from _WHOLE["seance"]  # the first row says those of the content itself
            yield control.chemin.partition(".")[0]


def _names(part: Part) -> set[str]:
    return {
        control.chemin.partition(".")[0]
        for control in _flat(part)
        if isinstance(control, Field | Rows)
    }


def _holds(conditions: str, answers: Mapping[str, str]) -> bool:
    for condition in filter(None, conditions.split(";")):
        name, _, values = condition.partition("=")
        value = answers.get(name, "")
        if values == "?":
            continue
        if not (value if values == "*" else value in values.split(",")):
            return False
    return True


def field_schema(schema: Schema, path: str) -> tuple[Schema, bool]:
    """The schema of the field at ``path`` of a group, and whether it is always required. Raises
    ``KeyError`` where there is none."""
    required = True
    if path:
        for key in path.split("."):
            required = required and key in schema.get("required", ())
            schema = schema["properties"][key]
    return schema, bool(path) and required


def _content(
    block: Field | Outside | Rows | Fold, schema: Schema, answers: Mapping[str, str]
) -> Contenu:
    # ``block`` as it is drawn, hidden when its condition does not hold as long as only ``answers``
    # are given.
    if isinstance(block, Fold):
        inside = tuple(_inside(control, schema, answers) for control in block.contenu)
        return Pli(block.cle, block.titre, inside, block.si, not _holds(block.si, answers))
    return _inside(block, schema, answers)


def _inside(
    control: Field | Outside | Rows, schema: Schema, answers: Mapping[str, str]
) -> Champ | Lignes:
    hidden = not _holds(control.si, answers)
    if isinstance(control, Outside):
        return _outside(control, schema, hidden)
    if isinstance(control, Rows):
        return _rows(control, schema, hidden)
    return _field(control, schema, hidden)


def _rows(rows: Rows, schema: Schema, hidden: bool) -> Lignes:
    value, _ = field_schema(schema, rows.chemin)
    row = row_of(value["items"])
    shown, more = (
        tuple(_field(field, row, not _holds(field.si, {})) for field in fields)
        for fields in (rows.contenu, rows.plus)
    )
    return Lignes(
        rows.chemin,
        rows.un,
        rows.ajouter,
        contenu=shown,
        titre=rows.titre or value["title"],
        aide=rows.aide or value["description"],
        plus=more,
        premiere=rows.premiere,
        si=rows.si,
        cache=hidden,
    )


def row_of(items: Schema) -> Schema:
    """The group that a row is, where it may be written as one word too."""
    groups = (group for group in items.get("anyOf", ()) if "properties" in group)
    return next(groups, items)


def _outside(control: Outside, schema: Schema, hidden: bool) -> Champ:
    return Champ(
        control.nom,
        control.saisie,
        control.libelle,
        hors=True,
        aide=f"{control.aide} {_PASTED}" if control.saisie == "corps" else control.aide,
        requis=control.requis,
        si=control.si,
        choix=tuple(Choix(code, label) for code, label in control.choix.items()),
        defaut=next(iter(control.choix), ""),
        type="email" if control.remplissage == "email" else "text",
        largeur=control.largeur,
        titre_tu=control.titre_tu,
        remplissage=control.remplissage,
        nomme=f"votre-{control.nom}" if control.nom in schema["properties"] else "",
        cache=hidden,
    )


def _field(field: Field, schema: Schema, hidden: bool) -> Champ:
    value, required = field_schema(schema, field.chemin)
    leaf = value.get("items", value)
    needed = field.requis
    if needed is None:
        needed = REQUIRED if required else ""
    label = field.libelle or value["title"]
    return Champ(
        field.chemin,
        field.saisie,
        f"{field.groupe}\u00a0: {small(label)}" if field.groupe else label,
        aide=value.get("description", "") if field.aide is None else field.aide,
        requis=needed,
        si=field.si,
        choix=tuple(_choices(field, value, needed)),
        defaut=str(value.get("default", "")),
        limite=leaf.get("maxLength", 0),
        au_plus=value.get("maxItems", 0),
        exemple=_example(field, value),
        dossiers=field.dossiers or tuple(leaf.get("x-references", ())),
        avec_dossier=leaf.get("x-code") == "E401",
        type=_TYPES.get(leaf.get("x-code", ""), "text"),
        largeur=field.largeur,
        tableau=tuple(
            Choix(code, value["properties"][code]["title"], note)
            for code, note in (field.notes if field.saisie == "acces" else {}).items()
        ),
        cache=hidden,
    )


def _choices(field: Field, value: Schema, needed: str) -> Iterator[Choix]:
    # The values of a controlled list; none of them too, where one need not choose.
    leaf = value.get("items", value)
    if field.saisie == "acces":
        leaf = next(iter(leaf["properties"].values()))
    for sort, words in leaf.get("x-mots", {}).items():
        yield from (Choix(code, capital(word), sort) for code, word in words.items())
    labels = dict(zip(leaf.get("enum", ()), leaf.get("x-libelles", ()), strict=True))
    codes = field.valeurs or tuple(labels)
    if codes and field.saisie == "option" and not needed and "default" not in value:
        yield _UNSAID
    for code in codes:
        name = code if field.saisie == "acces" else labels[code]
        yield Choix(code, capital(name), field.notes.get(code, ""))


def _example(field: Field, value: Schema) -> str:
    # An example of what to write, where one writes freely and is told nothing better.
    examples = value.get("examples", ())
    if not examples or field.saisie not in _WITH_EXAMPLES or field.aide is not None:
        return ""
    example = examples[0]
    if isinstance(example, list):
        return ", ".join(example)
    return str(example)


# Controls that say several fields of a group.
_WHOLE = {"seance": ("debut", "fin"), "acces": HANDICAPS}


def faults(layout: Layout, schema: Schema, file: str) -> Iterator[str]:
    """What the form of ``file`` forgot of the front matter, and what it kept of a field that is no
    more.
    """
    paths = set(leaves(schema))
    controlled = set(control_paths(layout))
    for path in sorted(paths - controlled - layout.ecartes.keys()):
        yield (
            f"Le champ « {path} » n’est ni demandé par le formulaire, ni écarté.\n"
            f"→ {file} : ajoutez « - {{chemin: {path}, saisie: …}} » à l’une de ses parties, "
            f"ou « {path}: pourquoi il n’est pas demandé » à ses « ecartes »."
        )
    for path in sorted((controlled | layout.ecartes.keys()) - paths):
        yield f"Le champ « {path} » n’existe plus.\n→ {file} : retirez-le."
    for path in sorted(controlled & layout.ecartes.keys()):
        yield f"Le champ « {path} » est demandé et écarté.\n→ {file} : retirez-le de l’un des deux."


def leaves(schema: Schema, path: str = "") -> Iterator[str]:
    """Paths of the values that a file may write: ``tarif.prix``, ``seances.debut``."""
    group = row_of(schema["items"]) if "items" in schema else schema
    if "properties" not in group:
        yield path
        return
    for name, inner in group["properties"].items():
        yield from leaves(inner, f"{path}.{name}" if path else name)


def control_paths(layout: Layout) -> Iterator[str]:
    """Paths that the controls of a form say."""
    for part in layout.parties:
        for control in _flat(part):
            if isinstance(control, Rows):
                for field in (*control.contenu, *control.plus):
                    yield from _field_paths(field, control.chemin)
            elif isinstance(control, Field):
                yield from _field_paths(control)


def _field_paths(field: Field, row: str = "") -> Iterator[str]:
    path = ".".join(filter(None, (row, field.chemin)))
    inside = _WHOLE.get(field.saisie)
    if inside:
        yield from (f"{path}.{key}" for key in inside)
    else:
        yield path
