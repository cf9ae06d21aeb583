"""What a form shows of a fault is said to a person: no key of a file, no line, no code."""

import re
from collections import Counter
from functools import cache

import pytest
from en_tetes import front_matters
from test_controle import BASE, KINDS, answers, schemas

from doses import dose
from portail.model.kinds import Kind
from portail_contribuer.contribuer.body_rules import form_rules

FILE = re.compile(
    r"(?<!en )\blignes?\b|\bclés?\b|\bcodes? [EAC]|\bYAML\b|en-tête|\bchamp «|\b[EAC]\d{3}\b|\w_\w"
    r"|\.md\b|nom de fichier|\{\w+\}|(?<![\w/])[a-z]+: [{\[…]"
)
"""What the language of files is known by."""


def keys(schema):
    """Names of all the fields of a schema."""
    yield from schema.get("properties", {})
    inner = [*schema.get("properties", {}).values(), schema.get("items"), *schema.get("anyOf", ())]
    for one in inner:
        if isinstance(one, dict):
            yield from keys(one)


def values(schema):
    """The values of every list of a schema."""
    if isinstance(schema, dict):
        yield from (value for value in schema.get("enum", ()) if isinstance(value, str))
        schema = [*schema.values()]
    if isinstance(schema, list):
        for part in schema:
            yield from values(part)


@cache
def keys_alone():
    """Keys of a file that are no value too."""
    found = [schemas()[kind.value] for kind in KINDS]
    every = {name for schema in found for name in keys(schema)}
    return every - {value for schema in found for value in values(schema)}


def file_language(text, typed=""):
    """What in ``text`` is the language of files, but for the words that someone ``typed``."""
    said = text.replace("\u00a0", " ")
    named = [
        word for word in re.findall(r"« ([a-z_.]+) »", said) if word.split(".")[-1] in keys_alone()
    ]
    return [one for one in [*FILE.findall(said), *named] if one not in typed]


def test_every_code_that_a_form_raises_speaks_to_a_person():
    for table, person in ((schemas()["events"], "x-personne"), (form_rules(), "personne")):
        codes = table["x-codes" if person == "x-personne" else "codes"]
        for code, of_file in codes.items():
            said = " ".join(table[person].get(code, of_file))
            known = re.sub(r"« \{\w+\} »|\{\w+\}", "…", said)
            assert not file_language(known), (code, said)


@pytest.mark.chromium
def test_whatever_is_wrong_is_said_in_the_words_of_the_form(page):
    cases = [
        (kind, fields)
        for seed, kind in enumerate(KINDS)
        for fields in front_matters(schemas()[kind.value], dose(50, 120), seed)
    ]
    seen = Counter[str]()
    for (kind, fields), faults in zip(cases, answers(page, cases), strict=True):
        for one in faults:
            seen[one["code"]] += 1
            assert one["dit"], one
            shown = f"{one['dit']} {one['conseil']}"
            assert not file_language(shown, repr(fields)), (kind.value, one)
    assert len(seen) > 30, seen


@pytest.mark.chromium
def test_each_field_that_must_be_filled_is_asked_for_by_its_name(page):
    cases = [(kind, {}) for kind in KINDS]
    rows = {"image": {}, "horaires": {}, "inscription": {}, "adresse": {}, "seances": [{}]}
    cases.append((Kind.EVENT, BASE | rows))
    for (kind, _), faults in zip(cases, answers(page, cases), strict=True):
        missing = [one for one in faults if one["code"] == "E201"]
        assert missing, kind
        for one in missing:
            assert re.match(
                r"(Donnez|Choisissez|Dites|Répondez à «\u00a0?\s?[A-ZÉ])", one["dit"]
            ), one
            assert one["message"].startswith("Le champ"), "files are told as they were"
