"""The content in the body of a mail, as mail programs cut, double, quote and sign it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, starmap, takewhile, zip_longest
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from msgspec import Struct, field

from portail.diagnostics import Refused
from portail.features.services.coordonnees.contacts import is_person
from portail.features.services.tableurs.columns import BODY
from portail.model.faults import MEANT
from portail.model.registry import MODELS
from portail.source.document import parse_front_matter
from portail.terminal.text import counted
from portail.text.normalise import fold, indent_of, key_of, slugify, words_in

_T = TypeVar("_T")
# Texts in the words of a mail, those that it answers too.
_MOST = 20
_FENCE = "---"
_NAMED = re.compile(
    r"^(?:Fichier|Correction (?P<mark>[0-9a-f]{8}))\s*:\s*(?P<path>\S+)", re.MULTILINE
)
_ANSWERED = (
    r"(?:(?:Le|On|Op|Am|En date) .{5,200}(?:a écrit|wrote|schreef|schrieb)\b.{0,150}:\s*$"
    r"|.{0,80}\d[:h.]\d\d\b.{0,150}@[^<>\s]+>.{0,20}:\s*$)"
)
# First words of additions of mail programs under a text.
_END = re.compile(
    r"Me répondre à\b|--\s*$|_{10,}\s*$|-{3,} ?(?:Message d|Original|Forwarded|Message transf)"
    rf"|{_ANSWERED}|Message du \d|(?:Get|Télécharger|Obtenir) Outlook"
    r"|(?:Envoyé|Sent|Verzonden|Gesendet) (?:de|depuis|avec|à partir|from|with|vanaf|met|v[ao]n)\b"
)
# What says that a mail is for some people alone, or not to be printed.
_NOTICE = (
    re.compile(
        r"\b(?:cet?|this|dit|deze|diese) (?:message|courriel|mail|e-?mail|bericht|nachricht)"
    ),
    re.compile("confiden|destinat|recipient|vertr[ao]u|imprim"),
)
# A line of a block of heads, in any language, and what the block then has.
_HEAD = re.compile(r"\W{0,3}([^\W\d_]+(?:[ -][^\W\d_]+)?)[\s*]*:[\s*]*\S")
_BRACKETED = re.compile(r"<(?:mailto:)?[^<>\s@]+@[^<>\s]+>|\[mailto:")
_SENT = re.compile(r"@\w|\b20\d\d\b.*\d[:h]\d\d")
_DOUBLED = re.compile(r"(?<![^\s<>])(?P<url>[^\s<>]{4,500}) ?<(?:mailto:|https?://)?(?P=url)/?>")
_FAREWELLS = frozenset(
    "cordialement amicalement respectueusement sincerement salutations amities cdt cdlt regards "
    "sincerely groeten groet grussen".split()
)
# A line by which a mail ends, and no text that is published.
_WITH_FAREWELLS = _FAREWELLS | frozenset(
    "bien tres scientifiquement votre a vous toi tous toutes et mes nos avec sinceres cordiales "
    "meilleures les respectueuses distinguees scientifiques best kind warm yours vriendelijke met "
    "mit freundlichen".split()
)
# Lines that are looked at of a block of heads.
_HEADS = 8
# Lines that a farewell and a signature take at most.
_SIGNED = 8
# Signs of each of these lines, at most.
_SHORT = 80
# What begins none of them: marks of Markdown, of a text that is published.
_MARKS = ("#", "- ", "* ", "|", "!", ">", "<", "1.")
# A line to which its next word could be added was ended by its author: no program cuts below.
_CUT = 60
_KEYS = frozenset(name for model in MODELS.values() for name in model.model_fields) | {BODY}
# Keys of contents, and the words that people take for one.
_KEY_WORDS = _KEYS | MEANT.keys()
_BLOCKS = frozenset(
    "p div li ul ol table tr blockquote h1 h2 h3 h4 h5 h6 pre hr body section article".split()
)
_LEFT = frozenset({"script", "style", "head", "title", "template"})


class Written(NamedTuple):
    """A content: the name of its file if the mail says one, its text."""

    path: PurePosixPath
    text: str
    # Its title in the form of an address; empty when nothing can be made of it.
    title: str = ""
    # Whether it is quoted, or under what mail programs add: an answer holds what it answers.
    under: bool = False
    # Of a correction, what it was written from (``amending.mark_of``): its text has the fields that
    # change alone, and ``path`` is the reference of their content.
    mark: str = ""
    # Whether it is what an answer answers.
    quoted: bool = False
    # Lines under it, of its sender or of another mail.
    rest: tuple[str, ...] = ()


class Body(Struct):
    """The words of one mail, in the forms that it gives of them."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)


