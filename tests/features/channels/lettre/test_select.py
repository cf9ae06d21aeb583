"""What a letter tells: what is new, what is on, what ends, in which order and how much of it."""

from datetime import date, timedelta

import pytest

from choices import (
    AMIENS,
    CIEL,
    FAMILLES,
    REGIONAL,
    SOMME,
    WEEK,
    days,
    on,
    picks_of,
    reasons,
    refs,
)
from plans import entry
from portail.agenda.weeks import Week
from portail.features.channels.lettre.model import Newsletter
from portail.features.channels.lettre.news import select
from portail.features.channels.lettre.rules import LINES, UNE
from portail.features.channels.lettre.settings import Edition

SATURDAY = "2021-10-02 14:00"


def article(publie_le, **fields):
    return entry("articles", publie_le=publie_le, **fields)


def event(debut, **fields):
    return entry("events", debut=debut, **fields)


def wishes(**lists):
    """What the editor writes at the head of a letter."""
    return Newsletter.model_construct(titre="Objet", **lists)


BOOKING = {"regime": "obligatoire", "telephone": "03 20 00 00 00"}


def lieu(**fields):
    return entry("lieux", **({"publie_le": "2021-09-24"} | fields))


def lasts(first, last, **others):
    """A temps fort of 2021, and of ``others``."""
    return entry("temps-forts", editions={"2021": {"du": first, "au": last}} | others)


def test_an_empty_site_has_nothing_to_tell(letters):
    chosen = letters.choose()
    assert picks_of(chosen) == chosen.week_end == chosen.errata == chosen.ruban == ()
    assert chosen.chiffre == chosen.reponse == ""
    assert chosen.contributeurs == chosen.laisses == ()


def test_the_last_published_come_first(letters):
    chosen = letters.choose(
        {
            "articles/avant": article("2021-09-20"),
            "articles/hier": article("2021-09-26"),
            "dossiers/hier": entry("dossiers", publie_le="2021-09-26", elements=["articles/hier"]),
        }
    )
    assert refs(chosen.une) == ["articles/hier", "dossiers/hier", "articles/avant"]
    assert chosen.une[0].reason == "Publié le 26\u00a0septembre, il y a moins de quatre semaines."


def test_what_a_letter_told_is_new_no_more(letters):
    letters.send({"articles/un": article("2021-09-26")})
    later = letters.choose({"articles/deux": article("2021-10-02")}, WEEK.next)
    assert refs(later.une) == ["articles/deux"]
    assert reasons(later)["articles/un"] == "Déjà dans la lettre du 30\u00a0septembre."
    assert later.une[0].reason == (
        "Publié le 2\u00a0octobre, il y a moins de quatre semaines, depuis la dernière lettre."
    )


def test_a_letter_that_was_sent_would_be_chosen_again(letters):
    sent = letters.send({"articles/un": entry("articles"), "lieux/deux": lieu()})
    assert letters.choose() == sent and len(picks_of(sent)) == 2


def test_what_came_out_this_week_comes_before_what_no_letter_told(letters):
    letters.send()
    files = {f"articles/du-{day}": article(f"2021-10-{day:02d}") for day in range(1, 5)}
    files["articles/oublie"] = article("2021-09-20")
    files["events/proche"] = entry("events", publie_le="2021-08-21", debut="2021-10-20 14:00")
    chosen = letters.choose(files, WEEK.next)
    assert refs(chosen.une) == [
        "articles/du-4", "articles/du-3", "articles/du-2", "articles/du-1", "events/proche",
    ]  # fmt: skip
    assert reasons(chosen)["articles/oublie"] == "Faute de place à la une."
    later = letters.choose({"articles/du-4": article("2021-01-04")}, WEEK.next)
    assert refs(later.une)[-1] == "articles/oublie" and later.une[-1].motive == "tardif"
    assert later.une[-1].reason == (
        "Publié le 20\u00a0septembre, il y a moins de quatre semaines, "
        "dans aucune lettre jusqu’ici."
    )
    near = next(one for one in later.une if one.ref == "events/proche")
    assert near.reason == (
        "Publié le 21\u00a0août, pour le 20\u00a0octobre, dans aucune lettre jusqu’ici."
    )


