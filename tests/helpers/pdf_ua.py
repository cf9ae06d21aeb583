"""A judge of PDF/UA-1 (ISO 14289-1) that knows nothing of what made the file: it reads objects and
content streams with pikepdf, and says every rule that is not kept."""

from itertools import pairwise

import pikepdf

PAINTING = set("Tj TJ ' \" f F f* B B* b b* S s sh Do EI".split())
ROLES = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H1 H2 H3 H4 "
    "H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code "
    "Link Annot Figure Formula Form".split()
)
INSIDE = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TD": {"TR"},
    "TH": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "Lbl": {"LI", "Note"},
}
"""Elements that are only found in some others (ISO 32000-1, 14.8.4)."""
HOLDS = {
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
}
"""Elements that hold only some others."""


def faults(file):
    """What is wrong; nothing when every rule is kept."""
    with pikepdf.open(file) as pdf:
        judge = _Judge(pdf)
        return [*judge.catalogue(), *judge.structure(), *judge.contents(), *judge.fonts()]


def headings(file):
    """Roles of the headings, in the order in which they are read."""
    with pikepdf.open(file) as pdf:
        return [role for role, _, _ in _Judge(pdf).elements if role in ("H1", "H2", "H3", "H4")]


def bookmarks(file):
    """Titles of the bookmarks, in order."""
    found = []

    def walk(items):
        for item in items:
            found.append(item.title)
            walk(item.children)

    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        walk(outline.root)
    return found


class _Judge:
    def __init__(self, pdf):
        self.pdf, self.root = pdf, pdf.Root.get("/StructTreeRoot")
        self.elements = [*self._walk(self.root, "")] if self.root is not None else []
        self.known = {element.objgen for _, element, _ in self.elements}
        self.owners = dict(self._numbers(self.root.ParentTree)) if self.root is not None else {}

    def _walk(self, above, role):
        """Role of each element in the order of reading, itself, the role of the one above."""
        for kid in _kids(above):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                name = str(kid.S)[1:]
                yield name, kid, role
                yield from self._walk(kid, name)

    def _numbers(self, tree):
        for kid in tree.get("/Kids", []):
            yield from self._numbers(kid)
        numbers = [*tree.get("/Nums", [])]
        yield from zip(map(int, numbers[::2]), numbers[1::2], strict=True)

    def catalogue(self):
        root = self.pdf.Root
        if not str(root.get("/Lang", "")):
            yield "no language"
        if not root.get("/MarkInfo", {}).get("/Marked", False):
            yield "not marked"
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
            yield "the title is not displayed"
        with self.pdf.open_metadata() as told:
            if not told.get("dc:title") or told.get("dc:title") != str(self.pdf.docinfo["/Title"]):
                yield "no title"
            if told.get("pdfuaid:part") != "1":
                yield "does not say PDF/UA-1"

    def structure(self):
        if not self.elements:
            yield "no structure"
        levels = [int(role[1]) for role, _, _ in self.elements if role[0] == "H" and role[1:]]
        if levels[:1] != [1] or any(after - before > 1 for before, after in pairwise(levels)):
            yield f"headings skip a level: {levels}"
        for role, element, above in self.elements:
            if role not in ROLES:
                yield f"{role} is no standard role"
            if role == "Figure" and not str(element.get("/Alt", "")).strip():
                yield "a figure without a text"
            if above not in INSIDE.get(role, {above}):
                yield f"{role} in {above}"
            if role in HOLDS:
                kids = {str(kid.S)[1:] for kid in _kids(element) if _is_element(kid)}
                if kids - HOLDS[role]:
                    yield f"{role} holds {kids - HOLDS[role]}"
            if role == "TD" and not [*element.get("/A", {}).get("/Headers", [])]:
                yield "a cell without a header"

    def contents(self):
        for number, page in enumerate(self.pdf.pages, start=1):
            if page.get("/Tabs") != "/S":
                yield f"page {number}: tabs are not in the order of reading"
            owners = self.owners.get(int(page.get("/StructParents", -1)), [])
            for fault in self._painted(page, owners):
                yield f"page {number}: {fault}"
            for note in page.get("/Annots", []):
                yield from (f"page {number}: {fault}" for fault in self._linked(note))

    def _painted(self, content, owners):
        """Whatever is painted is read aloud, or said to be decoration; never both."""
        stack = []
        for operands, operator in pikepdf.parse_content_stream(content):
            name = str(operator)
            if name in ("BMC", "BDC"):
                sort = self._marked(operands, owners)
                if sort and any(one and one != sort for one in stack):
                    yield f"{sort} inside {[one for one in stack if one]}"
                if sort == "lost":
                    yield f"content {operands} belongs to nothing that is read"
                stack.append(sort)
            elif name == "EMC":
                stack.pop()
            elif name in PAINTING and not any(stack):
                yield f"{name} paints what is neither content nor decoration"
        if stack:
            yield "a mark is not closed"

    def _marked(self, operands, owners):
        if str(operands[0]) == "/Artifact":
            return "artifact"
        mcid = operands[1].get("/MCID") if len(operands) > 1 else None
        if mcid is None:
            return ""
        owner = owners[int(mcid)] if int(mcid) < len(owners) else None
        return "read" if owner is not None and owner.objgen in self.known else "lost"

    def _linked(self, note):
        if note.Subtype != "/Link":
            return
        if not str(note.get("/Contents", "")):
            yield "a link without a text"
        owner = self.owners.get(int(note.get("/StructParent", -1)))
        if owner is None or owner.S != "/Link" or owner.objgen not in self.known:
            yield "a link outside of what is read"
        elif not any(_is_reference(kid, note) for kid in _kids(owner)):
            yield "an element of a link without its link"

    def fonts(self):
        for one in self.pdf.objects:
            if not isinstance(one, pikepdf.Dictionary) or one.get("/Type") != "/Font":
                continue
            if one.get("/Subtype") == "/Type0" and "/ToUnicode" not in one:
                yield f"{one.BaseFont}: no characters"
            told = one.get("/FontDescriptor")
            if told is not None and not {"/FontFile2", "/FontFile3"} & set(told.keys()):
                yield f"{one.BaseFont}: not inside"


def _kids(element):
    kids = element.get("/K", [])
    return [*kids] if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(kid):
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _is_reference(kid, note):
    return isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid and kid.Obj.objgen == note.objgen
