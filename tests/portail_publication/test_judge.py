"""A published folder that is looked at: at which file, or content, each fault is told."""

from pathlib import PurePosixPath

from portail_publication.judge import faults_of
from portail_publication.output_check import OutputPolicy

SITE = {
    "index.html": '<a href="/absente/">x</a> <a href="/a/#un">un</a> <a href="/a/#deux">deux</a>',
    "a/index.html": '<p id="un"><a href="/absente/">x</a> <a href="#un">a</a> <img src="/z.png">',
    "b/index.html": '<a href="/absente/">x</a> <iframe src="/">',
    "c/index.html": '<a href="/absente/">x</a> <a href="/d.txt">d</a>',
    "d.txt": "https://exemple.org/absente/ <script>",
    "flux.xml": "<rss><item>&lt;p onclick=x&gt;&lt;p onload=x&gt;</item></rss>",
    "dessin.svg": '<svg onload="x"/>',
    "lettre.eml": "Content-Type: text/html\r\n\r\n<a href='javascript:x'>",
    "theme/js/a.js": "eval()",
}
HOLDER = PurePosixPath("content/articles/hiboux.md")
EXPECTED = {
    ("E505", "a/index.html", "La page /a/ contient un lien vers /absente/, qui n’existe pas."),
    ("E505", "a/index.html", "La page /a/ contient un lien vers /z.png, qui n’existe pas."),
    ("E505", "content/b.md", "La page /b/ contient un lien vers /absente/, qui n’existe pas."),
    ("E505", "c/index.html", "La page /c/ contient un lien vers /absente/, qui n’existe pas."),
    ("E505", "index.html", "La page / contient un lien vers /a/#deux, qui n’existe pas."),
    ("E505", "d.txt",
     "La page /d.txt contient un lien vers https://exemple.org/absente/, qui n’existe pas."),
    ("E506", "content/b.md", "Le fichier /b/ contient une balise <iframe>."),
    ("E506", "dessin.svg", "Le fichier /dessin.svg contient un attribut « onload »."),
    ("E506", str(HOLDER), "Le fichier /flux.xml contient un attribut « onclick »."),
    ("E506", "flux.xml", "Le fichier /flux.xml contient un attribut « onload »."),
    ("E506", "lettre.eml", "Le fichier /lettre.eml contient une adresse en « javascript: »."),
}  # fmt: skip
"""Of one link, three pages are named: there is a fourth."""


def test_each_fault_of_a_folder_is_told_where_it_is_mended(tmp_path):
    for name, text in SITE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found = faults_of(
        tmp_path,
        OutputPolicy(site_url="https://exemple.org"),
        {"b/index.html": PurePosixPath("content/b.md")},
        lambda danger: [HOLDER] if "onclick" in danger else [],
    )
    told = [(one.code, str(one.position.path), one.message) for one in found]
    assert sorted(told) == sorted(EXPECTED)