def test_what_the_next_letter_cannot_tell_comes_before_what_it_can(letters):
    letters.send()
    files = {f"articles/du-{day}": article(f"2021-09-{day}") for day in range(17, 23)}
    files["articles/dernier"] = article("2021-09-15")
    chosen = letters.choose(files, WEEK.next)
    assert "articles/dernier" in refs(chosen.une)
    left = {one.ref for one in chosen.laisses}
    assert left == {"articles/du-17", "articles/du-18"}


def test_a_temps_fort_that_opens_or_is_on_is_always_told_first(letters):
    files = {
        "temps-forts/ouvre": lasts("2021-10-10", "2021-10-12"),
        "temps-forts/dure": lasts("2021-09-20", "2021-09-30"),
        "temps-forts/plus-tard": lasts("2021-10-11", "2021-10-12"),
        "temps-forts/fini": lasts("2021-09-20", "2021-09-29"),
        "articles/nouveau": entry("articles"),
    }
    chosen = letters.choose(files, editorial=wishes(epingles=("temps-forts/ouvre",)))
    assert refs(chosen.temps_forts) == ["temps-forts/dure", "temps-forts/ouvre"]
    assert [one.reason for one in chosen.temps_forts] == [
        "En cours, jusqu’au 30\u00a0septembre.",
        "S’ouvre le 10\u00a0octobre, dans dix jours au plus.",
    ]
    assert "temps-forts/ouvre" not in refs(chosen.une) and "articles/nouveau" in refs(chosen.une)
    assert chosen.ruban == (), "a temps fort that lasts is no rendez-vous"
    letters.send()
    again = letters.choose(week=WEEK.next)
    assert refs(again.temps_forts) == ["temps-forts/ouvre", "temps-forts/plus-tard"]


def test_a_temps_fort_that_goes_on_is_reminded_once_a_letter_told_it(letters):
    files = {
        "temps-forts/longue": lasts("2021-09-29", "2021-10-20"),
        "temps-forts/ouvre": lasts("2021-10-07", "2021-10-12"),
        "temps-forts/annuel": lasts(
            "2021-10-01", "2021-10-20", **{"2020": {"du": "2020-10-01", "au": "2020-10-11"}}
        ),
    }
    letters.send(files, Week(2020, 40))
    first = letters.send()
    assert {one.motive for one in first.temps_forts} == {"temps-fort"}
    second = letters.send(None, WEEK.next)
    assert [(one.ref, one.motive, one.day) for one in second.temps_forts] == [
        ("temps-forts/ouvre", "temps-fort", date(2021, 10, 7)),
        ("temps-forts/annuel", "en-cours", date(2021, 10, 20)),
        ("temps-forts/longue", "en-cours", date(2021, 10, 20)),
    ]
    third = letters.choose(None, WEEK.next.next)
    assert [one.motive for one in third.temps_forts] == ["en-cours", "en-cours"]


def test_a_temps_fort_counts_what_it_holds_in_the_edition(letters):
    files = {"temps-forts/fete": lasts("2021-10-01", "2021-10-11")}
    files |= {
        f"events/{town.lower()}": event(
            "2021-10-07 14:00", temps_fort="fete", adresse={"commune": town}
        )
        for town in ("Amiens", "Lille", "Laon")
    }
    files["events/passe"] = event("2021-09-28 14:00", temps_fort="fete")
    files["events/direct"] = event(
        "2021-10-07 14:00", temps_fort="fete", en_ligne="https://exemple.org/"
    )
    counts = [
        letters.choose(files, edition=edition).temps_forts[0].rendez_vous
        for edition in (REGIONAL, SOMME)
    ]
    assert counts == [4, 1], "what is on line alone is not near"


