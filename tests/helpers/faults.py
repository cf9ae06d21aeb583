"""A portal with thirty planted faults, each marked where its report must point.

In these texts ``‹E213›`` stands right before the first character that the report must name; the
marks are taken out when the files are written, and say line and column.
"""

import re
from typing import NamedTuple

_MARK = re.compile("‹([EAC][0-9]{3})›")

HEAD = "resume: Un résumé.\npublie_le: 2021-09-01\n"

SOUND = {
    "content/lieux/la-coupole.md": f"""\
---
titre: La Coupole
{HEAD.replace("publie_le: 2021-09-01", "type: musee")}commune: Wizernes
---

Un lieu sans faute.
""",
    "content/articles/sans-faute.md": f"""\
---
titre: Un article sans faute
{HEAD}---

## Un intertitre

Il mène à [La Coupole](lieux/la-coupole).
""",
}
"""Two entries without fault, which a preview publishes."""

FAULTY = {
    "content/events/nuit.md": f"""\
---
titre: La nuit
{HEAD}seances:
  - debut: 2021-10-09 14:00
  - {{debut: 2021-10-10 14:00, fin: ‹E213›2021-10-10 12:00}}
lieu: la-coupole
format: [‹E203›ateliers-du-soir]
organisateurs: [‹E412›la-coupolle]
‹E204›pubics: [familles]
---

Texte.
""",
    "content/events/jour.md": """\
---
titre: Le jour
resume: Un résumé.
publie_le: 2021-09-01
debut: ‹E210›2021-02-30
lieu: la-coupole
format: atelier
tarif: {gratuit: ‹E234›true, prix: 5}
inscription:
  regime: obligatoire
  url: ‹E219›example.org/reserver
  courriel: ‹E220›contact chez example.org
  telephone: ‹E221›12
---

Texte.
""",
    "content/events/heure.md": f"""\
---
titre: L’heure
{HEAD}debut: ‹E211›2021-10-09 24:30
lieu: la-coupole
format: atelier
---

Texte.
""",
    "content/events/lieu.md": f"""\
---
titre: Le lieu
{HEAD}debut: 2021-10-09
lieu: ‹E411›la-coupolle
format: atelier
temps_fort: ‹E412›fete-de-la-sience
---

Texte.
""",
    "content/events/ailleurs.md": f"""\
‹E215›---
titre: Sans jour ni heure
{HEAD}adresse: {{commune: ‹E432›Wizernnes}}
format: atelier
---

Texte.
""",
    "content/articles/titre.md": f"""\
‹E201›---
{HEAD}themes:
  - numerique
  - ‹E238›numerique
---

‹E313›# Un titre de trop

Du ‹E311›<b>gras</b> dans une phrase, un [lieu](‹E401›lieux/la-coupol) sans page.
""",
    "content/articles/liens.md": f"""\
---
titre: Les liens
{HEAD}image:
  fichier: ‹E415›absente.jpg
  alt: Une image
  credit: Personne
---

## Un intertitre

Vers [un lieu](‹E401›lieux/la-coupol), vers [un dossier de presse](‹E404›presse.pdf).

| Objet | Lien |
|---|---|
| un | [plus bas](‹E402›#nulle-part) |
| deux | [sans faute](articles/sans-faute#un-intertitre) |
| trois | [avec faute](‹E402›articles/sans-faute#intertitre) |
""",
    "content/articles/corps.md": f"""\
---
titre: Le corps
{HEAD}---

Un ‹E318›![](‹E415›absente.jpg) sans description, une note‹E321›[^3] sans texte.

## Deux

‹E314›#### Quatre

- une liste avec ‹E320›[](https://example.org)
- et [une adresse](‹E315›javascript:void) interdite
""",
    "content/articles/image.md": f"""\
---
titre: L’image
{HEAD}image:
  ‹E225›fichier: photo.jpg
  alt: Une image
  ‹E204›legend: Une légende
---

Une image [prise ailleurs](lieux/la-coupole) : ![dessin](‹E317›https://example.org/a.png).
""",
    "content/annonces/echeance.md": f"""\
---
titre: L’échéance
{HEAD}categorie: emploi
‹E106›categorie: stage
echeance: ‹E213›2021-08-01
contrat: ‹E203›cdx
---

Texte.
""",
    "content/articles/yaml.md": """\
---
titre: ‹E105›"Un guillemet ouvert
resume: Un résumé.
publie_le: 2021-09-01
---

Texte.
""",
    "content/articles/ouvert.md": """\
‹E104›---
titre: Jamais refermé
resume: Un résumé.
""",
    "content/lieux/commune.md": """\
---
titre: La commune
resume: Un résumé.
type: musee
commune: ‹E431›Athies
coordonnees: {lat: ‹E223›95, lon: 2.2}
---

Texte.
""",
    "content/pages/agenda.md": """\
‹E502›---
titre: Une adresse réservée
---

Texte.
""",
}


class Fault(NamedTuple):
    """Where a fault must be reported: path, line and column from 1, code."""

    path: str
    line: int
    column: int
    code: str


def plant():
    """The files of the faulty portal (sound ones too), and its faults in the report's order."""
    files, faults = dict(SOUND), []
    for path, marked in FAULTY.items():
        lines = []
        for number, line in enumerate(marked.split("\n"), start=1):
            while match := _MARK.search(line):
                faults.append(Fault(path, number, match.start() + 1, match[1]))
                line = line[: match.start()] + line[match.end() :]
            lines.append(line)
        files[path] = "\n".join(lines)
    return files, sorted(faults)
