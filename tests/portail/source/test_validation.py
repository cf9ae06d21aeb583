"""From front matter to entries: every mistake of a file in one pass, at its place, in French."""

from datetime import date, time, timedelta
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.model.aliases import ALIASES
from portail.model.entry import REDACTION
from portail.model.event import Event
from portail.model.faults import MEANT, Fault
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.retraits import Registre
from portail.model.scalars import Moment
from portail.site.draft import read_document
from portail.source.document import parse_front_matter
from portail.source.validation import locate, validate, validate_group
from portail.text.place import PLACE, filled
from reparations import source
from tables import reading

TABLES = rows_of("portail/source/validation.yml")

PATH = PurePosixPath("content/x/y.md")
FIRST = 2
NBSP = "\u00a0"


READING = reading()

MINIMAL = {
    Kind.ARTICLE: "titre: A\nresume: B\npublie_le: 2021-09-20\n",
    Kind.EVENT: (
        "titre: A\nresume: B\npublie_le: 2021-09-20\nformat: atelier\ndebut: 2021-10-09 14:00\n"
        "en_ligne: https://exemple.org/\n"
    ),
    Kind.ANNONCE: (
        "titre: A\nresume: B\npublie_le: 2021-09-20\ncategorie: stage\necheance: 2021-12-15\n"
    ),
    Kind.RESSOURCE: "titre: A\nresume: B\npublie_le: 2021-09-20\ntype: exposition\n",
    Kind.LIEU: "titre: A\nresume: B\ntype: musee\ncommune: Wizernes\n",
    Kind.DOSSIER: "titre: A\nresume: B\npublie_le: 2021-09-20\nelements: articles/a\n",
    Kind.COMMUNAUTE: "titre: A\nresume: B\nmembres: la-coupole\n",
    Kind.PROJET: "titre: A\nresume: B\navancement: idee\nporteurs: la-coupole\n",
    Kind.TERRITOIRE: "titre: A\nresume: B\ntype: ca\ncode: 200069037\n",
    Kind.TEMPS_FORT: "titre: A\nresume: B\nperiode: octobre\n",
    Kind.AUTEUR: "titre: A\n",
    Kind.NEWSLETTER: "titre: A\n",
    Kind.PAGE: "titre: A\n",
}


def checked(text, kind):
    """Entry and diagnostics of a front matter."""
    root, found = parse_front_matter(text, PATH, FIRST)
    assert found == []
    return validate(root, kind, "un-nom", PATH, READING)[:2]


def codes_of(text, kind=Kind.EVENT):
    return [one.code for one in checked(text, kind)[1]]


def without(key, kind=Kind.EVENT):
    """The least front matter of a kind, but for a field."""
    rows = MINIMAL[kind].splitlines(keepends=True)
    return "".join(row for row in rows if not row.startswith(f"{key}:"))


def entry(extra, kind=Kind.ARTICLE):
    """The entry that the least front matter of a kind makes with some more lines."""
    made, found = checked(MINIMAL[kind] + extra, kind)
    assert [one for one in found if one.code[0] == "E"] == []
    return made


def seen(found, first=FIRST):
    """Line (from 1 in the lines that a test adds), column, length and code of each diagnostic."""
    rows = [(one.position.line, one.position.column, one.position.length) for one in found]
    return [
        (line - first + 1, column, length, one.code)
        for (line, column, length), one in zip(rows, found, strict=True)
    ]


def planted(extra, kind=Kind.ARTICLE):
    """What is found in lines added to the least front matter of a kind."""
    base = MINIMAL[kind]
    _, found = checked(base + extra, kind)
    return seen(found, FIRST + base.count("\n")), found


def fault(extra, kind=Kind.ARTICLE):
    """Place, message and hint of the only mistake that added lines bring."""
    places, (found,) = planted(extra, kind)
    return places[0], found.message, found.hint


# ── Sound entries ────────────────────────────────────────────────────────────────────


@cases("kind", list(Kind))
def test_the_least_entry_of_every_kind(kind):
    made, found = checked(MINIMAL[kind], kind)
    assert found == []
    assert isinstance(made, MODELS[kind])
    assert (made.kind, made.slug, made.source, made.titre) == (kind, "un-nom", PATH, "A")
    assert made.ref == f"{kind.value}/un-nom"


