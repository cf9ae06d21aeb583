"""``portail newsletter --brouillon``: the file where editors write their word, pin and exclude."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from portail.agenda.weeks import Week
from portail.cli.terminal import safe
from portail.errors import ConfigError
from portail.model.kinds import Kind
from portail.outputs.newsletter.issues import draft_of
from portail.schemas.yaml_text import written
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.inline import plain

__all__ = ["draft_text", "write_draft"]


def write_draft(site: Site, week: Week, content: Path) -> int:
    """Write the editors' file of a week; returns 0. Raises ``ConfigError`` when there is one."""
    if week.slug in site.envois:
        raise ConfigError(f"La lettre de {week.slug} est déjà figée : elle ne change plus.")
    file = content / Kind.NEWSLETTER.value / f"{week.slug}.md"
    text = draft_text(site, week)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise ConfigError(f"« {file} » existe déjà : complétez ce fichier.") from None
    except OSError as error:
        raise ConfigError(f"« {file} » ne peut pas être écrit : {error.strerror}.") from error
    sys.stdout.write(
        f"{safe(str(file))} est écrit. Mettez-y le mot de la rédaction, puis relisez : "
        f"portail newsletter {week.slug}\n"
    )
    return 0


def draft_text(site: Site, week: Week) -> str:
    """The text of the file: the subject that is proposed, and in comments how to choose among what
    is in, one reference a line."""
    region = draft_of(site, week, site.config.lettre.editions[0])
    known = set(region.issue.refs)
    rows = [
        f"---\ntitre: {written(plain(region.issue.sujet))}",
        f"# La lettre du jeudi {jour(week.thursday, semaine=False)}. « titre » est l’objet du",
        "# message. Le mot de la rédaction s’écrit sous la dernière ligne « --- » ; il est",
        "# facultatif. Les lignes en « # » ne comptent pas.",
        "#",
        "# Pour choisir : retirez le « # » d’une des trois listes ci-dessous, et placez-y des",
        "# lignes prises plus bas, sans leur « # ».",
        "#epingles:  # en tête de la lettre",
        "#exclus:  # laissés hors de la lettre",
        "#ordre:  # dans cet ordre, chacun dans sa section",
        "#",
        "# Ce qui est dans la lettre :",
        *_rows(site, [line.ref for line in region.issue.lignes]),
    ]
    aside = [one.ref for one in region.selection.laisses if one.ref not in known][:_ASIDE]
    if aside:
        rows += ["#", "# Laissés de côté :", *_rows(site, aside)]
    return "\n".join([*rows, "---", "", ""])


_ASIDE = 20


def _rows(site: Site, refs: list[str]) -> Iterator[str]:
    for ref in refs:
        item = site.items.get(ref)
        title = f"  # {' '.join(plain(item.entry.titre).split())}" if item else ""
        yield f"#  - {written(ref)}{title}"
