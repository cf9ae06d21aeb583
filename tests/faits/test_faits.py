"""Every figure, day and place of the demonstration is the one that its source gives.

The files beside this one copy what the three reports say: ``faits.yaml`` their figures and those
computed from them, ``rendez_vous.yaml`` the days and communes of the events and the yearly
rendezvous, ``fiches.yaml`` the communes of the directory and what the cards of the resources
state, ``sciences.yaml`` the articles that take their figures elsewhere. ``emplois/`` says in which
content, in which part of it and in which words each figure is written. A figure changed on either
side fails, and so does one that nobody has compared.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from demonstration import MONTHS, SCIENCE, contents, geography, yaml_of
from doses import together
from portail.features.kinds.lieux.model import Lieu
from portail.model.event import Event
from portail.text.yearly import yearly_days

HERE = Path(__file__).parent
DIGITS = re.compile(r"(?<![\w.,/’'-])(?:\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?(?![\w/.-]*[A-Za-z0-9@])")
YEAR = re.compile(r"(?:19|20)\d\d")
DAY = re.compile(
    rf"(?:(?:\b1er|\b\d{{1,2}})(?:,| et| au| ou| à)? )+(?:{MONTHS.replace(' ', '|')})\b"
)

UNITS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
WORDS = {word: rank for rank, word in enumerate(UNITS.split())}
WORDS |= {"une": 1, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40}
WORDS |= {"cinquante": 50, "soixante": 60, "cent": 100, "cents": 100, "mille": 1000}
ABOUT = {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30}
ABOUT |= {"quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100}
_ANY = "|".join(sorted(WORDS, key=len, reverse=True))
SPELT = re.compile(
    rf"\b(?:(?:{_ANY})(?:(?:-et-|-| et (?=(?:une?|onze)\b)| (?=(?:cents?|mille)\b))(?:{_ANY}))*"
    rf"|{'|'.join(ABOUT)})\b",
    re.IGNORECASE,
)
COMPARED_FROM = 11
"""Smaller numbers in letters (« deux parcours ») are too common to be asked for."""


def copied(name):
    """What a file of this folder holds."""
    return yaml_of((HERE / name).read_text(encoding="utf-8"))


def copied_from_reports():
    """Contents whose figures a report gives: neither those of the sky nor those
    of science."""
    return sorted(
        ref
        for ref, one in contents().items()
        if ref not in SCIENCE
        and not any("Astronomy Engine" in source.titre for source in one.entry.references)
    )


def number(spelt):
    """The value of a number in French letters.

    >>> number("vingt-sept"), number("quatre-vingt-dix-sept"), number("soixante et onze")
    (27, 97, 71)
    """
    if spelt.lower() in ABOUT:
        return ABOUT[spelt.lower()]
    total = current = 0
    for word in re.split(r"[ -]", spelt.lower()):
        value = WORDS.get(word, 0)
        if value == 1000:
            total, current = total + max(current, 1) * value, 0
        elif value == 100 or (value == 20 and current % 100 == 4):
            current = max(current, 1) * value
        else:
            current += value
    return total + current


def figures(text):
    """Figures of a text: place, as written, value. Days of months and years are left out."""
    text = DAY.sub(lambda found: "_" * len(found[0]), text)
    digits = (one for one in DIGITS.finditer(text) if not YEAR.fullmatch(one[0]))
    found = [(o.start(), o[0], float(o[0].replace(" ", "").replace(",", "."))) for o in digits]
    found += [(one.start(), one[0], number(one[0])) for one in SPELT.finditer(text)]
    return sorted(found)


def leaves(tree, path=""):
    """Facts by dotted path."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


COPY = copied("faits.yaml")
FACTS = dict(leaves(COPY["faits"]))
COMPUTED = COPY["calculs"]
NAMES = COPY["noms"]
USES = {ref: rows for file in sorted(HERE.glob("emplois/*.yaml"))
        for ref, rows in yaml_of(file.read_text(encoding="utf-8")).items()}  # fmt: skip
ROWS = [
    (ref, part, written, fact)
    for ref, parts in USES.items()
    for part, rows in parts.items()
    for written, fact in rows.items()
]
EVENTS = copied("rendez_vous.yaml")["evenements"]
HIGHLIGHTS = copied("rendez_vous.yaml")["temps_forts"]
PLACES = copied("fiches.yaml")["communes"]
CARDS = copied("fiches.yaml")["ressources"]