def test_defaults():
    made = entry("")
    assert made.auteurs == (REDACTION,)
    assert (made.licence, made.langue, made.statut) == ("CC-BY-SA-4.0", "fr", "publie")
    assert (made.themes, made.image, made.references) == ((), None, ())
    assert made.brouillon is False
    assert made.jour == date(2021, 9, 20)
    assert entry("modifie: 2021-09-25").jour == date(2021, 9, 25)
    assert entry("", Kind.EVENT).etat == "programme"


# ── Missing fields ───────────────────────────────────────────────────────────────────


@cases("kind", list(Kind))
def test_each_required_field_that_is_missing(kind):
    model = MODELS[kind]
    for key in model.obligatoires:
        _, (found,) = checked(without(key, kind) or "{}", kind)
        assert seen([found], 1) == [(1, 1, 0, "E201")]
        assert found.message == f"Le champ « {key} » manque."
        (example,) = filled(model.model_fields[key].examples or [], PLACE.words)
        assert found.hint == f"Ajoutez une ligne, par exemple : {key}: {example}"
        assert found.paste == f"{key}: {example}"


@cases(
    ("kind", "key", "hint"),
    [
        (
            Kind.LIEU, "commune",
            "Écrivez sa commune, ou « territoires » s’il n’en a pas.",
        ),
        (
            Kind.DOSSIER, "elements",
            "Listez des contenus, ou donnez une « regle ».",
        ),
        (
            Kind.COMMUNAUTE, "membres",
            "Listez des membres, ou donnez une « regle ».",
        ),
        (
            Kind.TEMPS_FORT, "periode",
            "Dites quand il a lieu, ou sa « regle », ou ses « editions ».",
        ),
    ],
)  # fmt: skip
def test_one_field_among_several(kind, key, hint):
    _, (found,) = checked(without(key, kind), kind)
    assert (found.code, found.message) == ("E201", f"Le champ « {key} » manque.")
    assert found.hint == hint


def test_a_field_that_is_there_but_wrong_is_not_missing():
    text = "titre: A\nresume: [B]\npublie_le: hier\nformat: atelyer\ndebut: demain\nlieu: É\n"
    assert codes_of(text) == ["E202", "E210", "E210", "E203"]


# ── Keys ─────────────────────────────────────────────────────────────────────────────


@cases(("extra", "length", "hint", "paste"), TABLES["unknown_keys"])
def test_unknown_keys(extra, length, hint, paste):
    places, (found,) = planted(extra)
    key = extra.partition(":")[0]
    assert places == [(1, 1, length, "E204")]
    assert found.message == f"La clé « {key} » n’existe pas."
    assert (found.hint, found.paste) == (hint, paste)


@cases("key", ["date", "DATE"])
def test_the_date_of_an_event(key):
    assert fault(f"{key}: 2021-10-09", Kind.EVENT) == (
        (1, 1, 4, "E214"),
        "Un événement n’a pas de champ « date ».",
        "Le jour où il a lieu s’écrit dans « debut » ; le jour de parution dans « publie_le ».",
    )


def test_keys_of_pelican_are_understood_with_an_advice():
    text = (
        "Title: A\nDate: 2021-09-20 14:00\nModified: 2021-09-21T10:00\nTags: un,  deux;trois\n"
        'Authors: "La Coupole; Ville d’Amiens"\nSummary: B\nStatus: draft\nLang: fr\n'
    )
    made, found = checked(text, Kind.ARTICLE)
    assert (made.titre, made.resume) == ("A", "B")
    assert (made.publie_le, made.modifie) == (date(2021, 9, 20), date(2021, 9, 21))
    assert made.mots_cles == ("un,  deux".replace("  ", " "), "trois")
    assert made.auteurs == ("La Coupole", "Ville d’Amiens")
    assert made.brouillon
    keys = [one for one in found if one.code == "C205"]
    assert seen(keys) == [
        (1, 1, 5, "C205"), (2, 1, 4, "C205"), (3, 1, 8, "C205"), (4, 1, 4, "C205"),
        (5, 1, 7, "C205"), (6, 1, 7, "C205"), (7, 1, 6, "C205"), (8, 1, 4, "C205"),
    ]  # fmt: skip
    values = [one for one in found if one.code == "C206"]
    assert seen(values) == [(7, 9, 5, "C206")]


