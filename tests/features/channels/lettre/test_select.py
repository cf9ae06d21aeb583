"""What a letter tells: ten things at most, what comes first, what is left out and why."""

import re
from datetime import timedelta

import pytest

from choices import AMIENS, CIEL, FAMILLES, REGIONAL, SOMME, WEEK, days, frozen, reasons, refs
from lettres import below, words
from plans import entry
from portail.agenda.weeks import Week
from portail.features.channels.lettre import rules
from portail.features.channels.lettre.settings import Edition
from portail.features.channels.lettre.table import select
from portail.features.channels.lettre.wording import letter_told
from portail.model.kinds import Kind
from portail.model.registry import MODELS

SATURDAY = "2021-10-02 14:00"
BOOKING = {"regime": "obligatoire", "telephone": "03 20 00 00 00"}
OLD = "2021-01-04"


def article(publie_le, **fields):
    return entry("articles", publie_le=publie_le, **fields)


def event(debut, **fields):
    return entry("events", debut=debut, **({"publie_le": OLD} | fields))


def booked(until):
    return {"inscription": BOOKING | {"avant_le": until}}


def wishes(**lists):
    """What the editor writes at the head of a letter."""
    return MODELS[Kind.NEWSLETTER].model_construct(titre="Objet", **lists)


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
    files |= {f"articles/a{rank}": article("2021-09-26") for rank in range(9)}
    chosen = letters.choose(files)
    sections = [one.section for one in chosen.things]
    assert [sections.count(name) for name in ("savoir", "faire", "prendre")] == [3, 4, 3]
    places = {int(ref[8:]) % 5 for ref in refs(chosen, "faire")}
    assert len(places) == 4, "one a département before a second one"
    assert reasons(chosen)["articles/a5"] == "Faute de place."
    assert dict(chosen.counts) == dict.fromkeys(("02", "59", "60", "62", "80"), 12)


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"debut": "2021-09-30 05:30", "fin": "2021-09-30 07:15"}, False),
        ({"debut": "2021-09-30 05:30", "fin": "2021-09-30 09:00"}, True),
        ({"debut": "2021-09-29 20:00", "fin": "2021-09-30 07:59"}, False),
        ({"debut": "2021-09-30 18:00"}, True),
        ({"debut": "2021-10-07 05:30", "fin": "2021-10-07 07:15"}, True),
        ({"debut": "2021-10-06 20:00", "etat": "complet"}, False),
        ({"debut": "2021-10-06 20:00", "etat": "annule"}, False),
        ({"debut": "2021-10-01 20:00"} | booked("2021-09-30 07:00"), False),
        ({"debut": "2021-10-01 20:00"} | booked("2021-09-30 12:00"), True),
        ({"debut": "2021-10-01 20:00"} | booked("2021-09-29"), False),
    ],
)
def test_what_is_on_is_counted_in_hours(letters, fields, is_told):
    """The letter leaves on Thursday at 8, and the next one a week later."""
    chosen = letters.choose({"events/un": entry("events", publie_le=OLD, **fields)})
    assert refs(chosen, "faire") == ["events/un"] * is_told


def test_what_is_chosen_by_rank_is_shown_by_hour(letters):
    files = {
        "events/mercredi": event("2021-10-06 14:00", a_ne_pas_manquer="2021-10-06"),
        "events/vendredi": event("2021-10-01 14:00"),
        "events/jeudi": event("2021-09-30 20:00"),
    }
    chosen = letters.choose(files)
    assert refs(chosen) == ["events/mercredi", "events/jeudi", "events/vendredi"]


def test_what_is_done_before_the_next_letter_leads_before_news_and_the_article_of_the_month(
    letters,
):
    letters.send()
    files = {
        "articles/du-mois": article("2021-10-02", a_ne_pas_manquer="2021-10-25"),
        "events/samedi": event("2021-10-09 14:00"),
    }
    files["articles/hier"] = article("2021-10-03")
    told = ["articles/hier", "articles/du-mois"]
    first, *others = refs(letters.choose(files, WEEK.next))
    assert first == "events/samedi" and {*others} == {*told}
    files["events/samedi"] = event("2021-01-09 14:00")
    assert refs(letters.choose(files, WEEK.next)) == told


