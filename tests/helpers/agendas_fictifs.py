"""Agendas made for tests, openly fictional, whose contents are known without our readers."""

import csv
import io
import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
TOWNS = (("62570", "Wizernes"), ("80000", "Amiens"), ("59000", "Lille"), ("02000", "Laon"))
HANDICAPS = {"ii": "mental", "hi": "auditif", "vi": "visuel", "pi": "psychique", "mi": "moteur"}
STATES = {1: "", 2: "reprogramme", 4: "reporte", 5: "complet", 6: "annule"}


@dataclass
class Written:
    """One event as OpenAgenda has it; ``said``: what a reader must find, by the path of its field
    in the detailed form of the API."""

    event: dict = field(default_factory=dict)
    said: dict = field(default_factory=dict)

    def put(self, path, value, *said):
        """Writes a value at a path of keys; ``said`` must be found for it (else it is repeated)."""
        place = self.event
        *steps, last = path.split(".")
        for step in steps:
            place = place.setdefault(step, {})
        place[last] = value
        if said:
            self.said[path] = list(said)


def events(count=220, seed=24):
    """Events in the detailed form of the API (v2), none of which is true."""
    for rank in range(1, count + 1):
        yield _event(Random(f"{seed}-{rank}"), rank)


def _event(random, rank):
    made = Written()
    made.put("uid", 90_000_000 + rank, str(90_000_000 + rank))
    made.put("slug", f"fiction-{rank}")
    made.put("originAgenda", {"uid": 7, "slug": "agenda-fictif", "title": "Agenda fictif"})
    url = f"https://openagenda.com/agenda-fictif/events/fiction-{rank}"
    made.put("canonicalUrl", url, url)
    for name, path in (("Titre", "title"), ("Résumé", "description"), ("Texte", "longDescription")):
        made.put(f"{path}.fr", f"{name} inventé n° {rank}", f"{name} inventé n° {rank}")
    if rank % 40 == 0:
        made.put("title.en", f"Made up {rank}", f"Made up {rank}")
    words = [f"mot {rank}", "fiction"]
    made.put("keywords.fr", words, *words)
    made.put("conditions.fr", f"{rank % 9 + 1} € pour tous", f"{rank % 9 + 1} € pour tous")
    _timings(made, random)
    _place(made, random, rank)
    made.put("age", {"min": rank % 10, "max": rank % 10 + 60}, str(rank % 10), str(rank % 10 + 60))
    ways = [
        f"reserver{rank}@exemple.test",
        f"https://exemple.test/reserver/{rank}",
        "03 21 00 00 00",
    ]
    rows = [
        {"type": kind, "value": way}
        for kind, way in zip(("email", "link", "phone"), ways, strict=True)
    ]
    made.put("registration", rows, *ways)
    chosen = {code for code in HANDICAPS if random.random() < 0.4}
    made.put("accessibility", {code: code in chosen for code in HANDICAPS},
             *sorted(HANDICAPS[code] for code in chosen))  # fmt: skip
    status = random.choice([*STATES])
    made.put("status", status, *filter(None, [STATES[status]]))
    made.put("state", 2)
    mode = random.choice((1, 3))
    made.put("attendanceMode", mode)
    if mode == 3:
        made.put("onlineAccessLink", f"https://exemple.test/{rank}", f"https://exemple.test/{rank}")
    made.put("image", {"base": "https://exemple.test/", "filename": f"{rank}.jpg", "variants": []},
             f"https://exemple.test/{rank}.jpg")  # fmt: skip
    made.put("imageCredits", f"Studio inventé {rank}", f"Studio inventé {rank}")
    made.put("createdAt", "2021-07-01T22:30:00.000Z", "2021-07-02")
    made.put("updatedAt", "2021-08-02T08:00:00.000Z", "2021-08-02")
    made.put("timezone", "Europe/Paris")
    if rank % 5 == 0:
        link = f"https://exemple.test/en-savoir-plus/{rank}"
        made.put("links", [{"link": link}], link)
    if rank % 50 == 0:
        made.put("featured", True, "true")
    return made


def _timings(made, random):
    first = date(2021, 10, 1) + timedelta(days=random.randrange(300))
    rows, said = [], []
    for week in range(random.randrange(1, 5)):
        day = first + timedelta(days=7 * week)
        begin = datetime(day.year, day.month, day.day, random.randrange(8, 20), 30, tzinfo=PARIS)
        end = begin + timedelta(hours=1, minutes=15)
        rows.append({"begin": begin.isoformat(), "end": end.isoformat()})
        said += [f"{begin:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}"]
    made.put("timings", rows, *said)
    made.put("firstTiming", rows[0])
    made.put("lastTiming", rows[-1])
    made.put("dateRange.fr", "des jours inventés")