@cases("line", ["tags: vaccin,  vaccin", "tags: [vaccin, vaccin]"])
def test_places_inside_a_list_of_pelican(line):
    places, found = planted(line)
    assert [one for one in places if one[3] != "C205"] == [(1, 16, 6, "E238")]
    assert found[-1].message == "« vaccin » est écrit deux fois dans « mots_cles »."


@cases("key", sorted(MEANT))
def test_a_word_taken_for_a_key_is_told_the_one_that_says_it(key):
    for kind, model in MODELS.items():
        names = frozenset(model.model_fields)
        if key in names or MEANT[key] not in names:
            continue
        found = [one for one in checked(f"{key}: …", kind)[1] if one.code == "E204"]
        (hint,) = (one.hint for one in found)
        assert hint.partition(" Écrivez : ")[0] == f"Cela s’écrit « {MEANT[key]} » ici."
        assert not found[0].paste  # its value has another form


@cases(
    ("kind", "key", "written", "length"),
    [
        (Kind.ARTICLE, "resume", "resum", 5),
        (Kind.EVENT, "debut", "debbut", 6),
        (Kind.EVENT, "debut", "quand", 5),
    ],
)
def test_a_field_whose_key_is_misspelt_is_not_said_to_be_missing_too(kind, key, written, length):
    text = f"\n{MINIMAL[kind]}".replace(f"\n{key}:", f"\n{written}:")[1:]
    _, (found,) = checked(text, kind)
    assert (found.code, found.position.length) == ("E204", length)


def test_every_word_taken_for_a_key_stands_for_a_field():
    fields = {name for model in MODELS.values() for name in model.model_fields}
    assert set(MEANT.values()) <= fields
    assert not set(MEANT) & set(ALIASES)


def test_two_foreign_names_for_one_key_are_not_merged_in_silence():
    places, found = planted("tags: a\nkeywords: b")
    assert places == [(1, 1, 4, "C205"), (2, 1, 8, "E204")]
    assert found[1].hint == (
        "« mots_cles » dit la même chose et s’y trouve déjà : réunissez les deux."
    )


def test_sessions_of_openagenda():
    text = without("debut")
    extra = "timings:\n  - {begin: 2021-10-09 14:00, end: 2021-10-09 16:00}\n"
    made, found = checked(text + extra, Kind.EVENT)
    assert isinstance(made, Event)
    assert made.seances[0].fin == Moment(date(2021, 10, 9), time(16))
    assert [one.code for one in found] == ["C205"] * 3
    # One session alone is a mapping where a list is awaited: its keys are understood too.
    for key in ("begin", "start"):
        told = codes_of(f"{text}seances: {{{key}: 2021-10-09 14:00}}\n")
        assert "C205" in told and not {"E201", "E204"} & {*told}


FOREIGN = [


    ("keywords", Kind.ARTICLE, "un; deux, trois", "mots_cles", ("un", "deux, trois")),

    ("description", Kind.AUTEUR, "X, y", "resume", "X, y"),
    ("authors", Kind.ARTICLE, "Ada Exemple, Luc Exemple,", "auteurs",
     ("Ada Exemple", "Luc Exemple")),
    ("author", Kind.ARTICLE, "[Ada Exemple]", "auteurs", ("Ada Exemple",)),

    ("status", Kind.ARTICLE, "brouillon", "statut", "brouillon"),
    ("location", Kind.EVENT, "la-coupole", "lieu", "la-coupole"),
    ("date", Kind.AUTEUR, "2021-09-20T08:00", "publie_le", date(2021, 9, 20)),

    ("end", Kind.EVENT, "2021-10-09 16:00", "fin", Moment(date(2021, 10, 9), time(16))),
    ("start", Kind.EVENT, "2021-10-09 14:00", "debut", Moment(date(2021, 10, 9), time(14))),
    ("pour_qui", Kind.RESSOURCE, "Classes, écoles.", "eligibles", ("Classes, écoles.",)),
    ("image_url", Kind.ARTICLE, "{fichier: a.jpg, alt: b, credit: c}", "image.fichier", "a.jpg"),
]  # fmt: skip