def written_in(
    bodies: Iterable[Body], own: frozenset[str] = frozenset()
) -> tuple[list[Written], list[str]]:
    """The contents in the bodies of a mail, each from the form whose front matter is whole; what
    remains, in French. ``own`` are the names and mailboxes of its heads, folded.
    """
    groups: list[list[Written]] = []
    left: list[Written] = []
    for forms in _bounded(chain.from_iterable(_paired(body, own) for body in bodies)):
        _add(forms, groups, left)
    notes = [
        f"Une autre version de « {_titled(content)} », plus bas dans le courriel, est laissée."
        for content in left
    ]
    notes += [note for group in groups if (note := _difference(group))]
    ended = [_ended(_best(group)) for group in groups]
    notes += [
        f"Laissé sous « {_titled(content)} » : « {' / '.join(lines)} »."
        for content, lines in ended
        if lines
    ]
    notes += [
        f"Laissé sous « {_titled(content)} » : « {content.rest[0]} »"
        + (f", et {counted(under, ('ligne', 'lignes'))} dessous." if under else ".")
        for content, _ in ended
        if (under := len(content.rest) - 1) >= 0
    ]
    return [content for content, _ in ended], [*dict.fromkeys(notes)]


def prose_in(text: str, own: frozenset[str] = frozenset()) -> str:
    """What somebody wrote in the text of a mail, above what it answers and its signature.

    >>> prose_in("16 h 30, pardon !\\n\\nCordialement,\\nZoé\\n\\nLe 3 mai, x a écrit :\\n> 16 h ?")
    '16 h 30, pardon !'
    """
    rows = [row.rstrip(" \u00a0") for row in text.replace("\r\n", "\n").split("\n")]
    kept: list[str] = []
    for at, row in enumerate(rows):
        if kept and (_is_end(rows[at : at + _HEADS], own) or _is_farewell(row)):
            break
        if not row.startswith(">"):
            kept.append(row)
    return "\n".join(kept).strip()


def _bounded(found: Iterable[_T]) -> Iterator[_T]:
    # What is found in a mail, each compared with the others. Raises ``Refused`` for too many.
    for rank, one in enumerate(found):
        if rank == _MOST:
            raise Refused(
                f"Ce courriel contient plus de {_MOST} textes : demandez-les en pièces jointes."
            )
        yield one


def _paired(body: Body, own: frozenset[str]) -> list[list[Written]]:
    # The contents of a body, each with its other form: by their order when there are as many, else
    # by their titles.
    plain = [content for text in body.plain for content in _contents(text, own)]
    html = [content for text in body.html for content in _contents(text_of_html(text), own)]
    if len(plain) == len(html):
        return [[*forms] for forms in zip(plain, html, strict=True)]
    groups = [[content] for content in plain]
    for content in html:
        free = (forms for forms in groups if len(forms) == 1 and forms[0] in plain)
        twin = next((forms for forms in free if _is_same(content, forms[0])), None)
        if twin is None:
            groups.append([content])
        else:
            twin.append(content)
    return groups


def _add(forms: list[Written], groups: list[list[Written]], left: list[Written]) -> None:
    like = next((group for group in groups if _is_same(forms[0], group[0])), None)
    if like is None:
        groups.append(forms)
    elif {words_of(form.text) for form in forms} & {words_of(form.text) for form in like}:
        like += forms
    elif forms[0].under:
        left.append(forms[0])
    elif like[0].quoted and not forms[0].quoted:
        left.append(like[0])
        like[:] = forms
    else:
        groups.append(forms)  # of the same name: who deposits is told so


