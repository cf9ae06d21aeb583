"""Titles that say a state, and titles that only look as if they did."""

NIGHT = "La nuit : une histoire – *Bubo bubo*"
SAID = [
    ("annule", "Annulé", "annulée", "ANNULE", "Annulation", "Séance annulée", "Canceled",
     "CANCELLED", "supprimé", "Événement annulé"),
    ("reporte", "Reporté", "REPORTEE", "Date reportée", "ajournée", "postponed",
     "Reporté à une date ultérieure",
     "Reportée au 12 janvier", "REPORTÉ AU 12/01/2027"),
    ("deplace-en-ligne", "Déplacé en ligne", "maintenue en ligne", "EN LIGNE", "moved online"),
    ("reprogramme", "Reprogrammé", "rescheduled", "déplacée"),
    ("complet", "Complet", "COMPLETE", "complets", "sold out", "Guichets fermés"),
]  # fmt: skip
WORDS = [(state, word) for state, *words in SAID for word in words]
FORMS = [
    "{mot} : {titre}", "{mot}: {titre}", "{mot}\u00a0:\u00a0{titre}", "{mot} - {titre}",
    "{mot} – {titre}", "{mot} | {titre}", "{mot} ! : {titre}", "({mot}) {titre}",
    "[{mot}] {titre}", "[ {mot} ! ] - {titre}", "*{mot}* · {titre}", "🚫 {mot} 🚫 : {titre}",
    "{titre} – {mot}", "{titre} - {mot} !", "{titre} : {mot}", "{titre} ({mot})",
    "{titre} – [{mot}].",
]  # fmt: skip


CRIED = [
    "ANNULÉ ! {titre}", "Annulé !!{titre}", "! ANNULÉ ! {titre}", "/!\\ Annulé /!\\ {titre}",
    "Annulé -> {titre}", "Annulée → {titre}", "ANNULÉ / {titre}", "ANNULÉ. {titre}",
    "{titre} ANNULÉE !", "{titre}, ANNULÉE", "{titre} (annulé !)", "{titre} [ANNULÉ !!]",
]  # fmt: skip
"""Signs after which « Complet » and « En ligne » begin a title."""
MOVED = [
    "{titre} reportée au 20/12",
    "{titre} reporté au 20 décembre",
    "{titre} postponed to 3 May",
]
"""Titles that a new day ends, whatever stands before the state."""
INSIDE = ["La marche (annulée) au phare", "La marche [ANNULÉE !] au phare"]
"""A state in the middle of « La marche au phare »."""
TITLES = [
    "La marche (en ligne) au phare",
    "La séance complète au 3, rue du Port",
    "COMPLET, le corps humain",
    "En ligne ! Le réseau expliqué",
    "En ligne / en présence : atelier",
    "Complet ! Le spectre de la lumière",
    "COMPLET ! Le spectre de la lumière",
    "Le corps complet",
    "Le corps humain complet : visite",
    "Complètement : tout sur les nombres",
    "Petit-déjeuner complet - atelier",
    "Reporter sans frontières",
    "Reporter : un métier",
    "Report: the state of science",
    "Cinéma annulé par la censure",
    "Annulé, puis rétabli : l’édit de Nantes",
    "Annuler les oppressions : débat",
    "« Annulé » : une pièce de théâtre",
    "Programme : la nuit des étoiles",
    "Prévu : du beau temps",
    "Cancelled culture: a history",
    "Full: a history of the Moon",
    "*Annulé : la nuit*",
    "COMPLET ATELIER",
    "Annulé",
    "(complet)",
    "ANNULÉ – REPORTÉ",
    "Annulé : " + "x" * 500,
    "",
]
"""What only looks like a state."""