@cases(("foreign", "kind", "written", "ours", "value"), FOREIGN)
def test_what_other_tools_call_a_field(foreign, kind, written, ours, value):
    made, found = checked(f"{without(ours, kind)}{foreign}: {written}\n", kind)
    for step in ours.split("."):
        made = getattr(made, step)
    assert made == value
    assert [(one.code, one.position.length) for one in found] == [("C205", len(foreign))]


def test_a_foreign_key_is_left_alone_where_it_is_one_of_ours_or_says_nothing():
    """``date`` of an event is no day of publication; a kind without the field knows no alias."""
    assert fault("end: x", Kind.AUTEUR)[0][3] == "E204"
    text = MINIMAL[Kind.EVENT].replace("publie_le: 2021-09-20\n", "date: 2021-09-20\n")
    assert codes_of(text) == ["E214", "E201"]


def test_the_day_of_an_event_that_is_called_date_is_asked_for_once():
    text = MINIMAL[Kind.EVENT].replace("debut:", "date:")
    _, (found,) = checked(text, Kind.EVENT)
    assert (found.code, found.paste) == ("E214", "debut: 2021-10-09 14:00")


@cases(
    "value",
    ["Atelier : les fusées", "a #b", "'", '"', "[a", "~", "null", "- a", "@a", "é", "a\\b: c"],
)
def test_the_line_to_write_instead_is_read_as_what_it_stands_for(value):
    """Copied as it is proposed, it is YAML, and says the same."""
    written = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    _, (found,) = planted(f"accrohce: {written}")
    root, wrong = parse_front_matter(found.paste, PATH, FIRST)
    assert wrong == []
    assert root.plain() == {"accroche": value}


def test_a_value_of_several_lines_is_not_proposed_on_one():
    _, (found,) = planted("accrohce: |\n  un\n  deux")
    assert found.hint == "Vouliez-vous dire « accroche » ?"
    assert found.paste == ""


# ── Values, at their place ───────────────────────────────────────────────────────────

SEPT, OCT = f"1er{NBSP}septembre 2021", f"9{NBSP}octobre 2021"