def _is_same(first: Written, second: Written) -> bool:
    named = "index.md" not in (first.path.name, second.path.name)
    return (named and first.path == second.path) or (first.title == second.title != "")


def _best(forms: Sequence[Written]) -> Written:
    whole = [form for form in forms if _is_whole(form.text)]
    if whole:
        return min(whole, key=lambda form: sum(bool(it.strip()) for it in _front(form.text)))
    joined = [form._replace(text=_joined(form.text)) for form in forms]
    return next(iter([*(it for it in joined if _is_whole(it.text)), *forms]))


def _difference(forms: Sequence[Written]) -> str:
    # What the text of a mail and its layout do not say alike, in French; "" when they do: one reads
    # one, and the other is taken.
    best = _best(forms)
    for other in forms:
        pairs = zip_longest(*(words_in(form.text) for form in (best, other)))
        rank = next((rank for rank, (mine, its) in enumerate(pairs) if mine != its), None)
        if rank is not None and words_of(best.text) != words_of(other.text):
            around = slice(max(rank - 3, 0), rank + 4)
            mine, its = (" ".join(words_in(form.text)[around]) for form in (best, other))
            return (
                f"« {_titled(best)} » : le courriel ne dit pas la même chose en texte et en mise "
                f"en page. Est pris « {mine} », et laissé « {its} » : demandez lequel est vrai."
            )
    return ""


def _titled(content: Written) -> str:
    # Its title as it is written, for a message; the reference of what is corrected.
    if content.mark:
        return str(content.path)
    root = parse_front_matter("\n".join(_front(content.text)), PurePosixPath("courriel"), 2)[0]
    if root is not None:
        title = root.at(("titre",)).value
        if isinstance(title, str):
            return title
    return "sans titre"


def words_of(text: str) -> str:
    """What a text says, by which two versions are told apart whatever cut their lines."""
    return "".join(words_in(text))


def text_of_html(html: str) -> str:
    """The lines that a mail in HTML shows. Blanks count only where it keeps them."""
    try:
        # A comment, or Beautiful Soup takes a mail of one link for an address to fetch, and warns.
        shown = "".join(_shown(BeautifulSoup(f"{html}<!-- -->", "lxml"), preserved=False))
    except RecursionError:  # nested to harm
        return ""
    return "\n".join(_indented(line) for line in shown.split("\n"))


def _held(line: str) -> str:
    return "\u00a0" * len(indent_of(line)) + line.lstrip()


def _shown(node: Tag, *, preserved: bool) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, Tag):
            yield from _element(child, preserved=preserved)
        elif type(child) is NavigableString:
            text = str(child).replace("\r\n", "\n")
            if preserved:  # as what HTML does not collapse
                yield "\n".join(map(_held, text.split("\n")))
            else:
                yield re.sub(r"[ \t\r\n]+", " ", text)


def _element(tag: Tag, *, preserved: bool) -> Iterator[str]:
    if tag.name in _LEFT or tag.name in ("br", "hr"):
        yield {"br": "\n", "hr": f"\n{_FENCE}\n"}.get(tag.name, "")
        return
    style = str(tag.get("style") or "").replace(" ", "")
    preserved = preserved or tag.name == "pre" or "white-space:pre" in style
    inside = "".join(_shown(tag, preserved=preserved))
    if tag.name not in _BLOCKS:
        yield inside
        return
    # « <div><br></div> » is one line that is blank, as « <div>&nbsp;</div> ».
    text = inside.removesuffix("\n") if inside.strip(" \t\u00a0") else ""
    before = "" if _opens(tag) else "\n"
    yield f"{before}{text}\n" + ("\n" if tag.name == "p" and _spaced(tag) else "")


def _opens(tag: Tag) -> bool:
    before: PageElement | None = tag.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before is None or (isinstance(before, Tag) and before.name in _BLOCKS | {"br"})


