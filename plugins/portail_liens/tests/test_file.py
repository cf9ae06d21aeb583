"""The file of checked addresses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portail_liens.records import Constat, Releve, liens_text, read_liens

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
RECORDS = st.builds(
    Releve,
    jour=DAYS,
    constat=st.sampled_from(Constat),
    code=st.integers(0, 999),
    vers=st.text(max_size=20),
    detail=st.text(max_size=20),
    premier_echec=st.none() | DAYS,
    echecs=st.integers(0, 9),
)


@given(st.dictionaries(st.text(min_size=1, max_size=10), RECORDS, max_size=4))
def test_what_is_written_is_read_again(tmp_path_factory, records):
    path = tmp_path_factory.getbasetemp() / "liens.json"
    text = liens_text(records)
    path.write_text(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "utf-8")
    assert read_liens(path) == records
    assert liens_text(dict(reversed(records.items()))) == text


def test_its_form(tmp_path):
    day = date(2026, 11, 20)
    records = {
        "https://b.example/": Releve(day, Constat.BON, 200),
        "https://a.example/": Releve(day, Constat.MUET, premier_echec=day, echecs=1),
    }
    assert (
        liens_text(records)
        == """{
 "version": 1,
 "adresses": {
  "https://a.example/": {
   "jour": "2026-11-20",
   "constat": "muet",
   "premier_echec": "2026-11-20",
   "echecs": 1
  },
  "https://b.example/": {
   "jour": "2026-11-20",
   "constat": "bon",
   "code": 200
  }
 }
}
"""
    )


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", '{"version": 2, "adresses": {}}', '{"version": 1}',
        '{"version": 1, "adresses": []}', '{"version": 1, "adresses": {"a": 1}}',
        '{"version": 1, "adresses": {"a": {"jour": "2026-13-01", "constat": "bon"}}}',
        '{"version": 1, "adresses": {"a": {"jour": "2026-11-01", "constat": "autre"}}}',
        '{"version": 1, "adresses": {"a": {"jour": "2026-11-01", "constat": "bon", "x": 1}}}',
    ],
)  # fmt: skip
def test_a_spoilt_file_is_none(tmp_path, text):
    path = tmp_path / "liens.json"
    assert read_liens(path) is None
    path.write_text(text, "utf-8")
    assert read_liens(path) is None
