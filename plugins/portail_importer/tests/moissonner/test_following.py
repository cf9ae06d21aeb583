"""What the portal announces is followed before it is sorted, whoever told it first."""

import json
from datetime import timedelta

import pytest

from arrivages import DAY, Happening, agenda, front, ics, linked
from plans import entry, write
from portail.cli import main

NIGHT = Happening(
    "nuit@musee.example",
    "La nuit des lichens",
    DAY + timedelta(days=17),
    hour=18,
    text="On regarde, avec science.",
    place="Salle des fêtes, 80000 Amiens",
)
STATUS = '"eventStatus": "https://schema.org/Event'
OFF = {"ics": lambda *rows: ics(*rows).replace("SUMMARY", "STATUS:CANCELLED\r\nSUMMARY"),
       "json": lambda *rows: agenda(*rows).replace('"status": 1', '"status": 6'),
       "html": lambda *rows: _page(*rows).replace('"name": "La nuit', f'{STATUS}Cancelled", '
                                                  '"name": "La nuit')}  # fmt: skip
MUSEUM = "Salle des fêtes"


def _page(*rows):
    told = f'<script type="application/ld+json">{linked(*rows)}</script>'
    return f"<!doctype html><title>x</title>{told}"


FORMS = {"ics": ics, "json": agenda, "html": _page}
HAND = entry("events", titre=NIGHT.title, debut="2026-12-12 18:00", publie_le="2026-11-20",
             format=["visite"], adresse={"nom": MUSEUM, "commune": "Amiens"})  # fmt: skip


@pytest.fixture(params=FORMS)
def form(request):
    return request.param


def there(field):
    return sorted(one.stem for one in (field.folder / "content/events").rglob("*.md"))


def said(field, name="la-nuit-des-lichens"):
    return front(field.folder, f"events/{name}")


@pytest.fixture(params=["aggregator", "hand", "itself"])
def announced(request, field, form):
    """The night, announced from somewhere, that the museum tells too; what the museum then says
    is served by ``field.museum``."""
    if request.param == "hand":
        write(field.folder, {"events/la-nuit-des-lichens": HAND})
    elif request.param == "aggregator":
        field.source("Agenda du Nord", "/tout", agenda(NIGHT._replace(uid="9101")))
    field.source(MUSEUM, "/musee", FORMS[form](NIGHT))
    assert field.run() == 0, field.output
    assert there(field) == ["la-nuit-des-lichens"]
    field.rank = len(field.sources) - 1
    return field


def week(field, data, *, days=7):
    """What the museum says a week later, and what is told of it, twice: once is enough."""
    field.serve(data, "/musee")
    assert field.run(day=DAY + timedelta(days)) == 0, field.output
    told = field.told(field.rank)
    before = field.files()
    assert field.run(day=DAY + timedelta(days + 7)) == 0
    assert field.files() == before
    assert main(["check", "--date", f"{DAY}"]) == 0
    return told


def test_what_is_cancelled_is_so_whoever_told_it_first(announced, form):
    [row] = week(announced, OFF[form](NIGHT))
    assert (row["sort"], row["ecrit"]) == ("cancelled", True)
    assert said(announced)["etat"] == "annule"
    assert there(announced) == ["la-nuit-des-lichens"]


def test_what_moves_is_one_event_with_its_former_day(announced, form):
    [row] = week(announced, FORMS[form](NIGHT._replace(day=NIGHT.day + timedelta(days=1))))
    assert (row["sort"], row["ecrit"]) == ("changed", True)
    assert there(announced) == ["la-nuit-des-lichens"]
    found = said(announced)
    assert (found["etat"], f"{found['debut']}"[:16]) == ("reprogramme", "2026-12-13 18:00")
    assert f"{found['ancien_debut']}"[:16] == "2026-12-12 18:00"
    week(announced, FORMS[form](NIGHT), days=14)
    assert "etat" not in said(announced) and "ancien_debut" not in said(announced)