def _place(made, random, rank):
    post, town = random.choice(TOWNS)
    name, street = f"Salle inventée {rank % 12}", f"{rank} rue de la Fiction"
    made.put("location.uid", rank % 12)
    made.put("location.name", name, name)
    made.put("location.address", f"{street}, {post} {town}, France", street)
    made.put("location.postalCode", post, post)
    made.put("location.city", town, town)
    made.put("location.region", "Hauts-de-France")
    made.put("location.latitude", 50.5 + rank / 1000, str(50.5 + rank / 1000))
    made.put("location.longitude", 2.25, "2.25")
    made.put("location.countryCode", "FR")
    if rank % 12 == 0:
        made.put("location.phone", "03 21 11 11 11", "03 21 11 11 11")


def as_v2(made):
    """The answer of the API, detailed."""
    rows = [one.event for one in made]
    return json.dumps({"total": len(rows), "events": rows}, ensure_ascii=False).encode()


def _flat(event):
    """An event under the names of the open data set of public events."""
    place, image = event["location"], event["image"]
    return {
        "uid": str(event["uid"]), "slug": event["slug"], "canonicalurl": event["canonicalUrl"],
        "title_fr": event["title"]["fr"], "description_fr": event["description"]["fr"],
        "longdescription_fr": event["longDescription"]["fr"],
        "conditions_fr": event["conditions"]["fr"], "keywords_fr": event["keywords"]["fr"],
        "image": image["base"] + image["filename"], "imagecredits": event["imageCredits"],
        "timings": json.dumps(event["timings"]), "updatedat": event["updatedAt"],
        "createdat": event["createdAt"], "daterange_fr": event["dateRange"]["fr"],
        "accessibility": [code for code, value in event["accessibility"].items() if value],
        "location_uid": place["uid"], "location_name": place["name"],
        "location_address": place["address"], "location_postalcode": place["postalCode"],
        "location_city": place["city"], "location_region": place["region"],
        "location_coordinates": {"lon": place["longitude"], "lat": place["latitude"]},
        "attendancemode": event["attendanceMode"],
        "onlineaccesslink": event.get("onlineAccessLink"),
        "status": event["status"], "age_min": event["age"]["min"], "age_max": event["age"]["max"],
        "originagenda_title": "Agenda fictif", "originagenda_uid": "7",
        "registration": json.dumps([row["value"] for row in event["registration"]]),
    }  # fmt: skip


def as_open_data(made):
    """The export of the open data set."""
    rows = [_flat(one.event) for one in made]
    return json.dumps({"total_count": len(rows), "results": rows}).encode()


COLUMNS = {
    "uid": "Identifiant", "title_fr": "Titre - FR", "description_fr": "Description - FR",
    "longdescription_fr": "Description longue - FR", "keywords_fr": "Mots clés - FR",
    "timings": "Horaires ISO", "conditions_fr": "Conditions - FR",
    "accessibility": "Accessibilité", "createdat": "Date de création",
    "updatedat": "Dernière mise à jour", "image": "Image", "imagecredits": "Crédits de l’image",
    "onlineaccesslink": "Lien d’accès", "registration": "Outils d’inscription",
    "age_min": "Âge minimum", "age_max": "Âge maximum", "location_name": "Nom du lieu",
    "location_address": "Adresse", "location_postalcode": "Code postal", "location_city": "Ville",
    "canonicalurl": "Lien", "status": "Statut", "attendancemode": "Mode de participation",
}  # fmt: skip


def as_csv(made):
    """The table that an agenda exports, its columns in French."""
    out = io.StringIO(newline="")
    rows = csv.DictWriter(out, COLUMNS.values(), delimiter=";", quoting=csv.QUOTE_ALL)
    rows.writeheader()
    for one in made:
        flat = _flat(one.event)
        slots = [f"{slot['begin']}->{slot['end']}" for slot in one.event["timings"]]
        flat |= {"timings": "\n".join(slots), "keywords_fr": ", ".join(flat["keywords_fr"])}
        flat |= {"accessibility": ", ".join(flat["accessibility"])}
        flat |= {"registration": ", ".join(json.loads(flat["registration"]))}
        rows.writerow({title: flat[name] for name, title in COLUMNS.items()})
    return out.getvalue().encode("utf-8-sig")