def test_nothing_beyond_six_weeks_is_on_the_front_page(letters):
    edge = days(42)
    files = {
        "events/juste": event(f"{edge} 14:00"),
        "events/loin": event(f"{edge + timedelta(days=1)} 14:00"),
        "events/loin-mais-complet-demain": event(
            "2022-03-01 14:00", inscription=BOOKING | {"avant_le": str(days(13))}
        ),
        "events/en-avant": event("2022-03-01 14:00", a_ne_pas_manquer="2021-11-01"),
    }
    chosen = letters.choose(files)
    assert set(refs(chosen.une)) == {"events/juste", "events/loin-mais-complet-demain"}
    assert reasons(chosen)["events/loin"] == "A lieu dans plus de six semaines."
    assert reasons(chosen)["events/en-avant"] == "A lieu dans plus de six semaines."
    word = wishes(epingles=("events/loin",))
    assert "events/loin" in refs(letters.choose(editorial=word).une), "editors know what they pin"


def test_what_is_full_is_never_on_the_front_page(letters):
    first, second = ({"debut": "2021-10-06 14:00"}, {"debut": "2021-10-13 14:00"})
    full = {"etat": "complet"}

    def sessions(*rows, **fields):
        return entry("events", debut=None, seances=rows, **fields)

    files = {
        "events/complet": entry("events", **first, **full),
        "events/en-avant": entry("events", **first, **full, a_ne_pas_manquer="2021-10-06"),
        "events/deux-fois": sessions(first | full, second | full),
        "events/reste-une": sessions(first | full, second),
    }
    chosen = letters.choose(files)
    assert refs(chosen.une) == ["events/reste-une"]
    assert reasons(chosen)["events/deux-fois"] == "Complet."
    word = wishes(epingles=("events/complet",))
    assert "events/complet" in refs(letters.choose(editorial=word).une)
    for fields, motive, day in (
        ({"inscription": BOOKING | {"avant_le": "2021-10-05"}}, "reservation", date(2021, 10, 5)),
        ({}, "a-venir", date(2021, 10, 13)),  # the day when there is room
    ):
        old = sessions(first | full, second, publie_le="2021-01-04", **fields)
        told = letters.choose({"events/reste-une": old}).a_noter
        assert [(one.ref, one.motive, one.day) for one in told] == [
            ("events/reste-une", motive, day)
        ]


def test_what_is_near_comes_before_what_is_far_and_has_just_come_out(letters):
    letters.send()
    booking = BOOKING | {"avant_le": "2021-10-12"}
    fresh = {"publie_le": "2021-10-03"}
    files = {
        "events/loin": event("2021-11-06 14:00", **fresh),
        "events/loin-a-reserver": event("2021-11-07 14:00", inscription=booking, **fresh),
        "events/proche": event("2021-10-20 14:00", publie_le="2021-09-01"),
        "articles/oublie": article("2021-09-20"),
        "annonces/longue": entry("annonces", echeance="2021-11-10", **fresh),
        "articles/passe": entry("articles", a_ne_pas_manquer="2021-10-06", **fresh),
    }
    chosen = letters.choose(files, WEEK.next)
    assert refs(chosen.une) == [
        "events/loin-a-reserver", "annonces/longue", "events/proche", "articles/oublie",
        "events/loin",
    ]  # fmt: skip
    assert reasons(chosen)["articles/passe"] == "Faute de place à la une."


def test_what_is_for_professionals_alone_is_not_for_the_public(letters):
    alone = {"publics": ["professionnels"]}
    files = {
        "events/atelier": event("2021-10-05 14:00", **alone),
        "events/samedi": event(SATURDAY, **alone),
        "events/ensemble": event("2021-10-05 14:00", publics=["professionnels", "tout-public"]),
        "ressources/guide": entry("ressources", **alone),
        "lieux/reseau": lieu(**alone),
    }
    chosen = letters.choose(files)
    assert refs(picks_of(chosen)) == ["events/ensemble", "lieux/reseau"]
    left = reasons(chosen)
    assert {left[ref] for ref in ("events/atelier", "events/samedi", "ressources/guide")} == {
        "Pour les professionnels seuls."
    }
    theirs = letters.choose(edition=Edition("pro", "Pros", ("public", "professionnels")))
    assert {"events/atelier", "events/samedi"} <= set(refs(picks_of(theirs)))


