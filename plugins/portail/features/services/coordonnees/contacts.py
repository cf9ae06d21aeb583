"""What the texts of a content should not publish.

Telephones and addresses that may be personal (C331), links that open a private meeting (A338),
secrets (A339).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.features.services.oublis.leftovers import meeting_spans
from portail.late import expression
from portail.model.entry import Entry
from portail.model.faults import CONTACTS, MAILBOXES, Private, phrase, private_contacts
from portail.source.document import Node, Parts
from portail.text.mail import mailboxes, personal_mailboxes
from portail.text.normalise import fold, letters_in

# Any number, mobile or not: ten digits, or an international one.
_TELEPHONE = expression(
    r"(?<![0-9A-Za-z/=_.-])(?:(?:\+|00)[1-9][0-9]{0,2}[ .\u00a0\u202f-]?(?:\(0\) ?)?[1-9]|0[1-9])"
    r"(?:[ .\u00a0\u202f-]?[0-9]{2}){4}(?![0-9A-Za-z_-])"
)

# « Mme Durand », « Monsieur Jean Durand ».
_CIVIL = expression(
    r"\b(?:M\.|Mr\.?|MM\.|Mme\.?|Mlle\.?|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle)[ \u00a0\u202f]"
    r"(?:[A-ZÀ-Þ][\w’'.-]*[ \u00a0\u202f]?){1,3}"
)

# Two to four words, each with its capital.
_NAME = expression(r"[A-ZÀ-Þ][\w’'-]*\.?(?:[ \u00a0]+[A-ZÀ-Þ][\w’'-]*\.?){1,3}")

# Words that say that a name is that of a structure.
_STRUCTURES = frozenset(
    "academie agence amicale aquarium arboretum archives asso association atelier "
    "bibliotheque caf campus canope canton ccas centre cezam cinema cite classe club college "
    "comite communaute commune compagnie conservatoire coop cooperative cpie creche crous "
    "departement ecole ecomusee ehpad entreprise espace etablissement fablab faculte "
    "federation ferme fondation foyer geosite grand grande grotte groupe gymnase halte "
    "hopital hotel ime inserm institut internat itep jardin labo laboratoire librairie ligue "
    "ludotheque lycee mairie maison mediatheque memorial metropole mission mjc musee museum "
    "observatoire office ombelliscience palais parc pays pep planetarium pole region relais "
    "reseau reserve residence rpi salle scouts service societe station syndicat theatre tiers "
    "union universcience universite usine village ville".split()
)

_PARTS = str.maketrans("_-", "..")


def is_person(name: str) -> bool:
    """Whether a plain name is more likely that of a person than of a structure.

    >>> [is_person(name) for name in ("Mme Durand", "Camille Durand", "Collège Jean Moulin")]
    [True, True, False]
    >>> is_person("Ville d’Amiens"), is_person("Ombelliscience"), is_person("une habitante")
    (False, False, False)
    """
    if _CIVIL.match(name):
        return True
    words = letters_in(fold(name))
    return bool(_NAME.fullmatch(name.strip())) and _STRUCTURES.isdisjoint(words)


def personal(text: str, own_words: Collection[str] = ()) -> Iterator[Private]:
    """What ``text`` says of a person, in order; a mailbox with an office's word, or one of
    ``own_words``, is no person's.

    >>> text = "Mme Durand, 01 99 00 12 34, julie.durand@example.org"
    >>> [contact.written for contact in personal(text)]
    ['Mme Durand', '01 99 00 12 34', 'julie.durand@example.org']
    >>> list(personal("contact@example.org, ecole.macon@orange.fr, M. le maire, 12 04 2027"))
    []
    """
    contacts = [contact for contact in private_contacts(text) if contact.sort == "domicile"]
    contacts += [
        Private(match.start(), match[0], "telephone") for match in _TELEPHONE.finditer(text)
    ]
    for match in _CIVIL.finditer(text):
        contacts.append(Private(match.start(), match[0].rstrip(" \u00a0\u202f."), "personne"))
    if "@" in text:
        contacts += _mailboxes(text, own_words)
    yield from sorted(contacts)


def _mailboxes(text: str, own_words: Collection[str]) -> Iterator[Private]:
    low = text.lower()
    people = {*personal_mailboxes(text)}
    for mailbox in mailboxes(text):
        local, _, host = mailbox.partition("@")
        if mailbox not in people or any(word in local for word in own_words):
            continue
        if host in MAILBOXES:
            yield Private(max(0, low.find(mailbox)), mailbox, "courriel")
        elif [*map(str.isalpha, fold(local).translate(_PARTS).split("."))] == [True, True]:
            yield Private(max(0, low.find(mailbox)), mailbox, "adresse")


_GAP = "[ .\u00a0\u202f]?"
# Their first sign comes first, so that the engine leaps to it; groups have what follows.
_NUMBERS = expression(
    rf"[A-Z12378](?:(?P<compte>[A-Z](?<=\b[A-Z]{{2}})[0-9]{{2}}(?:{_GAP}[A-Z0-9]{{4}}){{2,7}}"
    rf"(?:{_GAP}[A-Z0-9]{{1,3}})?\b)"
    rf"|(?P<secu>(?<=[12378])(?<![0-9].){_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}(?:[0-9]{{2}}|2[AB])"
    rf"{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{2}}(?![0-9])))"
)
_MARKED = expression(
    r"(?P<cle>-----BEGIN [A-Z ]*PRIVATE KEY-----)"
    r"|(?P<jeton>\b(?:gh[opsur]_|github_pat_|glpat-|xox[abp]-|AKIA)[A-Za-z0-9_-]{16,255})"
    r"|(?P<edition>https?://[^\s<>)\"'?#]{4,200}(?:/(?:edit|wp-admin|admin)(?![\w-])|\?(?:[^\s<>)\"']*&)?"
    r"(?:edit|edition|action=edit|token_edit|admin(?:_?key|_?token)?)(?![\w-]))[^\s<>)\"']*)"
    r"|(?P<note>^ {0,3}\[[^\]\n]{1,80}\]:[ \t]*(?:#|<>)[ \t]+[\"'(].*$)",
    re.MULTILINE,
)


_MARKS = (
    "PRIVATE KEY|edit|admin|ghp_|gho_|ghs_|ghu_|ghr_|github_pat_|glpat-|xox|AKIA|]: #|]: <>"
).split("|")
_FIGURES = expression(f"[0-9][0-9]{{2}}{_GAP}[0-9]{{3}}")


def may_hold_secrets(text: str) -> bool:
    """Whether ``secrets`` may find something: nearly no text has it, which is told twenty times
    faster."""
    return _is_marked(text) or _FIGURES.search(text) is not None


def _is_marked(text: str) -> bool:
    return any(map(text.__contains__, _MARKS))


def secrets(text: str) -> Iterator[Private]:
    """What should not be published, in order; numbers whose check digits are right.

    >>> text = "FR76 3000 6000 0112 3456 7890 189, 2 55 08 14 168 025 38"
    >>> [found.sort for found in secrets(text)]
    ['compte', 'secu']
    >>> [*secrets("FR76 3000 6000 0112 3456 7890 188, [club]: https://example.org")]
    []
    """
    matches = [*_NUMBERS.finditer(text)]
    if _is_marked(text):
        matches += _MARKED.finditer(text)
    for match in sorted(matches, key=re.Match.start):
        sort = str(match.lastgroup)
        plain = re.sub(_GAP[:-1], "", match[0])
        if sort not in _CHECKS or _CHECKS[sort](plain):
            yield Private(match.start(), match[0], sort)


def _is_account(iban: str) -> bool:
    # ISO 13616: modulo 97, the first four signs at the end, letters from 10.
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


def _is_nir(number: str) -> bool:
    # The key of a number of social security; the departments of Corsica are 19 and 18.
    digits = number.replace("2A", "19").replace("2B", "18")
    return int(digits[:13]) % 97 + int(digits[13:]) == 97


_CHECKS = {"compte": _is_account, "secu": _is_nir}


_Find = Callable[[str], Iterable[Private]]
# Signs of a secret that are told.
_BEGUN = 12
# The field of a link that is open to all.
_ONLINE = frozenset({"en_ligne"})


def check_private(
    root: Node | None, parts: Parts, path: PurePosixPath, entry: Entry | None = None
) -> Iterator[Diagnostic]:
    """Those of the front matter, except in the fields for the contacts of a structure, then of the
    body; each once."""
    for place, contact in placed_contacts(root, parts, path, private_contacts, CONTACTS):
        nature = phrase(f"prive_{contact.sort}")
        yield diagnostic("C331", place, valeur=contact.written, nature=nature)
    for place, contact in placed_contacts(root, parts, path, _meetings, _ONLINE):
        yield diagnostic("A338", place, valeur=contact.written, nature=contact.sort)
    if not may_hold_secrets(parts.front) and not may_hold_secrets(parts.body):
        return
    for place, contact in placed_contacts(root, parts, path, secrets, frozenset()):
        # What says it is read by more people than the file.
        begun = f"{contact.written[:_BEGUN]}…"
        yield diagnostic("A339", place, valeur=begun, nature=phrase(f"secret_{contact.sort}"))


_PIECE = expression(r"[^/?&#;]{16,}")
_UUID = expression(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_RUN = expression(r"(?=[a-z]*[0-9])[0-9a-z]{16,}", re.IGNORECASE)
_GROUP = expression(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


def keys_in(address: str) -> Iterator[Private]:
    """What of an address is long and random, as a key is, whatever its name; what names a mailbox,
    or one data set among others, is none.

    >>> found = keys_in("https://e.org/private-0f1e2d3c4b5a69788796a5b4/a.ics?fete-de-la-science-2027")
    >>> [key.written for key in found]
    ['private-0f1e2d3c4b5a69788796a5b4']
    """
    start = address.find("://") + 3
    if start > 2:
        for piece in _PIECE.finditer(address, start):
            _, is_value, value = piece[0].rpartition("=")
            value = unquote(value)
            if "@" in value or (_UUID.fullmatch(value) and not is_value):
                continue
            groups = _GROUP.findall("".join(filter(str.isalnum, value)))
            if _RUN.search(value) or 15 < sum(map(len, groups)) < 4 * len(groups):
                yield Private(piece.start(), piece[0], "secret_acces")


def check_table(root: Node, path: PurePosixPath) -> Iterator[Diagnostic]:
    """What a table, as public as contents are, should not say (A339)."""
    for place, secrets_found in _fields(root, path, _committed, frozenset()):
        begun = f"{secrets_found.written[:_BEGUN]}…"
        yield diagnostic("A339", place, valeur=begun, nature=phrase(secrets_found.sort))


def _committed(text: str) -> Iterator[Private]:
    keys = [*keys_in(text)]
    yield from keys or (secret._replace(sort=f"secret_{secret.sort}") for secret in secrets(text))
    if "://" in text:
        return
    for contact in personal(text):
        if contact.sort not in ("courriel", "adresse"):
            yield contact._replace(sort=f"prive_{contact.sort}")
    for mailbox in mailboxes(text):
        yield Private(text.lower().find(mailbox), mailbox, "prive_messagerie")


def check_office(node: Node, path: PurePosixPath) -> Iterator[Diagnostic]:
    """The name of a person where a structure or an office is asked for (A339)."""
    said = node.value if isinstance(node.value, str) else ""
    for name in map(str.strip, re.split(r"[,;:()/–]", said)):
        if is_person(name) and not [*personal(name)]:
            place = node.piece(path, said.find(name), name)
            yield diagnostic("A339", place, valeur=name, nature=phrase("prive_personne"))


def _meetings(text: str) -> Iterator[Private]:
    for span in meeting_spans(text):
        excerpt = text[span.start : span.end]
        yield Private(
            span.start + len(excerpt) - len(excerpt.lstrip()), excerpt.strip(), span.pattern.nom
        )


def placed_contacts(
    root: Node | None, parts: Parts, path: PurePosixPath, find: _Find, untouched: frozenset[str]
) -> Iterator[tuple[Position, Private]]:
    """What ``find`` sees in the fields but those of ``untouched``, then in the body; each once."""
    texts = set()
    places = []
    if root:
        places = [*_fields(root, path, find, untouched)]
    for contact in find(parts.body):
        number = parts.body_line + parts.body.count("\n", 0, contact.start)
        column = contact.start - parts.body.rfind("\n", 0, contact.start)
        places.append((Position(path, number, column, len(contact.written)), contact))
    for place, contact in places:
        if contact.written not in texts:
            texts.add(contact.written)
            yield place, contact


def _fields(
    node: Node, path: PurePosixPath, find: _Find, untouched: frozenset[str]
) -> Iterator[tuple[Position, Private]]:
    if isinstance(node.value, str):
        for contact in find(node.value):
            yield node.piece(path, contact.start, contact.written), contact
        return
    rows = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
    for name, inner in rows:
        if name not in untouched:
            yield from _fields(inner, path, find, untouched)