def test_a_week_without_news_opens_with_its_best_event(letters):
    letters.send({"articles/un": article("2021-09-26")})
    files = {
        "events/loin": event("2021-10-20 14:00"),
        "events/samedi": event("2021-10-09 14:00"),
        "annonces/appel": entry("annonces", publie_le=OLD, echeance="2021-10-08"),
    }
    assert refs(letters.choose(files, WEEK.next)) == [
        "events/samedi", "annonces/appel", "events/loin"
    ]  # fmt: skip


def test_one_subject_leads_once(letters):
    files = {
        "events/mars": event("2021-10-05 20:00", mots_cles=["Mars"]),
        "events/mars-encore": event("2021-10-12 20:00", mots_cles=["mars", "Lune"]),
        "events/bal": event("2021-10-13 20:00"),
    }
    assert refs(letters.send(files))[0] == "events/mars"
    second = letters.choose(None, WEEK.next)
    assert refs(second, "faire") == ["events/bal", "events/mars-encore"]


def test_one_letter_tells_one_thing_of_a_subject(letters):
    files = {
        f"events/{town.lower()}": event(SATURDAY, mots_cles=["Éclipse"], adresse={"commune": town})
        for town in ("Amiens", "Lille")
    }
    files["articles/eclipse"] = entry("articles", mots_cles=["éclipse", "Soleil"])
    files["events/stage"] = event("2021-10-20", mots_cles=["éclipse"], **booked("2021-10-08"))
    chosen = letters.choose(files)
    assert refs(chosen) == ["events/amiens"]
    assert reasons(chosen)["articles/eclipse"] == "La lettre parle déjà de ce sujet."


def test_an_event_is_told_once_ahead_and_once_in_its_week(letters):
    files = {"events/un": event("2021-10-14 20:00")}
    found = [refs(letters.send(files, week)) for week in (WEEK, WEEK.next, WEEK.next.next)]
    assert found == [["events/un"], [], ["events/un"]]
    assert refs(letters.choose(None, WEEK.next.next.next)) == []


def test_what_goes_on_is_told_in_one_week(letters):
    files = {
        "events/un": entry(
            "events", publie_le=OLD, debut=None,
            seances=[{"debut": f"2021-10-{day} 20:00"} for day in ("05", "06", "07", "08")],
        )
    }  # fmt: skip
    assert refs(letters.send(files)) == ["events/un"]
    assert refs(letters.choose(None, WEEK.next)) == []


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


def test_a_temps_fort_is_told_when_it_holds_enough(letters):
    def fete(count):
        files = {
            "temps-forts/fete": entry(
                "temps-forts", editions={"2021": {"du": "2021-10-08", "au": "2021-10-20"}}
            )
        }
        for rank in range(5):
            town = "Amiens" if rank < count else "Caen"
            files[f"events/e{rank}"] = event(
                "2021-10-19 14:00", temps_fort="fete", adresse={"commune": town},
                publics=["primaire"],
            )  # fmt: skip
        return files

    assert refs(letters.choose(fete(4), edition=SOMME)) == []
    first = letters.send(fete(5), WEEK, SOMME)
    assert [(one.ref, one.section, one.rendez_vous) for one in first.things] == [
        ("temps-forts/fete", "prendre", 5)
    ]
    second = letters.send(None, WEEK.next, SOMME)
    assert [(one.ref, one.section) for one in second.things] == [("temps-forts/fete", "faire")]
    assert refs(letters.choose(None, WEEK.next.next)) == []


def test_what_must_be_booked_or_ends_comes_before_dates_to_note(letters):
    files = {
        "events/noter": event("2021-10-10 14:00"),
        "events/reserver": event("2021-11-20 14:00", **booked("2021-10-08")),
        "events/complet": event("2021-11-20 14:00", etat="complet", **booked("2021-10-08")),
        "events/trop-tard": event("2021-11-20 14:00", **booked("2021-09-30 07:30")),
        "annonces/finit": entry("annonces", publie_le=OLD, echeance="2021-10-05"),
        "annonces/longue": entry("annonces", publie_le=OLD, echeance="2021-11-05"),
        "ressources/fonds": entry(
            "ressources", type="financement", publie_le=OLD, echeance="2021-10-01"
        ),
    }
    chosen = letters.choose(files)
    assert set(refs(chosen)) == {"events/reserver", "annonces/finit", "ressources/fonds"}
    by_ref = {one.ref: one.reason for one in chosen.things}
    assert by_ref["events/reserver"] == "Inscription à prendre, jusqu’au 8\u00a0octobre."
    assert by_ref["annonces/finit"] == "Se termine le 5\u00a0octobre."


