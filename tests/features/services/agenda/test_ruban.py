"""The ribbon of the week: what every page says of it, what its own sheet says."""

from plans import entry
from portail.outputs.base import TextFile


def sheet(tree, files=None, **options):
    plan = tree.run(files, **options).plan
    return next(
        "".join(one.produce())
        for one in plan
        if isinstance(one, TextFile) and one.url == "/ruban.css"
    )


def ribbon(tree, files=None, **options):
    return tree.view("/plan-du-site/", files, **options).cadre.ruban


WEEK = {
    "events/a": entry("events", debut="2021-09-27 10:00"),
    "events/b": entry("events", debut="2021-10-02 10:00"),
    "events/c": entry("events", debut="2021-10-02", fin="2021-10-03"),
    "events/d": entry("events", debut="2021-10-03 10:00", etat="annule"),
    "events/e": entry("events", debut="2021-09-01", fin="2021-10-31"),
}


def test_no_agenda_no_ribbon(tree):
    tree.run({"lieux/a": entry("lieux")})
    assert ribbon(tree) is None


def test_the_week_on_every_page(tree):
    found = ribbon(tree, WEEK)
    assert (found.titre, found.dates) == ("Semaine\u00a039", "27\u00a0sept. – 3\u00a0oct.")
    assert found.url == "/agenda/2021-s39/"
    assert [(day.jour.day, day.url.partition("#")[2]) for day in found.jours] == [
        (27, "Lundi"), (28, "Mardi"), (29, "Mercredi"), (30, "Jeudi"), (1, "Vendredi"),
        (2, "Samedi"), (3, "Dimanche"),
    ]  # fmt: skip


def test_the_sheet(tree):
    lines = sheet(tree, WEEK).splitlines()
    assert lines[:3] == [
        '[data-jour="2021-09-27"]{--q:"1";--dit:", 1 rendez-vous";--part:50%}',
        '[data-jour="2021-10-02"]{--q:"2";--dit:", 2 rendez-vous";--part:100%}',
        '[data-jour="2021-10-03"]{--q:"1";--dit:", 1 rendez-vous";--part:50%}',
    ]
    assert lines[3].startswith(':root:not([data-auj]) [data-jour="2021-09-27"]{--auj-fond:')
    assert lines[4] == ':root:not([data-auj]) [data-semaine="2021-s39"]{--auj:1}'
    assert lines[5] == '.ruban li:nth-child(1) b::before{content:"lun. "}'
    assert lines[-1] == '.ruban li:nth-child(7) b::before{content:"dim. "}'


def test_an_empty_week_only_marks_today(tree):
    text = sheet(tree, {"events/a": entry("events")})
    assert "--part" not in text
    assert 'data-jour="2021-09-27"' in text


def test_today_is_marked_as_the_theme_marks_it(tree, racine):
    css = (racine / "theme/static/css/ribbon.css").read_text(encoding="utf-8")
    theirs = css.partition(".auj {")[2].partition("}")[0].replace(" ", "").strip(";")
    assert theirs in sheet(tree, WEEK)