CLASSES = Edition("classes", "Classes", ("public", "primaire"))


def test_offers_for_classes_have_their_section(letters):
    school = {"publics": ["primaire"], "adresse": {"commune": "Amiens"}}
    booking = BOOKING | {"avant_le": "2021-10-07"}
    files = {
        "events/samedi": event(SATURDAY, **school),
        "events/reserver": event("2021-10-19 09:00", inscription=booking, **school),
        "events/complet": event("2021-10-05 09:00", etat="complet", **school),
        "events/novembre": event("2021-11-04 09:00", **school),
        "events/decembre": event("2021-12-04 09:00", **school),
        "events/familles": event(SATURDAY, publics=["primaire", "familles"]),
    }
    chosen = letters.choose(files)
    assert refs(chosen.classes) == ["events/reserver", "events/samedi", "events/decembre"]
    everywhere = set(refs((*chosen.une, *chosen.a_noter)))
    assert everywhere.isdisjoint(refs(chosen.classes)) and "events/samedi" not in str(on(chosen))
    assert "events/familles" in str(on(chosen))
    assert reasons(chosen)["events/novembre"] == "Faute de place parmi les offres pour les classes."
    theirs = letters.choose(edition=CLASSES)
    assert theirs.classes == () and "events/samedi" in str(on(theirs))
    assert "events/reserver" in refs((*theirs.une, *theirs.a_noter))


def test_an_edition_keeps_a_place_for_what_is_its_own(letters):
    letters.send(None, WEEK, SOMME)
    files = {f"articles/region-{number}": article("2021-10-03") for number in range(6)}
    files["articles/amiens"] = entry("articles", commune="Amiens", publie_le="2021-09-20")
    chosen = letters.choose(files, WEEK.next, SOMME)
    assert len(chosen.une) == UNE and chosen.une[-1].ref == "articles/amiens"


def test_several_kinds_share_the_front_page(letters):
    files = {f"articles/a{number}": entry("articles") for number in range(6)}
    files |= {f"projets/p{number}": entry("projets", publie_le="2021-09-02") for number in range(2)}
    files["dossiers/d"] = entry("dossiers", publie_le="2021-09-02", elements=["articles/a0"])
    chosen = letters.choose(files)
    kinds = [ref.partition("/")[0] for ref in refs(chosen.une)]
    assert sorted(kinds) == ["articles", "articles", "dossiers", "projets", "projets"]


def test_what_is_new_keeps_its_places_beside_what_is_pinned(letters):
    letters.send()
    forward = article("2021-01-04", a_ne_pas_manquer="2021-12-01")
    files = {f"articles/mis-en-avant-{number}": forward for number in range(2)}
    files |= {f"articles/nouveau-{number}": article("2021-10-03") for number in range(2)}
    files["articles/tardif"] = article("2021-09-01")
    files["projets/un"] = entry("projets", publie_le="2021-10-02")
    files["lieux/musee"] = lieu(publie_le="2020-01-01")
    for pins, forward in (
        (["lieux/musee"], ["articles/mis-en-avant-0", "articles/mis-en-avant-1"]),
        (["lieux/musee", "articles/mis-en-avant-1"], ["articles/mis-en-avant-0"]),
    ):
        chosen = letters.choose(files, WEEK.next, editorial=wishes(epingles=tuple(pins)))
        assert refs(chosen.une) == [*pins, *forward, "projets/un", "articles/nouveau-0"]