def test_news_is_told_once_within_a_month(letters):
    edge = days(-28)
    files = {
        "articles/juste": article(str(edge)),
        "articles/trop": article(str(edge - timedelta(days=1))),
        "articles/hier": article("2021-09-26"),
    }
    chosen = letters.send(files)
    assert refs(chosen)[0] == "articles/hier"
    motives = {one.ref: one.motive for one in chosen.things}
    assert motives == {"articles/hier": "nouveau", "articles/juste": "nouveau"}
    later = letters.choose({"articles/deux": article("2021-10-02")}, WEEK.next)
    assert refs(later) == ["articles/deux", "articles/trop"]


def test_a_quiet_week_goes_back_up_to_five_things(letters):
    files = {f"articles/a{rank}": article(OLD) for rank in range(9)}
    files["events/un"] = event("2021-08-07 14:00")
    week = Week(2021, 31)
    chosen = letters.send(files, week)
    assert refs(chosen) == ["events/un", "articles/a0", "articles/a1"]
    assert letters.choose(None, week.next).things == (), "alone, it is no letter"
    files["events/deux"] = event("2021-08-14 14:00")
    assert refs(letters.choose(files, week.next))[1] == "articles/a2"


def test_a_letter_that_was_sent_would_be_chosen_again(letters):
    sent = letters.send({"articles/un": entry("articles"), "events/deux": event(SATURDAY)})
    assert letters.choose() == sent and len(sent.things) == 2


def test_the_editor_pins_excludes_and_orders(letters):
    files = {f"articles/a{rank}": entry("articles") for rank in range(4)}
    files["lieux/musee"] = entry("lieux", publie_le="2020-01-01")
    files["events/complet"] = event("2022-03-01 14:00", etat="complet")
    word = wishes(
        epingles=("lieux/musee", "articles/absent", "events/complet"),
        exclus=("articles/a0",),
        ordre=("articles/a2", "articles/a1"),
    )
    chosen = letters.choose(files, editorial=word)
    assert refs(chosen) == ["lieux/musee", "articles/a2", "articles/a1", "events/complet"]
    assert reasons(chosen) == {
        "articles/a0": "Exclu par la rédaction.",
        "articles/a3": "Faute de place.",
        "articles/absent": "Épinglé, mais n’est pas publié.",
    }


def test_a_pin_that_is_over_when_the_letter_leaves_is_not_told(letters):
    told = "Le 28 septembre, Jupiter est au plus près."
    files = {
        "articles/a": article("2021-09-27", resume=told),
        "events/matin": event("2021-09-30 05:00", fin="2021-09-30 07:00"),
        "events/soir": event("2021-09-30 20:00"),
    }
    chosen = letters.choose(files, editorial=wishes(epingles=tuple(files)))
    assert refs(chosen) == ["events/soir"]
    assert reasons(chosen)["articles/a"] == "Parle d’un jour passé, le 28\u00a0septembre."
    assert reasons(chosen)["events/matin"] == rules.OVER


def test_an_event_told_twice_ahead_is_told_in_its_week(letters):
    site = letters.site({"events/village": event("2021-10-16 14:00")})
    for week in (WEEK, WEEK.next):
        pinned = wishes(epingles=("events/village",))
        letters.sent[week.slug] = frozen(site, select(site, week, REGIONAL, pinned))
    assert refs(letters.choose(None, WEEK.next.next)) == ["events/village"]


def test_what_is_over_or_unpublished_is_never_told(letters):
    chosen = letters.choose(
        {
            "events/passe": event("2021-09-28 14:00"),
            "events/annule": entry("events", etat="annule"),
            "annonces/close": entry("annonces", echeance="2021-09-29"),
            "articles/brouillon": entry("articles", statut="brouillon"),
            "articles/plus-tard": article("2021-09-29"),
        }
    )
    assert chosen.things == ()


