"""Texts of others without what opens a meeting, nor what their site adds to each of them: cut line
by line, and told."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from portail.features.services.oublis.leftovers import (
    Span,
    is_invitation,
    is_invitation_line,
    kept_private,
    leftovers,
    meeting_spans,
    mention_in,
    opens_meeting,
)
from portail.features.services.oublis.leftovers import expression as expression_of
from portail.text.excerpts import cut
from portail.text.hints import correspondances, expression
from portail.text.normalise import name_key
from portail.text.typography import capital
from portail_importer.importer.public import (
    Fate,
    Said,
    embargo_in,
    publication,
    said_under,
    state_of,
)

from .addresses import clean_address
from .items import Loss, SourceItem, hidden, remarks_of
from .moments import day_in
from .prose import derived, filled, text_of, without_gaps

_AROUND = "une partie n’est pas publiée\u00a0: relisez la phrase"
_GONE = "…"
# What a calendar that shows nothing else calls what it holds.
_BUSY = frozenset({"busy", "occupe", "indisponible", "absent", "out of office", "free", "libre"})
_SHOWN = 60
# Signs of what no field takes: a text speaks of other things.
_LOOKED_AT = 100
_LABEL_SIGNS = 40
_FEW_WORDS = 3
_BARE = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)|[\\*_#`>|]+|^[\s\-–—•·▪●=~:.]+|[\s\-–—•=~:.]+$")
_NUMBERS = re.compile(r"\d[\d .-]*")
# What lines are drawn with.
_DRAWN = "-_*\\=~:.· \t\u00a0"
_LINKED = re.compile(r"\[([^\[\]\n]*)\]\(<?([^()\s<>]*)>?\)")
_EXCERPT = re.compile(r"(?<![ \u00a0])[ \u00a0]*\\?\[(?:…|\.\.\.)\\?\]")
_QUERY = re.compile(
    r"(https?://[^\s<>\"')\]»?#]{4,1000})\?([^\s<>\"')\]»#]{0,2000}[^\s<>\"')\]»#.,;:!?*_])",
    re.IGNORECASE,
)


class Cut(NamedTuple):
    """A text, and what was taken out of it."""

    text: str
    losses: tuple[Loss, ...] = ()


def publishable(item: SourceItem, day: date) -> SourceItem:
    """``item`` as it may be published on ``day``: ready, a draft, to complete, or refused."""
    texts = (item.texte, item.markdown, item.html, item.resume)
    embargo = () if item.refused else embargo_in(item.titre, *texts)
    dated = []
    if day_in(item.publie_le):
        dated = [Said("publié le", "des", item.publie_le)]
    # A state that is understood was read where its source says it: here its name repeats it.
    unknown = (
        said_under(name, value[:_LOOKED_AT], day)
        for name, value in item.untaken
        if state_of(value) is None
    )
    judged = publication([*item.said, *embargo, *filter(None, unknown), *dated], day)
    if judged.fate is Fate.LEFT:
        own = publication([it for it in item.said if it.sort != "sorte"], day)
        if own.fate is Fate.LEFT:
            return hidden(item, judged.refusal)
        return SourceItem(row=item.row, titre="…", refused=judged.refusal, cut=item.cut)
    text = item.texte or item.markdown or text_of(item.html) or item.resume
    if not item.refused and (reason := kept_private(item.titre, text)):
        why = f"{capital(reason)}\u00a0: rendez-le public là-bas, ou écrivez-en un texte."
        return hidden(item, why)
    if name_key(item.titre) in _BUSY and not text.strip():
        return hidden(item, "Ce créneau dit seulement que l’agenda est occupé.")
    remarks = remarks_of(judged)
    if judged.is_draft:
        item = replace(item, extra={**item.extra, "statut": "brouillon"})
    if judged.fate is Fate.DOUBT:
        return replace(item, doubts=(*item.doubts, *remarks))
    return replace(item, losses=(*item.losses, *remarks))


def whole_of(item: SourceItem) -> str:
    """All that says whether an item is an invitation to a meeting."""
    places = item.adresse if isinstance(item.adresse, str) else ""
    texts = (item.titre, item.resume, item.html, item.texte, item.markdown)
    return "\n".join(filter(None, (*texts, places, item.conditions, item.en_ligne, item.url)))


def without_meeting(item: SourceItem) -> SourceItem:
    """``item`` whose fields of one line hold nothing that opens a meeting; its texts are cut when
    they are written (``without_leftovers``)."""
    changes = dict[str, Any]()
    for name in ("en_ligne", "url"):
        if opens_meeting(getattr(item, name)):
            changes[name] = ""
    if isinstance(item.adresse, str) and (spans := meeting_spans(item.adresse)):
        changes["adresse"] = bare(_without_spans(item.adresse, spans, "")).strip(" ,;/-")
    if opens_meeting(item.inscription.get("url", "")):
        changes["inscription"] = {**item.inscription, "url": ""}
    rows = item.extra.get("references", ())
    published = [row for row in rows if not opens_meeting(row.get("url", ""))]
    if len(published) < len(rows):
        changes["extra"] = filled({**item.extra, "references": published})
    if opens_meeting(item.identifier):
        changes["identifier"] = derived(item.titre, item.quand)
    return replace(item, **changes)


def without_secret(loss: Loss) -> Loss:
    """``loss``, which a report shows: nothing of it opens a meeting."""
    if is_invitation(loss.value):
        return replace(loss, value="")
    return loss


def without_leftovers(text: str, *, invitation: bool = False) -> Cut:
    """``text`` less what opens a meeting and what its site adds to it."""
    invitation = invitation or is_invitation(text)
    losses: list[Loss] = []
    rows: list[str] = []
    lines = text.split("\n")
    for row in lines:
        line = _without_mention(row)
        line = line and _without_codes(line)
        if invitation and line is not None:
            line = _without_meeting(line, losses)
        if line is not None:
            rows.append(line)
    return Cut(text if rows == lines else _paragraphs(rows), tuple(dict.fromkeys(losses)))


def _paragraphs(rows: list[str]) -> str:
    # Lines as paragraphs again: none is empty twice, none ends by the mark of a line that is gone.
    while rows and not rows[-1].strip("-_*\\= \t"):
        rows.pop()
    text = without_gaps("\n".join(rows)).strip("\n")
    return re.sub(r"[ \t]+(?=\n\n|\Z)", "", text)


def _without_mention(row: str) -> str | None:
    span = mention_in(row)
    if span is None:  # what leads to a page of its mailing has a long address
        named = mention_in(bare(row)) if "](" in row else None
        if named is None or named.start:
            return row
        span = named._replace(end=len(row))
    before = row[: span.start].rstrip(" *_>[\\")
    return before or None


def _without_codes(row: str) -> str | None:
    # A line without what another tool would replace, none when it was but that and a greeting.
    lower = row.lower()
    rest = row
    for pattern in leftovers().syntaxes:
        if pattern.coupe and pattern.may_be_in(lower):
            rest = expression_of(pattern.motif).sub(" ", rest)
    if rest == row:
        return row
    if _says_nothing(rest):
        return None
    return " ".join(rest.split())


def _without_meeting(row: str, losses: list[Loss]) -> str | None:
    spans = meeting_spans(row, invitation=True)
    if not spans:
        words = bare(row)
        drawn = len(row) > 4 and not row.strip(_DRAWN)
        if drawn or (words and is_invitation_line(words)):
            return None
        return row
    rest = bare(_without_spans(row, spans, ""))
    if _says_nothing(rest):
        return None
    told = cut(_NUMBERS.sub(_GONE, rest), _SHOWN)  # none of its numbers
    losses.append(Loss("texte", told, _AROUND))
    return _without_spans(row, spans, _GONE)


def _says_nothing(rest: str) -> bool:
    words = re.findall(r"\w+", rest)
    label = rest.rstrip().endswith(":") and len(rest) <= _LABEL_SIGNS
    return len(words) <= _FEW_WORDS or label or is_invitation_line(bare(rest))


def _without_spans(row: str, spans: list[Span], sign: str) -> str:
    # ``row`` with ``sign`` in place of ``spans``; a link that leads there keeps its words.
    row = _LINKED.sub(lambda link: link[1] if opens_meeting(link[2]) else link[0], row)
    spans = meeting_spans(row, invitation=True) if spans else []
    for span in reversed(spans):
        row = f"{row[: span.start]}{sign}{row[span.end :]}"
    row = row.replace(f"<{sign}>", sign)
    return re.sub(r"…(?:[ ,;]*…)+", "…", row)


def bare(row: str) -> str:
    return " ".join(_BARE.sub(lambda mark: mark[1] or "", row).split())


def settled_excerpt(text: str) -> str:
    """A summary that its site has cut, « […] »: it ends as ours do.

    >>> settled_excerpt("Une goutte, une vitre […]"), settled_excerpt("Une question. [...]")
    ('Une goutte, une vitre…', 'Une question.')
    """

    def sign(match: re.Match[str]) -> str:
        if text[max(0, match.start() - 1)] in ".!?…":
            return ""
        return "…"

    return _EXCERPT.sub(sign, text)


def with_clean_addresses(text: str) -> str:
    """A plain text whose addresses do not follow readers."""

    follows = expression(correspondances().suivi)

    def cleaned(match: re.Match[str]) -> str:
        if match[1].endswith("/url") and "//www.google." in match[1]:
            return clean_address(match[0]) or match[0]
        parts = [part for part in match[2].split("&") if not follows.match(part.partition("=")[0])]
        if parts:
            return f"{match[1]}?{'&'.join(parts)}"
        return match[1]

    if "?" in text:
        return _QUERY.sub(cleaned, text)
    return text