@cases(
    ("kind", "extra", "place", "message", "hint"),
    [
        (
            Kind.ANNONCE, "contact: {courriel: contact chez exemple}", (1, 21, 20, "E220"),
            "« contact chez exemple » n’est pas une adresse électronique.",
            "Écrivez-la sous la forme nom@exemple.org.",
        ),
        (
            Kind.AUTEUR, "orcid: 0000-0002-1825-0098", (1, 8, 19, "E241"),
            "« 0000-0002-1825-0098 » n’est pas un identifiant ORCID valide.",
            "Copiez-le depuis orcid.org : 0000-0002-1825-0097.",
        ),
        (
            Kind.ARTICLE, "themes:\n  - numerique\n  - magie\n", (3, 5, 5, "E203"),
            "« magie » n’est pas une valeur de « themes ».",
            ("Choisissez : astronomie-espace, terre-environnement, vivant-sante, "
            "agriculture-alimentation, mathematiques-physique-chimie, numerique, "
            "industrie-technologie, histoire-patrimoine, histoire-des-sciences, "
            "sciences-societe."),
        ),

        (
            Kind.ARTICLE, "modifie: 2021-09-01", (1, 10, 10, "E213"),
            f"La fin ({SEPT}) est avant le début (20{NBSP}septembre 2021).",
            "Vérifiez les deux dates, ou supprimez « modifie » si vous ne la connaissez pas.",
        ),

        (
            Kind.ARTICLE, "image:\n  fichier: a.jpg\n  credit: b\n", (2, 3, 0, "E224"),
            "L’image n’a pas de description (« alt »).",
            "Dites ce qu’elle montre à qui ne la voit pas : alt: …",
        ),
        (
            Kind.ARTICLE, "image: {fichier: a.jpg, alt: b, credti: c}", (1, 33, 6, "E204"),
            "La clé « credti » n’existe pas.", "Vouliez-vous dire « credit » ?",
        ),
        (
            Kind.ARTICLE, "references:\n  - titre: A\n    url: ftp://exemple.org\n",
            (3, 10, 17, "E219"),
            ("« ftp://exemple.org » n’est pas une adresse web : elle doit commencer par https:// "
            "ou http://."),
            "Copiez l’adresse entière depuis le navigateur ; elle commence par https://",
        ),
        (
            Kind.ARTICLE, "references: [{titre: A}, {note: b}]", (1, 26, 1, "E201"),
            "Le champ « titre » manque.",
            "Ajoutez une ligne, par exemple : titre: Rapport d’activité 2027",
        ),

        (
            Kind.ARTICLE, "ids_externes: {siret: [1]}", (1, 23, 1, "E202"),
            "« siret » attend un texte simple.", "Écrivez-le sur la même ligne : siret: …",
        ),


        (
            Kind.EVENT, "age: {min: 12, max: 8}", (1, 21, 1, "E209"),
            "« 8 » n’est pas un nombre admis pour « max ».", "Écrivez un âge d’au moins 12 ans.",
        ),

        (
            Kind.LIEU, "reseaux_sociaux:\n  mastodon: https://exemple.org/@a\n  autre: foo\n",
            (3, 10, 3, "E219"),
            "« foo » n’est pas une adresse web : elle doit commencer par https:// ou http://.",
            "Copiez l’adresse entière depuis le navigateur ; elle commence par https://",
        ),
        (
            Kind.LIEU, "coordonnees: {lat: 95, lon: 2.24}", (1, 20, 2, "E223"),
            "« 95 » n’est pas une latitude en degrés.",
            "Écrivez des degrés décimaux, par exemple lat: 50.7025, lon: 2.2433.",
        ),
        (
            Kind.LIEU, "fermetures:\n  - {du: 2021-10-09, au: 2021-09-01}", (2, 26, 10, "E213"),
            f"La fin ({SEPT}) est avant le début ({OCT}).",
            "Vérifiez les deux dates, ou supprimez « au » si vous ne la connaissez pas.",
        ),
        (
            Kind.LIEU, "billetterie: {note: sur place}", (1, 14, 1, "E201"),
            "Le champ « url » manque.",
            "Écrivez l’adresse de la billetterie, ou son téléphone.",
        ),
        (
            Kind.LIEU, "groupes: {min: 30, max: 10}", (1, 25, 2, "E209"),
            "« 10 » n’est pas un nombre admis pour « max ».",
            "Écrivez un effectif d’au moins 30 personnes.",
        ),


        (
            Kind.TEMPS_FORT, "editions:\n  2021: {du: 2021-10-09, au: 2021-09-01}",
            (2, 30, 10, "E213"), f"La fin ({SEPT}) est avant le début ({OCT}).",
            "Vérifiez les deux dates, ou supprimez « au » si vous ne la connaissez pas.",
        ),
        (
            Kind.TEMPS_FORT, "editions: {2021: {annee: 2020}}", (1, 19, 5, "E204"),
            "La clé « annee » n’existe pas.",
            "L’année est déjà dite par « 2021: » : retirez cette ligne.",
        ),


    ],
)  # fmt: skip
def test_a_planted_fault(kind, extra, place, message, hint):
    assert fault(extra, kind) == (place, message, hint)


@cases(
    ("text", "attendu", "hint"),
    [
        ("type: ca\ncode: 62", "numéro SIREN",
         "Écrivez les neuf chiffres de l’EPCI, par exemple 200054781."),
        ("type: departement\ncode: 621", "code de département",
         "Écrivez par exemple 29 ou 01."),
        ("type: region\ncode: HDF", "code de région", "Écrivez par exemple 28."),
    ],
)  # fmt: skip
def test_codes_of_territories(text, attendu, hint):
    _, (found,) = checked(f"titre: A\nresume: B\n{text}", Kind.TERRITOIRE)
    value = text.rpartition(" ")[2]
    assert found.hint == hint
    assert found.message == f"« {value} » n’est pas un {attendu}."
    assert seen([found]) == [(4, 7, len(value), "E237")]


@cases(
    ("extra", "codes"),
    [
        ("echeance: 2021-09-19", ["E213"]),
        ("echeance: 2022-09-22", ["E235"]),
        ("echeance: 2022-09-20", []),
        ("echeance: 2021-09-20", []),
    ],
)
def test_the_end_of_an_annonce(extra, codes):
    assert codes_of(without("echeance", Kind.ANNONCE) + extra, Kind.ANNONCE) == codes


@cases(("lines", "codes"), TABLES["ways_to_say_when"])
def test_ways_to_say_when(lines, codes):
    assert codes_of(without("debut") + lines) == codes


