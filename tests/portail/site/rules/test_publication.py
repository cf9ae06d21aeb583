"""What is published when, and at which address."""

from datetime import date

import pytest

from doses import rows_of
from plans import TODAY, entry, said

TABLES = rows_of("portail/site/rules/publication.yml")

# ── Scheduled, draft, to verify: advice, whatever the day ─────────────────────────────


def test_a_content_is_scheduled_until_its_day(tree):
    result = tree.run({"articles/demain": entry("articles", publie_le="2021-09-28")})
    assert said(result.report) == [
        (
            "articles/demain.md:4:12 C207 Ce contenu paraîtra le 28\u00a0septembre 2021 ; "
            "il n’est pas encore publié. → Rien à faire, si c’est voulu."
        )
    ]
    assert not result.site.items
    result = tree.run(day=date(2021, 9, 28))
    assert not said(result.report)
    assert list(result.site.items) == ["articles/demain"]


@pytest.mark.parametrize(
    ("day", "told"), [("2021-09-27", False), ("2021-09-28", True), ("2030-01-01", True)]
)
def test_a_content_changed_on_a_day_to_come(tree, day, told):
    result = tree.run({"articles/a": entry("articles", modifie=day)})
    assert [one.code for one in result.report] == ["A247"] * told
    later = tree.run(day=date.fromisoformat(day))
    assert not said(later.report)


def test_a_draft_is_not_published(tree):
    text = entry("articles", publie_le="2030-01-01", statut="brouillon")
    result = tree.run({"articles/a": text})
    assert [one.code for one in result.report] == ["C208"]
    assert not result.site.items


def test_a_preview_shows_drafts_and_scheduled_contents(tree):
    files = {
        "articles/a": entry("articles", statut="brouillon"),
        "articles/b": entry("articles", publie_le="2030-01-01"),
    }
    result = tree.run(files, preview=True)
    assert result.site is not None and list(result.site.items) == ["articles/a", "articles/b"]
    assert [one.code for one in result.report] == ["C208", "C207"]


@pytest.mark.parametrize(
    ("day", "told"), [("2020-09-26", False), ("2020-09-25", True), ("2021-09-27", False)]
)
def test_a_sheet_is_to_verify_after_twelve_months(tree, day, told):
    result = tree.run({"lieux/musee": entry("lieux", verifie_le=day)})
    verify = (
        "lieux/musee.md:6:13 C209 Cette fiche n’a pas été vérifiée depuis plus de 12 mois "
        "(25\u00a0septembre 2020). → Relisez-la, puis mettez « verifie_le » à jour."
    )
    assert said(result.report) == [verify] * told


@pytest.mark.parametrize(
    ("folder", "fields", "source", "told"), TABLES["what_is_dated_is_not_before_its_sources"]
)
def test_what_is_dated_is_not_before_its_sources(tree, folder, fields, source, told):
    text = entry(folder, **fields, references=[source])
    report = tree.run({f"{folder}/musee": text}).report
    assert [one.code for one in report] == [told] * bool(told)


def test_an_annonce_is_over_the_day_after_its_end(tree):
    files = {"annonces/a": entry("annonces", echeance="2021-09-27")}
    assert not tree.site(files).items["annonces/a"].is_over
    assert tree.site(day=date(2021, 9, 28)).items["annonces/a"].is_over


def test_an_event_is_over_the_day_after_its_last_occurrence(tree):
    seances = [
        {"debut": "2021-09-01", "fin": "2021-09-27"},
        {"debut": "2021-09-20 14:00"},
    ]
    today = tree.site({"events/x": entry("events", seances=seances)}).items["events/x"]
    long, _ = today.occurrences
    assert (today.is_over, today.coming, today.upcoming) == (False, (long,), long)
    after = tree.site(day=date(2021, 9, 28)).items["events/x"]
    assert (after.is_over, after.coming, after.upcoming) == (True, (), None)
    assert after.shown == after.occurrences[1]