def test_what_is_for_professionals_or_classes_alone_is_not_for_the_public(letters):
    files = {
        "events/pro": event(SATURDAY, publics=["professionnels"]),
        "ressources/guide": entry("ressources", publics=["professionnels"]),
        "events/ensemble": event("2021-10-02 10:00", publics=["professionnels", "tout-public"]),
        "events/classe": event("2021-10-02 11:00", publics=["primaire"]),
        "events/familles": event("2021-10-02 12:00", publics=["primaire", "familles"]),
    }
    chosen = letters.choose(files)
    assert set(refs(chosen)) == {"events/ensemble", "events/familles"} and chosen.classes == 1
    for code in ("professionnels", "primaire"):
        theirs = letters.choose(edition=Edition("eux", "Eux", ("public", code)))
        assert {"professionnels": "events/pro", "primaire": "events/classe"}[code] in refs(theirs)


def test_an_animation_is_announced_by_what_holds_it(letters):
    files = {"events/village": event(SATURDAY)}
    files |= {f"events/a{rank}": event(SATURDAY, evenement_parent="village") for rank in range(3)}
    chosen = letters.choose(files)
    assert refs(chosen) == ["events/village"]
    assert reasons(chosen)["events/a1"].startswith("Sa page est annoncée")


def test_what_lasts_and_what_it_holds_are_told_each_in_its_week(letters):
    """What holds them is told when it opens; then they are, two at most."""
    files = {"events/festival": event("2021-10-02", fin="2021-11-20")}
    files |= {
        f"events/c{rank}": event(f"2021-10-{rank}", evenement_parent="festival")
        for rank in (10, 11, 12)
    }
    assert refs(letters.send(files), "faire") == ["events/festival"]
    assert refs(letters.send(None, WEEK.next), "faire") == ["events/c10", "events/c11"]


def test_what_comes_after_the_next_letter_and_calls_are_no_subject(letters):
    files = {
        "events/loin": event("2021-10-19 14:00"),
        "annonces/appel": entry("annonces", categorie="appel-a-projets", echeance="2021-10-03"),
        "articles/ancien": article("2021-01-04"),
    }
    first = letters.send(files)
    assert refs(first) == ["articles/ancien", "annonces/appel", "events/loin"]
    files["events/pareil"] = event("2021-10-20 14:00")
    last = letters.send(files, Week(2021, 41))
    assert refs(last)[0] == "events/loin", "its own week has it as a subject"


def test_a_letter_of_dates_to_come_has_no_subject_of_its_own(letters):
    site = letters.site({"events/loin": event("2021-10-19 14:00")})
    assert letter_told(select(site, WEEK, REGIONAL), site).sujet == "La lettre du jeudi"


def test_a_quiet_week_prefers_what_anybody_reads(letters):
    files = {
        "articles/metier": entry("articles", publie_le="2021-03-05", themes=["sciences-societe"]),
        "articles/pour-tous": entry("articles", publie_le="2021-01-04", themes=["vivant-sante"]),
        "projets/pour-tous": entry("projets", publie_le="2021-01-04", themes=["vivant-sante"]),
        "events/bal": event(SATURDAY),
    }
    assert refs(letters.choose(files), "savoir") == ["articles/pour-tous", "projets/pour-tous"]


def test_a_temps_fort_that_opens_is_named_whatever_it_holds(letters):
    files = {
        "temps-forts/nuit": entry(
            "temps-forts", editions={"2021": {"du": "2021-10-01", "au": "2021-10-01"}}
        ),
        "events/bal": event(SATURDAY),
    }
    assert refs(letters.choose(files)) == ["events/bal", "temps-forts/nuit"]


def test_the_holidays_name_places_that_are_open(letters):
    week = Week(2021, 43)
    files = {
        f"lieux/{name}": entry(
            "lieux", publie_le=OLD, verifie_le="2021-09-01", horaires_ouverture=hours
        )
        for name, hours in (
            ("ouvert", "mardi-dimanche 10h-18h"),
            ("muet", None),
            ("ferme", "fermé"),
        )
    }
    files["events/bal"] = event("2021-10-30 14:00")
    assert refs(letters.choose(files, week), "faire") == ["events/bal", "lieux/ouvert"]
    site = letters.site(None, week.first)
    letter = letter_told(select(site, week, REGIONAL), site)
    _, label = below(letter, "section[@class='faire']//strong/text()")
    assert label == "Ouvert tous les jours, sauf lundi"
    assert not refs(select(site, week.next.next, REGIONAL), "faire"), "after the holidays"