@pytest.mark.parametrize("kept", [{"mots": ["science"]}, {"communes": ["Amiens"]}])
def test_what_is_announced_is_followed_whatever_is_kept(field, form, kept):
    field.source(MUSEUM, "/musee", FORMS[form](NIGHT), garder=kept)
    assert field.run() == 0 and field.counts() == {"new": 1}
    field.rank = 0
    other = NIGHT._replace(text="Annulé, avec nos excuses.", place="Halle, 62100 Calais")
    away = FORMS[form](other).replace("Amiens", "Calais").replace("80000", "62100")
    if "mots" in kept:
        [row] = week(field, OFF[form](other))
        assert (row["sort"], said(field)["etat"]) == ("cancelled", "annule")
    else:
        [row] = week(field, away)
        assert (row["sort"], "Calais" in str(said(field)["adresse"])) == ("changed", True)


def test_a_source_is_known_whatever_it_is_called(announced, form):
    announced.sources[announced.rank]["nom"] = "Le musée rénové"
    announced.listed()
    week(announced, FORMS[form](NIGHT))
    announced.sources[announced.rank]["lieu"] = "musee"
    announced.listed()
    assert "salle-des-fetes" not in str(said(announced)["ids_externes"])
    rows = week(announced, OFF[form](NIGHT), days=14)
    assert [row["sort"] for row in rows] == ["cancelled"]


@pytest.mark.parametrize(("name", "own"), [(MUSEUM, {}), ("Labo", {"lieu": "musee"})])
def test_who_does_not_organise_it_is_told_and_changes_nothing(field, form, name, own):
    """Whichever of the two was read first; by its name, or its place."""
    rows = [(name, "/musee", ics(NIGHT), own),
            ("Agenda du Nord", "/tout", FORMS[form](NIGHT._replace(uid="9101")), {})]  # fmt: skip
    for order in (rows, rows[::-1]):
        field.sources.clear()
        for called, path, data, more in order:
            field.source(called, path, data, **more)
        assert field.run() == 0
        before, last = field.files(), {"moisson.json": b""}
        later = NIGHT._replace(uid="9101", day=NIGHT.day + timedelta(days=1))
        for data, fate in ((OFF[form](NIGHT._replace(uid="9101")), "cancelled"),
                           (FORMS[form](later), "disputed")):  # fmt: skip
            field.serve(data, "/tout")
            assert field.run() == 0
            told = [row for rank in (0, 1) for row in field.told(rank)]
            assert [row["sort"] for row in told] == [fate]
            assert f"à vérifier auprès de {name}" in told[0]["raison"]
            now = said(field)
            assert "etat" not in now and f"{now['debut']}"[:16] == "2026-12-12 18:00"
            assert form == "html" or {**field.files(), **last} == {**before, **last}
        for one in (field.folder / "content/events").rglob("*.md"):
            one.unlink()
        (field.folder / "moisson.json").unlink()


@pytest.mark.parametrize("first", ["M", "B"])
def test_a_source_that_takes_the_identifier_of_another_is_a_question(field, first):
    """What is not announced is not announced as cancelled either."""
    stolen = NIGHT._replace(day=NIGHT.day + timedelta(days=1))
    for name in "MB" if first == "M" else "BM":
        data = ics(NIGHT if name == "M" else stolen)
        field.source(name, f"/{name}", data, **({"lieu": "musee"} if name == "M" else {}))
    assert field.run() == 0
    states = {said(field, one).get("statut") for one in there(field)}
    assert (len(there(field)), states) == (2, {None, "brouillon"} if first == "M" else {None})
    assert "peut-être déjà là" in str(field.told(1))
    before = field.files()
    assert field.run() == 0 and field.files() == before