def test_the_editor_pins_excludes_and_orders(letters):
    files = {f"articles/a{number}": entry("articles") for number in range(4)}
    files["lieux/musee"] = lieu(publie_le="2020-01-01")
    word = wishes(
        epingles=("lieux/musee", "articles/absent"),
        exclus=("articles/a0",),
        ordre=("articles/a3", "articles/a1"),
    )
    chosen = letters.choose(files, editorial=word)
    assert refs(chosen.une) == ["articles/a3", "articles/a1", "lieux/musee", "articles/a2"]
    assert reasons(chosen)["articles/a0"] == "Exclu par la rédaction."
    assert reasons(chosen)["articles/absent"] == "Épinglé, mais n’est pas publié."


def test_what_is_put_forward_is_told_once(letters):
    files = {"temps-forts/fete": entry("temps-forts", a_ne_pas_manquer="2021-10-15")}
    chosen = letters.send(files)
    assert [one.motive for one in chosen.une] == ["a-ne-pas-manquer"]
    assert letters.choose(None, WEEK.next).une == ()


def test_what_is_over_or_unpublished_is_never_new(letters):
    chosen = letters.choose(
        {
            "events/passe": event("2021-09-28 14:00"),
            "events/annule": entry("events", etat="annule"),
            "annonces/close": entry("annonces", echeance="2021-09-29"),
            "articles/brouillon": entry("articles", statut="brouillon"),
            "articles/plus-tard": article("2021-09-29"),
        }
    )
    assert picks_of(chosen) == ()
    assert set(reasons(chosen)) == {"events/passe", "events/annule", "annonces/close"}


def test_this_week_end_by_departement(letters):
    files = {
        "events/amiens": event(SATURDAY, adresse={"commune": "Amiens"}),
        "events/lille": event(SATURDAY, adresse={"commune": "Lille"}),
        "events/direct": event(SATURDAY, en_ligne="https://exemple.org/"),
        "events/vendredi": event("2021-10-01 14:00"),
        "events/annule": event(SATURDAY, etat="annule"),
    }
    chosen = letters.choose(files)
    assert on(chosen) == {
        "Aisne (02)": [],
        "Nord (59)": ["events/lille"],
        "Oise (60)": [],
        "Pas-de-Calais (62)": [],
        "Somme (80)": ["events/amiens"],
        "En ligne": ["events/direct"],
    }
    assert refs(chosen.a_noter) == [] and refs(chosen.une) == ["events/vendredi"]
    somme = letters.choose(edition=SOMME)
    assert on(somme) == {"Somme (80)": ["events/amiens"], "En ligne": ["events/direct"]}
    assert sum(number for _, number in somme.ruban) == 2
    pinned = letters.choose(editorial=wishes(epingles=("events/amiens",)))
    assert "events/amiens" in refs(pinned.une)
    assert "Somme (80)" not in on(pinned), "what is told elsewhere is not said to be missing"
    assert on(pinned)["Nord (59)"] == ["events/lille"]


def test_an_animation_is_announced_by_what_holds_it(letters):
    files = {"events/village": event(SATURDAY)}
    files |= {
        f"events/atelier-{number}": event(SATURDAY, evenement_parent="village")
        for number in range(3)
    }
    chosen = letters.choose(files)
    assert on(chosen)["Pas-de-Calais (62)"] == ["events/village"]
    assert chosen.week_end[3].total == 4
    assert reasons(chosen)["events/atelier-1"].startswith("Sa page est annoncée")


def test_an_animation_is_told_where_what_holds_it_is_not(letters):
    files = {
        "events/festival": event("2021-10-12 14:00", publie_le="2021-09-01"),
        "events/atelier": entry(
            "events",
            debut="2021-10-12 14:00",
            publie_le="2021-09-01",
            evenement_parent="festival",
            themes=["astronomie-espace"],
        ),
    }
    letters.send(files, WEEK.previous, CIEL)
    assert refs(letters.choose(edition=CIEL).a_noter) == ["events/atelier"]
    assert refs(letters.choose().a_noter) == ["events/festival"]


def test_a_long_exhibition_is_not_told_each_week(letters):
    files = {
        "events/expo": event("2021-09-20", fin="2021-12-20"),
        "articles/un": entry("articles"),
    }
    first = letters.choose(files, editorial=wishes(exclus=("articles/un",)))
    assert refs(first.une) == ["events/expo"]
    letters.send(None)
    assert on(letters.choose(None, WEEK.next)) == {}
    assert on(letters.choose(None, Week(2021, 50)))["Pas-de-Calais (62)"] == ["events/expo"]