def test_the_next_occurrence_is_one_that_goes_ahead(tree):
    seances = [
        {"debut": "2021-10-01 14:00", "etat": "annule"},
        {"debut": "2021-10-02 14:00", "etat": "reporte", "ancien_debut": "2021-10-02"},
        {"debut": "2021-10-03 14:00", "etat": "complet"},
    ]
    item = tree.site({"events/x": entry("events", seances=seances)}).items["events/x"]
    assert item.upcoming is item.occurrences[2]
    item = tree.site({"events/x": entry("events", seances=seances[:2])}).items["events/x"]
    assert item.upcoming is item.occurrences[0]


# ── Addresses ─────────────────────────────────────────────────────────────────────────


def test_a_preview_keeps_the_first_of_two_files_for_one_address(tree):
    result = tree.run(
        {
            "articles/2020-01-01-a": entry("articles", titre="Un"),
            "articles/a": entry("articles", titre="Deux"),
        },
        preview=True,
    )
    assert [item.entry.titre for item in result.site.items.values()] == ["Un"]


@pytest.mark.parametrize("slug", ["agenda", "index", "evenements"])
def test_reserved_pages(slug, reported):
    (line,) = reported({f"pages/{slug}": entry("pages")})
    assert line.startswith(f"pages/{slug}.md:1:1 E502 ")


@pytest.mark.parametrize("slug", ["page", "archives", "categorie"])
def test_reserved_below_lists(tree, slug):
    result = tree.run({f"annonces/{slug}": entry("annonces")})
    assert [(one.code, one.position.line) for one in result.report] == [("E502", 1)]


# ── Former addresses ──────────────────────────────────────────────────────────────────


def former(tree, *urls):
    files = {
        "articles/chouette": entry("articles", anciennes_urls=list(urls)),
        "articles/hibou": entry("articles", anciennes_urls=["/vieux-hibou/"]),
        "articles/brouillon": entry("articles", statut="brouillon"),
    }
    lines = said(tree.run(files).report)
    return [one.removeprefix("articles/chouette.md:") for one in lines if "C208" not in one]


@pytest.mark.parametrize(("url", "clean", "owner"), TABLES["a_former_address_that_is_taken"])
def test_a_former_address_that_is_taken(tree, url, clean, owner):
    assert former(tree, url) == [
        (
            f"5:18 E503 L’ancienne adresse {clean} est celle de « {owner} ». → Retirez-la de "
            "« anciennes_urls »."
        )
    ]


def test_a_former_address_taken_by_another_former_address(tree):
    (line,) = former(tree, "/a/", "/vieux-hibou")
    assert line == (
        "articles/hibou.md:5:18 E503 L’ancienne adresse /vieux-hibou/ est celle de "
        "« content/articles/chouette.md ». → Retirez-la de « anciennes_urls »."
    )


def test_former_addresses_that_are_free(tree):
    urls = [
        "/articles/vieille-chouette/",
        "/blog/2020/chouette.html",
        "/agenda/nuit/",
        "/x.php",
    ]
    assert not former(tree, *urls)


def test_a_former_address_twice_the_same_is_one_page(tree):
    assert not former(tree, "/blog/a", "/blog/a/", "/blog/a/index.html")
    assert tree.view("/blog/a/").cible == "/articles/chouette/"


def test_a_former_address_twice_the_same_but_for_its_capitals(tree):
    (line,) = former(tree, "/Vieux/EE", "/vieux/ee/")
    assert line.endswith(
        "E238 « /vieux/ee/ » est écrit deux fois dans « anciennes_urls ». → Gardez-en une."
    )


def test_a_former_address_that_is_a_file_where_another_needs_a_folder(tree):
    assert former(tree, "/blog/a.html", "/blog/a.html/b") == [
        (
            "1:1 E501 L’adresse /blog/a.html/b/ est déjà celle de « "
            "content/articles/chouette.md ». → Renommez ce fichier, ou n’en gardez qu’un des "
            "deux."
        )
    ]


# ── Parents ───────────────────────────────────────────────────────────────────────────


