"""Repairs of the front matter, whole, and of bodies: before → after."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.diagnostics import Severity
from portail.site.draft import read_document
from portail.text.dates import iso_end
from reparations import mended, reading, source

CASES = rows_of("portail_relecture/tests/corriger/champs.yml")

HEAD = "titre: La nuit\nresume: Une sortie.\npublie_le: 2021-09-20\n"
EVENT = HEAD + "format: atelier\nadresse: {commune: Wizernes}\n"
TEXT = "---\n\nUne phrase.\n"


def front(rows, head=HEAD):
    return f"---\n{head}{rows}{TEXT}"


@cases(("folder", "code", "before", "after"), CASES["reparations"])
def test_a_field_is_mended(folder, code, before, after):
    head = EVENT if folder == "events" else HEAD
    found = mended(front(f"{before}\n", head), folder)
    assert found.data.decode() == front(f"{after}\n", head)
    assert code in found.done


@cases(("rows", "after"), CASES["etats"])
def test_a_state_goes_from_the_title_to_its_field(rows, after):
    head = EVENT.replace("titre: La nuit\n", "debut: 2021-10-09\n")
    assert mended(front(rows, head), "events").data.decode() == front(after, head)


@cases(("folder", "rows"), CASES["laissees"])
def test_what_the_file_does_not_tell_is_left(folder, rows):
    text = front(f"{rows}\n", EVENT if folder == "events" else HEAD)
    assert mended(text, folder).data.decode() == text


@cases(("before", "after"), CASES["corps"])
def test_a_body_is_mended(before, after):
    head = f"---\n{HEAD}---\n\n"
    assert mended(f"{head}{before}\n").data.decode() == f"{head}{after}\n"


def test_an_event_without_a_day_of_publication_keeps_its_date_which_may_be_that():
    text = front("date: 2021-10-09\n", EVENT.replace("publie_le: 2021-09-20\n", ""))
    assert mended(text, "events").data.decode() == text


BATS = """\
---
titre: Nuit des chauves-souris
resume: Un court résumé.
publie_le: 2022-09-01
format: [sortie-observation]
date: samedi 8 octobre 2022 à 19h
fin: 22h
adresse: {commune: Lille}
tarif: 5€ / 3€ réduit
---
"""


def test_an_event_as_people_write_one_is_whole_in_one_run_and_its_remedies_say_the_same():
    file = source("events")
    before = read_document(BATS.encode(), file, reading())[0].diagnostics
    told = {one.code: one for one in before}
    made = mended(BATS, "events").data.decode()
    lines = made.split("\n")
    assert {one.paste for one in before} <= set(lines)
    assert lines[5:7] == ["debut: 2022-10-08 19:00", "fin: 2022-10-08 22:00"]
    assert lines[8] == "tarif: {prix: 5, reduit: 3}"
    assert told["E210"].hint == "Écrivez 2022-10-08 22:00."
    left = read_document(made.encode(), file, reading())[0].diagnostics
    assert not [one for one in left if one.severity is Severity.ERROR]
    assert mended(made, "events").data.decode() == made


@given(st.datetimes(datetime(1991, 1, 1), datetime(2099, 1, 1)), st.times())
def test_an_end_is_after_its_beginning_at_the_hour_that_is_written(begun, clock):
    start = begun.replace(second=0, microsecond=0)
    hour = clock.replace(second=0, microsecond=0)
    end = iso_end(f"{hour.hour}h{hour.minute:02d}", f"{start:%Y-%m-%d %H:%M}")
    same_day = datetime.combine(start.date(), hour)
    if same_day >= start:
        assert end == f"{same_day:%Y-%m-%d %H:%M}"
    else:
        found = same_day + timedelta(days=1)
        assert end == (f"{found:%Y-%m-%d %H:%M}" if found - start <= timedelta(hours=16) else None)