def test_what_must_be_booked_comes_first(letters):
    def old(day, **fields):
        return event(f"2021-{day} 14:00", publie_le="2021-01-04", **fields)

    first, second = (
        {"inscription": BOOKING | {"avant_le": f"2021-10-{day}"}} for day in ("04", "08")
    )
    files = {
        "events/demain": old("10-01"),
        "events/loin": old("11-20", **second),
        "events/proche": old("10-14", **first),
        "events/complet": old("11-14", **first, etat="complet"),
    }
    chosen = letters.choose(files)
    assert refs(chosen.a_noter) == ["events/proche", "events/loin", "events/demain"]
    assert chosen.a_noter[0].day == date(2021, 10, 4)
    assert chosen.a_noter[0].reason == "Inscription à prendre, jusqu’au 4\u00a0octobre."
    assert reasons(chosen) == {}
    files |= {f"events/autre-{number}": files["events/demain"] for number in range(2)}
    chosen = letters.choose(files)
    assert refs(chosen.a_noter)[2:] == ["events/autre-0", "events/autre-1"]
    assert reasons(chosen) == {"events/demain": "Faute de place parmi les dates à noter."}


def test_annonces_and_fundings_that_end(letters):
    ends = ("09-30", "10-05", "10-10", "10-11", "10-03")
    files = {
        f"annonces/a{number}": entry("annonces", publie_le="2021-07-02", echeance=f"2021-{end}")
        for number, end in enumerate(ends)
    }
    assert refs(letters.choose(files).annonces) == ["annonces/a0", "annonces/a4", "annonces/a1"]
    closings = {
        "soon": "2021-10-01", "late": "2021-12-01", "open": "au fil de l’eau", "over": "2021-09-01",
    }  # fmt: skip
    files = {
        f"ressources/{name}": entry(
            "ressources", type="financement", publie_le="2021-02-01", echeance=end
        )
        for name, end in closings.items()
    }
    told = refs(letters.choose(files).annonces)
    assert told == ["annonces/a0", "ressources/soon", "annonces/a4"]


def test_new_lieux_and_tools(letters):
    files = {f"lieux/l{number}": lieu() for number in range(3)}
    files["ressources/malle"] = entry("ressources", type="malle-pedagogique", pret={"caisses": 2})
    files["ressources/livre"] = entry("ressources")
    chosen = letters.choose(files)
    assert refs(chosen.lieux) == ["lieux/l0", "lieux/l1"]
    assert refs(chosen.outils) == ["ressources/malle"] and refs(chosen.une) == ["ressources/livre"]
    assert chosen.lieux[0].reason == "Entré dans l’annuaire le 24\u00a0septembre."


def test_a_quiet_week_goes_back_to_what_no_letter_told(letters):
    files = {f"articles/a{number}": article("2021-01-04") for number in range(5)}
    letters.send(files, Week(2021, 31))
    chosen = letters.send(None, Week(2021, 32))
    assert refs(chosen.relire) == ["articles/a3", "articles/a4"]
    assert letters.choose(None, Week(2021, 33)).relire == ()
    assert len(letters.choose(None, Week(2022, 40)).relire) == 3


def test_a_busy_week_stays_a_letter(letters):
    towns = ("Amiens", "Lille", "Laon", "Beauvais", "Arras")
    files = {
        f"events/e{number}": event(
            SATURDAY, adresse={"commune": towns[number % 5]}, publie_le="2021-09-26"
        )
        for number in range(100)
    }
    files |= {f"events/plus-tard-{number}": event("2021-10-05 14:00") for number in range(40)}
    files |= {f"lieux/l{number}": lieu() for number in range(9)}
    files |= {
        f"annonces/n{number}": entry("annonces", echeance="2021-10-03") for number in range(9)
    }
    files |= {f"articles/a{number}": entry("articles") for number in range(9)}
    chosen = letters.choose(files)
    told = refs(picks_of(chosen))
    assert len(told) == len(set(told)) <= LINES
    assert [len(spot.picks) for spot in chosen.week_end if spot.code] == [2, 1, 1, 1, 1]
    assert chosen.week_end[0].total == 20 and chosen.relire == ()


