"""The body of a text that moves in, from the HTML that its site made of it to our Markdown:
pictures, notes, boxes and languages of code stay, links lead to where things are now."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from portail.body.blocks import BOXES
from portail.features.intake.importer.sites.links import Links
from portail.features.intake.importer.sources.cleaning import tree_of, words_of
from portail.features.intake.importer.sources.items import Loss
from portail.features.intake.importer.sources.markdown import Text, Writer
from portail.features.intake.importer.sources.runs import Run, collapsed

# Private-use characters, which are first taken out of the text: they mark the place of pieces of
# Markdown that must not be escaped.
_OPEN = "\ue010"
_CLOSE = "\ue011"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_NOTE = re.compile(r"#?fn[:-]?([\w-]+)$")
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source|brush)[-:]\s*([A-Za-z0-9+#.-]{1,20})")
_UNSHOWN: Mapping[str, str] = {
    "script": "programme",
    "form": "formulaire",
    "object": "objet incorporé",
    "embed": "objet incorporé",
    "canvas": "dessin",
    "svg": "dessin",
    "math": "formule",
    "style": "feuille de style",
}
"""Elements that leave nothing of what they held, and what they are called."""
_NOTES = frozenset({"footnote", "footnotes", "footnote-definition"})
_FIGURED = frozenset({"table", "pre", "blockquote", "iframe", "video"})


def body_of(html: str, links: Links) -> Text:
    """The body of ``html`` in our Markdown; what is left of it is said by ``losses``."""
    tree = tree_of(re.sub(f"[{_OPEN}{_CLOSE}]", "", html), whole=True)
    if tree is None:
        return Text("")
    writer = _SiteWriter(tree, links)
    text = writer.text(tree)
    apart = re.sub(f"!(?={_OPEN})", r"\\!", text.markdown)  # or a link would be a picture
    markdown = _TOKEN.sub(lambda match: writer.written[int(match[1])], apart)
    unshown = [
        Loss(name, f"<{tag}>", "une page du portail n’en a pas")
        for tag, name in _UNSHOWN.items()
        if re.search(rf"<{tag}[\s>]", html, re.IGNORECASE)
    ]
    losses = tuple(dict.fromkeys([*text.losses, *unshown, *links.losses]))
    return Text(markdown, losses=losses)


class _SiteWriter(Writer):
    def __init__(self, body: etree._Element, links: Links) -> None:
        super().__init__(body, "")
        self.links = links
        self.written: list[str] = []
        """Marks of Markdown that stand where a token is: they are no text to escape."""
        self.notes = {
            match[1] for item in body.iter("li") if (match := _NOTE.match(item.get("id") or ""))
        }

    def link(self, written: str) -> str:
        """Where the link leads now."""
        return self.links.link(written)

    def without_shortcodes(self, text: str) -> str:
        """``text`` as it is: what is between brackets is no code of WordPress here."""
        return text

    def token(self, markdown: str) -> str:
        """A sign that stands for ``markdown`` until the text is written."""
        self.written.append(markdown)
        return f"{_OPEN}{len(self.written) - 1}{_CLOSE}" if markdown else ""

    def runs(self, element: etree._Element, style_: Run) -> list[Run]:
        """The runs of an element inside a line: its pictures and calls of notes stay in it."""
        classes = (element.get("class") or "").split()
        if element.tag == "img":
            text = self.token(self._image(element, ""))
            return [style_._replace(text=text, link="", code=False)]
        if element.tag == "a" and "footnote-ref" in classes:
            match = _NOTE.match(element.get("href") or "")
            is_note = match is not None and match[1] in self.notes
            return [Run(self.token(f"[^{match[1]}]"))] if match and is_note else []
        if element.tag == "a" and {"footnote-backref", "headerlink"} & set(classes):
            return []
        inner = element.find("a") if element.tag == "sup" else None
        if inner is not None and "footnote-ref" in (inner.get("class") or "").split():
            return self.runs(inner, Run(""))
        return super().runs(element, style_)

    def _image(self, element: etree._Element, caption: str) -> str:
        source = element.get("src") or element.get("data-src") or ""
        title = collapsed(element.get("title") or caption).strip()
        return self.links.picture(source, collapsed(element.get("alt") or "").strip(), title)

    def block(self, element: etree._Element) -> list[str]:
        """A block, those of sites of texts first."""
        classes = set((element.get("class") or "").split())
        if classes & _NOTES and element.find(".//li") is not None:
            return self._notes(element)
        if "toc" in classes and element.tag == "div":
            self.losses.append(Loss("sommaire", "", "les pages du portail font le leur"))
            return []
        if "admonition" in classes:
            return self._box(element, classes)
        if element.tag == "figure" and not any(inner.tag in _FIGURED for inner in element.iter()):
            return self._figure(element)
        return self.code(element) if element.tag == "pre" else super().block(element)

    def code(self, element: etree._Element) -> list[str]:
        """A block of code, its language said when it is known."""
        named = " ".join(part.get("class") or "" for part in element.iter("pre", "code"))
        match = _LANGUAGE.search(named)
        return [
            re.sub(r"^(`{3,})", rf"\1{match[1]}", text) if match else text
            for text in super().code(element)
        ]

    def _notes(self, element: etree._Element) -> list[str]:
        notes = []
        for item in element.iter("li"):
            match = _NOTE.match(item.get("id") or "")
            text = "\n\n".join(self.blocks(item)) if match else ""
            if match and text:
                rows = text.split("\n")
                inner = [f"    {row}" if row else "" for row in rows[1:]]
                notes.append("\n".join([f"[^{match[1]}]: {rows[0]}", *inner]))
        return notes

    def _box(self, element: etree._Element, classes: set[str]) -> list[str]:
        """An ``!!! note`` of MkDocs and Python-Markdown, as ours has it."""
        titles = [child for child in element if "admonition-title" in (child.get("class") or "")]
        title = collapsed(" ".join(map(words_of, titles))).strip().replace('"', "”")
        for child in titles:
            element.remove(child)
        name = next((box for box in sorted(classes) if box in BOXES), "note")
        inner = "\n\n".join(self.blocks(element))
        if not inner:
            return []
        head = f'!!! {name} "{title}"' if title else f"!!! {name}"
        return ["\n".join([head, *(f"    {row}" if row else "" for row in inner.split("\n"))])]

    def _figure(self, element: etree._Element) -> list[str]:
        """Pictures with their caption, which stays a text when no picture is shown."""
        captions = list(element.iter("figcaption"))
        legend = collapsed(" ".join(map(words_of, captions))).strip()
        images = [self._image(image, legend) for image in element.iter("img")]
        shown = [text for text in images if text]
        blocks = [self.token(text) for text in shown]
        if legend and not any(text.startswith("!") for text in shown):
            blocks += [text for caption in captions for text in self.blocks(caption)]
        return blocks or super().figure(element)
