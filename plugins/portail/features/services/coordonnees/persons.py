"""Private persons in a text: a name with its title, a telephone, a personal mailbox, a home.

Looked for in the announcements by which anyone may ask for something in public.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from portail.model.faults import MAILBOXES, Private, private_contacts
from portail.text.mail import mailboxes, personal_mailboxes
from portail.text.normalise import fold
from portail.text.shapes import letters_in

# Any number, mobile or not: ten digits, or an international one.
_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z/=_.-])(?:(?:\+|00)[1-9][0-9]{0,2}[ .\u00a0\u202f-]?(?:\(0\) ?)?[1-9]|0[1-9])"
    r"(?:[ .\u00a0\u202f-]?[0-9]{2}){4}(?![0-9A-Za-z_-])"
)

# « Mme Durand », « Monsieur Jean Durand ».
_CIVIL = re.compile(
    r"\b(?:M\.|Mr\.?|MM\.|Mme\.?|Mlle\.?|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle)[ \u00a0\u202f]"
    r"(?:[A-ZÀ-Þ][\w’'.-]*[ \u00a0\u202f]?){1,3}"
)

# Two to four words, each with its capital.
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]*\.?(?:[ \u00a0]+[A-ZÀ-Þ][\w’'-]*\.?){1,3}")

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
