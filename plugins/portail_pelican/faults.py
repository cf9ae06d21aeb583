"""What is wrong in a template, in French: Jinja and Python say it in English."""

from __future__ import annotations

import re

from jinja2 import TemplateNotFound

from portail.diagnostics import PortailError

_SENTENCES = (
    (r"'(\w+)' is undefined", r"« \1 » n’existe pas"),
    (r"'.*' has no attribute '(\w+)'", r"« \1 » n’existe pas ici"),
    (r".* has no element '?(.+?)'?", r"« \1 » n’existe pas ici"),
    (r"Encountered unknown tag '(\w+)'\..*", r"la balise « \1 » n’existe pas"),
    (r"No filter named '(\w+)'(?: found)?\.?", r"le filtre « \1 » n’existe pas"),
    (r"No test named '(\w+)'(?: found)?\.?", r"le test « \1 » n’existe pas"),
    (r"block '(\w+)' defined twice", r"le bloc « \1 » est écrit deux fois"),
    (r"parent template has no block '(\w+)'.*", r"le bloc « \1 » n’est pas dans ce gabarit"),
    (r"Unexpected end of template\..* innermost block .* is '(\w+)'\.", r"« \1 » n’est pas fermé"),
    (r"expected token '(.+)', got '(.+)'", r"« \1 » est attendu au lieu de « \2 »"),
    (r"unexpected '(.+)'", r"« \1 » n’est pas attendu ici"),
    (r"unexpected char '(.+)' at \d+", r"« \1 » n’est pas attendu ici"),
    (
        r"the template '(.+?)' .* does not export the requested name '(\w+)'",
        r"« \1 » n’a pas « \2 »",
    ),
)


def words_of(error: Exception) -> str:
    """What is wrong, to follow the place; the words of Jinja or Python for what is rare."""
    if isinstance(error, TemplateNotFound):
        return f"le gabarit « {error.name} » n’existe pas"
    text = str(getattr(error, "message", None) or error)
    if isinstance(error, PortailError):
        return text
    for pattern, french in _SENTENCES:
        if match := re.fullmatch(pattern, text, re.DOTALL):
            return match.expand(french)
    if isinstance(error, KeyError):
        return f"la clé {text} n’existe pas"
    of_jinja = type(error).__module__.startswith("jinja2")
    return text if of_jinja else f"{type(error).__name__} : {text}"
