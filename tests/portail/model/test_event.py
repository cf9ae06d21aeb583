"""What is known of an event, and of any content, from its fields alone."""

from datetime import date
from pathlib import PurePosixPath

import pytest

from doses import rows_of
from portail.model.entry import doi_url
from portail.model.event import Retour
from portail.model.kinds import Kind

TABLES = rows_of("portail/model/event.yml")

DAY = date(2021, 10, 9)


@pytest.mark.parametrize(("fields", "mode"), TABLES["how_one_attends"])
def test_how_one_attends(made, fields, mode):
    assert made(Kind.EVENT, **fields).mode == mode


@pytest.mark.parametrize(("fields", "first"), TABLES["the_first_day_that_it_names"])
def test_the_first_day_that_it_names(made, fields, first):
    assert made(Kind.EVENT, **fields).first_day == first


@pytest.mark.parametrize(("told", "pupils", "visitors"), TABLES["who_came"])
def test_who_came(reading, told, pupils, visitors):
    back = Retour.model_validate(told, context=reading)
    assert (back.eleves, back.visiteurs, back.dit) == (pupils, visitors, bool(told))


@pytest.mark.parametrize(("fields", "there", "indexed"), TABLES["who_sees_it"])
def test_who_sees_it(made, fields, there, indexed):
    entry = made(Kind.ARTICLE, **fields)
    assert (entry.paru(DAY), entry.indexable) == (there, indexed)
    assert not entry.sans_fichier
    assert entry.model_copy(update={"source": PurePosixPath()}).sans_fichier


def test_what_is_over(made):
    ad = made(Kind.ANNONCE, echeance="2021-10-09")
    assert [ad.clos(DAY), ad.clos(date(2021, 10, 10))] == [False, True]
    assert not made(Kind.ARTICLE).clos(date(2100, 1, 1))


def test_the_day_by_which_lists_order_it(made):
    dates = {"publie_le": "2021-09-01", "modifie": "2021-10-09"}
    assert made(Kind.ARTICLE, **dates).jour == DAY
    assert made(Kind.ARTICLE, publie_le="2021-09-01").jour == date(2021, 9, 1)
    assert made(Kind.PAGE).jour is None


def test_the_address_of_a_source(made):
    rows = [{"titre": "A", "doi": "10.1002/ab#c"}, {"titre": "B"}]
    article = made(Kind.ARTICLE, references=rows)
    assert [one.doi_url for one in article.references] == ["https://doi.org/10.1002/ab%23c", ""]
    assert doi_url("10.1/a;b(c).d,e:f") == "https://doi.org/10.1/a;b(c).d,e:f"