@cases(
    ("lines", "codes"),
    [
        ("en_ligne: https://example.org/direct", []),
        ("en_ligne: lien-apres-inscription", ["E254"]),
        ("en_ligne: lien-apres-inscription\ninscription: {regime: conseillee}", ["E254"]),
        ("en_ligne: lien-apres-inscription\ninscription: {regime: obligatoire}", ["E253"]),
        ("en_ligne: lien-apres-inscription\ninscription: {regime: obligatoire, url: U}", []),
        ("en_ligne: apres-inscription", ["E219"]),
    ],
)
def test_the_link_of_an_online_event_may_come_after_booking(lines, codes):
    assert codes_of(without("en_ligne") + lines.replace("U", "https://example.org/")) == codes


def test_the_carets_are_explained():
    labels = {
        one.label
        for text, kind in (
            ("fin: 2021-10-08", Kind.EVENT), ("modifie: 2021-09-01", Kind.ARTICLE),
            ("fermetures: {du: 2021-10-09, au: 2021-09-01}", Kind.LIEU),
        )
        for one in planted(text, kind)[1]
    }  # fmt: skip
    assert labels == {"avant « debut »", "avant « publie_le »", "avant « du »"}


def test_advice_is_placed_on_each_value():
    places, _ = planted("themes: [Numérique, vivant-sante]\nlicence: cc by 4.0")
    assert places == [(1, 10, 9, "C206"), (2, 10, 9, "C206")]


def test_advice_is_placed_on_values_with_blanks_and_of_their_field_alone():
    places, found = planted(
        'themes: [" Numérique "]\nmots_cles: [Numérique]\nids_externes: {a: Numérique}'
    )
    assert places == [(1, 10, 13, "C206")]
    assert "« Numérique » est compris, mais s’écrit « numerique »" in found[0].message


# ── Groups ───────────────────────────────────────────────────────────────────────────


@cases(
    ("extra", "kind", "place", "hint"),
    [
        ("editions: {2021: x}", Kind.TEMPS_FORT, (1, 18, 1),
         "Écrivez-les un par un, par exemple : editions: {2027: {du: 2027-10-01, au: 2027-10-11}}"),
        ("references: [x]", Kind.ARTICLE, (1, 14, 1),
         "Écrivez-les un par un, par exemple : references: {titre: Rapport d’activité 2027}"),
        ("adresse: 12 rue A, 3 rue B", Kind.LIEU, (1, 10, 17),
         "Écrivez-les un par un, par exemple : adresse: {commune: Paris}"),
        ("reseaux_sociaux: x", Kind.LIEU, (1, 18, 1),
         "Écrivez-les un par un, par exemple : reseaux_sociaux: {mastodon: https://…}"),
        ("ids_externes: x", Kind.AUTEUR, (1, 15, 1),
         "Écrivez-les un par un, par exemple : ids_externes: {openagenda: 12345678}"),

    ],
)  # fmt: skip
def test_a_group_is_shown_by_its_own_example(extra, kind, place, hint):
    assert (fault(extra, kind)[0], fault(extra, kind)[2]) == ((*place, "E208"), hint)


@cases("mark", ["", '"', "'"])
def test_hours_are_shown_where_they_stop_making_sense(mark):
    places, _ = planted(f"horaires_ouverture: {mark}Mo 10:00-12:00; Tu 9h{mark}", Kind.LIEU)
    assert places == [(1, 21 + len(mark) + 19, 2, "E249")]


def test_hours_that_are_not_written_as_they_are_read_are_shown_whole():
    places, _ = planted("horaires_ouverture: >-\n  Mo 10:00-12:00;\n  Tu 9h", Kind.LIEU)
    assert [(line, code) for line, _, _, code in places] == [(1, "E249")]


def group(text):
    """What a file that is no content says, and its faults."""
    root, wrong = parse_front_matter(text, PATH, FIRST)
    assert wrong == []
    return validate_group(Registre, root, PATH, READING)


