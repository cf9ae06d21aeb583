"""What a moderator is told of the agenda: temps forts, steps, programmes of parents."""

import pytest

from doses import rows_of
from plans import contents, entry, said

TABLES = rows_of("features/kinds/evenements/rules.yml")

MATHS = contents(TABLES["maths"])


def told(tree, files):
    """File and code of each diagnostic."""
    return [(one.position.path.stem, one.code) for one in tree.run(files).report]


class TestForgottenHighlight:
    def told(self, tree, **fields):
        given = {"debut": "2022-03-09 14:00", "themes": ["mathematiques-physique-chimie"]} | fields
        files = {**MATHS, "events/x": entry("events", **given)}
        return said(tree.run(files).report)

    def test_what_to_write_is_told(self, tree):
        assert self.told(tree, titre="Jeux mathématiques") == [
            (
                "events/x.md:2:8 C516 L’événement a lieu pendant « Semaine des mathématiques » "
                "2022 (du 7 au 14\u00a0mars 2022) et parle de « mathématiques ». → S’il en fait "
                "partie, ajoutez « temps_fort: semaine-des-maths »."
            )
        ]

    @pytest.mark.parametrize("fields", TABLES["what_ties"])
    def test_what_ties(self, tree, fields):
        assert len(self.told(tree, **fields)) == 1

    @pytest.mark.parametrize("fields", TABLES["no_noise"])
    def test_no_noise(self, tree, fields):
        assert self.told(tree, **fields) == []

    def test_part_of_what_is_part_of_another(self, tree):
        files = {
            **MATHS,
            "temps-forts/fete": entry("temps-forts"),
            "events/village": entry("events", debut="2022-03-09", temps_fort="fete"),
            "events/x": entry(
                "events",
                titre="Du calcul",
                themes=["mathematiques-physique-chimie"],
                debut="2022-03-09 14:00",
                evenement_parent="village",
            ),
        }
        assert told(tree, files) == []


class TestHighlight:
    @pytest.mark.parametrize(
        ("day", "expected"), [("2022-05-02", [("x", "A512")]), ("2023-05-02", [])]
    )
    def test_without_edition_that_of_its_year_counts(self, tree, day, expected):
        event = entry("events", temps_fort="semaine-des-maths", debut=day)
        assert told(tree, {**MATHS, "events/x": event}) == expected

    def test_the_edition_of_that_day_is_proposed(self, tree):
        fete = entry(
            "temps-forts",
            editions={
                "2020": {"du": "2020-10-02", "au": "2020-10-12"},
                "2021": {"du": "2021-10-01", "au": "2021-10-11"},
            },
        )
        event = entry("events", temps_fort="fete", edition=2020)
        (found,) = tree.run({"temps-forts/fete": fete, "events/x": event}).report
        assert found.paste == "edition: 2021"
        assert "l’édition (« edition: 2021 »)" in found.hint


class TestPrograms:
    PARENT = entry("events", titre="Village", debut="2021-10-09", fin="2021-10-10")

    @pytest.mark.parametrize(("fields", "expected"), TABLES["a_child_outside_its_parent"])
    def test_a_child_outside_its_parent(self, tree, fields, expected):
        child = entry("events", titre="Les robots", evenement_parent="village", **fields)
        assert told(tree, {"events/village": self.PARENT, "events/x": child}) == [
            *map(tuple, expected)
        ]

    def test_steps_of_two_parcours(self, tree):
        def step(title, parent, rank):
            return entry("events", titre=title, evenement_parent=parent, etape=rank)

        files = {
            "events/village": self.PARENT,
            "events/autre": self.PARENT.replace("Village", "Rallye"),
            "events/a": step("Le moulin", "village", 1),
            "events/b": step("La forge", "village", 2),
            "events/c": step("Le canal", "autre", 1),
        }
        assert told(tree, files) == []
        files["events/d"] = step("Le four", "village", 2)
        assert told(tree, files) == [("d", "A514")]
