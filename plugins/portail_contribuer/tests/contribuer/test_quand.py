"""Dates in words, as the form takes them: those of an import, or it asks."""

import re
from datetime import date

import pytest

from dates_dites import told
from portail.resources import rows
from portail.text.dates import JOURS

pytestmark = pytest.mark.chromium

READ = """async ([textes, dates]) => {
  const { quandDe } = await import('/theme/js/contribuer-quand.js');
  const { plat } = await import('/theme/js/contribuer-indices.js');
  return textes.map((texte) => quandDe(texte, { jour: '2026-11-25', plat, table: { dates } }, []));
}"""


def short(day):
    year, month, number = day.split("-")
    return f"{number}/{month}" if year == "2027" else f"{number}/{month}/{year[2:]}"


def session(debut, fin=""):
    """« 05/01 14:00-16:00 », as of ``dates_dites.yml``."""
    first, _, start = debut.partition(" ")
    last, _, end = fin.partition(" ")
    days = (date.fromisoformat(last or first) - date.fromisoformat(first)).days
    through = bool(start) and (days > 1 or (days == 1 and end >= start))
    is_one = days == 0 or (start and not through)
    shown = short(first) if is_one else f"{short(first)}..{short(last)}"
    hours = "-".join(filter(None, (start, end)))
    return " ".join(filter(None, (shown, hours, "d’un trait" * through)))


def said(taken):
    if every := taken.get("horaires"):
        names = ",".join(name[:3] for name in JOURS if name in every["tous_les"])
        hours = "-".join(filter(None, (every["de"], every["a"])))
        days = f"{short(every['du'])}..{short(every['au'])}"
        return " ".join(filter(None, (days, names, hours)))
    sessions = taken.get("seances") or ([taken] if "debut" in taken else [])
    return "; ".join(session(one["debut"], one.get("fin", "")) for one in sessions)


def test_the_form_takes_what_an_import_reads_or_asks(there):
    _, page = there
    taken = page.evaluate(
        READ, [[row["texte"] for row in told()], rows("correspondances")["dates"]]
    )
    for row, found in zip(told(), taken, strict=True):
        refused = re.fullmatch(r"E\d{3}", row["dit"])
        assert said(found) == row.get("formulaire", "" if refused else row["dit"]), row["texte"]
