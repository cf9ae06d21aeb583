"""The form judges as ``portail check`` does: same codes, same paths, same sentences."""

import json
from collections import Counter
from functools import cache
from pathlib import PurePosixPath
from unittest.mock import patch

import pytest
from en_tetes import front_matters

from doses import dose, rows_of
from portail.agenda.recurrence import expand
from portail.diagnostics import Report
from portail.features.services.schemas.kind_schema import kind_schema
from portail.geo.names import Unknown
from portail.geo.territories import Ambiguous
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.source import validation
from tables import lists, node, places, reading

pytestmark = pytest.mark.chromium

HERE = "Hauts-de-France"
KINDS = (Kind.EVENT, Kind.ARTICLE, Kind.ANNONCE, Kind.RESSOURCE, Kind.LIEU, Kind.DOSSIER)
LEFT_TO_CHECK = {"E504", "E230", "E231", "E249", "E286"}
"""Loans, rules of recurrence sentences of opening hours and façades, which only Python judges."""
JUDGE = """async ([schemas, cas, communes]) => {
  const charger = (nom) => import(`/theme/js/contribuer-${nom}.js`);
  const noms = ['controle', 'lecture', 'regles', 'dates', 'proches'];
  const [controle, ...reste] = await Promise.all(noms.map(charger));
  const outils = Object.fromEntries(reste.map((module, rang) => [noms[rang + 1], module]));
  outils.reference = async () => null;
  outils.commune = async (texte) => new Map(communes).get(texte);
  const dits = [];
  for (const [genre, entete] of cas) {
    dits.push(await controle.controler(schemas[genre], JSON.parse(entete), outils));
  }
  return dits;
}"""


@cache
def schemas():
    return {kind.value: kind_schema(kind, lists(), places(HERE).place) for kind in KINDS}


def checked(kind, fields):
    """Code, path, message, remedy and line to write of each fault that Python finds."""
    found = []

    def locate(fault, root, path):
        said = original(fault, root, path)
        place = json.dumps(fault.loc, ensure_ascii=False)
        found.append((said.code, place, said.message, said.hint, said.paste))
        return said

    original, root, path = validation.locate, node(fields), PurePosixPath("content/x.md")
    with patch.object(validation, "locate", locate):
        entry, more, _ = validation.validate(root, kind, "x", path, reading(HERE))
        if isinstance(entry, Event) and not Report(more).has_errors:
            dates = entry.debut, entry.fin, entry.seances, entry.horaires, entry.rrule
            expanded = expand(*dates, entry.etat)
            for fault in expanded if isinstance(expanded, list) else ():
                locate(fault, root, path)
    return sorted(one for one in found if one[0] not in LEFT_TO_CHECK and not _of_loans(one))


def _of_loans(said):
    """Whether it says that a loan takes a copy which does not exist."""
    return "exemplaire" in said[1] and said[3].startswith("Écrivez un nombre de 1 à ")


def told(faults):
    """The same, as the browser says it."""
    rows = []
    for one in faults:
        place = json.dumps(one["chemin"], ensure_ascii=False)
        rows.append((one["code"], place, one["message"], one["remede"], one["ecrire"]))
    return sorted(rows)


def communes(value):
    """Every text of a field « commune »."""
    for name, one in value.items() if isinstance(value, dict) else ():
        if name == "commune" and isinstance(one, str):
            yield one.strip()
        yield from communes(one)
    for one in value if isinstance(value, list) else ():
        yield from communes(one)


def resolved(text):
    """What the module of communes gives for a text, from the tables themselves."""
    found = places(HERE).commune(text)
    if isinstance(found, Ambiguous):
        return {"candidats": [[one.code, one.nom, one.departement] for one in found.candidates]}
    return {"proches": [*found.nearest]} if isinstance(found, Unknown) else {"code": found.code}


def answers(page, cases):
    """Faults of each front matter, as a form gets them."""
    texts = sorted({text for _, fields in cases for text in communes(fields)})
    known = [[text, resolved(text)] for text in texts if text]
    rows = [(kind.value, json.dumps(fields)) for kind, fields in cases]
    return page.evaluate(JUDGE, [schemas(), rows, known])


def judged(page, cases):
    """What the browser says of each front matter."""
    return [told(faults) for faults in answers(page, cases)]


def test_front_matters_are_judged_alike(page):
    most = dose(36, 180)
    cases = [
        (kind, fields)
        for seed, kind in enumerate(KINDS)
        for fields in front_matters(
            schemas()[kind.value], most if kind is Kind.EVENT else most // 2, seed
        )
    ]
    assert len(cases) > dose(100, 500)
    judged_here = [(case, checked(*case)) for case in cases]
    # A form writes « true » in « partout »: names of territories (E267) are only found in files. It
    # writes no draft either, whose gaps are no mistakes.
    kept_here = [
        (case, faults)
        for case, faults in judged_here
        if not str(case[1].get("statut")).strip().lower().startswith(("brouillon", "draft"))
        and "E267" not in {said[0] for said in faults}
    ]
    cases = [case for case, _ in kept_here]
    python = [faults for _, faults in kept_here]
    browser = judged(page, cases)
    other = [
        (kind.value, fields, set(one) - set(two), set(two) - set(one))
        for (kind, fields), one, two in zip(cases, python, browser, strict=True)
        if one != two
    ]
    assert other[:5] == [], len(other)
    seen = Counter(row[0] for rows in python for row in rows)
    assert sum(not rows for rows in python) > dose(10, 50)
    assert len(seen) > dose(20, 30), seen


BASE = {
    "titre": "La nuit de la chouette",
    "resume": "Une sortie.",
    "publie_le": "2021-09-20",
    "format": ["atelier"],
    "debut": "2021-10-09 14:00",
    "adresse": {"commune": "Amiens"},
}
STRESSED = rows_of("portail_contribuer/tests/contribuer/controle.yml")


def test_what_stressed_people_type(page):
    cases = [
        (Kind.EVENT, {key: one for key, one in (BASE | more).items() if one is not None})
        for more, _, _ in STRESSED
    ]
    found = judged(page, cases)
    for (kind, fields), said, (more, code, remedy) in zip(cases, found, STRESSED, strict=True):
        assert said == checked(kind, fields), more
        assert [one[0] for one in said] == ([code] if code else []), more
        assert remedy in "".join(one[3] for one in said), more
