"""Repairs of the front matter, whole: before → after."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.diagnostics import Severity
from portail.site.draft import read_document
from portail.text.dates import iso_end
from reparations import mended, reading, source

HEAD = "titre: La nuit\nresume: Une sortie.\npublie_le: 2021-09-20\n"
EVENT = HEAD + "format: atelier\nadresse: {commune: Wizernes}\n"
TEXT = "---\n\nUne phrase.\n"


def front(rows, head=HEAD):
    return f"---\n{head}{rows}{TEXT}"


CASES = [
    # Keys of other tools, values in our form.
    ("articles", "C205", "tags: chouette, nuit noire", "mots_cles: [chouette, nuit noire]"),
    ("articles", "C205", "tags: chouette", "mots_cles: chouette"),
    ("articles", "C205", 'authors: "A. B; C, D"', 'auteurs: [A. B, "C, D"]'),
    ("articles", "C205", "modified: 2021-09-21T10:00:00  # hier", "modifie: 2021-09-21  # hier"),
    ("articles", "C206", "themes: [biologie, 'informatique']",
     "themes: [vivant-sante, 'numerique']"),
    ("articles", "E204", "mots_clés: [a]", "mots_cles: [a]"),
    ("events", "E204", "debut: 2021-10-09\npubics: familles",
     "debut: 2021-10-09\npublics: familles"),
    ("articles", "E204", "image:\nfichier: a.jpg\nalt: Un chat\ncredit: A\nlangue: fr",
     "image:\n  fichier: a.jpg\n  alt: Un chat\n  credit: A\nlangue: fr"),
    ("events", "E203", "debut: 2021-10-09\npublics: familles ; adultes",
     "debut: 2021-10-09\npublics: [familles, adultes]"),
    ("events", "E203", "debut: 2021-10-09\npublics: familles, adultes",
     "debut: 2021-10-09\npublics: [familles, adultes]"),
    ("events", "E238", "debut: 2021-10-09\npublics:\n  - familles\n  - familles\n  - adultes",
     "debut: 2021-10-09\npublics:\n  - familles\n  - adultes"),
    ("articles", "E106", "genre: actualite\ngenre: actualite", "genre: actualite"),
    ("articles", "E219", "references: [{titre: A, url: www.example.org/a}]",
     "references: [{titre: A, url: https://www.example.org/a}]"),
    ("lieux", "E219", "type: musee\nreseaux_sociaux: {mastodon: www.example.org/a}",
     "type: musee\nreseaux_sociaux: {mastodon: https://www.example.org/a}"),
    ("articles", "C282", "resume_falc: '`ici`, **le** [_Bubo_](https://a.test), *et* nom_de_code'",
     "resume_falc: ici, le *Bubo*, *et* nom_de_code"),
    # Dates as people type them.
    ("events", "E233", "debut: 2021-12-19 18:00\nancien_debut: 2021-12-06 18:00\netat: reporte",
     "debut: 2021-12-19 18:00\nancien_debut: 2021-12-06 18:00\netat: reprogramme"),
    ("events", "E233", "seances: [{debut: 2021-12-19, ancien_debut: 2021-12-06, etat: reporté}]",
     "seances: [{debut: 2021-12-19, ancien_debut: 2021-12-06, etat: reprogramme}]"),
    ("events", "E210", "debut: 9/10/2021 14h", "debut: 2021-10-09 14:00"),
    ("events", "E210", "debut: samedi 9 octobre 2021 à 14 h 30", "debut: 2021-10-09 14:30"),
    ("events", "E210", 'debut: "9.10.2021"  # samedi', 'debut: "2021-10-09"  # samedi'),
    ("events", "E211", "debut: 2021-10-09 14h30", "debut: 2021-10-09 14:30"),
    ("events", "E210", "seances: [{debut: 9/10/2021 14h, fin: 9/10/2021 16h}]",
     "seances: [{debut: 2021-10-09 14:00, fin: 2021-10-09 16:00}]"),
    # Instants as content management systems write them, on the clock of the portal.
    ("events", "E210", "debut: 2026-12-12T13:00:00.000Z", "debut: 2026-12-12 14:00"),
    ("events", "E210", "debut: '2026-07-12T13:00:00Z'  # été", "debut: '2026-07-12 15:00'  # été"),
    ("events", "E210", "debut: 2026-12-12T20:30:00-05:00", "debut: 2026-12-13 02:30"),
    ("events", "E210", "seances: [{debut: 2026-12-12T13:00Z, fin: 2026-12-12T15:00Z}]",
     "seances: [{debut: 2026-12-12 14:00, fin: 2026-12-12 16:00}]"),
    ("articles", "E210", "modifie: 2021-09-29T23:30:00.000Z", "modifie: 2021-09-30"),
    ("annonces", "E210", "categorie: stage\necheance: 2021-10-30T00:00:00.000Z",
     "categorie: stage\necheance: 2021-10-30"),
    # What they leave empty.
    ("events", "E206", "debut: 2021-10-09\ntarif: null", "debut: 2021-10-09"),
    ("events", "E206", 'debut: 2021-10-09\nimage: ""\norganisateurs: []',
     "debut: 2021-10-09\norganisateurs: []"),
    ("events", "E206", "debut: 2021-10-09\nfin: ~\nen_ligne:", "debut: 2021-10-09"),
    ("events", "E214", "date: samedi 8 octobre 2022 à 19h", "debut: 2022-10-08 19:00"),
    ("events", "E214", "date: 8/10/2022\nheure: 19h", "debut: 2022-10-08 19:00"),
    ("events", "E214", "Date: '2021-10-09'  # samedi", "debut: '2021-10-09'  # samedi"),
    ("events", "E210", "debut: 2022-10-08 19:00\nfin: 22h",
     "debut: 2022-10-08 19:00\nfin: 2022-10-08 22:00"),
    ("events", "E210", "debut: 2022-10-08 19:00\nfin: à 2h  # tard",
     "debut: 2022-10-08 19:00\nfin: 2022-10-09 02:00  # tard"),
    ("events", "E210", "fin: 24h\ndebut: 8/10/2022 20h",
     "fin: 2022-10-09 00:00\ndebut: 2022-10-08 20:00"),
    ("events", "E210", "seances: [{debut: 8/10/2022 20h, fin: minuit}]",
     "seances: [{debut: 2022-10-08 20:00, fin: 2022-10-09 00:00}]"),
    ("events", "E208", "debut: 2021-10-09\ntarif: '5€ / 3€ réduit'  # en caisse",
     "debut: 2021-10-09\ntarif: {prix: 5, reduit: 3}  # en caisse"),
    ("events", "E208", "debut: 2021-10-09\ntarif: gratuit",
     "debut: 2021-10-09\ntarif: {gratuit: true}"),
    ("events", "E240",
     "horaires: {du: 1/10/2021, au: 1/12/2021, de: 14h, sauf: [2021-11-01...2021-11-07]}",
     "horaires: {du: 2021-10-01, au: 2021-12-01, de: 14:00, sauf: [2021-11-01..2021-11-07]}"),
    # What a paste leaves.
    ("articles", "E102", "resume_falc: L\x92\x9cil du hibou", "resume_falc: L’œil du hibou"),
    ("articles", "E102", "resume_falc: Un\x0bhibou", "resume_falc: Un hibou"),
]  # fmt: skip


@cases(("folder", "code", "before", "after"), CASES)
def test_a_field_is_mended(folder, code, before, after):
    head = EVENT if folder == "events" else HEAD
    found = mended(front(f"{before}\n", head), folder)
    assert found.data.decode() == front(f"{after}\n", head)
    assert code in found.done


@cases(
    ("rows", "after"),
    [
        ("titre: 'ANNULÉ : La nuit'  # hélas\n", "titre: La nuit  # hélas\netat: annule\n"),
        ("titre: La nuit (complet)\netat: annule\n", "titre: La nuit\netat: annule\n"),
        ("titre: La nuit – annulé\netat: complet\n", "titre: La nuit\netat: annule\n"),
        # Postponed, it must say from when: only who wrote it knows.
        ("titre: La nuit (reporté)\n", "titre: La nuit (reporté)\n"),
    ],
)
def test_a_state_goes_from_the_title_to_its_field(rows, after):
    head = EVENT.replace("titre: La nuit\n", "debut: 2021-10-09\n")
    assert mended(front(rows, head), "events").data.decode() == front(after, head)


LEFT = [
    ("events", "debut: 9/10/21"),
    ("events", "debut: lundi 9 octobre 2021"),
    ("events", "debut: 31/02/2021"),
    ("events", "debut: 2021-10-09\npublics: familes"),
    ("events", "date: lundi 9 octobre 2021"),
    ("events", "date: 2021-10-09\ndebut: 2021-10-10"),
    ("events", "date: 2021-10-09\nseances: [{debut: 2021-10-10}]"),
    ("events", "debut: lundi 9 octobre 2021\nfin: 22h"),
    ("events", "debut: 2021-10-09 14:00\nfin: 11h"),
    ("events", "debut: 2021-10-09\nfin: 22h"),
    ("events", "debut: 2021-10-09\ntarif: payant"),
    ("events", "debut: 2021-10-09\nen_ligne: ftp://example.org"),
    ("annonces", "categorie: stage\necheance: 30/10/2021 à 12h"),
    ("annonces", "categorie: stage\necheance: 2021-10-30T12:00:00.000Z"),
    ("events", "debut: 2021-10-09\nimage: ''  # celle du musée"),
    ("events", "debut: 9999-12-31T23:59:00Z"),
    ("articles", "genre: actualite\ngenre: entretien"),
    ("articles", "genres: actualite\ngenre: entretien"),
    ("articles", "communautes: [Club Nature]"),
    ("articles", "resume_falc: *nuit # un commentaire"),
    ("articles", "resume_falc: Un\u202ehibou"),
]


@cases(("folder", "rows"), LEFT)
def test_what_the_file_does_not_tell_is_left(folder, rows):
    text = front(f"{rows}\n", EVENT if folder == "events" else HEAD)
    assert mended(text, folder).data.decode() == text


def test_an_event_without_a_day_of_publication_keeps_its_date_which_may_be_that():
    text = front("date: 2021-10-09\n", EVENT.replace("publie_le: 2021-09-20\n", ""))
    assert mended(text, "events").data.decode() == text


BATS = """\
---
titre: Nuit des chauves-souris
resume: Un court résumé.
publie_le: 2022-09-01
format: [sortie-observation]
date: samedi 8 octobre 2022 à 19h
fin: 22h
adresse: {commune: Lille}
tarif: 5€ / 3€ réduit
---
"""


def test_an_event_as_people_write_one_is_whole_in_one_run_and_its_remedies_say_the_same():
    file = source("events")
    before = read_document(BATS.encode(), file, reading())[0].diagnostics
    told = {one.code: one for one in before}
    made = mended(BATS, "events").data.decode()
    lines = made.split("\n")
    assert {one.paste for one in before} <= set(lines)
    assert lines[5:7] == ["debut: 2022-10-08 19:00", "fin: 2022-10-08 22:00"]
    assert lines[8] == "tarif: {prix: 5, reduit: 3}"
    assert told["E210"].hint == "Écrivez 2022-10-08 22:00."
    left = read_document(made.encode(), file, reading())[0].diagnostics
    assert not [one for one in left if one.severity is Severity.ERROR]
    assert mended(made, "events").data.decode() == made


@given(st.datetimes(datetime(1991, 1, 1), datetime(2099, 1, 1)), st.times())
def test_an_end_is_after_its_beginning_at_the_hour_that_is_written(begun, clock):
    start = begun.replace(second=0, microsecond=0)
    hour = clock.replace(second=0, microsecond=0)
    end = iso_end(f"{hour.hour}h{hour.minute:02d}", f"{start:%Y-%m-%d %H:%M}")
    same_day = datetime.combine(start.date(), hour)
    if same_day >= start:
        assert end == f"{same_day:%Y-%m-%d %H:%M}"
    else:
        found = same_day + timedelta(days=1)
        assert end == (f"{found:%Y-%m-%d %H:%M}" if found - start <= timedelta(hours=16) else None)
