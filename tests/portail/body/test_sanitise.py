"""The second barrier: it lets through all that we write, and nothing else."""

from pathlib import PurePosixPath

from doses import cases, rows_of
from portail.body import render
from portail.body.markdown import to_html
from portail.body.render import render_body, sanitise

PATH = PurePosixPath("content/articles/essai.md")


@cases(("html", "clean", "removed"), rows_of("portail/body/sanitise.yml"))
def test_sanitise(html, clean, removed):
    assert sanitise(html) == (clean, removed)


def test_what_it_removes_is_an_error(monkeypatch):
    class Leaking:
        """A renderer with a hole."""

        def render_document(self, _):
            return '<p onclick="x">a</p>', render.BodyLinks()

    monkeypatch.setattr(render, "instance", Leaking)
    body = render_body("a", PATH, 4)
    (told,) = body.diagnostics
    assert (told.code, told.position.line) == ("E325", 4)
    assert told.message == "Ce passage ne peut pas être publié tel quel : <p onclick>."
    assert body.html.html == "<p>a</p>"


def test_everything_we_write_goes_through_unchanged():
    text = (
        "## T\n\nA *b* **c** ~~d~~ `e`\\\nf [g](lieux/h 'i') https://j.org <k@l.org> [m](#t) "
        "K[^1] [^1]\n\n> n\n\n> [!NOTE] o\n> p\n\n> [!TIP]\n\n> [!WARNING]\n\n- [ ] q\n"
        "3. s\n\n    t\n\n"
        "| u | v | w | x |\n|:-|:-:|-:|-|\n| 1 | 2 | 3 | 4 |\n\n![y](z.jpg 'l')\n\n"
        "![a](b.png) ![c](d.gif)\n\ne ![f](g.webp 'h')\n\nTerme\n: sens\n\n---\n\n```\ni\n```\n\n"
        "*[K]: kilo\n\n"
        '[^1]: j "k" <l@m.org>\n\n    - n\n'
    )
    body = render_body(text, PATH)
    assert body.diagnostics == ()
    tags = (
        "h2 em strong del code br a blockquote aside ul ol li table th td figure img figcaption "
        "dl dt dd hr pre abbr sup section span div p"
    )
    for tag in tags.split():
        assert f"<{tag}" in body.html.html


def test_serialising_escapes_what_is_not_markup():
    from xml.etree.ElementTree import Element, SubElement

    root = Element("div")
    child = SubElement(root, "p", {"title": "\"<&>'"})
    child.text, child.tail = "<&>\"'", "<"
    assert to_html(root) == '<p title="&quot;&lt;&amp;&gt;\'">&lt;&amp;&gt;"\'</p>\n&lt;'
