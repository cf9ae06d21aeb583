"""Fields that name other contents: what is said of a name that leads nowhere."""

import pytest

from doses import rows_of
from plans import entry, said


@pytest.mark.parametrize(
    ("title", "near"),
    [
        ("La Coupole", "Le plus proche : « la-coupole »."),
        ("la coupolle", "Le plus proche : « la-coupole »."),
        ("Musée de la mine", "Vérifiez son nom de fichier."),
    ],
)
def test_only_a_lieu_that_exists_is_proposed_for_a_title(title, near, reported):
    files = {"lieux/la-coupole": entry("lieux"), "events/nuit": entry("events", lieu=title)}
    (told,) = reported(files)
    assert told.partition(" → ")[0].endswith(f"E411 Le lieu « {title} » n’est pas dans l’annuaire.")
    assert told.partition(" → ")[2].startswith(f"{near} Il n’y est pas encore ?")


def test_the_line_to_paste_keeps_the_key(tree):
    result = tree.run(
        {"lieux/la-coupole": entry("lieux"), "events/nuit": entry("events", lieu="la-copole")}
    )
    assert [one.paste for one in result.report] == ["lieu: la-coupole"]


@pytest.mark.parametrize(
    ("folder", "fields", "where", "expected"), rows_of("portail/site/rules/references.yml")
)
def test_other_unknown_references(folder, fields, where, expected, reported):
    assert reported(
        {
            "articles/chouette": entry("articles"),
            "dossiers/vaccins": entry("dossiers", elements=["articles/chouette"]),
            "lieux/la-coupole": entry("lieux"),
            f"{folder}/essai": entry(folder, **fields),
        }
    ) == [f"{folder}/essai.md:{where} E412 {expected}"]


@pytest.mark.parametrize("name", ["Ville d’Amiens", "Amiens", "club nature", "CNRS / Lille"])
def test_a_plain_name_names_nothing(name, reported):
    assert not reported({"events/x": entry("events", organisateurs=[name])})


def test_a_signature_without_sheet_is_a_warning(tree):
    result = tree.run(
        {
            "articles/chouette": entry("articles", auteurs=["camille-exemple", "Sacha Exemple"]),
            "articles/hibou": entry("articles", auteurs=["camile"], relu_par=["sacha"]),
            "auteurs/camille": entry("auteurs"),
        }
    )
    gone = "n’a pas de fiche : la page dira « Contributeur retiré »."
    assert said(result.report) == [
        (
            f"articles/chouette.md:5:11 A434 « camille-exemple » (auteurs) {gone} → Vérifiez "
            "son nom de fichier. Si la personne a retiré sa fiche, rien à faire."
        ),
        (
            f"articles/hibou.md:5:11 A434 « camile » (auteurs) {gone} → Le plus proche : « "
            "camille ». Si la personne a retiré sa fiche, rien à faire."
        ),
        (
            f"articles/hibou.md:6:12 A434 « sacha » (relu_par) {gone} → Vérifiez son nom de "
            "fichier. Si la personne a retiré sa fiche, rien à faire."
        ),
    ]
    assert result.plan is not None


def test_an_unknown_element(reported):
    assert reported(
        {
            "articles/chouette": entry("articles"),
            "dossiers/d": entry("dossiers", elements=["article/chouete", {"ref": "lieux/rien"}]),
        }
    ) == [
        (
            "dossiers/d.md:5:12 E401 « article/chouete » ne mène à aucun contenu. → Le plus "
            "proche : « articles/chouette »."
        ),
        (
            "dossiers/d.md:5:37 E401 « lieux/rien » ne mène à aucun contenu. → Vérifiez son nom de "
            "fichier."
        ),
    ]


def test_a_slug_alone_names_an_element_unless_two_kinds_have_it(tree):
    files = {
        "articles/chouette": entry("articles"),
        "dossiers/d": entry("dossiers", elements=["chouette"]),
    }
    assert tree.site(files).indexes.gathered["dossiers/d"] == ("articles/chouette",)
    report = tree.run({"events/chouette": entry("events")}).report
    assert [(one.position.line, one.code) for one in report] == [(5, "E405")]