def test_new_places_tools_and_what_waits_are_counted(letters):
    files = {f"lieux/l{rank}": entry("lieux", publie_le="2021-09-24") for rank in range(3)}
    files["ressources/malle"] = entry(
        "ressources", publie_le="2021-09-24", type="malle-pedagogique", pret={"caisses": 2}
    )
    files["ressources/livre"] = entry("ressources")
    chosen = letters.choose(files)
    assert [(kind.value, count) for kind, count in chosen.shelves] == [
        ("lieux", 3), ("ressources", 1)
    ]  # fmt: skip
    assert refs(chosen) == ["ressources/livre"]


def test_editions_are_told_what_concerns_them(letters):
    files = {
        "territoires/metropole": entry("territoires", type="ca", code="248000531"),
        "articles/region": article("2021-09-26"),
        "articles/amiens": entry("articles", commune="Amiens", publie_le="2021-09-05"),
        "articles/lille": entry("articles", commune="Lille", themes=["astronomie-espace"]),
        "articles/somme": entry("articles", territoires=["departement-80"]),
        "events/familles": event("2021-10-14 14:00", publics=["familles"]),
    }
    found = {
        edition.code: set(refs(letters.choose(files, edition=edition), "savoir"))
        for edition in (SOMME, AMIENS, CIEL)
    }
    region, amiens, somme = (f"articles/{name}" for name in ("region", "amiens", "somme"))
    assert found == {
        "somme": {region, amiens, somme},
        "amiens": {region, amiens, somme},
        "ciel": {"articles/lille"},
    }
    assert refs(letters.choose(edition=SOMME))[0] == somme, "its own leads"
    assert "events/familles" in refs(letters.choose(edition=FAMILLES))


def test_an_edition_without_a_letter_follows_that_of_the_region(letters):
    letters.send({"articles/un": entry("articles", commune="Amiens")})
    assert letters.choose(None, WEEK.next, SOMME).things == ()
    files = {"articles/deux": entry("articles", commune="Amiens", publie_le="2021-10-04")}
    letters.send(files, WEEK.next, SOMME)
    files = {"articles/trois": entry("articles", commune="Amiens", publie_le="2021-10-11")}
    third = WEEK.next.next
    letters.send(files, third)
    assert refs(letters.choose(None, third.next, SOMME)) == ["articles/trois"]
    assert letters.choose(None, third.next).things == ()


def test_who_contributed_is_of_what_came_out_since_the_last_letter(letters):
    files = {
        "lieux/musee": entry("lieux", titre="Musée d'exemple", publie_le="2020-01-01"),
        "articles/un": entry("articles"),
        "events/deux": event(SATURDAY, publie_le="2021-09-24", organisateurs=["musee", "Club"]),
    }
    chosen = letters.choose(files)
    assert chosen.contributeurs == ("La rédaction", "Club", "Musée d’exemple")
    assert letters.choose(editorial=wishes(exclus=("events/deux",))).contributeurs == ()
    files["events/deux"] = event(SATURDAY, organisateurs=["Club"])
    assert letters.choose(files).contributeurs == ()


def test_a_week_of_long_ago_knows_nothing_of_today(letters):
    files = {
        "articles/ancien": article("2021-03-02"),
        "articles/recent": article("2021-09-20"),
        "events/ancien": event("2021-03-06 14:00", publie_le="2021-03-01"),
    }
    site = letters.site(files)
    assert refs(select(site, Week(2021, 9), REGIONAL)) == ["events/ancien", "articles/ancien"]
    assert select(site, Week(1990, 2), SOMME).things == ()
    assert select(site, Week(2040, 2), SOMME).errata == ()


@pytest.mark.parametrize("told", [
    {"titre": "Le 28 septembre, une sonde va heurter un astéroïde"},
    {"resume": "Le 28 septembre 2021, Jupiter sera au plus près."},
    {"a_retenir": "Du 20 au 28 septembre, elle brille toute la nuit."},
    {"chiffre": {"valeur": "591", "libelle": "millions de km le 28 septembre"}},
])  # fmt: skip
@pytest.mark.parametrize("published", ["2021-09-26", "2021-08-01"])
def test_what_was_to_come_is_not_told_once_its_day_is_past(letters, told, published):
    files = {"articles/sonde": article(published, **told), "events/bal": event(SATURDAY)}
    chosen = letters.choose(files)
    assert refs(chosen) == ["events/bal"]
    if published > "2021-09":
        assert reasons(chosen) == {"articles/sonde": "Parle d’un jour passé, le 28\u00a0septembre."}


