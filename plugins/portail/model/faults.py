"""Faults of a model: a code, the values of its sentence, the field; private contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct, field
from pydantic_core import PydanticCustomError

from portail.diagnostics import NO_FIX, Fix
from portail.late import expression
from portail.resources import rows

# Where a value stands in the front matter: ``("seances", 1, "fin")``.
FieldPath = tuple[str | int, ...]


class Fault(Struct, frozen=True):
    """A mistake found on values, before it is given a place in a file.

    ``loc`` is the path of the faulty field; ``values`` fill the templates of ``code``; ``paste`` is
    the line to write instead, ``fix`` says it to a machine, ``label`` a word after the carets.
    ``needs`` names the fields whose absence is the mistake: one that is there but faulty voids it.
    """

    code: str
    loc: FieldPath = ()
    values: dict[str, object] = field(default_factory=dict)
    paste: str = ""
    label: str = ""
    needs: tuple[str, ...] = ()
    fix: Fix = NO_FIX


def fault(
    code: str, fix: Fix = NO_FIX, /, *, champ: FieldPath = (), paste: str = "", **values: object
) -> PydanticCustomError:
    """The exception by which a pydantic validator reports ``code``.

    ``champ`` points at a field below the validated value, for rules across fields.
    """
    return raised(Fault(code, champ, values, paste, fix=fix))


def raised(fault: Fault) -> PydanticCustomError:
    """The exception by which a pydantic validator reports ``fault``, its path below the value."""
    return PydanticCustomError(fault.code, "{fault}", {"fault": fault})


# Sentences that a remedy or a message quotes, said alike by ``portail check`` and by the form.

_PLACE = expression(r"\{([a-z_]+)\}")


def phrases() -> Mapping[str, str]:
    """By name; ``{nom}`` stands for a value. Schemas carry them, as ``x-phrases``."""
    return MappingProxyType(rows("phrases"))


# Words that people take for a key → the key that says it, in its own form; where the model has the
# first there is nothing to say. Schemas carry them, as ``x-cles``.
MEANT: dict[str, str] = {}
for _key, _words in rows("cles").items():
    MEANT |= dict.fromkeys(_words.split(), _key)


def fill(template: str, values: Mapping[str, object]) -> str:
    """``template`` with each ``{nom}`` that ``values`` know; other braces stay as they are.

    >>> fill("{a} : {commune: …} {b}", {"a": 1})
    '1 : {commune: …} {b}'
    """
    return _PLACE.sub(lambda match: str(values.get(match[1], match[0])), template)


def phrase(name: str, **values: object) -> str:
    return fill(phrases()[name], values)


def example_line(key: str, example: object) -> str:
    """The line of front matter that writes ``example`` for ``key``; « … » stands for ``None``.

    >>> example_line("age", {"min": "8"})
    'age: {min: 8}'
    """
    return f"{key}: {'…' if example is None else _yaml(example)}"


def missing(key: str, examples: Sequence[object] | None) -> Fault:
    """The fault of a required field that is not there (E201), and the line to add."""
    line = example_line(key, examples[0] if examples else None)
    values: dict[str, object] = {"cle": key, "remede": phrase("ajouter", ligne=line)}
    fix = Fix(beside=(key, line.partition(": ")[2]), sure=False)
    return Fault("E201", (), values, paste=line, needs=(key,), fix=fix)


def _yaml(example: object) -> str:
    if isinstance(example, dict):
        return "{" + ", ".join(f"{key}: {_yaml(value)}" for key, value in example.items()) + "}"
    if isinstance(example, list):
        return "[" + ", ".join(map(_yaml, example)) + "]"
    return str(example)


# What may be the telephone or the address of a person: only those of structures are published.
#
# An association may own such a mobile or such a box: it is asked, never refused. The form reads
# the same patterns, which schemas carry as ``x-prive``.

# Domains at which anyone has a box: those of access providers and of free services.
MAILBOXES: tuple[str, ...] = tuple(
    "aliceadsl.fr aol.com aol.fr bbox.fr canl.nc caramail.com cegetel.net club-internet.fr "
    "dartybox.com dbmail.com free.fr gmail.com gmx.com gmx.fr gmx.net googlemail.com "
    "hotmail.be hotmail.co.uk hotmail.com hotmail.fr icloud.com lagoon.nc laposte.net live.be "
    "live.com live.fr mac.com mail.com mail.pf mailo.com me.com msn.com netcourrier.com "
    "neuf.fr noos.fr nordnet.fr numericable.fr orange.fr outlook.be outlook.com outlook.fr "
    "pm.me proton.me protonmail.com sfr.fr tuta.com tuta.io tutanota.com voila.fr wanadoo.fr "
    "wanadoo.re yahoo.co.uk yahoo.com yahoo.fr yandex.com ymail.com".split()
)

# Read alike by Python and by browsers; the first group of an address is its domain.
PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        # Overseas too: +262, +590, +594 and +596 have mobiles in 6 (ARCEP, plan de numérotation).
        "mobile": r"(?<![0-9A-Za-z/=_.-])(?:(?:(?:\+|00)33 ?(?:\(0\) ?)?|0)[67]"
        r"(?:[ .\u00a0\u202f-]?[0-9]{2}){4}"
        r"|(?:\+|00)(?:262|590|594|596)[ .\u00a0\u202f-]?(?:\(0\) ?)?6[0-9]{2}"
        r"(?:[ .\u00a0\u202f-]?[0-9]{2}){3})(?![0-9A-Za-z_-])",
        # « [at] », « (arobase) » too, by which one hides it from robots, and marks of emphasis.
        "courriel": r"(?<![0-9A-Za-z._%+-])[0-9A-Za-z][0-9A-Za-z._%+-]{0,63}"
        r"(?:@|[ \u00a0]?\\?[\[(] ?(?:at|AT|[Aa]robase) ?\\?[\])][ \u00a0]?)[*_]{0,3}"
        r"([0-9A-Za-z-]{1,63}(?:[*_]{0,3}\.[*_]{0,3}[0-9A-Za-z-]{1,63}){1,8})",
        # Whose home it is, then a number and a street: a structure is at its own name.
        "domicile": r"(?:[Cc]hez (?:moi|nous|M\.|Mme|Mlle|Monsieur|Madame)(?![a-zà-ÿ])|[Dd]omicile|"
        r"[Aa]dresse personnelle)[^\n.;]{0,60}?[^\n.;0-9][0-9]{1,4}(?: ?(?:bis|ter))?,? "
        r"(?:rue|avenue|boulevard|allée|chemin|impasse|place|route|quai|cours|square|lotissement|résidence)"
        r"(?![a-zà-ÿ])[^\n.;,]{0,60}",
    }
)

# Fields for the contacts of a structure, whose labels say so: they are not searched.
CONTACTS = frozenset({"courriel", "telephone"})

_MOBILE = expression(PATTERNS["mobile"])
_MAIL = expression(PATTERNS["courriel"])
_EMPHASIS = str.maketrans("", "", "*_")
_HOME = expression(PATTERNS["domicile"])


class Private(NamedTuple):
    """A private contact in a text: its index, the contact as written, the name of its sentence."""

    start: int
    written: str
    sort: str


def private_contacts(text: str) -> Iterator[Private]:
    """Mobiles, addresses at a provider for everyone, and homes, in the order of ``text``.

    >>> text = "Julie, 06 00 00 00 00, julie@gmail.com."
    >>> [contact.written for contact in private_contacts(text)]
    ['06 00 00 00 00', 'julie@gmail.com']
    """
    contacts = []
    if re.search(r"[67](?:[ .\u00a0\u202f-]?[0-9]{2}){3}", text):  # in all of them, found faster
        contacts += [Private(match.start(), match[0], "mobile") for match in _MOBILE.finditer(text)]
    lower = text.lower()
    if "@" in text or "robase" in lower or "(at" in lower or "[at" in lower or " at " in lower:
        contacts += [
            Private(match.start(), match[0], "courriel")
            for match in _MAIL.finditer(text)
            if match[1].translate(_EMPHASIS).lower() in MAILBOXES
        ]
    if "chez " in lower or "domicile" in lower or "personnelle" in lower:
        contacts += [Private(match.start(), match[0], "domicile") for match in _HOME.finditer(text)]
    yield from sorted(contacts)