def _spaced(tag: Tag) -> bool:
    named = " ".join(tag.get_attribute_list("class") or ())
    return "MsoNormal" not in named and "margin:0" not in str(tag.get("style") or "")


def _indented(line: str) -> str:
    # A line without its first blanks, that no reader sees; those that HTML keeps are spaces.
    line = line.lstrip(" ")
    text = line.lstrip(" \u00a0")
    return " " * (len(line) - len(text)) + text.rstrip(" \u00a0")


def _contents(body: str, own: frozenset[str]) -> Iterator[Written]:
    text = body.replace("\r\n", "\n").replace("\u2028", "\n")
    lines = [line.rstrip(" \u00a0") for line in text.split("\n")]
    fronts = [*_bounded(_fronts(lines))]
    heads = fronts[0][1] if fronts else 0
    bare = [*map(_unquoted, lines)]
    ends = [at for at in range(heads + 1, len(bare)) if _is_end(bare[at : at + _HEADS], own)]
    marked = any(depth for _, _, depth in fronts)
    answers = [at for at, line in enumerate(bare) if re.match(_ANSWERED, line)]
    for rank, (first, closing, depth) in enumerate(fronts):
        start = fronts[rank - 1][1] + 1 if rank else 0
        named = [*_NAMED.finditer("\n".join(bare[start:first]))]
        following = fronts[rank + 1][0] if rank + 1 < len(fronts) else len(lines)
        end = min([*(at for at in ends if at > closing), following])
        rows = [_unquoted(line, depth) for line in lines[first:end]]
        # The line that names the file of the next one is above it.
        while end == following < len(lines) and (not rows[-1] or _NAMED.match(rows[-1])):
            rows.pop()
        quoted = depth > 0 or (not marked and any(at < first for at in answers))
        under_it = lines[end:following] if end < following and not _END.match(bare[end]) else []
        rest = tuple(line.strip() for line in under_it if line.strip())
        path = "index.md"
        mark = ""
        if named:
            path = named[-1]["path"]
            mark = named[-1]["mark"] or ""
        source = _DOUBLED.sub(r"\g<url>", "\n".join(rows).rstrip()) + "\n"
        under = bool(rank) and (depth > 0 or any(at < first for at in ends))
        content = Written(
            PurePosixPath(path), source, under=under, mark=mark, quoted=quoted, rest=rest
        )
        whole = content if _is_whole(source) else content._replace(text=_joined(source))
        yield content._replace(title=slugify(_titled(whole)))


def _is_end(rows: Sequence[str], own: frozenset[str]) -> bool:
    # Whether the first of ``rows`` is under a text: an addition of a program, a line of the sender,
    # the heads of another mail.
    line = rows[0]
    if not line or _END.match(line):
        return bool(line)
    said = fold(line)
    if any(one in said if "@" in one else one == said for one in own) and not line.endswith("."):
        return True
    both = " ".join(rows[:2])
    if _SENT.search(line) and re.match(_ANSWERED, both):
        return True
    return all(form.search(fold(both)) for form in _NOTICE) or _are_heads(rows, own)


def _are_heads(rows: Sequence[str], own: frozenset[str]) -> bool:
    # Whether a block of « word: value » tells who wrote, to whom or when: practical information
    # has a word that is one of our fields.
    block = [*takewhile(bool, rows)]
    heads = [*takewhile(bool, map(_HEAD.match, block))]
    if len(heads) < 2:
        return False
    text = "\n".join(block)
    if _BRACKETED.search(text) or any(one in fold(text) for one in own):
        return True
    words = {slugify(head[1]).replace("-", "_") for head in heads if head}
    return len(heads) > 2 and _SENT.search(text) is not None and words.isdisjoint(_KEY_WORDS)