def test_what_was_never_announced_is_not_as_cancelled(field):
    field.source("M", "/m", ics(NIGHT), lieu="musee")
    field.source("B", "/b", OFF["ics"](NIGHT._replace(day=NIGHT.day + timedelta(days=1))))
    assert field.run() == 0
    assert there(field) == ["la-nuit-des-lichens"] and "etat" not in said(field)
    [row] = field.told(1)
    assert "annulé sans avoir été annoncé" in row["raison"] and "peut-être déjà là" in row["raison"]


def test_the_place_of_another_source_is_no_organiser_of_ours(field):
    field.source("M", "/m", ics(Happening("x@m.example", "Autre", NIGHT.day)), lieu="musee")
    named = 'ORGANIZER;CN="Le Musée des vents":https://m.example/\r\nSUMMARY'
    field.source("B", "/b", ics(NIGHT).replace("SUMMARY", named))
    for fate in ("incomplete", "incomplete"):
        assert field.run() == 0
        assert field.counts(1) == {fate: 1}
        assert (
            said(field)["statut"] == "brouillon"
            and "sa source, n’en dit rien" in field.told(1)[0]["raison"]
        )


SHELLS = [Happening("c1@a.example", "Atelier des coquillages", NIGHT.day,
                    place="Maison de la mer, 62600 Berck"),
          Happening("c2@b.example", "Atelier des coquillages", NIGHT.day,
                    place="Centre nautique, 62600 Berck")]  # fmt: skip


def test_one_title_one_hour_one_town_is_a_question(field):
    for rank, one in enumerate(SHELLS):
        field.source(f"Source {rank}", f"/{rank}", ics(one))
    assert field.run() == 0
    [row] = field.told(1)
    assert row["sort"] == "new" and "peut-être déjà là, en un autre lieu" in row["raison"]


def test_one_event_twice_in_one_source_is_one(field):
    field.source("M", "/m", agenda(NIGHT, NIGHT._replace(uid="9102")))
    for counts in ({"new": 1, "left": 1}, {"same": 1, "left": 1}):
        assert field.run() == 0
        assert field.counts() == counts and there(field) == ["la-nuit-des-lichens"]
        assert "deux fois" in str(field.told())


def test_what_is_put_off_keeps_its_page_then_its_new_day(announced, form):
    told = {"ics": lambda text: text.replace("SUMMARY:", "SUMMARY:Reporté : "),
            "json": lambda text: text.replace('"status": 1', '"status": 4'),
            "html": lambda text: text.replace('"name": "La nuit', f'{STATUS}Postponed", '
                                              '"name": "La nuit')}[form]  # fmt: skip
    week(announced, told(FORMS[form](NIGHT)))
    found = said(announced)
    assert (found["etat"], "statut" in found) == ("reporte", False)
    assert f"{found['ancien_debut']}" == f"{found['debut']}"
    later = NIGHT._replace(day=NIGHT.day + timedelta(days=30))
    week(announced, FORMS[form](later), days=14)
    found = said(announced)
    assert (found["etat"], f"{found['debut']}"[:10]) == ("reprogramme", f"{later.day}")
    assert f"{found['ancien_debut']}"[:10] == f"{NIGHT.day}"


def test_a_correction_is_kept_told_once_and_followed(calendar):
    file = calendar.file("les-vents-numero-0")
    file.write_text(file.read_text().replace("Un texte.", "Une correction."))
    rows = [Happening(f"v{rank}@musee.example", f"Les vents, numéro {rank}",
                      DAY + timedelta(days=10 + rank)) for rank in range(4)]  # fmt: skip
    assert calendar.run() == 0 and calendar.counts() == {"ours": 1, "same": 3}
    before = calendar.files()
    assert calendar.run() == 0 and calendar.counts() == {"same": 4}
    assert calendar.files() == before
    file.write_text(file.read_text().replace("2026-12-05 14:00", "2026-12-05 15:00"))
    calendar.serve(ics(rows[0]._replace(hour=18), *rows[1:]))
    assert calendar.run() == 0
    assert [row["sort"] for row in calendar.told()] == ["disputed"]
    assert "2026-12-05 15:00" in file.read_text()
    calendar.serve(ics(*rows).replace("numéro 0", "numéro 0\r\nSTATUS:CANCELLED"))
    assert calendar.run() == 0
    assert [(row["sort"], row["ecrit"]) for row in calendar.told()] == [("cancelled", True)]
    assert "Une correction." in file.read_text() and "etat: annule" in file.read_text()


