"""The rules of bodies as data, by which the contribution form judges a text as ``check`` does
(``js/contribuer-corps.js``)."""

from __future__ import annotations

from typing import Any

from portail.body import addresses, blocks, finish, inline, limits, tags
from portail.codes import all_codes
from portail.features.services.schemas.browser_patterns import in_a_browser
from portail.files import MARK
from portail.late import expression
from portail.model.faults import phrases
from portail.model.kinds import KINDS
from portail.text import notation

# Codes that the form can raise of a text.
_CODES = expression(r"E143|E3(0[1-4]|1\d|2[0-469]|30)|A32\d|E40[12]")

_PHRASES = ("plus_proche", "sans_md", "image_du_texte", "lien_du_texte")

_PATTERNS = {
    "fusion": MARK,
    "invisible": addresses._INVISIBLE,
    "entite": addresses.ENTITY,
    "protocole": addresses._SCHEME,
    "courriel": addresses._MAIL,
    "identifiant": addresses._USER,
    "telephone": addresses._PHONE,
    "hote": addresses._HOST,
    "domaine": addresses._BARE_HOST,
    "balise": tags._TAG,
    "nom": tags._NAME,
    "lache": tags._LOOSE_END,
    "attribut": tags._BEGUN_ATTRIBUTE,
    "commentaire": tags._COMMENT,
    "attributs": inline._ATTRIBUTES,
    "bords": tags._EDGES,
    "sub": notation.SUBSCRIPT_MARK,
    "sup": notation.EXPONENT_MARK,
    "formule": notation.FORMULA,
}


def form_rules() -> dict[str, Any]:
    """Sentences of the codes, patterns as a browser reads them, lists and limits."""
    codes = {code: entry for code, entry in all_codes().items() if _CODES.fullmatch(code)}
    folders: dict[str, str] = {}
    for kind, info in KINDS.items():
        folders |= dict.fromkeys(filter(None, (info.folder, info.segment)), kind.value)
    return {
        "codes": {code: [entry.message, entry.hint] for code, entry in codes.items()},
        "personne": {code: [*entry.person] for code, entry in codes.items() if entry.person},
        "motifs": {name: in_a_browser(pattern) for name, pattern in _PATTERNS.items()},
        "vagues": sorted(tags._VAGUE),
        "vague": tags._LONGEST,
        "formats": sorted(addresses.IMAGE_SUFFIXES),
        "adresse": addresses._LONGEST,
        "poids": limits.BODY_BYTES,
        "ligne": limits.LINE_BYTES,
        "repetition": limits.RUN,
        "signes": limits.REPEATED,
        "crochets": [limits._NESTING, limits._UNCLOSED],
        "profondeur": blocks.DEPTH,
        "balises": {name: tags.advice(f"<{name}>", "").remedy for name in sorted(tags._KNOWN)},
        "dedans": {outer: sorted(inner) for outer, inner in tags._INNER.items()},
        "phrases": {
            "ferme": tags.advice("</b>", "").remedy.replace("</b>", "{balise}"),
            "inconnue": tags.advice("<x>", "").remedy.replace("<x>", "{balise}"),
            "proche": finish.NEAREST.format("{propose}"),
            "copier": finish.COPY_IT,
            **{name: phrases()[name] for name in _PHRASES},
        },
        "ancres": sorted(finish.RESERVED_IDS),
        "dossiers": folders,
    }