def test_a_file_that_is_no_content():
    made, found = group("retraits: [{ref: events/a, le: 2021-09-20}]")
    assert found == []
    assert [(one.ref, one.le) for one in made.retraits] == [("events/a", date(2021, 9, 20))]
    made, found = group("retraits:\n  - {ref: events/a, le: hier}\n  - {rfe: events/b}\nautre: x")
    assert made is None
    assert sorted(seen(found)) == [
        (2, 25, 4, "E210"), (3, 5, 1, "E201"), (3, 6, 3, "E204"), (4, 1, 5, "E204"),
    ]  # fmt: skip


def test_what_is_advised_of_one_file_is_not_said_of_the_next():
    assert [one.code for one in planted("themes: Numérique")[1]] == ["C206"]
    assert planted("themes: numerique")[1] == []
    planted("themes: Numérique")
    group("retraits: []")
    assert READING.advice == []


# ── Many mistakes at once ────────────────────────────────────────────────────────────

FAULTY = """\
titre:
resume: [a]
publie_le: 2021-02-30
modifie: hier
format: [atelyer, concert, jeu]
debut: 9/10/2021
seances: [{debut: x, fin: y, etta: z}, 2021-10-09, {fin: 2021-10-10}]
horaires: {du: 2021-09-15, au: x, tous_les: [lundi, lundi], de: 9h, sauf: [a..b]}
lieu: La Coupole
adresse: {commune: Nulle-part, code_postal: 1000}
tarrif: x
image: {fichier: [a], alt: "", credit: <b>}
jauge: 0
etat: fini
licence: WTF
accessibilite: {labels: [x]}
edition: 1
"""


def test_every_mistake_of_a_file_is_said_in_one_pass():
    made, found = checked(FAULTY, Kind.EVENT)
    assert isinstance(made, Event)  # rules across documents look at what is left
    assert (made.titre, made.lieu, made.debut) == ("", "La Coupole", None)
    places = [(line, code) for line, _, _, code in seen(found)]
    assert sorted(places) == [
        (1, "E206"), (2, "E202"), (3, "E210"), (4, "E210"), (5, "E227"), (6, "E210"),
        (7, "E201"), (7, "E204"), (7, "E208"), (7, "E210"), (7, "E210"),
        (8, "E210"), (8, "E211"), (8, "E238"), (8, "E240"), (10, "E222"), (10, "E432"),
        (11, "E204"), (12, "E202"), (12, "E206"), (12, "E246"),
        (13, "E209"), (14, "E203"), (15, "E203"), (16, "E203"), (17, "E209"),
    ]  # fmt: skip
    lines = FAULTY.splitlines()
    for place in (one.position for one in found):
        assert place.column + place.length - 1 <= len(lines[place.line - FIRST])


# ── Any value, any place ─────────────────────────────────────────────────────────────

VALUES = st.sampled_from(
    [
        "x", "'é'", "[]", "{}", "[x, x]", "{x: y}", "[{x: y}, z]", "2021-10-09", "2021-02-30", "-1",
        "999999999999", "oui", "~", "", "<b>", "https://exemple.org/", "la-coupole", "Numérique",
        "{du: 2021-10-09, au: 2021-10-08}", "[{debut: 2021-10-09, fin: 2021-10-08}]", "[[[x]]]",
        "{2021: {du: x}, 2022: []}", "articles/x", "|\n  deux\n  lignes", "'😀'",
    ]
)  # fmt: skip


@st.composite
def front_matters(draw):
    """A kind, and a front matter with known and unknown keys and any values."""
    kind = draw(st.sampled_from(list(Kind)))
    known = [name for name in MODELS[kind].model_fields if name not in ("slug", "source")]
    keys = st.sampled_from([*known, "title", "tags", "date", "timings", "tarrif", "model_fields"])
    rows = draw(st.dictionaries(keys, VALUES, max_size=6))
    return kind, "\n".join(f"{key}: {value}" for key, value in rows.items()) or "{}"


@given(front_matters())
def test_any_front_matter_is_typed_or_refused_at_a_place_that_exists(
    drawn,
):
    kind, text = drawn
    root, found = parse_front_matter(text, PATH, FIRST)
    assert found == []
    made, found, _ = validate(root, kind, "un-nom", PATH, READING)
    assert isinstance(made, MODELS[kind])
    lines = ["---", *text.split("\n")]
    for one in found:
        place = one.position
        assert 1 <= place.line <= len(lines)
        assert place.column + max(place.length, 1) - 1 <= len(lines[place.line - 1]) + 1


