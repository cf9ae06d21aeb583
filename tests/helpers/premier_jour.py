"""What open data would answer for a region, recorded of our own making in the columns of each list:
outings (``tests/sources/sorties.txt``), museums, libraries. None of it is true."""

import json
import re
from datetime import datetime, timedelta

from checkout import ROOT

ROWS = [
    [part.strip() for part in line.split("|")]
    for line in (ROOT / "tests/sources/sorties.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
PLACES = {
    "Normandie": [("76000", "Rouen"), ("14000", "Caen"), ("50100", "Cherbourg-en-Cotentin")],
    "Occitanie": [("31000", "Toulouse"), ("34000", "Montpellier"), ("46000", "Cahors")],
}
# In the columns of each list: two regions, a museum that is closed for ever.
MUSEUMS = """\
identifiant;nom_officiel;adresse;code_postal;ville;region;url;coordonnees;histoire
M1;musée inventé de Rouen;1 rue Inventée;76000;Rouen;Normandie;musee-invente.fr;49.44, 1.09;
M2;musée inventé de Toulouse;1 rue Inventée;31000;Toulouse;Occitanie;;43.6, 1.44;
M3;musée d'hier;1 rue Inventée;31000;Toulouse;Occitanie;;43.6, 1.44;Le musée a fermé ses portes.
"""
HOURS = "Tu-Sa 10:00-12:00,14:00-18:00; Su 14:00-18:00; PH off"
LIBRARIES = f"""\
name;type;phone;website;opening_hours;meta_name_com;meta_code_com;meta_geo_point;meta_osm_id;meta_last_update
Bibliothèque inventée;library;;;"{HOURS}";Rouen;76540;49.44, 1.09;1;2026-10-02T08:00:00+00:00
Médiathèque inventée;library;;;"{HOURS}";Toulouse;31555;43.6, 1.44;2;2026-10-02T08:00:00+00:00
Autre médiathèque;library;;;Mo-Fr 10:00-18:00;Toulouse;31555;43.6, 1.44;3;2026-10-02T08:00:00+00:00
"""


def answer(region):
    """What the open data of a region would say: each outing in three towns, a ninth cancelled."""
    rows = []
    for town in range(3):
        for rank, (_, title, text, words) in enumerate(ROWS):
            code, city = PLACES[region][(rank + town) % 3]
            begin = datetime(2026, 12, 1, 14) + timedelta(days=rank % 40 + 20 * town)
            ends = [f"{it:%Y-%m-%dT%H:%M:00}+01:00" for it in (begin, begin + timedelta(hours=2))]
            state = {"id": 6, "label": {"fr": "Annulé"}} if rank % 9 == 8 else {"id": 1}
            rows.append({
                "uid": f"{9_000_000 + 1000 * town + rank}",
                "title_fr": f"{title} ({city})",
                "canonicalurl": f"https://openagenda.com/fiction/events/{town}-{rank}",
                "description_fr": text, "keywords_fr": words.split(", ") if words else None,
                "firstdate_begin": ends[0], "firstdate_end": ends[1], "lastdate_begin": ends[0],
                "lastdate_end": ends[1],
                "timings": json.dumps([{"begin": ends[0], "end": ends[1]}]),
                "location_name": f"Salle inventée {rank % 7}", "location_address": "1 rue Inventée",
                "location_postalcode": code, "location_city": city,
                "location_coordinates": {"lon": 1.0, "lat": 44.0}, "conditions_fr": "Gratuit",
                "status": json.dumps(state), "attendancemode": '{"id": 1}',
                "registration": '[{"type": "email", "value": "une.personne@example.org"}]',
                "originagenda_title": f"Agenda inventé {rank % 11}",
            })  # fmt: skip
    return json.dumps(rows).encode()


def lists(region):
    """The answer of each open list, by what its address holds."""
    return {"publics-openagenda": answer(region), "museofile": MUSEUMS.encode(),
            "osm-france-library": LIBRARIES.encode()}  # fmt: skip


def served(text, region, liar):
    """``sources.yml`` whose addresses are on this machine."""
    for name, data in lists(region).items():
        text = re.sub(rf'"?https?://\S*{name}[^"\n]*"?', f"{liar.url}/{name}", text)
        liar.routes[f"/{name}"] = (200, {}, data)
    liar.routes["/robots.txt"] = (404, {}, b"")
    return text
