"""What a letter tells: ten things at most, what comes first, what is left out and why."""

from datetime import date
from operator import itemgetter

import pytest

from choices import EDITIONS, REGIONAL, WEEK, frozen, reasons, refs
from doses import rows_of
from lettres import below, words
from plans import entry
from portail.agenda.weeks import Week
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail_lettre.settings import Edition
from portail_lettre.table import select
from portail_lettre.wording import letter_told

SATURDAY = "2021-10-02 14:00"
OLD = "2021-01-04"


def event(debut, **fields):
    return entry("events", debut=debut, **({"publie_le": OLD} | fields))


def wishes(**lists):
    """What the editor writes at the head of a letter."""
    return MODELS[Kind.NEWSLETTER].model_construct(
        titre="Objet", **{name: tuple(some) for name, some in lists.items()}
    )


def edition_of(code):
    """One of the settings, or one for a public."""
    known = {one.code: one for one in EDITIONS}
    return known.get(code) or Edition(code, code, ("public", code))


def judged(chosen, told, site):
    """What a row says of a letter."""
    found = refs(chosen)
    assert found == told.get("dites", found)
    assert sorted(found) == sorted(told.get("toutes", found))
    assert "premiere" not in told or found[0] == told["premiere"]
    assert {*told.get("contient", ())} <= {*found}
    sections = told.get("rubriques", {})
    assert {name: refs(chosen, name) for name in sections} == sections
    for name, some in told.get("ensembles", {}).items():
        assert {*refs(chosen, name)} == {*some}
    counted = {
        "classes": chosen.classes,
        "contributeurs": [*chosen.contributeurs],
        "errata": {
            one.ref: [[*one.avant.jours], one.apres and [*one.apres.jours]] for one in chosen.errata
        },
        "ouverts": [one.ref for one in chosen.opened],
        "rendez_vous": {one.ref: one.rendez_vous for one in chosen.things if one.rendez_vous},
        "rayons": {kind.value: count for kind, count in chosen.shelves},
    }
    assert counted == counted | {name: told[name] for name in counted.keys() & told.keys()}
    if "sujet" in told:
        assert letter_told(chosen, site).sujet == told["sujet"]
    if "pied" in told:
        assert told["pied"] in words(below(letter_told(chosen, site), "section/p"))
    left, why = told.get("raisons", {}), told.get("motifs", {})
    assert {ref: reasons(chosen)[ref] for ref in left} == left
    assert {one.ref: one.reason for one in chosen.things if one.ref in why} == why


@pytest.mark.parametrize("row", rows_of("portail_lettre/tests/choix.yml"), ids=itemgetter("cas"))
def test_what_letters_tell(letters, row, tmp_path):
    week = WEEK.previous
    for told in row["lettres"]:
        week = Week(*told["semaine"]) if "semaine" in told else week.next
        files = {}
        for ref, fields in told.get("contenus", {}).items():
            folder = ref.partition("/")[0]
            if fields is None:
                (tmp_path / f"content/{ref}.md").unlink()
            else:
                first = {"publie_le": OLD} if folder == "events" else {}
                files[ref] = entry(folder, **first | fields)
        day = date.fromisoformat(told["jour"]) if "jour" in told else week.first
        site = letters.site(files, day)
        word = wishes(**told["mot"]) if "mot" in told else None
        chosen = select(site, week, edition_of(told.get("edition", "region")), word)
        judged(chosen, told, site)
        others = [select(site, week, edition_of(told["avec"]))] if "avec" in told else []
        letters.sent[week.slug] = frozen(site, chosen, *others)


def test_an_empty_site_has_nothing_to_tell(letters):
    chosen = letters.choose()
    assert chosen.things == chosen.season == chosen.errata == chosen.laisses == ()


def test_a_busy_week_is_ten_things(letters):
    towns = ("Amiens", "Lille", "Laon", "Beauvais", "Arras")
    files = {
        f"events/e{rank}": event(SATURDAY, adresse={"commune": towns[rank % 5]})
        for rank in range(60)
    }
    files |= {f"events/tard-{rank}": event("2021-10-12 14:00") for rank in range(9)}
    files |= {f"annonces/n{rank}": entry("annonces", echeance="2021-10-03") for rank in range(9)}
    files |= {f"articles/a{rank}": entry("articles", publie_le="2021-09-26") for rank in range(9)}
    chosen = letters.choose(files)
    sections = [one.section for one in chosen.things]
    assert [sections.count(name) for name in ("savoir", "faire", "prendre")] == [3, 4, 3]
    places = {int(ref[8:]) % 5 for ref in refs(chosen, "faire")}
    assert len(places) == 4, "one a département before a second one"
    assert reasons(chosen)["articles/a5"] == "Faute de place."
    assert dict(chosen.counts) == dict.fromkeys(("02", "59", "60", "62", "80"), 12)


def test_what_comes_back_is_told_from_far_to_far_in_a_line_and_never_leads(letters):
    weeks = [{"debut": f"2021-{month}-{day:02d} 14:00"} for month in (10, 11) for day in (2, 9, 16)]
    files = {
        "events/expo": event("2021-09-20", fin="2021-12-20"),
        "events/club": entry("events", publie_le=OLD, debut=None, seances=weeks),
        "events/bal": event(SATURDAY),
    }
    first = letters.send(files)
    assert refs(first) == ["events/bal", "events/club"], "a club opens"
    assert [one.ref for one in first.season] == ["events/expo"]
    week = WEEK.next
    seen = []
    for rank in range(9):
        files[f"events/bal-{rank}"] = event(f"{week.week_end[0]} 14:00")
        chosen = letters.send(files, week)
        seen += [(rank, one.ref) for one in chosen.season]
        week = week.next
    assert seen == [(3, "events/expo"), (3, "events/club")], "the more it was told, the longer"
    alone = letters.site({"events/expo": files["events/expo"], "events/bal": event("2021-01-05")})
    assert select(alone, WEEK.previous, REGIONAL).things == ()


def test_a_letter_that_was_sent_would_be_chosen_again(letters):
    sent = letters.send({"articles/un": entry("articles"), "events/deux": event(SATURDAY)})
    assert letters.choose() == sent and len(sent.things) == 2


def test_a_letter_of_dates_to_come_has_no_subject_of_its_own(letters):
    site = letters.site({"events/loin": event("2021-10-19 14:00")})
    assert letter_told(select(site, WEEK, REGIONAL), site).sujet == "La lettre du jeudi"
