"""Errors and advice in Markdown: where, what, the lines to paste."""

from __future__ import annotations

import re

from portail.cli.apercu.faults import Fault
from portail.cli.apercu.markdown import block, code, inline, link
from portail.cli.apercu.story import Fiche, Story
from portail.codes import all_codes
from portail.forge import edit_url
from portail.outputs.guides.documents import message_of

__all__ = ["advice_line", "error_piece"]

_MESSAGE = 500
_PASTED = 2_000
_HEADER = 6_000
_TOLD = 8


def error_piece(fiche: Fiche, story: Story) -> str:
    """What is wrong with one file: every error, then its whole front matter corrected, folded."""
    parts = [_error(one, story) for one in fiche.erreurs[:_TOLD]]
    more = len(fiche.erreurs) - _TOLD
    if more > 0:
        parts.append(f"… et {more} autre{'s' * (more > 1)} dans ce fichier.")
    header = fiche.entete
    if header and len(header.texte) <= _HEADER:
        title = "L’en-tête entier, corrigé, à copier"
        if header.reste:
            title = "L’en-tête entier, à copier : ce qui reste à corriger y est annoncé"
        parts.append(f"<details><summary>{title}</summary>\n\n{block(header.texte)}\n\n</details>")
    return "\n\n".join(parts)


def _error(fault: Fault, story: Story) -> str:
    where = code(str(fault.path))
    if fault.ligne:
        where += f", ligne {fault.ligne}"
    lines = [f"**{where}** : {_sentence(fault.message)} {_code(fault, story)}"]
    address = _edit(fault, story)
    line = "cette ligne" if fault.ligne else "ce fichier"
    if fault.ecrire:
        opened = f"Ouvrez {link(f'le fichier à {line}' if fault.ligne else 'le fichier', address)}"
        todo = f"{opened}, puis écrivez, par exemple :" if address else "Écrivez, par exemple :"
        pasted = "\n".join(fault.ecrire)
        language = "yaml" if re.match(r"[\w-]+:|---", pasted) else "markdown"
        written = block(pasted[:_PASTED], language)
        lines += [f"{_sentence(fault.remede)} {todo}".strip(), written]
    else:
        opened = f"{link(f'Corriger {line}', address)}." if address else ""
        lines += filter(None, [f"{_sentence(fault.remede)} {opened}".strip()])
    return "\n\n".join(lines)


def _code(fault: Fault, story: Story) -> str:
    """The code, which leads to what the site says of it."""
    if not story.config.siteurl or fault.code not in all_codes():
        return f"<sub>{fault.code}</sub>"
    return f"<sub>{link(fault.code, story.config.absolute(message_of(fault.code)))}</sub>"


def _sentence(text: str) -> str:
    """``text`` for the middle of a line, ended by a full stop."""
    clean = inline(text, _MESSAGE)
    return clean if not text or re.search(r"[.!?…]$", text.strip()) else f"{clean}."


def _edit(fault: Fault, story: Story) -> str:
    depot = story.asked.depot or story.config.depot
    branch = story.asked.branche or story.config.branche
    if not depot:
        return ""
    anchor = f"#L{fault.ligne}" if fault.ligne else ""
    return edit_url(depot, branch, str(fault.path)) + anchor


def advice_line(fiche: Fiche, fault: Fault, story: Story) -> str:
    """One advice, in a list."""
    pasted = " ".join(code(row) for row in fault.ecrire[:3])
    texts = (f"*{inline(fiche.titre, 120)}*{chr(0xA0)}: {_sentence(fault.message)}",
             _sentence(fault.remede), pasted, _code(fault, story))  # fmt: skip
    return f"- {' '.join(filter(None, texts))}"
