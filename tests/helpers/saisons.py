"""The season of a museum that does not exist, as its agenda and its spreadsheet say it."""

from datetime import date, timedelta

FIRST = date(2021, 10, 2)


def calendar(count=39):
    """An ``.ics``: ``count`` dates of their own, every third day at 2 pm, then one that comes back
    each Wednesday."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Exemple//FR"]
    for rank in range(count):
        day = FIRST + timedelta(days=3 * rank)
        lines += _event(f"u{rank}", f"Fabrication fictive numéro {rank + 1}", day)
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20211221T230000Z"
    lines += _event("semaine", "Visite fictive du mercredi", date(2021, 10, 6), rule)
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _event(uid, title, day, *more):
    zone = "TZID=Europe/Paris"
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@exemple.test",
        "DTSTAMP:20210901T000000Z",
        f"DTSTART;{zone}:{day:%Y%m%d}T140000",
        f"DTEND;{zone}:{day:%Y%m%d}T160000",
        f"SUMMARY:{title}",
        "DESCRIPTION:On fabrique un objet. Puis on l’observe.",
        "LOCATION:Salle fictive\\, 4 rue des Alouettes\\, 62500 Saint-Omer",
        *more,
        "END:VEVENT",
    ]


HEADS = ("Intitulé", "Description", "Type", "Date", "Horaires", "Lieu", "Ville", "Tarif", "Public")
PLACE = ("Salle fictive", "Saint-Omer")


def spreadsheet(faulty=""):
    """The ten dates of an autumn as a museum keeps them: a title, notes, an empty row, days written
    in several ways, a total; ``faulty`` takes the place of the day of the third."""
    days = [
        date(2021, 10, 9), "samedi 16 octobre 2021", faulty or "23/10/2021", "30 octobre 2021",
        date(2021, 11, 6), "13/11/2021", "20 novembre 2021", date(2021, 11, 27),
        "samedi 4 décembre 2021", "du 11 au 12 décembre 2021",
    ]  # fmt: skip
    rows = [["Programme d’automne"], ["à relire"], [], list(HEADS)]
    for rank, day in enumerate(days):
        title, price = f"Rendez-vous fictif {rank + 1}", "gratuit" if rank % 2 else "5 €"
        told = ["On observe, puis on dessine.", "Atelier", day, "14h30 à 16h", *PLACE, price]
        rows.append([title, *told, "familles"])
    return [*rows, [], ["Total", "", "", "", "", "", "", "10 dates"]]