def test_what_is_deleted_is_refused_for_good(calendar):
    calendar.file("les-vents-numero-0").unlink()
    rows = calendar.liar.routes["/agenda.ics"]
    for data in (
        rows,
        (200, {}, rows[2].replace(b"T140000", b"T170000")),
        (200, {}, ics().encode()),
        rows,
    ):
        calendar.liar.routes["/agenda.ics"] = data
        assert calendar.run() == 0
        assert not calendar.file("les-vents-numero-0").exists()
    assert calendar.counts()["refused"] == 1


def test_what_a_tool_mends_is_no_correction(field):
    field.source("M", "/m", ics(NIGHT).replace("On regarde", "𝑬𝒏𝒇𝒊𝒏"))
    assert field.run() == 0
    before = said(field)
    assert main(["check", "--corriger", "--date", f"{DAY}"]) == 0
    assert "Enfin" in said(field)["resume"] and said(field) != before
    assert field.run() == 0 and "ours" not in field.counts()


def test_a_source_that_left_is_told(calendar, capsys):
    (calendar.folder / "sources.yml").write_text("", "utf-8")
    assert main(["check", "--date", f"{DAY}"]) == 0
    assert "A435 « musee-des-vents » n’est plus dans sources.yml : 4 contenus." in (
        capsys.readouterr().out
    )


def test_what_is_taken_away_as_the_same_is_followed_too(field):
    """A question that somebody answers by taking the second one away."""
    field.source("Agenda du Nord", "/tout", agenda(NIGHT._replace(uid="9101")))
    near = NIGHT._replace(title="Nuit des lichens, à la loupe")
    field.source(MUSEUM, "/musee", ics(near))
    assert field.run() == 0 and "peut-être déjà là" in str(field.told(1))
    [second] = (field.folder / "content/events").rglob("*loupe.md")
    second.unlink()
    field.rank = 1
    assert field.run() == 0
    [row] = week(field, OFF["ics"](near))
    assert (row["sort"], said(field)["etat"], len(there(field))) == ("cancelled", "annule", 1)


def test_a_source_that_sleeps_keeps_nobody_from_saying_so(field):
    field.source(MUSEUM, "/musee", ics(NIGHT))
    field.source("Agenda du Nord", "/tout", ics(NIGHT._replace(uid="9101")))
    field.sources.reverse()
    field.listed()
    assert field.run() == 0
    field.sources[1]["dort"] = True
    field.listed()
    field.serve(OFF["ics"](NIGHT._replace(uid="9101")), "/tout")
    assert field.run() == 0 and said(field)["etat"] == "annule"


def test_one_date_of_a_series_that_moves_keeps_its_former_day(field):
    def series(*days):
        rows = json.loads(agenda(NIGHT))
        rows["events"][0]["timings"] = [
            {"begin": f"2026-12-{day}T18:00:00+01:00", "end": f"2026-12-{day}T20:00:00+01:00"}
            for day in days
        ]
        return json.dumps(rows)

    field.source(MUSEUM, "/musee", series(12, 19, 26))
    assert field.run() == 0
    field.rank = 0
    week(field, series(12, 20, 26))
    found = [(f"{row['debut']}"[8:10], row.get("etat")) for row in said(field)["seances"]]
    assert found == [("12", None), ("20", "reprogramme"), ("26", None)]
    assert f"{said(field)['seances'][1]['ancien_debut']}"[:10] == "2026-12-19"
    week(field, series(12, 19, 26), days=14)
    assert "reprogramme" not in str(said(field))
