"""Tables of figures: what their files, their Markdown and their drawings say."""

import csv
import io
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown as rendered
from markupsafe import escape

from portail.features.services.bilans.page import written_bilan
from portail.features.services.bilans.table import (
    Bilan,
    Column,
    Key,
    Row,
    Table,
    columns_of,
)
from portail_bureau.chiffres.command import markdown

COUNTS = st.lists(st.integers(0, 10**6) | st.none(), min_size=2, max_size=24)


def table(values, second=None):
    columns = [Column("Prêts"), *([Column("Avant")] if second else [])]
    rows = (
        Row(f"Ligne {rank} | {one}", (one, *([second[rank]] if second else [])))
        for rank, one in enumerate(values)
    )
    return Table("prets", "Prêts", "Quoi", tuple(columns), tuple(rows), "colonnes")


def lines_of(one):
    text = "".join(written_bilan(Bilan("B", 2021, tables=(one,))))
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert head == ["tableau", "ligne", "colonne", "valeur"]
    return rows


@given(COUNTS)
def test_a_file_and_a_text_say_the_values(values):
    """What is not known has no line."""
    one = table([*values])
    told = {int(row[1].split()[1]): row[2:] for row in lines_of(one)}
    assert told == {
        rank: ["Prêts", str(value)] for rank, value in enumerate(values) if value is not None
    }
    html = rendered(markdown(Bilan("B", 2021, tables=(one,))), extensions=["tables"])
    found = ElementTree.fromstring(f"<div>{html.replace('&nbsp;', ' ')}</div>")
    cells = ["".join(cell.itertext()) for cell in found.iter("td")][1::2]
    assert [cell.replace("\u00a0", "") for cell in cells] == [
        "–" if one is None else str(one) for one in values
    ]


def test_what_a_spreadsheet_takes_for_a_formula_is_guarded():
    rows = (Row("=1+1", (2.5, "=A1")),)
    one = Table("t", "T", "Q", (Column("n", "km"), Column("nom")), rows)
    assert lines_of(one) == [["T", "'=1+1", "n (km)", "2,5"], ["T", "'=1+1", "nom", "'=A1"]]


def test_a_bilan_is_ready_to_paste():
    bilan = Bilan("Bilan", 2021, ("Une phrase.",), (Key("Prêts", 12000, "j", "autant"),))
    assert (
        markdown(bilan, 2)
        == "## Bilan\n\nUne phrase.\n\n- Prêts : **12\u00a0000\u00a0j** (autant)\n"
    )


@given(COUNTS, st.booleans())
def test_columns_are_as_high_as_what_they_count(values, twice):
    known = [one or 0 for one in values]
    chart = columns_of(table([*values], known if twice else None))
    if not any(known):
        assert chart is None
        return
    highs = [float(part.partition("h")[0]) for part in chart.trace.split("v-")[1:]]
    assert len(highs) == sum(map(bool, known))
    room = max(highs)
    for high, value in zip(highs, filter(None, known), strict=True):
        assert abs(high - room * value / max(known)) <= 0.06
    assert bool(chart.avant) == twice
    assert str(max(known)) in chart.description.replace("\u00a0", "")


def test_a_chart_is_small():
    months = columns_of(table([*range(101, 113)], [*range(51, 63)]))
    marks = "".join(f'<text x="{m.x}" y="{m.y}">{escape(m.text)}</text>' for m in months.marques)
    assert len((marks + months.trace + months.avant + months.description).encode()) < 2400
    assert columns_of(table([5])) is None, "one column says nothing"
