"""An event in English and in Dutch: golden lines of each state and each form."""

import pytest

from doses import rows_of

TABLES = rows_of("portail_langues/tests/lines.yml")

FRENCH = "in French", "in het Frans"

WHEN = TABLES["when"]


@pytest.mark.parametrize("case", WHEN)
def test_when(lines, case):
    fields, *golden = WHEN[case]
    assert [rows[0] for rows in lines(**fields)] == golden


def test_many_dates_are_the_next_and_a_count(lines):
    sessions = [{"debut": f"2021-{m}-{d:02} 14:00"} for m in (10, 11, 12) for d in range(1, 25)]
    english, dutch = lines(seances=sessions[:71])
    assert english[0].startswith("Fri 1 Oct, 14:00, and 70 more dates, until 23 Dec 2021")
    assert dutch[0].startswith("vr 1 okt, 14:00, en nog 70 data, tot en met 23 dec 2021")


def test_moved_online_its_former_place_is_not_told(lines):
    fields = {"etat": "deplace-en-ligne", "en_ligne": "https://example.org/x"}
    english, dutch = lines(**fields, adresse={"commune": "Wizernes"})
    assert english[:2] == ["moved online · Sat 9 Oct, 14:00 · workshop", "online"]
    assert dutch[:2] == ["verplaatst naar online · za 9 okt, 14:00 · workshop", "online"]


def test_everywhere_is_from_home(lines):
    english, dutch = lines(partout="true")
    assert (english[1], dutch[1]) == ("from home", "van thuis uit")
    some = lines(partout="true", territoires=["aisne"])
    assert [rows[1] for rows in some] == [
        "from home, in these areas: Aisne", "van thuis uit, in deze gebieden: Aisne",
    ]  # fmt: skip


PRICES = TABLES["prices"]


@pytest.mark.parametrize("case", PRICES)
def test_prices(lines, case):
    price, *golden = PRICES[case]
    found = [rows[2] for rows in lines(tarif=price)]
    assert found == [f"{text} · {french}" for text, french in zip(golden, FRENCH, strict=True)]


def test_who_may_come_how_one_books_and_gets_in(lines):
    english, dutch = lines(
        publics=["familles"],
        age={"min": "6"},
        inscription={
            "regime": "conseillee",
            "telephone": "03 53 01 00 20",
            "url": "https://example.org/b",
            "avant_le": "2021-10-08 12:00",
        },
        langues_parlees=["fr", "nl"],
        accessibilite={"moteur": "oui", "auditif": "partiel", "equipements": ["bim", "plain-pied"]},
        douce=["son"],
    )
    assert english[2:] == [
        "families · from age 6",
        "booking advised · by Fri 8 Oct, 12:00 · book · 03 53 01 00 20 · in French and Dutch",
        (
            "accessible: reduced mobility · partly accessible: hearing impairment · "
            "hearing loop, step-free · lower sound"
        ),
    ]
    assert dutch[2:] == [
        "gezinnen · vanaf 6 jaar",
        (
            "reserveren aanbevolen · uiterlijk vr 8 okt, 12:00 · reserveren · 03 53 01 00 20 · "
            "in het Frans en Nederlands"
        ),
        (
            "toegankelijk: beperkte mobiliteit · deels toegankelijk: auditieve beperking · "
            "ringleiding, drempelvrij · stiller geluid"
        ),
    ]


def test_what_is_not_known_is_not_told(lines):
    english, dutch = lines()
    assert english == ["Sat 9 Oct, 14:00 · workshop", "Wizernes", "in French"]
    assert dutch == ["za 9 okt, 14:00 · workshop", "Wizernes", "in het Frans"]
