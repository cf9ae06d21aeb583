"""A harvest in a portal that nobody keeps: what asks for somebody's eyes is not written."""

from datetime import timedelta

from arrivages import DAY, Happening, ics

ALONE = "PORTAIL_TENU = False\n"


def alone(field):
    settings = field.folder / "pelicanconf.py"
    text = settings.read_text("utf-8") if settings.is_file() else ""
    settings.write_text(text + ALONE, "utf-8")


def test_what_may_be_a_persons_contact_is_left(field):
    alone(field)
    call = Happening("v1@x.example", "Les vents du soir", DAY + timedelta(days=3),
                     text="Écrire à camille.durand@gmail.com")  # fmt: skip
    field.source(data=ics(call, Happening("v2@x.example", "La brise", DAY + timedelta(days=4))))
    assert field.run() == 0, field.output
    names = [name for name in field.files() if name.startswith("content/events/")]
    assert names == ["content/events/musee-des-vents/la-brise.md"], field.output
    assert field.counts() == {"new": 1, "left": 1}


def test_what_changes_in_bulk_waits_for_a_week(calendar):
    alone(calendar)
    before = calendar.files()
    calendar.serve(ics())
    for day in range(1, 8):
        assert calendar.run(day=DAY + timedelta(days=day)) == 1
        assert "n’y sont plus" in calendar.output
    there = calendar.files()
    assert {name: there[name] for name in before if name.endswith(".md")} == {
        name: data for name, data in before.items() if name.endswith(".md")
    }
    assert calendar.run(day=DAY + timedelta(days=8)) == 0, calendar.output
    assert "a_confirmer" in calendar.file("les-vents-numero-3").read_text("utf-8")