def test_editions_are_told_what_concerns_them(letters):
    files = {
        "territoires/metropole": entry("territoires", type="ca", code="248000531"),
        "articles/region": article("2021-09-26"),
        "articles/amiens": entry("articles", commune="Amiens", publie_le="2021-09-02"),
        "articles/abbeville": entry("articles", commune="Abbeville", publie_le="2021-09-02"),
        "articles/lille": entry("articles", commune="Lille", themes=["astronomie-espace"]),
        "articles/somme": entry("articles", territoires=["departement-80"]),
        "events/familles": entry("events", publics=["familles"], debut="2021-10-14 14:00"),
    }
    found = {
        edition.code: refs(letters.choose(files, edition=edition).une)
        for edition in (SOMME, AMIENS, CIEL, FAMILLES)
    }
    assert found == {
        "somme": ["articles/somme", "articles/abbeville", "articles/amiens", "articles/region"],
        "amiens": ["articles/amiens", "articles/region", "articles/somme"],
        "ciel": ["articles/lille"],
        "familles": [
            "events/familles",
            "articles/region",
            "articles/lille",
            "articles/somme",
            "articles/abbeville",
        ],
    }


def test_a_figure_is_of_a_new_text_of_the_territory_of_the_edition_or_of_none(letters):
    def counted(label, day, **fields):
        figure = {"libelle": label, "valeur": "17 %"}
        return article(f"2021-09-{day}", chiffre=figure, **fields)

    files = {
        "lieux/musee": lieu(chiffres=[{"libelle": "visiteurs", "valeur": "12"}]),
        "articles/sans": article("2021-09-26"),
    }
    assert letters.choose(files).chiffre == "", "members and hoardings make no figure"
    files |= {"articles/eclipse": counted("du Soleil caché, vu de Lille", 25)}
    assert letters.choose(files).chiffre == "articles/eclipse"
    assert letters.choose(edition=CIEL).chiffre == ""
    assert letters.choose(edition=SOMME).chiffre == "", "Lille is not of the Somme"
    files |= {"articles/region": counted("d’eau salée", 24)}
    assert letters.choose(files, edition=SOMME).chiffre == "articles/region"
    files |= {"articles/amiens": counted("de marais autour d’Amiens", 23, commune="Amiens")}
    assert letters.choose(files, edition=SOMME).chiffre == "articles/amiens"
    assert letters.choose(edition=AMIENS).chiffre == "articles/amiens"
    assert letters.send().chiffre == "articles/eclipse"
    assert letters.choose(None, WEEK.next).chiffre == ""


def test_an_answer_is_that_of_a_new_text(letters):
    box = "Un texte.\n\n> [!NOTE]\n> La craie **grandit** d’un millimètre par siècle.\n"
    files = {
        "articles/sans": article("2021-09-26"),
        "articles/encadre": entry("articles", box, publie_le="2021-09-25"),
        "articles/champ": article("2021-09-24", a_retenir="Rien ne bouge."),
    }
    chosen = letters.send(files)
    assert chosen.reponse == "articles/encadre"
    assert letters.choose(None, WEEK.next).reponse == ""
    word = wishes(exclus=("articles/encadre",))
    assert letters.choose(editorial=word).reponse == "articles/champ"
    word = wishes(ordre=("articles/encadre",))
    assert letters.choose(editorial=word).reponse == "articles/champ", "the lead needs no answer"
    word = wishes(ordre=("articles/champ",), exclus=("articles/encadre",))
    assert letters.choose(editorial=word).reponse == ""


