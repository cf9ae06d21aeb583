"""French names of days and months, for modules that ``dates`` itself stands on."""

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
JOURS_COURTS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
MOIS = tuple(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
MOIS_COURTS = tuple("janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.".split())
