"""Exports of WordPress: what is public comes whole; what is not stays; what harms is refused."""

import io
from datetime import date

import pytest
import yaml

from doses import cases
from portail.cli import main
from portail.diagnostics import Refused
from portail.features.intake.importer.sources.items import settled
from portail.features.intake.importer.sources.wordpress import read, recognised, streamed
from portail.model.kinds import Kind
from portail.text.public import Fate

DAY = date(2026, 11, 25)
BLOG = "https://blog.exemple.org/sciences"
HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Le blog</title><link>{BLOG}</link><language>fr-FR</language>
<wp:base_blog_url>{BLOG}</wp:base_blog_url>
<wp:author><wp:author_login>cf</wp:author_login><wp:author_email>cf@exemple.org</wp:author_email>
<wp:author_display_name>Camille Fictive</wp:author_display_name></wp:author>
<wp:category><wp:cat_name>Eau</wp:cat_name></wp:category>
"""
TAIL = "</channel></rss>\n"


def item(inside="", text="Un texte.", **said):
    fields = {"status": "publish", "post_type": "post", "post_id": "7", "post_name": "le-vent",
              "post_password": ""} | said  # fmt: skip
    day = fields.pop("day", "Fri, 01 Mar 2024 23:30:00 +0000")
    rows = "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in fields.items())
    return (f"<item><title>Le vent</title><link>{BLOG}/2024/03/le-vent/</link>"
            f"<pubDate>{day}</pubDate>"
            f"<guid isPermaLink='false'>{BLOG}/?p={fields['post_id']}</guid>"
            f"<dc:creator>cf</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded>"
            f"{rows}{inside}</item>\n")  # fmt: skip


def export(*items):
    return f"{HEAD}{''.join(items)}{TAIL}".encode()


def one(*args, **said):
    (found,) = read(export(item(*args, **said)), "blog.xml", DAY)
    return found


def test_a_text_has_all_that_the_export_says_of_it():
    picture = item(post_type="attachment", post_id="9", status="inherit").replace(
        "<wp:post_id>", f"<wp:attachment_url>{BLOG}/vent.jpg</wp:attachment_url><wp:post_id>"
    )
    picture = picture.replace("</item>", "<excerpt:encoded>Photo : Jo Fictif</excerpt:encoded>"
        "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>Un moulin"
        "</wp:meta_value></wp:postmeta></item>")  # fmt: skip
    inside = ('<excerpt:encoded><![CDATA[Ce que fait le vent.]]></excerpt:encoded>'
        '<category domain="category" nicename="eau">Eau &amp; air</category>'
        '<category domain="post_tag" nicename="vent">vent</category>'
        '<category domain="category" nicename="uncategorized">Non classé</category>'
        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value>"
        "</wp:postmeta><wp:comment><wp:comment_author>Sam Secret</wp:comment_author></wp:comment>"
        "<wp:postmeta><wp:meta_key>humeur</wp:meta_key><wp:meta_value>gaie</wp:meta_value>"
        "</wp:postmeta>")  # fmt: skip
    found, none = read(export(item(inside), picture), "blog.xml", DAY)
    assert (found.kind, found.titre, found.slug) == (Kind.ARTICLE, "Le vent", "le-vent")
    assert (found.identifier, found.langue) == (f"{BLOG}/?p=7", "fr")
    assert found.resume == "Ce que fait le vent." and found.mots == ("Eau & air", "vent")
    assert found.publie_le == "2024-03-02", "on the clock of the portal"
    assert found.extra == {"anciennes_urls": ["/2024/03/le-vent/"], "auteurs": ["Camille Fictive"]}
    assert found.picture and (found.picture.alt, found.picture.credit) == ("Un moulin", "Jo Fictif")
    assert {loss.name for loss in found.losses} == {"commentaires", "champ « humeur »"}
    assert "Sam" not in repr(found) and "cf@" not in repr(found)
    assert "attachment" in none.titre and none.refused


def test_it_is_recognised_a_page_is_a_page_and_a_plain_address_is_told():
    assert recognised(export()) and not recognised(b"<rss><channel></channel></rss>")
    assert one(post_type="page").kind is Kind.PAGE
    plain = item().replace(f"{BLOG}/2024/03/le-vent/", f"{BLOG}/?p=7")
    (found,) = read(export(plain), "blog.xml", DAY)
    assert "anciennes_urls" not in found.extra
    assert f"{BLOG}/?p=7" in {loss.value for loss in found.losses}


@cases(
    ("text", "html"),
    [
        ("Un.\n\nDeux,\ntrois.", "<p>Un.</p><p>Deux,<br>trois.</p>"),
        ("<h2>Un</h2>\n\nDeux.", "<h2>Un</h2><p>Deux.</p>"),
        ("Un.\n\n<pre>a\n\nb</pre>", "<p>Un.</p><pre>a\n\nb</pre>"),
        ("<!-- wp:p -->\n\n<p>Un.</p>", "<!-- wp:p -->\n\n<p>Un.</p>"),
    ],
)
def test_blank_lines_part_paragraphs(text, html):
    assert one("", text).html == html


HIDDEN = '{"metadata":{"blockVisibility":false}}'


@cases(
    "block",
    [
        f"<!-- wp:paragraph {HIDDEN} --><p>Non.</p><!-- /wp:paragraph -->",
        f"<!-- wp:group {HIDDEN} --><!-- wp:group -->Non.<!-- /wp:group -->Non.<!-- /wp:group -->",
        f"<!-- wp:image {HIDDEN} --><img src='{BLOG}/a.jpg'><!-- /wp:image -->",
        f"<!-- wp:spacer {HIDDEN} /-->",
        '<!-- wp:p {"blockVisibility":{"hideBlock":true}} -->Non.<!-- /wp:p -->',
    ],
)
def test_blocks_that_their_author_hid_are_not_read(block):
    shown = '<!-- wp:p {"metadata":{"blockVisibility":{"viewport":{}}}} -->Un.<!-- /wp:p -->'
    found = one("", f"{shown}{block}{shown}")
    assert (found.html, found.picture) == (shown * 2, None)
    assert one("", f"{shown}<!-- wp:p {HIDDEN} -->Non.").html == shown, "cut inside"


def meta(key, value):
    row = f"<wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value>"
    return f"<wp:postmeta>{row}</wp:postmeta>"


@cases(
    ("inside", "text", "fate"),
    [
        ("", "<p>[members_only]Le code.[/members_only]</p>", Fate.DOUBT),
        ("", '[restrict level="1"]Le code.[/restrict]', Fate.DOUBT),
        ("", "[um_loggedin]Le code.[/um_loggedin]", Fate.DOUBT),
        ("", "<!-- wp:premium-content/container -->Le code.", Fate.DOUBT),
        ("", '<!-- wp:p {"um_is_restrict":true} -->Le code.<!-- /wp:p -->', Fate.DOUBT),
        (meta("_members_access_role", "subscriber"), "Un.", Fate.DOUBT),
        (meta("rcp_subscription_level", "1"), "Un.", Fate.DOUBT),
        (meta("_jetpack_newsletter_access", "everybody"), "Un.", Fate.READY),
        (meta("_wpmem_block", "0"), "Un.", Fate.READY),
        (meta("rcp_access_level", "None"), "Un.", Fate.READY),
        ("", '[caption]a[/caption] [gallery ids="1"] [sic] [[members_only]]', Fate.READY),
        ("", '<!-- wp:p {"um_is_restrict":false} -->Un.<!-- /wp:p -->', Fate.READY),
    ],
)
def test_what_is_for_members_is_to_be_judged(inside, text, fate):
    assert bool(settled(one(inside, text), DAY).doubts) is (fate is Fate.DOUBT)


READY, DRAFT, DOUBT, LEFT = Fate.READY, Fate.DRAFT, Fate.DOUBT, Fate.LEFT


@cases(
    ("said", "fate"),
    [
        ({}, READY), ({"status": "draft"}, DRAFT), ({"status": "pending"}, DRAFT),
        ({"status": "auto-draft"}, DRAFT), ({"status": "private"}, LEFT),
        ({"status": "trash"}, LEFT), ({"post_password": "sésame"}, LEFT),
        ({"status": "draft", "post_password": "sésame"}, LEFT), ({"status": "inherit"}, DOUBT),
        ({"status": "wc-processing"}, DOUBT), ({"post_type": "product"}, DOUBT),
        ({"post_type": "page"}, READY),
        ({"status": "future", "day": "Mon, 01 Mar 2027 10:00:00 +0000"}, READY),
        ({"status": "future", "day": "Mon, 30 Nov -0001 00:00:00 +0000"}, DOUBT),
    ],
)  # fmt: skip
def test_each_state(said, fate):
    kept = settled(one(**said), DAY)
    assert bool(kept.refused) is (fate is LEFT) and "sésame" not in repr(kept)
    assert ("statut" in kept.extra) is (fate is DRAFT)
    assert bool(kept.doubts) is (fate is DOUBT)


def _meta(key, value):
    row = f"<wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value>"
    return f"<wp:postmeta>{row}</wp:postmeta>"


@cases(
    ("inside", "text", "fate"),
    [
        ("", "Un texte [1] et [gallery ids='2'].", READY),
        ("", "Un texte. [members_only]Le code : 4512.[/members_only]", DOUBT),
        ("", "Un texte. [restrict]Le code : 4512.[/restrict]", DOUBT),
        ("", "Un texte. [um_loggedin]Le code : 4512.[/um_loggedin]", DOUBT),
        (_meta("_members_access_role", "subscriber"), "Un texte.", DOUBT),
        (_meta("rcp_subscription_level", "1"), "Un texte.", DOUBT),
        (_meta("rcp_subscription_level", "0"), "Un texte.", READY),
        (_meta("_wp_page_template", "members.php"), "Un texte.", READY),
        ("<excerpt:encoded>[private]4512[/private]</excerpt:encoded>", "Un texte.", DOUBT),
    ],
)  # fmt: skip
def test_what_members_alone_read_is_for_a_person_to_judge(inside, text, fate):
    assert bool(settled(one(inside, text), DAY).doubts) is (fate is DOUBT)


def test_what_visitors_sent_is_no_text(site, output):
    sent = ("feedback", "flamingo_inbound", "nf_sub")
    items = [item(post_type=sort, text="Jo Fictif, 192.0.2.7") for sort in sent]
    (site / "blog.xml").write_bytes(export(item(), *items))
    assert main(["importer", "blog.xml", "--date", f"{DAY}"]) == 0
    assert "4 lus : 1 nouveau, 3 non importés." in output()
    assert not (site / "a-completer").exists()


def _cut(data):
    return data[: len(data) * 2 // 3]


def _entities(data):
    signs = b'<!DOCTYPE rss [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;&a;&a;">]>\n<rss'
    return data.replace(b"<rss", signs, 1).replace(b"Eau", b"&b;")


def _deep(data):
    return data.replace(b"<item>", b"<item>" + b"<a>" * 500 + b"</a>" * 500)


def _heavy(data):
    return data.replace(b"<item>", b"<item>" + b"<a/>" * 600_000)


def _undeclared(data):
    return data.replace(b"Le vent", b"Le&nbsp;vent")


@cases("harm", [_cut, _entities, _deep, _heavy, _undeclared])
def test_what_is_damaged_or_made_to_harm_is_refused_with_its_line(
    harm,
):
    with pytest.raises(Refused, match=r"« blog\.xml », ligne \d+ : "):
        [*read(harm(export(item(), item(post_id="8"))), "blog.xml", DAY)]


def test_an_export_that_is_too_long_is_refused_before_it_fills_memory():
    items = (item("", "Un mot. " * 20_000, post_id=str(rank)) for rank in range(170))
    data = export(*items)
    read_at = [0]

    class Told(io.BytesIO):
        def read(self, size=-1):
            read_at[0] += 1
            return super().read(size)

    with pytest.raises(Refused, match=r"ligne \d+ : .*Exportez par année"):
        for _ in streamed(lambda: Told(data), "blog.xml"):
            pass
    assert read_at[0] > 100


def test_nothing_private_is_published(site, output):
    states = ["publish", "draft", "pending", "private", "future", "trash", "zut"]
    items = [item(status=state, post_id=str(rank), post_name=state).replace("Le vent", f"T {state}")
             for rank, state in enumerate(states)]  # fmt: skip
    items[4] = items[4].replace("Fri, 01 Mar 2024", "Mon, 01 Mar 2027")
    items.append(item(post_password="sésame", post_id="50", post_name="ouvre"))
    (site / "blog.xml").write_bytes(export(*items))
    assert main(["importer", "blog.xml", "--date", f"{DAY}"]) == 1
    said = output()
    assert "sésame" not in said and "T private" not in said
    fronts = {file.stem: yaml.safe_load(file.read_text().split("---\n")[1])
              for file in site.glob("content/articles/*.md")}  # fmt: skip
    assert {name: front.get("statut") for name, front in fronts.items()} == {
        "publish": None, "draft": "brouillon", "pending": "brouillon", "future": None,
    }  # fmt: skip
    assert f"{fronts['future']['publie_le']}" == "2027-03-02"
    assert fronts["publish"]["anciennes_urls"] == ["/2024/03/le-vent/"]
    assert [file.stem for file in site.glob("a-completer/articles/*.md")] == ["zut"]
    assert main(["check", "--date", f"{DAY}"]) == 0
    assert main(["importer", "blog.xml", "--date", f"{DAY}"]) == 1
    assert "4 inchangés" in output()


def test_a_page_that_keeps_its_address_has_no_former_one(site, output):
    page = item(post_type="page").replace("/2024/03/le-vent/", "/le-vent/")
    (site / "blog.xml").write_bytes(export(page))
    assert main(["importer", "blog.xml", "--date", f"{DAY}"]) == 0
    text = (site / "content/pages/le-vent.md").read_text()
    assert "anciennes_urls" not in text
    assert main(["importer", "blog.xml", "--date", f"{DAY}"]) == 0
    assert "1 inchangé" in output()
