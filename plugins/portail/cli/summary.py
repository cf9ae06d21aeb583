"""The last lines of every report: how many, where, out of how many files, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from portail.diagnostics import Report, Severity

__all__ = ["WORDS", "Run", "counted", "duration", "faulty_files", "outcome", "repairable", "tally"]

WORDS = {
    Severity.ERREUR: ("erreur", "erreurs"),
    Severity.AVERTISSEMENT: ("avertissement", "avertissements"),
    Severity.CONSEIL: ("conseil", "conseils"),
}
"""French word of each severity, singular and plural."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a report says of the run that made it.

    ``read`` counts the files read; ``seconds`` is how long it took (``None``: not said);
    ``published`` says whether something was published all the same, as a preview does with
    errors; ``command`` and ``subject`` make the title (« portail check  content/  au 27 septembre
    2021 »); ``refused`` says what becomes of it with an error. ``repairs`` counts what ``portail
    check --corriger`` would mend, at least when ``more_repairs``.
    """

    read: int
    seconds: float | None = None
    published: bool = False
    command: str = "portail"
    subject: str = ""
    repairs: int = 0
    more_repairs: bool = False
    refused: str = "Rien n’a été publié : le site en ligne est inchangé."


def counted(number: int, words: tuple[str, str]) -> str:
    """A number and its noun: « 1 erreur », « 0 erreur », « 2 erreurs »."""
    return f"{number} {words[number > 1]}"


def faulty_files(report: Report) -> int:
    """How many files the report speaks of."""
    return len({item.position.path for item in report})


def duration(run: Run) -> str:
    """« 264 fichiers lus en 0,4 s », without the time when it is not known."""
    read = counted(run.read, ("fichier lu", "fichiers lus"))
    if run.seconds is None:
        return read
    return f"{read} en {run.seconds:.1f} s".replace(".", ",")


def tally(report: Report) -> list[tuple[Severity, str]]:
    """Each severity met, gravest first, with its count in words."""
    counts = [(severity, report.count(severity)) for severity in Severity]
    return [(severity, counted(number, WORDS[severity])) for severity, number in counts if number]


def outcome(report: Report, run: Run) -> str:
    """One sentence on what becomes of the site."""
    if not report.has_errors:
        return "Rien n’empêche la publication."
    if run.published:
        return "Le reste est visible dans cet aperçu ; ces fichiers en sont absents."
    return run.refused


def repairable(run: Run) -> str:
    """One sentence on what can be mended without the author; empty when nothing can."""
    if not run.repairs:
        return ""
    words = counted(run.repairs, ("correction possible", "corrections possibles"))
    return f"{words}{' au moins' if run.more_repairs else ''} : portail check --corriger"