def test_a_dossier_may_not_name_what_is_not_published(reported):
    assert [
        one
        for one in reported(
            {
                "articles/brouillon": entry("articles", statut="brouillon"),
                "articles/demain": entry("articles", publie_le="2021-09-28"),
                "dossiers/d": entry("dossiers", elements=["articles/brouillon", "articles/demain"]),
            }
        )
        if " E403 " in one
    ] == [
        (
            "dossiers/d.md:5:12 E403 « articles/brouillon » existe mais n’est pas publié (c’est un "
            "brouillon). → Publiez-le d’abord, ou retirez le lien."
        ),
        (
            "dossiers/d.md:5:34 E403 « articles/demain » existe mais n’est pas publié (il "
            "paraîtra le 28\u00a0septembre 2021). → Publiez-le d’abord, ou retirez le lien."
        ),
    ]


def test_a_draft_may_name_a_draft(tree):
    result = tree.run(
        {
            "lieux/atelier": entry("lieux", statut="brouillon"),
            "events/nuit": entry("events", lieu="atelier", statut="brouillon"),
        }
    )
    assert {one.code for one in result.report} == {"C208"}


def test_a_reference_to_a_faulty_file_says_nothing_twice(reported):
    assert [
        one.split()[:2]
        for one in reported(
            {
                "lieux/atelier": entry("lieux", type="muse"),
                "events/nuit": entry(
                    "events", "Voir [l’atelier](lieux/atelier#venir).", lieu="atelier"
                ),
                "dossiers/d": entry("dossiers", elements=["lieux/atelier"]),
            }
        )
    ] == [["lieux/atelier.md:4:7", "E203"]]


def test_every_faulty_reference_of_a_file_is_told(tree):
    fields = {"lieu": "a-bas", "temps_fort": "fete", "organisateurs": ["ici", "la"]}
    report = tree.run({"events/x": entry("events", "[La coupole](ailleurs/rien)", **fields)}).report
    assert [(one.position.line, one.code) for one in report] == [
        (7, "E411"), (8, "E412"), (9, "E412"), (9, "E412"), (12, "E401"),
    ]  # fmt: skip


# ── Editions ──────────────────────────────────────────────────────────────────────────


TEMPS_FORT = entry(
    "temps-forts",
    titre="Fête du *ciel*",
    editions={
        "2020": {"du": "2020-10-02", "au": "2020-10-12"},
        "2021": {"du": "2021-10-01", "au": "2021-10-11"},
    },
)


def of_edition(tree, **fields):
    event = entry("events", temps_fort="fete", **fields)
    return said(tree.run({"temps-forts/fete": TEMPS_FORT, "events/x": event}).report)


@pytest.mark.parametrize(
    ("debut", "fin", "inside"),
    [
        ("2021-10-01", None, True),
        ("2021-10-11", None, True),
        ("2021-09-30 20:00", "2021-10-01 09:00", True),
        ("2021-09-30 20:00", "2021-10-01 02:00", False),  # a night belongs to its eve
        ("2021-10-12 00:30", None, True),  # of the last evening
        ("2021-10-12 05:00", None, False),
    ],
)
def test_the_first_and_last_days_belong_to_an_edition(tree, debut, fin, inside):
    assert bool(of_edition(tree, edition=2021, debut=debut, fin=fin)) is not inside


def test_an_event_without_readable_dates_is_not_compared(tree):
    found = of_edition(tree, edition=2020, debut="2021-02-30")
    assert [one.split()[1] for one in found] == ["E210"]


def test_a_faulty_temps_fort_is_told_alone(tree):
    faulty = TEMPS_FORT.replace("2020-10-12", "2020-10-32")
    event = entry("events", temps_fort="fete", edition=2020)
    report = tree.run({"temps-forts/fete": faulty, "events/x": event}).report
    assert [str(one.position.path) for one in report] == ["content/temps-forts/fete.md"]


def test_without_edition_nothing_is_compared(tree):
    assert not of_edition(tree, debut="2030-01-01")


def test_one_occurrence_inside_is_enough(tree):
    seances = [{"debut": "2021-09-01 14:00"}, {"debut": "2021-10-09 14:00"}]
    assert not of_edition(tree, edition=2021, seances=seances)