def test_a_cycle_is_told_at_each_of_its_events(reported):
    assert reported(
        {
            "events/a": entry("events", evenement_parent="b"),
            "events/b": entry("events", evenement_parent="c"),
            "events/c": entry("events", evenement_parent="a"),
            "events/d": entry("events", titre="Autre", evenement_parent="a"),
        }
    ) == [
        f"events/{one}.md:8:19 E414 « {one} » se retrouve parmi ses propres parents. → "
        "Retirez « evenement_parent » sur l’un des deux."
        for one in "abc"
    ]


def test_no_event_is_its_own_parent(reported):
    assert reported({"events/a": entry("events", edition_precedente="a")}) == [
        (
            "events/a.md:8:21 E414 « a » se retrouve parmi ses propres parents. → Retirez "
            "« edition_precedente » sur l’un des deux."
        )
    ]


def test_a_line_of_parents_is_no_cycle(reported):
    files = {
        "events/a": entry("events"),
        "events/b": entry("events", evenement_parent="a"),
        "events/c": entry("events", evenement_parent="b", edition_precedente="b"),
    }
    assert not reported(files)


def test_loans_that_overlap(reported):
    loans = [
        {"emprunteur": "École A", "du": "2021-10-01", "au": "2021-10-15"},
        {"emprunteur": "École B", "du": "2021-10-10", "au": "2021-10-20"},
        {"emprunteur": "École C", "du": "2021-10-15", "au": "2021-10-30"},
    ]
    text = entry("ressources", pret={"exemplaires": 2}, itinerance=loans)
    assert reported({"ressources/malle": text}) == [
        (
            "ressources/malle.md:7:164 E504 Le prêt de la ligne 7 (du 15\u00a0octobre 2021 au "
            "30\u00a0octobre 2021) chevauche ceux des lignes 7 : l’outil n’a que 2 "
            "exemplaires. → Corrigez les dates de l’un d’eux, le numéro de l’exemplaire, ou leur "
            "nombre dans « pret »."
        )
    ]


def test_loans_of_one_copy_that_overlap(reported):
    head, fence, body = entry("ressources", pret={"exemplaires": 3}).rpartition("---\n")
    loans = (
        "itinerance:\n"
        "  - {emprunteur: A, du: 2021-10-01, au: 2021-10-15, exemplaire: 2}\n"
        "  - {emprunteur: B, du: 2021-10-01, au: 2021-10-15}\n"
        "  - {emprunteur: C, du: 2021-10-15, au: 2021-10-20, exemplaire: 2}\n"
    )
    text = head + loans + fence + body
    (line,) = reported({"ressources/malle": text})
    assert line.startswith(
        "ressources/malle.md:10:25 E504 Le prêt de la ligne 10 (du 15\u00a0octobre 2021 au "
        "20\u00a0octobre 2021) chevauche celui de la ligne 8 : l’exemplaire 2 ne peut être qu’à un "
        "endroit à la fois. → Corrigez les dates"
    )


def test_one_run_reports_every_mistake(tree):
    result = tree.run(
        {
            "articles/a": entry("articles", "[Rien](lieux/rien)", publie_le="2021-02-30"),
            "articles/2020-01-01-a": entry("articles"),
            "events/b": entry("events", debut="2021-10-09 24:30", lieu="nulle-part"),
            "events/c": "sans en-tête",
            "lieux/d": entry("lieux", commune="Athies", membre_de=["personne"]),
            "pages/agenda": entry("pages", anciennes_urls=["/agenda/"]),
        }
    )
    assert sorted((one.position.path.stem, one.code) for one in result.report) == [
        ("a", "E210"), ("a", "E401"), ("a", "E501"), ("agenda", "E502"), ("agenda", "E503"),
        ("b", "E211"), ("b", "E411"), ("c", "E103"), ("d", "E411"), ("d", "E431"),
    ]  # fmt: skip
    assert (result.site, result.plan) == (None, None)
    assert result.read == 6
    preview = tree.run(preview=True)
    assert list(preview.site.items) == ["articles/a"]
    assert [one.code for one in preview.report] == [one.code for one in result.report]


def test_the_report_does_not_depend_on_what_is_known(tree):
    files = {"events/b": entry("events", lieu="nulle-part"), "articles/a": entry("articles")}
    first = tree.run(files, day=TODAY)
    assert tree.run(day=TODAY).report == first.report