def value_of(fact):
    """A fact's figure, computed again when it follows from others."""
    if fact not in COMPUTED:
        return FACTS[fact]
    operation, terms = next(iter(COMPUTED[fact].items()))
    first, *rest = (value_of(one) for one in terms)
    if operation == "quotient":
        return round(first / rest[0])
    return first + sum(rest) if operation == "somme" else first - sum(rest)


@together(lambda: ROWS)
def test_a_figure_is_written_as_its_fact(ref, part, written, fact):
    value = value_of(fact)
    assert value in [one for _, _, one in figures(written)], f"{fact} is {value}"
    assert ref in contents(), f"{ref} has left the demonstration"
    assert written in getattr(contents()[ref], part), f"{ref} ({part}) no longer says {written!r}"


@together(copied_from_reports)
def test_no_figure_of_a_content_is_left_uncompared(ref):
    content, missing = contents()[ref], []
    for part in ("champs", "corps"):
        text = getattr(content, part)
        compared = {
            place
            for known in (*USES.get(ref, {}).get(part, ()), *NAMES)
            for found in re.finditer(re.escape(known), text)
            for place in range(*found.span())
        }
        missing += [
            f"{part}: {text[max(0, place - 30) : place + 40]!r}"
            for place, written, value in figures(text)
            if place not in compared and (written[0].isdigit() or value >= COMPARED_FROM)
        ]
    assert not missing, "say in tests/faits/emplois which fact this is:\n" + "\n".join(missing)


def test_every_copied_fact_serves():
    served = {fact for _, _, _, fact in ROWS}
    served |= {term for fact in COMPUTED for one in COMPUTED[fact].values() for term in one}
    assert {*FACTS, *COMPUTED} - served == set()
    texts = [text for one in contents().values() for text in (one.champs, one.corps)]
    assert [name for name in NAMES if not any(name in text for text in texts)] == []


def days(first, last):
    """Days from first to last, both included."""
    return {first + timedelta(rank) for rank in range((last - first).days + 1)}


def commune_of(content):
    """Name of the commune where an event takes place or a lieu is."""
    entry = content.entry
    if isinstance(entry, Event) and entry.lieu:
        entry = contents()[f"lieux/{entry.lieu}"].entry
    if isinstance(entry, Lieu):
        code = entry.code_commune
    else:
        code = entry.adresse.commune if entry.adresse else None
    found = geography().by_code(code) if code else None
    return found.nom if found else None


@together(lambda: {*EVENTS, *(one[7:] for one in copied_from_reports() if one[:7] == "events/")})
def test_an_event_has_the_days_and_commune_of_its_source(slug):
    assert slug in EVENTS, "copy its days and commune into tests/faits/rendez_vous.yaml"
    event, fact = contents()[f"events/{slug}"], EVENTS[slug]
    told = set().union(*(days(one.first_day, one.last_day) for one in event.occurrences))
    given = days(fact["du"], fact["au"]) if "du" in fact else set(fact["jours"])
    assert told == given
    assert commune_of(event) == fact.get("commune")
    assert "page" not in fact or fact["page"] in [one.url for one in event.entry.references]


@together(lambda: HIGHLIGHTS)
def test_a_yearly_rendezvous_has_the_months_and_days_of_its_source(slug):
    entry, fact = contents()[f"temps-forts/{slug}"].entry, HIGHLIGHTS[slug]
    assert list(entry.mois) == fact.get("mois", [])
    assert list(entry.organisateur) == fact.get("organisateur", [])
    told = {one.annee: {"du": one.du, "au": one.au} for one in entry.editions}
    assert told == fact.get("editions", {})
    for one in entry.editions:
        if entry.regle:
            assert (one.du, one.au) in yearly_days(entry.regle, one.annee)


@together(lambda: [one[6:] for one in contents() if one[:6] == "lieux/"])
def test_a_lieu_is_in_the_commune_of_its_source_or_in_none(slug):
    assert slug in PLACES, "copy its commune (or null) into tests/faits/fiches.yaml"
    assert commune_of(contents()[f"lieux/{slug}"]) == PLACES[slug]


@together(lambda: [one[11:] for one in contents() if one[:11] == "ressources/"])
def test_a_card_states_what_the_source_says_of_the_tool(slug):
    assert slug in CARDS, "copy what its source says into tests/faits/fiches.yaml"
    entry, fact = contents()[f"ressources/{slug}"].entry, CARDS[slug]
    told = {
        "proprietaire": entry.proprietaire,
        "porteur": entry.porteur,
        "panneaux": entry.pret.panneaux if entry.pret else None,
        "annee": entry.annee,
        "url": entry.acces.url if entry.acces else None,
    }
    assert {key: value for key, value in told.items() if value is not None} == fact
    assert entry.itinerance == (), "the reports date no loan"