def _fronts(lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    # The lines between which a front matter is, and how deep it is quoted. Lines of the text of a
    # content may be rules too: only what has keys of contents is another content.
    fences = [(at, _depth(line)) for at, line in enumerate(lines) if _unquoted(line) == _FENCE]
    last = -1
    any_front = False
    for (first, depth), (closing, closing_depth) in pairwise(fences):
        rows = [_unquoted(line, depth) for line in lines[first + 1 : closing]]
        if first > last and depth == closing_depth and _opens_content(rows, again=any_front):
            yield first, closing, depth
            last = closing
            any_front = True
    if not any_front and len(fences) > 1:
        yield fences[0][0], fences[1][0], fences[0][1]


def _opens_content(rows: Sequence[str], *, again: bool) -> bool:
    # Whether rows are those of a front matter: of a second one more is asked.
    keys = [key for key in map(key_of, rows) if key.lower() in _KEY_WORDS]
    if not again:
        return bool(keys)
    head = key_of(next(filter(None, rows), ""))
    return head.lower() in _KEY_WORDS and ("titre" in keys or len(keys) > 2)


def _depth(line: str) -> int:
    depth = 0
    while line.startswith(">"):
        line = line[1:].removeprefix(" ")
        depth += 1
    return depth


def _unquoted(line: str, depth: int = 0) -> str:
    # A line without its marks of quotation, those of ``depth`` alone when it is told.
    for _ in range(depth or _depth(line)):
        if line.startswith(">"):
            line = line[1:].removeprefix(" ")
    return line


def _is_farewell(line: str) -> bool:
    words = {*words_in(fold(line))}
    begins = bool(_FAREWELLS & words) or words in ({"bien", "a", "vous"}, {"bien", "a", "toi"})
    return begins and words <= _WITH_FAREWELLS


def _opens_end(lines: Sequence[str], at: int) -> bool:
    # Whether a line is a farewell, or the name of a person above what they do.
    if _is_farewell(lines[at]):
        return True
    under = lines[at + 1 : at + 2]
    return not lines[at - 1] and any(under) and is_person(lines[at]) and not is_person(under[0])


def _ended(content: Written) -> tuple[Written, list[str]]:
    # A content without the farewell and the signature at its end, and these lines.
    if content.mark:  # it has no text: a signature is none
        front = ["---", *_front(content.text), "---"]
        rest = content.text.rstrip().split("\n")[len(front) :]
        under = [line.strip() for line in rest if line.strip()]
        return content._replace(text="\n".join([*front, ""])), under
    lines = content.text.rstrip().split("\n")
    last = [at for at in range(len(lines)) if lines[at].strip()][-_SIGNED:]
    at = next((at for at in last if _opens_end(lines, at)), None)
    if at is None or at <= len(_front(content.text)) + 1:
        return content, []
    under = [line.strip() for line in lines[at:] if line.strip()]
    if any(len(line) > _SHORT or line.startswith(_MARKS) for line in under):
        return content, []
    return content._replace(text="\n".join(lines[:at]).rstrip() + "\n"), under


def _front(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[1 : lines.index(_FENCE, 1)]


def _is_whole(text: str) -> bool:
    # Whether its front matter can be read, and none of its rows was cut.
    rows = _front(text)
    root, faults = parse_front_matter("\n".join(rows), PurePosixPath("courriel"), 2)
    return not faults and root is not None and not any(starmap(_goes_on, pairwise(rows)))


def _goes_on(above: str, row: str) -> bool:
    # Whether a row of the front matter is the end of the one above it, that a program cut.
    if not above.strip() or not row.strip() or row[0] in " \t-]}#":
        return False
    if len(above) + len(row.split()[0]) < _CUT:
        return False
    return key_of(row).lower() not in _KEYS or _is_open(above)


def _is_open(row: str) -> bool:
    groups = sum((mark in "{[") - (mark in "}]") for mark in row)
    return groups > 0 or row.count('"') % 2 == 1


def _joined(text: str) -> str:
    # The same text, the rows of its front matter that were cut in one piece again.
    rows: list[str] = []
    front = _front(text)
    for row in front:
        if rows and _goes_on(rows[-1], row):
            rows[-1] = f"{rows[-1]} {row}"
        else:
            rows.append(row)
    body = text.split("\n")[len(front) + 1 :]
    return "\n".join([_FENCE, *rows, *body])
