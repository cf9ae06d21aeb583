"""What a letter says of the events that changed since it announced them."""

from choices import WEEK
from doses import each, rows_of
from plans import entry

BASE = {
    "titre": "Atelier",
    "debut": "2021-10-14 14:00",
    "adresse": {"nom": "Salle Exemple", "commune": "Amiens"},
}
NEXT = WEEK.next
BAL = {"events/bal": entry("events", debut="2021-10-02 20:00")}
"""What makes a letter of one that would only hold what comes back."""


def event(**fields):
    return {"events/atelier": entry("events", **BASE | fields)}


@each(rows_of("portail_lettre/tests/errata.yml"))
def test_what_changed_is_told_once(letters, avant, champs, dit):
    before = avant or {}
    letters.send(event(**before) | BAL)
    found = letters.send(event(**before | champs), NEXT).errata
    told = [
        {"annonces": [*one.avant.jours], "etat": one.apres.etat, "jours": [*one.apres.jours]}
        for one in found
    ]
    assert told == ([] if dit is None else [dit])
    assert {(one.avant.titre, one.semaine) for one in found} <= {("Atelier", WEEK)}
    assert letters.choose(week=NEXT.next).errata == ()
