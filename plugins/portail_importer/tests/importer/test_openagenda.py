"""Exports of OpenAgenda: every field is found, or told as lost; nothing wrong goes unsaid."""

import json
from datetime import date

import pytest

from agendas_fictifs import as_csv, as_open_data, as_v2, events
from checkout import ROOT
from doses import cases
from found_values import leaves
from portail.diagnostics import Refused
from portail_importer.importer.sources.openagenda import read, recognised
from remake import replace

DAY = date(2021, 9, 27)
SAMPLES = ROOT / "tests/samples"


def reading(value):
    """What is read of an export, given whole or as its bytes."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return [*read(data, "agenda.json", DAY)]


def one(**event):
    """What is read of one event."""
    (found,) = reading({"events": [{"uid": 1, "title": {"fr": "Titre"}, **event}]})
    return found


def test_every_field_is_found_or_told():
    made = [*events()]
    founds = reading(as_v2(made))
    assert len(made) == len(founds) >= 200
    written = sum(len(one.said) for one in made)
    missing = 0
    for one_made, found in zip(made, founds, strict=True):
        kept = "\n".join(map(str, leaves(replace(found, untaken=()))))
        lost = [
            path
            for path, said in one_made.said.items()
            if not all(str(text) in kept for text in said)
        ]
        missing += len(lost)
        untold = {path for path in lost if not path.endswith((".en", ".de"))}
        assert untold <= {*dict(found.untaken)}
        assert not found.refused
    assert missing / written <= 0.05


def test_a_table_and_open_data_say_what_the_api_says():
    made = [*events(60)]
    api = reading(as_v2(made))
    for name, founds in (("table", reading(as_csv(made))), ("data", reading(as_open_data(made)))):
        for full, flat in zip(api, founds, strict=True):
            place = {**full.adresse} if full.adresse else {}
            if name == "table":
                place = {key: place[key] for key in flat.adresse}
            else:
                place.pop("pays", None)  # exports of open data do not say it
            same = replace(full, losses=(), untaken=(), extra={}, adresse=place, said=(), par="")
            assert replace(flat, losses=(), untaken=(), extra={}, said=(), par="") == same
            assert not flat.losses


@cases("name", ["openagenda.json", "openagenda.csv", "donnees-ouvertes.json"])
def test_exports_are_recognised(name):
    assert recognised((SAMPLES / name).read_text("utf-8"))


@cases(
    "text",
    [
        "", "{", "[]", "BEGIN:VCALENDAR", "<html>", "Titre;Début;Résumé;Horaires\nA;B;C;D",
        '{"@type": "Event", "title": "a", "begin": "b"}', "title: a\ntimings: b",
    ],
)  # fmt: skip
def test_other_texts_are_not(text):
    assert not recognised(text)


def test_more_dates_than_an_event_holds():
    rows = [{"begin": f"20{year}-{month:02}-{day:02}T12:00:00Z"}
            for year in (20, 21, 22) for month in range(1, 13) for day in range(1, 29)]  # fmt: skip
    found = one(timings=rows)
    assert len(found.quand["seances"]) == 28 * 15 + 2  # those that were not over that day
    assert found.quand["seances"][0]["debut"] >= "2021-09-27"
    assert any(loss.name == "timings" for loss in found.losses)


def test_no_person_is_told():
    found = one(contributor_email="camille@exemple.test", contributor_contactname="Camille Exemple")
    assert "camille" not in str(replace(found, untaken=())).lower()


def test_without_identifier_it_is_made_of_title_and_date():
    rows = [{"title": "A", "timings": [{"begin": "2021-10-09T12:00:00Z"}]}, {"title": "A"}]
    first, other = reading(rows)
    assert first.identifier and other.identifier and first.identifier != other.identifier
    again, _ = reading([{**rows[0], "description": "plus tard"}, {"title": "B"}])
    assert again.identifier == first.identifier


@cases(
    ("data", "words"),
    [
        (b'{"events": [', ("ligne 1", "abîmé")),
        (b'{"events": [\n1,,]}', ("ligne 2", "colonne 3")),
        (b"[" * 200_000, ("niveaux",)),
        (b'{"events": "\0"}', ("pas un texte",)),
        (b'"uid";"Titre - FR";"Horaires ISO"\n' + b'"' + b"x" * 500_000, ("ligne", "guillemet")),
        (json.dumps([{"title": "a"}] * 20_001).encode(), ("20000", "période")),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(data, words):
    with pytest.raises(Refused) as refused:
        reading(data)
    assert all(word in str(refused.value) for word in words), refused.value


def test_hostile_values_are_read_as_they_can():
    deep = "x"
    for _ in range(50):
        deep = {"fr": deep}
    found = one(title={"fr": "A\u202eB\x00\ud800"}, description=deep, extra=deep)
    assert found.titre == "AB"
    (other,) = reading(b'[{"uid": ' + b"9" * 6_000 + b', "title": "Nombre", "age": NaN}]')
    assert other.titre == "Nombre"
    for row in reading([1, None, [], "texte"]):
        assert row.refused
    assert [row.row for row in reading([1, {"title": "a"}])] == [1, 2]


def test_one_language_says_the_same():
    made = [*events(20)]
    single = [
        {key: value["fr"] if isinstance(value, dict) and "fr" in value else value
         for key, value in one_made.event.items()}
        for one_made in made
    ]  # fmt: skip
    for whole, flat in zip(reading(as_v2(made)), reading(single), strict=True):
        assert replace(flat, losses=()) == replace(whole, losses=())
