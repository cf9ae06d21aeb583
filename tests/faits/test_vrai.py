"""What is true in the demonstration is what a public page says, and its share never falls.

``pratique.yaml`` copies how to reach and enter the places of the directory. The days of outings are
in ``rendez_vous.yaml``.
"""

from collections import Counter
from pathlib import Path

from demonstration import TODAY, contents, every_content, yaml_of
from doses import together
from portail.features.kinds.lieux.model import Lieu
from portail.model.event import Event

PLACES = yaml_of(Path(__file__).with_name("pratique.yaml").read_text("utf-8"))
TRUE = {
    "annonces": 0.27,
    "articles": 0.89,
    "dossiers": 0.94,
    "events": 0.65,
    "lieux": 0.93,
    "ressources": 0.63,
}
"""Least share of true contents by kind, events to come alone. It only rises."""
INVENTED = 45
"""Most invented events to come."""
COMPLETE = 26
"""Least places that say where, when, for how much an adult enters and whom to ask."""

PLACED = 34
"""Least true places whose position is known."""


def to_come(content):
    """Whether a content is no event, or one that is not over."""
    return not isinstance(content.entry, Event) or any(
        one.last_day >= TODAY for one in content.occurrences
    )


@together(lambda: PLACES)
def test_a_place_is_reached_as_its_pages_say(slug):
    entry = contents()[f"lieux/{slug}"].entry
    told = {
        "rue": entry.adresse and entry.adresse.rue,
        "code_postal": entry.adresse and entry.adresse.code_postal,
        "telephone": entry.telephone,
        "site": entry.site,
        "horaires": entry.horaires_ouverture,
        "prix": [row.prix for row in entry.tarifs],
    }
    assert {key: value for key, value in told.items() if value} == PLACES[slug]
    assert entry.references


def complete(entry):
    """Whether a sheet says where a place is, whom to ask, when it opens, its price, how to come."""
    asked = entry.telephone or entry.courriel
    come = entry.acces or entry.accessibilite
    where = entry.adresse and entry.adresse.rue
    return all((where, asked, entry.site, entry.horaires_ouverture, entry.prix_connu, come))


def test_places_are_described_wholly_and_a_position_names_its_source():
    sheets = [one.entry for one in contents().values() if isinstance(one.entry, Lieu)]
    assert len([one for one in sheets if complete(one)]) >= COMPLETE
    placed = [sheet for sheet in sheets if sheet.coordonnees if not sheet.exemple]
    assert len(placed) >= PLACED
    for sheet in placed:
        assert any("coordonnées" in f"{source.note}" for source in sheet.references), sheet.titre


def test_the_share_of_what_is_true_never_falls():
    true = Counter()
    every = Counter()
    for ref, one in every_content().items():
        if to_come(one):
            every[ref.split("/")[0]] += 1
            true[ref.split("/")[0]] += not one.entry.exemple
    assert [kind for kind, share in TRUE.items() if true[kind] < share * every[kind]] == []
    assert every["events"] - true["events"] <= INVENTED