@given(
    st.lists(st.sampled_from(["# un commentaire", "", "mots_cles: [é, 😀]", "langue: fr"]),
             unique=True),
    st.sampled_from(["", "  ", '"']),
)  # fmt: skip
def test_a_fault_is_where_it_was_planted(before, mark):
    """Whatever is written above, and however the value is quoted or spaced."""
    quote = mark.strip()
    line = f"a_ne_pas_manquer: {mark.replace(quote, '')}{quote}2027-02-29{quote}"
    places, _ = planted("\n".join([*before, line, "genre: actualite"]))
    start = line.index(f"{quote}2027") + 1
    assert places == [(len(before) + 1, start, 10 + 2 * len(quote), "E210")]


def test_a_fault_without_a_place_is_at_the_head_of_the_file():
    root, _ = parse_front_matter("titre: A", PATH, FIRST)
    for loc in ((), ("absent",), ("absent", 3, "x")):
        found = locate(Fault("E215", loc), root, PATH)
        assert (found.position.line, found.position.column, found.position.length) == (1, 1, 0)


# ── With the hours of Paris ──────────────────────────────────────────────────────────


def document(lines):
    """Diagnostics and occurrences of a whole event, read from its bytes."""
    data = f"---\n{without('debut')}{lines}---\nUne phrase.\n".encode()
    loaded, _ = read_document(data, source("events"), READING)
    return list(loaded.diagnostics), loaded.occurrences


@cases(
    ("lines", "place"),
    [
        ("debut: 2022-03-27 02:30\n", (6, 8, 16)),
        ("debut: 2022-03-27 01:00\nfin: 2022-03-27 02:00\n", (7, 6, 16)),
        ("seances:\n  - {debut: 2022-03-20 02:30}\n  - {debut: 2022-03-27 02:30}\n", (8, 13, 16)),
    ],
)
def test_the_hour_that_clocks_skip(lines, place):
    (found,), _ = document(lines)
    assert seen([found]) == [(*place, "E228")]


@cases("hour", ["01:59", "03:00"])
def test_hours_around_the_one_that_clocks_skip(hour):
    found, occurrences = document(f"debut: 2022-03-27 {hour}\n")
    assert found == []
    assert len(occurrences) == 1


def test_the_hour_that_comes_twice_is_the_first():
    found, (occurrence,) = document("debut: 2021-10-31 02:30\n")
    assert found == []
    assert occurrence.debut.utcoffset() == timedelta(hours=2)


@cases(
    ("extra", "hint"),
    [
        ("prix: 5 euros", "Cela s’écrit « tarif » ici. Écrivez : tarif: {prix: 5}"),
        ("rue: place Carnot", "Cela s’écrit « adresse » ici."),
        (
            "latitude: 50,7",
            "Cela s’écrit « coordonnees » ici. Écrivez : coordonnees: {lat: …, lon: …}",
        ),
        (
            "image:\nalt: Un chat",
            "Mettez deux espaces devant : cette ligne fait partie de « image ».",
        ),
        (
            "jour: 20/03/2027\nheure: 20h",
            "L’heure s’écrit avec le jour, sur une seule ligne : debut: 2027-03-20 20:00",
        ),
        ("zzzz:", "Retirez cette ligne, ou cherchez son nom dans l’aide du contenu."),
        (
            "tarif: {prix: 5,50 €}",
            "Une virgule a coupé la valeur d’avant : mettez-la en entier entre guillemets doubles.",
        ),
    ],
)
def test_an_unknown_key_keeps_what_it_says(extra, hint):
    found = [one for one in checked(extra, Kind.EVENT)[1] if one.code in ("E204", "E206")]
    assert found[-1].hint == hint and {one.code for one in found} == {"E204"}


@cases(("lines", "codes"), TABLES["an_event_is_everywhere_or_somewhere"])
def test_an_event_is_everywhere_or_somewhere(lines, codes):
    assert codes_of(without("en_ligne") + lines) == codes


def test_one_session_without_a_dash_is_a_list_of_one():
    rest = without("debut")
    _, found = checked(f"{rest}seances: {{fin: 16 h}}\n", Kind.EVENT)
    placed = [(line, column, code) for line, column, _, code in seen(found)]
    assert placed == [(6, 10, "E201"), (6, 16, "E210")]
