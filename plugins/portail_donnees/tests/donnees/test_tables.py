"""Tables: read back by another reader, they say what records say, and run nothing."""

import csv
import io
import json
import re
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from open_data import made
from plans import entry
from portail.features.services.fiches.records import record_of
from portail.site.memo import published
from portail.site.reader import Reader
from portail.site.urls import API
from portail.text.typography import plain
from portail_donnees.donnees import columns
from portail_donnees.donnees.catalogue import catalogue
from portail_donnees.donnees.columns import NAMING, columns_of, joined, value_at
from portail_donnees.donnees.documents import plan_exports
from portail_donnees.donnees.output import plan_open_data
from strategies import wild_texts
from tableurs import unguarded

HOSTILE = [
    "=HYPERLINK(\"https://exemple.org\";\"gain\")", "+33 3 21 00 00 00", "-1+1", "@SUM(A1)",
    "'=1+1", "''", "\t=1", "a;b,c", 'un "mot" entre guillemets', "deux\nlignes\r\net\rplus",
    "fin de ligne\u2028cachée", "]]></script><script>alert(1)</script>", "الفيزياء \u200f(1)",
    "👩‍🔬 à l’œuvre", "＝1+1", "\\|\\", "",
]  # fmt: skip


def files(site):
    """The tables of a site, by name."""
    found = sorted(_made(site).items())
    whole = [(url, data) for url, data in found if re.fullmatch(rf"{API}[\w-]+[.]csv", url)]
    return {url.removeprefix(API): data.decode() for url, data in whole}


def _made(site):
    return made([*plan_exports(site), *plan_open_data(site)])


def rows(text):
    """What any reader of RFC 4180 finds, the byte order mark taken off."""
    assert text[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))


def split(cell, between):
    """Values of a list, a backslash keeping what follows it."""
    found = re.findall(rf"(?:\\.|[^\\{re.escape(between)}])+", cell, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", one, flags=re.DOTALL) for one in found]


def said(value):
    """What a cell says of a value, unguarded."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value if isinstance(value, str | list | dict) else str(value)


def test_reading_back_gives_the_values_of_the_records(whole_site):
    tables = files(whole_site)
    told = {one.nom: one for one in catalogue(whole_site) if one.format == "csv" and one.kind}
    assert tables.keys() == told.keys() and len(told) > 5
    for name, text in tables.items():
        kind = told[name].kind
        records = [record_of(whole_site, item.ref) for item in published(whole_site, kind)]
        found = rows(text)
        assert len(found) == len(records) == told[name].total
        for row, record in zip(found, records, strict=True):
            for column in columns_of(whole_site, kind):
                value, cell = said(value_at(record, column.keys)), unguarded(row[column.nom])
                if column.nom == "calcule.occurrences" or column.nom in NAMING:
                    continue  # see below
                if isinstance(value, dict) or (value and isinstance(value, list | tuple)):
                    grouped = isinstance(value, dict) or isinstance(value[0], dict)
                    texts = value if grouped else [str(one) for one in value]
                    read = json.loads(cell) if grouped else split(cell, "|")
                    assert read == texts, column.nom
                elif column.keys[0] in ("titre", "resume"):
                    assert cell == plain(value)
                else:
                    assert cell == value, column.nom


def test_each_session_is_a_line(whole_site):
    for row in rows(files(whole_site)["evenements.csv"]):
        lines = row["calcule.occurrences"].splitlines()
        occurrences = record_of(whole_site, row["ref"])["calcule"].get("occurrences", ())
        for line, one in zip(lines, occurrences, strict=True):
            begin, end = re.fullmatch(r"(.{25})-(.{25})?", line).groups()
            assert (begin, end) == (one["debut"], one.get("fin"))
            assert datetime.fromisoformat(begin).utcoffset() is not None


SIGNS = st.text(st.sampled_from("=+-@＝,;|\t\r\n'\"\\ aé"), max_size=8)


@given(st.lists((st.sampled_from(HOSTILE) | SIGNS | wild_texts()).filter(bool), max_size=6))
def test_any_list_comes_back(values):
    assert split(joined(values), "|") == values


def test_hostile_contents(tree):
    title, formula = "=cmd|' /C calc'!A0", '@SUM(1;"2")'
    site = tree.site(
        {
            "lieux/musee": entry("lieux", titre="+Musée", telephone="+33 3 21 00 00 00"),
            "events/nuit": entry(
                "events", '- une liste\n- "deux" ; trois', titre=title, resume=formula,
                lieu="musee", mots_cles=["=1+1", "a, b", "c\\d"], organisateurs=["musee", "-Moi|"],
            ),
        }
    )  # fmt: skip
    [row] = rows(files(site)["evenements.csv"])
    assert (row["titre"], row["resume"]) == (f"'{title}", f"'{formula}")
    assert row["mots_cles"] == "'=1+1|a, b|c\\\\d"
    assert row["organisateurs"] == "'+Musée|-Moi\\|"
    [place] = rows(files(site)["lieux.csv"])
    assert place["telephone"] == "'+33 3 21 00 00 00"
    assert not [cell for cell in row.values() if cell[:1] in tuple("=+-@")]


def test_an_edit_makes_few_rows_again(tree, monkeypatch):
    """Some are kept together, and rest on their own contents."""
    monkeypatch.setattr(columns, "_TOGETHER", 2)
    refs = [f"events/e{rank}" for rank in range(3)]
    site = Reader(tree.site({ref: entry("events", debut="2021-10-09") for ref in refs}))
    text = "".join(columns.table_text(site, "events", refs))
    assert [row["ref"] for row in rows(text)] == refs
    kept = [one.reads for name, one in site.asked.items() if "._rows " in name and one.kept]
    assert [[ref for ref in refs if f"tete {ref}" in reads] for reads in kept] == [
        refs[:2],
        refs[2:],
    ]