@pytest.mark.parametrize("title", [
    "Le 30 septembre, une sonde va heurter un astéroïde",  # the day of the letter
    "Le 4 octobre 1957, Spoutnik",
    "Le 20 septembre, une sonde a heurté un astéroïde",  # it had happened
    "Du 20 septembre au 3 octobre, les jours raccourcissent",
    "Depuis le 28 septembre, les nuits sont longues",
    "Trente et un jours en septembre",
])  # fmt: skip
def test_a_day_that_is_not_past_or_always_was_is_told(letters, title):
    chosen = letters.choose({"articles/un": entry("articles", titre=title, publie_le="2021-09-26")})
    assert refs(chosen) == ["articles/un"]


def places(**hours):
    """Places by name, each in a town and with its hours, beside texts to tell."""
    days = ("2021-09-26", "2021-09-27", "2022-05-02")
    texts = {f"articles/{rank}": article(day) for rank, day in enumerate(days)}
    return texts | {
        f"lieux/{name}": entry(
            "lieux",
            titre=f"Musée {name} de {town}",
            commune=town,
            publie_le=OLD,
            verifie_le="2021-09-01",
            horaires_ouverture=text,
        )
        for name, (town, text) in hours.items()
    }


def opened(site, week, edition=REGIONAL):
    """What the letter says of the places that are open at the week-end."""
    letter = letter_told(select(site, week, edition), site)
    found = [row for row in words(below(letter, "section/p")) if row.startswith("Ouvert")]
    title, _, rows = found[0].rstrip(".").partition(" : ")
    told = [re.fullmatch(r"Musée (\w+) de [\w-]+, (.*)", row) for row in rows.split(" ; ")]
    return {(title, one[1], one[2]) for one in told}


def test_places_that_are_open_on_sunday_are_told_at_the_foot(letters):
    every = "mardi-dimanche 10h-18h"
    files = places(
        a=("Amiens", every),
        b=("Amiens", "dimanche 14h-17h"),
        c=("Laon", every),
        d=("Lille", every),
        e=("Arras", every),
        ferme=("Lille", "mardi-samedi 10h-18h"),
        condition=("Laon", 'Su 10:00-18:00 "sur réservation"'),
    )
    site = letters.site(files)
    title = "Ouverts dimanche"
    told = opened(site, WEEK)
    assert {hours for _, _, hours in told} <= {"10 h – 18 h", "14 h – 17 h"}, "the title says where"
    names = {name for _, name, _ in told}
    assert len(names) == rules.OPEN and names < {*"abcde"} and not names >= {"a", "b"}
    assert opened(site, WEEK, SOMME) == {(title, "a", "10 h – 18 h"), (title, "b", "14 h – 17 h")}
    assert not {"a", "b"} & set(refs(select(site, WEEK, SOMME))), "it is no thing of the letter"


def test_each_has_its_turn_and_what_editors_refuse_has_none(letters):
    files = places(**dict.fromkeys("abcde", ("Amiens", "dimanche 10h-18h")))
    known = letters.site(files)
    first = select(known, WEEK, REGIONAL)
    letters.sent[WEEK.slug] = frozen(known, first)
    second = select(letters.site(files, WEEK.next.first), WEEK.next, REGIONAL)
    told = [[pick.ref[6:] for pick in (*one.things, *one.opened)] for one in (first, second)]
    assert {*told[0], *told[1]} >= set("abcde") and all(len({*one}) == len(one) for one in told)
    chosen = select(known, WEEK, REGIONAL, wishes(exclus=("lieux/a", "lieux/b")))
    assert {pick.ref for pick in chosen.opened} == {"lieux/c", "lieux/d", "lieux/e"}


def test_on_a_holiday_silence_is_no_opening_and_saturday_stands_for_a_sunday_without_any(letters):
    week = Week(2022, 18)  # whose Sunday is 8 May
    silent = {"silence": ("Amiens", "mardi-dimanche 10h-18h")}
    site = letters.site(places(**silent), week.first)
    assert opened(site, week) == {("Ouvert samedi", "silence", "10 h – 18 h")}
    said = {"dit": ("Lille", "dimanche 10h-18h, jours fériés 10h-12h")}
    site = letters.site(places(**silent, **said), week.first)
    assert opened(site, week) == {("Ouvert dimanche", "dit", "10 h – 12 h")}
