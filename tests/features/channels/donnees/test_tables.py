"""Tables: read back by another reader, they say what records say, and run nothing."""

import csv
import io
import json
import re
from collections.abc import Mapping
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from open_data import made
from plans import entry
from portail.features.channels.donnees.catalogue import catalogue
from portail.features.channels.donnees.cells import joined
from portail.features.channels.donnees.columns import COLUMNS
from portail.features.channels.donnees.exports import plan_exports
from portail.features.channels.donnees.output import plan_open_data
from portail.features.channels.donnees.records import record_of
from portail.site.published import published
from portail.site.urls import API
from strategies import wild_texts

HOSTILE = [
    "=HYPERLINK(\"https://exemple.org\";\"gain\")", "+33 3 21 00 00 00", "-1+1", "@SUM(A1)",
    "'=1+1", "''", "\t=1", "a;b,c", 'un "mot" entre guillemets', "deux\nlignes\r\net\rplus",
    "fin de ligne\u2028cachée", "]]></script><script>alert(1)</script>", "الفيزياء \u200f(1)",
    "👩‍🔬 à l’œuvre", "＝1+1", "\\|\\", "",
]  # fmt: skip


def files(site):
    """The tables of a site, by name."""
    found = sorted(_made(site).items())
    whole = [(url, data) for url, data in found if re.fullmatch(rf"{API}\w+[.]csv", url)]
    return {url.removeprefix(API): data.decode() for url, data in whole}


def _made(site):
    return made([*plan_exports(site), *plan_open_data(site)])


def rows(text):
    """What any reader of RFC 4180 finds, the byte order mark taken off."""
    assert text[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))


def unguarded(cell):
    """What the page of open data tells readers to do."""
    signs = "=+@＝＋－＠-"
    return re.sub(rf"""(^|[,;\t\r\n])'(?=["']*[{signs}])|^'(?=["']*[\t\r\n])""", r"\1", cell)


def split(cell, between):
    """Values of a list, a backslash keeping what follows it."""
    found = re.findall(rf"(?:\\.|[^\\{re.escape(between)}])+", cell, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", one, flags=re.DOTALL) for one in found]


def read(column, cell):
    """The value of a cell; ``None`` for an empty one."""
    if cell == "":
        return None
    if column.forme == "position":
        return cell
    if column.forme == "nombre":
        return int(cell)
    if column.forme == "oui-non":
        return {"oui": True, "non": False}[cell]
    text = unguarded(cell)
    return split(text, column.entre) if column.forme == "liste" else text


def at(record, path):
    value = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return None if value in ("", []) else value


def test_reading_back_gives_the_values_of_the_records(whole_site):
    tables = files(whole_site)
    assert list(tables) == ["evenements.csv", "lieux.csv"]
    told = {one.nom: one for one in catalogue(whole_site)}
    for name, text in tables.items():
        kind = told[name].kind
        records = [record_of(whole_site, item.ref) for item in published(whole_site, kind)]
        found = rows(text)
        assert len(found) == len(records) == told[name].total
        for row, record in zip(found, records, strict=True):
            assert list(row) == [column.nom for column in COLUMNS[name]]
            for column in COLUMNS[name]:
                if column.source == "texte":
                    assert row[column.nom] == "", "texts are in JSON"
                elif column.valeur is None and not column.source.startswith("lieu/"):
                    said = read(column, row[column.nom])
                    assert said == at(record, column.source), column.nom


def test_what_is_derived_says_the_same(whole_site):
    text = files(whole_site)["evenements.csv"]
    records = {one["ref"]: one for one in _events(whole_site)}
    for row in rows(text):
        record = records[row["identifiant"]]
        calcule = record["calcule"]
        lines = row["horaires_iso"].splitlines()
        occurrences = calcule.get("occurrences", ())
        for line, one in zip(lines, occurrences, strict=True):
            begin, end = re.fullmatch(r"(.{25})-(.{25})?", line).groups()
            assert (begin, end) == (one["debut"], one.get("fin"))
            assert datetime.fromisoformat(begin).utcoffset() is not None
        assert len(row["horaires_detailles_fr"].splitlines()) == len(lines)
        place = calcule.get("position")
        if place:
            lat, lon = row["geolocalisation"].split(", ")
            assert (float(lat), float(lon)) == (place["latitude"], place["longitude"])
        if calcule.get("lieu"):
            lieu = record_of(whole_site, calcule["lieu"]["ref"])
            assert row["nom_du_lieu"] and unguarded(row["site_web_du_lieu"]) == lieu.get("site", "")
        assert "\u00a0" not in row["resume_horaires_fr"] + row["date_debut"]


def test_what_a_place_says_of_a_visit_is_in_words(whole_site):
    told = {row["ref"]: row for row in rows(files(whole_site)["lieux.csv"])}
    museum = told.get("lieux/musee-exemple-des-sciences")
    if museum is None:  # the demonstration has no place with prices
        return
    assert museum["tarifs"] == "plein tarif : 6,50 € ; tarif réduit : 4 € ; moins de 12 ans : 0 €"
    assert museum["fermetures"] == "2021-09-20/2021-10-01|2021-12-24/2022-01-02"
    assert museum["horaires_en_mots"].endswith("; 25 décembre : fermé ; Jours fériés : fermé")


def _events(site):
    return (record_of(site, item.ref) for item in site.items.values() if item.ref[:7] == "events/")


SIGNS = st.text(st.sampled_from("=+-@＝,;|\t\r\n'\"\\ aé"), max_size=8)


@given(
    st.lists((st.sampled_from(HOSTILE) | SIGNS | wild_texts()).filter(bool), max_size=6),
    st.sampled_from(["|", ","]),
)
def test_any_list_comes_back(values, between):
    assert split(joined(values, between), between) == values


def test_each_table_has_its_schema(whole_site):
    found = _made(whole_site)
    for fichier in catalogue(whole_site):
        if fichier.format == "csv":
            schema = json.loads(found[fichier.schema])
            [first, *_] = rows(found[fichier.url].decode())
            assert [field["name"] for field in schema["fields"]] == list(first)
            assert schema["primaryKey"] in first and schema["path"].endswith(fichier.schema)
            integers = {one["name"] for one in schema["fields"] if one["type"] == "integer"}
            assert all(first[name] == "" or int(first[name]) >= 0 for name in integers)


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
    assert (row["titre_fr"], row["description_fr"]) == (f"'{title}", f"'{formula}")
    assert row["telephone_du_lieu"] == "'+33 3 21 00 00 00"
    assert row["mots_cles_fr"] == "'=1+1,a\\, b,c\\\\d"
    assert row["organisateur"] == "'+Musée|-Moi\\|"
    assert not [cell for cell in row.values() if cell[:1] in tuple("=+-@")]


def test_no_draft_and_every_event_ever(tree):
    site = tree.site(
        {
            "events/passe": entry("events", debut="2019-10-09 14:00", publie_le="2019-01-01"),
            "events/essai": entry("events", statut="brouillon"),
        },
        preview=True,
    )
    assert [row["identifiant"] for row in rows(files(site)["evenements.csv"])] == ["events/passe"]
    assert list(files(site)) == ["evenements.csv"]


def test_names_of_columns_are_unique_and_each_is_told():
    for columns in COLUMNS.values():
        names = [column.nom for column in columns]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch("[a-z_]+", name) for name in names)
    assert [column.nationale for column in COLUMNS["evenements.csv"]] == sorted(
        (column.nationale for column in COLUMNS["evenements.csv"]), reverse=True
    )
