"""What engines are told: types, dates, places, offers, and nothing empty."""

import pytest

from plans import entry
from portail.config import SiteConfig
from portail.features.services.referencement.nodes import graph

SITE = "https://exemple.org/portail"
CONFIG = SiteConfig(region="Hauts-de-France", siteurl=SITE)


def about(tree, url, files):
    """The node of the page at ``url``."""
    view = tree.view(url, files, siteurl=SITE)
    return dict(view.machine.donnees[0])


def event(tree, **fields):
    files = {"events/essai": entry("events", **fields)}
    return about(tree, "/evenements/essai/", files)


def test_an_event_has_its_day_place_and_price(tree):
    node = event(
        tree, titre="Atelier *Astacus*", format="exposition", fin="2021-10-09 16:00",
        tarif={"prix": "5,50", "reduit": "3"}, age={"min": "8"}, jauge="40",
    )  # fmt: skip
    assert node["@type"] == "ExhibitionEvent"
    assert node["name"] == "Atelier Astacus"
    assert (node["startDate"], node["endDate"]) == (
        "2021-10-09T14:00:00+02:00",
        "2021-10-09T16:00:00+02:00",
    )
    assert node["eventStatus"] == "https://schema.org/EventScheduled"
    assert node["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert node["location"][0]["address"]["addressLocality"] == "Wizernes"
    assert [offer["price"] for offer in node["offers"]] == [5.5, 3]
    assert node["isAccessibleForFree"] is False
    assert (node["typicalAgeRange"], node["maximumAttendeeCapacity"]) == ("8-", 40)


@pytest.mark.parametrize(
    ("etat", "status"),
    [
        ("programme", "EventScheduled"),
        ("annule", "EventCancelled"),
        ("reporte", "EventPostponed"),
        ("reprogramme", "EventRescheduled"),
        ("deplace-en-ligne", "EventMovedOnline"),
        ("complet", "EventScheduled"),
    ],
)
def test_each_state_has_its_own_status(tree, etat, status):
    fields = {"etat": etat, "tarif": {"gratuit": "true"}}
    if etat in ("reporte", "reprogramme"):
        fields["ancien_debut"] = "2021-10-09 14:00"
    if etat == "deplace-en-ligne":
        fields["en_ligne"] = "https://example.org/direct"
    node = event(tree, **fields)
    assert node["eventStatus"] == f"https://schema.org/{status}"
    former = "2021-10-09T14:00:00+02:00" if "ancien_debut" in fields else None
    assert node.get("previousStartDate") == former
    sold_out = [offer["availability"] for offer in node.get("offers", ())]
    expected = {"complet": ["SoldOut"], "annule": [], "reporte": []}.get(etat, ["InStock"])
    assert sold_out == [f"https://schema.org/{one}" for one in expected]
    online = "en_ligne" in fields
    assert [one["@type"] for one in node["location"]] == ["VirtualLocation" if online else "Place"]
    assert node["eventAttendanceMode"].endswith("OnlineEventAttendanceMode") is online


def test_an_event_is_where_its_lieu_is(tree):
    address = {"rue": "2 place de la Mairie", "code_postal": "80000", "commune": "Amiens"}
    files = {
        "lieux/musee": entry("lieux", commune=None, adresse=address),
        "events/essai": entry("events", lieu="musee"),
    }
    place = about(tree, "/evenements/essai/", files)["location"][0]
    assert place["url"] == f"{SITE}/lieux/musee/"
    assert place["address"]["streetAddress"] == "2 place de la Mairie"


def test_seances_are_sub_events_each_with_its_state(tree):
    seances = [
        {"debut": "2021-10-02 14:00"}, {"debut": "2021-10-09 14:00", "etat": "complet"},
        {"debut": "2021-10-10", "etat": "annule"},
        {"debut": "2021-10-16 14:00", "etat": "reprogramme", "ancien_debut": "2021-10-15 14:00"},
    ]  # fmt: skip
    node = event(tree, seances=seances, tarif={"prix": "4"})
    (place,) = node["location"]
    assert place["address"]
    assert [one["location"] for one in node["subEvent"]] == [[{"@id": place["@id"]}]] * 4
    assert [
        (one["startDate"], one["eventStatus"].rpartition("/")[2],
         one.get("offers", [{}])[0].get("availability"))
        for one in node["subEvent"]
    ] == [
        ("2021-10-02T14:00:00+02:00", "EventScheduled", None),
        ("2021-10-09T14:00:00+02:00", "EventScheduled", "https://schema.org/SoldOut"),
        ("2021-10-10", "EventCancelled", None),
        ("2021-10-16T14:00:00+02:00", "EventRescheduled", None),
    ]  # fmt: skip


def test_what_an_event_holds_and_what_holds_it(tree):
    """Each with its days and its place: engines judge it as any other."""
    held = {"evenement_parent": "village"}
    days = {"du": "2021-10-01", "au": "2021-10-11"}
    village = {"debut": "2021-10-09", "fin": "2021-10-10", "adresse": {"commune": "Amiens"}}
    files = {
        "temps-forts/fete": entry("temps-forts", titre="Fête", editions={"2021": days}),
        "events/village": entry(
            "events", titre="Village", temps_fort="fete", edition=2021, **village
        ),
        "events/a": entry("events", titre="A", debut="2021-10-09 15:00", etat="annule", **held),
        "events/b": entry("events", titre="B", temps_fort="fete", **held),
    }
    node = about(tree, "/evenements/village/", files)
    (above,) = node["superEvent"]
    assert (above["@type"], above["name"]) == ("Festival", "Fête 2021")
    assert above["url"] == f"{SITE}/temps-forts/fete/"
    assert (above["startDate"], above["endDate"]) == ("2021-10-01", "2021-10-11")
    assert above["location"]["address"]["addressCountry"] == "FR"
    assert [(one["name"], one["url"]) for one in node["subEvent"]] == [
        ("B", f"{SITE}/evenements/b/"), ("A", f"{SITE}/evenements/a/"),
    ]  # fmt: skip
    assert node["subEvent"][1]["eventStatus"] == "https://schema.org/EventCancelled"
    assert node["subEvent"][1]["startDate"] == "2021-10-09T15:00:00+02:00"
    parent, series = about(tree, "/evenements/b/", files)["superEvent"]
    assert (parent["@type"], parent["name"]) == ("EducationEvent", "Village")
    assert (parent["startDate"], parent["endDate"]) == ("2021-10-09", "2021-10-10")
    assert parent["location"][0]["address"]["addressLocality"] == "Amiens"
    assert (series["@type"], series["name"]) == ("EventSeries", "Fête")
    fete = about(tree, "/temps-forts/fete/", files)
    assert (fete["@type"], [one["name"] for one in fete["subEvent"]]) == (
        "EventSeries", ["Fête 2021"],
    )  # fmt: skip
    # Its page tells the edition that is to come.
    (edition,) = fete["subEvent"]
    assert edition["url"] == fete["url"]
    assert [event["name"] for event in edition["subEvent"]] == ["Village"]


def test_a_hundred_seances_are_not_all_told(tree):
    node = event(tree, debut="2021-09-01 10:00", rrule="FREQ=WEEKLY;COUNT=100")
    assert len(node["subEvent"]) == 24
    assert node["subEvent"][0]["startDate"] >= "2021-09-27"


def test_what_is_over_is_told_from_its_first_day_to_its_last(tree):
    seances = [
        {"debut": f"2021-09-{day} 14:00", "fin": f"2021-09-{day} 15:00"} for day in ("05", 12)
    ]
    node = event(tree, seances=seances)
    assert "subEvent" not in node
    assert (node["startDate"], node["endDate"]) == (
        "2021-09-05T14:00:00+02:00", "2021-09-12T15:00:00+02:00",
    )  # fmt: skip


def test_an_exhibition_is_one_thing_that_lasts(tree):
    horaires = {
        "du": "2021-09-15", "au": "2021-12-15", "tous_les": ["mercredi", "samedi", "dimanche"],
        "de": "14:00", "a": "18:00", "sauf": ["2021-11-01..2021-11-06"],
    }  # fmt: skip
    node = event(tree, format="exposition", debut=None, horaires=horaires)
    assert "subEvent" not in node
    assert (node["startDate"], node["endDate"]) == ("2021-09-15", "2021-12-15")
    days = ("Wednesday", "Saturday", "Sunday")
    assert node["eventSchedule"] == {
        "@type": "Schedule",
        "repeatFrequency": "P1W",
        "byDay": [f"https://schema.org/{day}" for day in days],
        "startDate": "2021-09-15",
        "endDate": "2021-12-15",
        "startTime": "14:00",
        "endTime": "18:00",
        "exceptDate": ["2021-11-03", "2021-11-06"],
        "scheduleTimezone": "Europe/Paris",
    }


def test_an_article_is_news_by_someone(tree):
    files = {
        "auteurs/ada": entry("auteurs", titre="Ada Exemple"),
        "articles/essai": entry(
            "articles", auteurs=["ada", "La rédaction"], modifie="2021-09-25",
            references=[{"titre": "Un rapport", "doi": "10.1000/182"}], commune="Wizernes",
        ),
    }  # fmt: skip
    node = about(tree, "/articles/essai/", files)
    assert (node["@type"], node["headline"]) == ("NewsArticle", "Titre articles")
    assert [one["@type"] for one in node["author"]] == ["Person", "Organization"]
    assert node["author"][0]["url"] == f"{SITE}/auteurs/ada/"
    assert (node["datePublished"], node["dateModified"]) == ("2021-09-20", "2021-09-25")
    assert node["license"].startswith("https://creativecommons.org/")
    assert node["citation"][0]["url"] == "https://doi.org/10.1000/182"
    assert node["contentLocation"]["name"] == "Wizernes"


def test_a_lieu_has_the_type_of_its_own_list(tree):
    fields = {"site": "https://example.org/", "horaires_ouverture": "Tu 10:00-12:00"}
    library, club = (
        about(tree, "/lieux/essai/", {"lieux/essai": entry("lieux", type=sort, **fields)})
        for sort in ("mediatheque", "association")
    )
    assert (library["@type"], library["sameAs"]) == ("Library", ["https://example.org/"])
    assert "inLanguage" not in library
    assert "openingHoursSpecification" in library
    assert "openingHoursSpecification" not in club, "what is no place has no hours"


def test_a_place_says_when_it_is_open(tree):
    fields = {
        "type": "mediatheque",
        "horaires_ouverture": "Tu,Sa 10:00-12:00,14:00-24:00; Jul-Aug off; PH off; SH Mo 9:00+",
        "fermetures": [
            {"du": "2021-12-24", "au": "2022-01-02"},
            {"du": "2021-11-24", "au": "2021-12-02", "equipement": "auditorium"},
        ],
        "tarifs": [{"libelle": "plein", "prix": 6}, {"libelle": "enfant", "prix": 0}],
        "equipements": [{"type": "auditorium", "places": 200}],
        "accessibilite": {"moteur": "oui", "visuel": "non", "mental": "partiel"},
    }
    node = about(tree, "/lieux/essai/", {"lieux/essai": entry("lieux", **fields)})
    told = [
        ([day.rpartition("/")[2] for day in one.get("dayOfWeek", ())], one["opens"], one["closes"],
         one.get("validFrom"), one.get("validThrough"))
        for one in node["openingHoursSpecification"]
    ]  # fmt: skip
    assert told == [
        (["Tuesday", "Saturday"], "10:00", "12:00", None, None),
        (["Tuesday", "Saturday"], "14:00", "23:59", None, None),
        ([], "00:00", "00:00", "2022-07-01", "2022-08-31"),
        (["PublicHolidays"], "00:00", "00:00", None, None),
    ]
    (closure,) = node["specialOpeningHoursSpecification"]
    assert (closure["validFrom"], closure["validThrough"]) == ("2021-12-24", "2022-01-02")
    assert {one["name"]: one["value"] for one in node["amenityFeature"]} == {
        "Auditorium": True, "Accessible : handicap moteur": True,
        "Accessible : handicap visuel": False,
    }  # fmt: skip
    assert node["containsPlace"][0]["maximumAttendeeCapacity"] == 200
    assert node["priceRange"].replace("\u00a0", " ") == "0 € – 6 €"
    assert "isAccessibleForFree" not in node


def test_a_page_says_where_it_stands(tree):
    files = {"lieux/essai": entry("lieux", titre="Le *Musée*")}
    pages = tree.pages(files, siteurl=SITE)
    steps = graph(pages["/lieux/essai/"].view(), CONFIG)["@graph"][-1]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2]
    assert steps[-1]["name"] == "Le Musée"
    assert [step.get("item") for step in steps] == [f"{SITE}/lieux/", None]
    home, top = (graph(pages[url].view(), CONFIG)["@graph"] for url in ("/", "/lieux/"))
    assert ([node["@type"] for node in home], top) == (["WebSite"], [])


def test_what_is_over_is_no_longer_on_offer(tree):
    told = event(tree, debut="2021-09-01 14:00", tarif={"gratuit": "true"})
    assert told["isAccessibleForFree"] and "offers" not in told
