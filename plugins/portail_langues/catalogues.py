"""Catalogues of gettext (``locale/en/LC_MESSAGES/portail.po``), and what is wrong with them.

A label is known by its French words and by its list, the context of the entry: one that changes is
untranslated from then on. What is not translated stays in French.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from gettext import c2py
from pathlib import Path, PurePosixPath
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from portail.codes import diagnostic
from portail.diagnostics import ConfigError, Diagnostic, Position
from portail.feature import Around
from portail.model.vocabulary import Vocabularies
from portail.resources import rows_of
from portail.settings import read_list

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages import Catalog, Message


_SETTING = "PORTAIL_LANGUES"
_FRENCH = "fr"
# Beside the contents, catalogues of the instance: languages, or labels, of its own.
_FOLDER = PurePosixPath("locale")
_FILE = "LC_MESSAGES/portail.po"
_OURS = Path(__file__).parent

_WORDS: Mapping[str, Any] = rows_of("portail_langues", "mots")
# Contexts of what no list holds.
SENTENCES = "phrases"
PRICES = "tarifs"
SENTENCE: Mapping[str, str] = _WORDS[SENTENCES]
PLURAL: Mapping[str, tuple[str, str]] = {key: tuple(row) for key, row in _WORDS["pluriels"].items()}
LANGUAGES = "langues"
# Lists whose labels are told; names of languages are those of CLDR, but for a few.
_LISTS = (
    *("formats", "publics", "regimes", "etats", "dedans-dehors", "douceurs", "types-lieux"),
    *("equipements", "equipements-accessibilite", "handicaps", "valeurs-accessibilite"),
)

# The context of an entry, its French words, the singular of those that count.
Entry: TypeAlias = tuple[str, str]


class Catalogue(Struct, frozen=True):
    """What is translated in a language: texts by entry, several of what counts, among which the
    rule ``pluriel`` chooses (as C writes it); ``locale`` says how its dates and sums are written.
    """

    langue: str
    locale: str
    pluriel: str
    textes: Mapping[Entry, tuple[str, ...]]


def read_setting(value: object) -> tuple[str, ...]:
    """The codes of languages. Raises ``ConfigError``, also where Babel is missing."""
    codes = read_list(_SETTING, '["en", "nl"]')(value)
    for code in codes:
        locale_of(code)
    return tuple(dict.fromkeys(codes))


def locale_of(code: str) -> Locale:
    """How a language writes. Raises ``ConfigError`` for one that is not known."""
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError as error:
        raise ConfigError(
            f"{_SETTING} demande Babel : tapez « pip install babel », et ajoutez une ligne "
            "« babel » à requirements.txt ; ou retirez ce réglage."
        ) from error
    try:
        if code.isalpha() and code.islower() and code != _FRENCH:
            return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        pass
    raise ConfigError(
        f"{_SETTING} : « {code} » n’est pas une autre langue que Babel connaît ; écrivez son code "
        "de deux ou trois lettres (ISO 639) : « en », « nl », « de »."
    )


def name_of(code: str) -> str:
    """What a language calls itself: « Nederlands »."""
    return (locale_of(code).get_language_name() or code).capitalize()


def load(around: Around) -> tuple[tuple[Catalogue, ...], Iterable[Diagnostic]]:
    """The catalogue of each language of the settings; what is to mend in their files (A169)."""
    faults: list[Diagnostic] = []
    codes = around.config.added[LANGUAGES]
    catalogues = tuple(
        _catalogue(code, around.folder, around.vocabularies, faults) for code in codes
    )
    return catalogues, faults


def _catalogue(code: str, folder: Path, lists: Vocabularies, faults: list[Diagnostic]) -> Catalogue:
    locale = locale_of(code)
    path = _FOLDER / code / _FILE
    known = dict(wanted(lists, locale))
    texts: dict[Entry, tuple[str, ...]] = {}
    writing = str(locale)
    plural = ""
    for root in (_OURS, folder):
        if not (root / path).is_file():
            continue
        shown = path if root is folder else PurePosixPath("portail", *_OURS.parts[-3:]) / path
        catalogue = _read(root / path, shown, code, faults)
        if not plural:
            writing = str(catalogue.locale or locale)
            plural = catalogue.plural_expr
        for message in catalogue:
            if not message.id:
                continue
            entry = entry_of(message)
            strings = _strings(message)
            if reason := _fault(message, entry, known):
                faults.append(_told(shown, message.lineno or 1, code, entry[1], reason))
            elif any(strings):
                texts[entry] = strings
    missing = [f"« {text} » ({context})" for context, text in known if (context, text) not in texts]
    if missing:
        few = ", ".join(missing[:_FEW]) + "…" * (len(missing) > _FEW)
        count = f"{len(missing)} libellé{'s' * (len(missing) > 1)} à traduire : {few}"
        faults.append(_told(path, 1, code, "", count))
    return Catalogue(code, writing, plural or "n != 1", texts)


# Labels of a catalogue that one diagnostic names.
_FEW = 4


def wanted(lists: Vocabularies, locale: Locale) -> Iterator[tuple[Entry, int]]:
    """Every entry that a catalogue should have, and how many French forms it has."""
    for name in _LISTS:
        yield from (((name, term.label), 1) for term in lists[name].values())
    names = lists[LANGUAGES].values()
    yield from (
        ((LANGUAGES, term.label), 1) for term in names if not locale.languages.get(term.code)
    )
    yield from (((SENTENCES, text), 1) for text in SENTENCE.values())
    yield from (((SENTENCES, singular), 2) for singular, _ in PLURAL.values())
    yield from (((PRICES, text), 1) for text in _WORDS[PRICES])


def entry_of(message: Message) -> Entry:
    """The context and the French words of a message of Babel."""
    first = message.id
    if not isinstance(first, str):
        first = message.id[0]
    return message.context or "", first


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string
    if isinstance(string, str):
        return (string,)
    return tuple(string or ())


def _read(path: Path, shown: PurePosixPath, code: str, faults: list[Diagnostic]) -> Catalog:
    # The catalogue of a file, without the entries that cannot be read.
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import PoFileError, read_po

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        faults.append(_told(shown, 1, code, "", "ce fichier ne se lit pas en UTF-8"))
        return Catalog(code)
    broken = [rank for rank, line in enumerate(lines) if _is_broken(line)]
    faults += [_told(shown, rank + 1, code, lines[rank].strip(), "ligne abîmée") for rank in broken]
    for rank in broken:
        _empty(lines, rank)
    try:
        catalogue = read_po(lines, abort_invalid=True)
    except (PoFileError, *_REFUSALS) as error:
        line = getattr(error, "lineno", 0) + 1
        faults.append(_told(shown, line, code, "", "ce n’est pas un catalogue de gettext"))
        return Catalog(code)
    with suppress(ValueError, ArithmeticError):
        if {*map(c2py(catalogue.plural_expr), range(_MOST))} <= {*range(catalogue.num_plurals)}:
            return catalogue
    line = next((rank for rank, text in enumerate(lines, 1) if "Plural-Forms" in text), 1)
    rule = f"la règle du pluriel « {catalogue.plural_expr} » ne donne pas une forme à chaque nombre"
    faults.append(_told(shown, line, code, "", rule))
    return Catalog(code)


# What Babel raises of a file that is something else.
_REFUSALS = (ValueError, LookupError, TypeError, AttributeError)
# Numbers that a page may say.
_MOST = 201
_KEYWORDS = frozenset(("", "msgctxt", "msgid", "msgid_plural", "msgstr"))


def _is_broken(line: str) -> bool:
    # Whether a line that says something is no keyword and its text between quotes.
    keyword, _, text = line.strip().partition('"')
    known = keyword.partition("[")[0].strip() in _KEYWORDS
    return keyword[:1] != "#" and bool(line.strip()) and not (known and text[-1:] == '"')


def _empty(lines: list[str], rank: int) -> None:
    # An entry, among empty lines, is emptied: what is French in it stays so.
    first = last = rank
    while first and lines[first - 1].strip():
        first -= 1
    while last < len(lines) and lines[last].strip():
        last += 1
    lines[first:last] = [""] * (last - first)


def _fault(message: Message, entry: Entry, known: Mapping[Entry, int]) -> str:
    # What is wrong with an entry, in French.
    strings = _strings(message)
    if message.fuzzy:
        return "est à relire (« fuzzy »)"
    if not any(strings):
        return ""
    if not {*"<>"}.isdisjoint("".join(strings)):
        return "contient du HTML"
    if (len(strings) > 1) != (known.get(entry, 1) > 1) or not all(strings):
        return "n’a pas ses formes du singulier et du pluriel"
    holes = _holes(entry[1])
    if holes is None or any(_holes(string) != holes for string in strings):
        named = ", ".join(f"{{{name}}}" for name in sorted(holes or ())) or "aucun"
        return f"n’a pas les mêmes mots entre accolades ({named})"
    return ""


def _holes(text: str) -> set[str] | None:
    # The names between braces; ``None`` for a text whose braces mean nothing.
    try:
        parts = [*Formatter().parse(text)]
    except ValueError:
        return None
    if any(part[2] or part[3] for part in parts):
        return None
    return {part[1] for part in parts if part[1] is not None}


def _told(path: PurePosixPath, line: int, code: str, text: str, reason: str) -> Diagnostic:
    about = f"« {text} » " if text else ""
    return diagnostic("A169", Position(path, line), langue=code, raison=f"{about}{reason}")