def test_who_contributed(letters):
    files = {
        "lieux/musee": lieu(titre="Musée d'exemple", publie_le="2020-01-01"),
        "articles/un": entry("articles"),
        "events/deux": entry("events", organisateurs=["musee", "Club Étoile"]),
    }
    chosen = letters.choose(files)
    assert chosen.contributeurs == ("La rédaction", "Club Étoile", "Musée d’exemple")
    files["lieux/musee"] = lieu(titre="Ferme", publie_le="2020-01-01", exemple="true")
    assert letters.choose(files).contributeurs == (
        "La rédaction", "Club Étoile", "Ferme (exemple)"
    )  # fmt: skip
    assert letters.choose(editorial=wishes(exclus=("events/deux",))).contributeurs == ()


def test_a_week_of_long_ago_knows_nothing_of_today(letters):
    files = {
        "articles/ancien": article("2021-03-02"),
        "articles/recent": article("2021-09-20"),
        "events/ancien": entry("events", publie_le="2021-03-01", debut="2021-03-06 14:00"),
    }
    site = letters.site(files)
    past = select(site, Week(2021, 9), SOMME)
    assert refs(past.une) == ["articles/ancien"]
    assert picks_of(select(site, Week(1990, 2), SOMME)) == ()
    assert select(site, Week(2040, 2), SOMME).errata == ()


def test_an_edition_without_a_letter_follows_that_of_the_region(letters):
    letters.send({"articles/un": entry("articles", commune="Amiens")})
    week = WEEK.next
    assert letters.choose(None, week, SOMME).une == ()
    files = {"articles/deux": entry("articles", commune="Amiens", publie_le="2021-10-04")}
    letters.send(files, week, SOMME)
    files = {"articles/trois": entry("articles", commune="Amiens", publie_le="2021-10-11")}
    letters.send(files, week.next)
    assert refs(letters.choose(None, week.next.next, SOMME).une) == ["articles/trois"]
    assert letters.choose(None, week.next.next).une == ()


def test_what_opens_a_letter_came_out_within_four_weeks(letters):
    edge = days(-28)
    files = {
        "articles/juste": article(str(edge)),
    }
    files |= {
        f"articles/trop-{number}": article(str(edge - timedelta(days=1))) for number in range(4)
    }
    chosen = letters.choose(files)
    assert refs(chosen.une) == ["articles/juste"]
    assert refs(chosen.relire) == ["articles/trop-0", "articles/trop-1", "articles/trop-2"]
    assert chosen.une[0].reason == "Publié le 2\u00a0septembre, il y a moins de quatre semaines."
    assert reasons(chosen)["articles/trop-3"] == "Publié il y a plus de quatre semaines."


def test_what_takes_place_soon_is_news_for_sixty_days(letters):
    edge = days(-60)
    soon = "2021-10-05 14:00"
    files = {
        "events/juste": entry("events", debut=soon, publie_le=str(edge)),
        "events/trop": entry("events", debut=soon, publie_le=str(edge - timedelta(days=1))),
    }
    chosen = letters.choose(files)
    assert refs(chosen.une) == ["events/juste"] and refs(chosen.a_noter) == ["events/trop"]
    assert chosen.une[0].reason == "Publié le 1er\u00a0août, pour le 5\u00a0octobre."


@pytest.mark.parametrize("told", [
    {"titre": "Le 28 septembre, une sonde va heurter un astéroïde"},
    {"resume": "Le 28 septembre 2021, Jupiter sera au plus près."},
    {"a_retenir": "Du 20 au 28 septembre, elle brille toute la nuit."},
    {"chiffre": {"valeur": "591", "libelle": "millions de km le 28 septembre"}},
])  # fmt: skip
@pytest.mark.parametrize("published", ["2021-09-26", "2021-08-01"])
def test_what_was_to_come_is_not_told_once_its_day_is_past(letters, told, published):
    chosen = letters.choose({"articles/sonde": article(published, **told)})
    assert (chosen.une, chosen.relire, chosen.reponse, chosen.chiffre) == ((), (), "", "")
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
    assert refs(chosen.une) == ["articles/un"]
