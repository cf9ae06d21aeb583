"""A link alone on its line: which addresses become players, and what is in the page before."""

from pathlib import PurePosixPath

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from doses import cases
from portail.body.players import frame_origins, video_frame
from portail.body.portable import resolve
from portail.body.render import render_body

PEERTUBE = "https://tube.example.org/w/4h6uXHW8FqBRMGkjyFyvmH"


def drawn(text, **links):
    """A body, rendered and resolved, as a tree."""
    body = render_body(text, PurePosixPath("content/articles/essai.md"))
    assert not body.diagnostics
    return html.fragment_fromstring(resolve(body.html.html, links, {}), create_parent="main")


@cases(
    ("url", "frame"),
    [
        (
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=3",
            "www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        ),
        ("https://youtu.be/aqz-KE-bpKQ", "www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        (
            "https://m.youtube.com/shorts/aqz-KE-bpKQ",
            "www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        ),
        ("https://vimeo.com/1084537", "player.vimeo.com/video/1084537?dnt=1"),
        (
            "https://www.dailymotion.com/video/x84sh87",
            "geo.dailymotion.com/player.html?video=x84sh87",
        ),
        (PEERTUBE, "tube.example.org/videos/embed/4h6uXHW8FqBRMGkjyFyvmH"),
        (
            "https://tube.example.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            "tube.example.org/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d",
        ),
    ],
)
def test_known_videos(url, frame):
    video = video_frame(url)
    assert video.cadre == f"https://{frame}"


@cases(
    "url",
    [
        "https://www.youtube.com/@chaine",
        "https://www.youtube.com/watch?list=abc",
        "https://youtube.com.example.org/watch?v=aqz-KE-bpKQ",
        "https://vimeo.com/channels/staffpicks",
        "https://example.org/w/trop-court",
        "https://example.org:8443/w/4h6uXHW8FqBRMGkjyFyvmH",
        "https://[::1]/w/4h6uXHW8FqBRMGkjyFyvmH",
        "ftp://youtu.be/aqz-KE-bpKQ",
        "https://youtu.be/\"onload='x'",
    ],
)
def test_other_addresses_stay_links(url):
    assert video_frame(url) is None


@given(st.text(max_size=40), st.text(max_size=40))
@example("00000¹", "")
def test_a_frame_is_a_plain_address_of_its_own_site(path, query):
    for host in ("youtu.be", "www.youtube.com", "vimeo.com", "tube.example.org"):
        try:
            video = video_frame(f"https://{host}/{path}?v={query}")
        except ValueError:  # no address at all: refused where links are read
            continue
        if video:
            assert video.cadre.isascii()
            assert not set(video.cadre) & set("\"'<> \\")


def test_a_video_alone_on_its_line_is_a_card():
    tree = drawn(f"Avant.\n\n[Une *nuit*]({PEERTUBE})\n\nAprès.")
    (figure,) = tree.iter("figure")
    assert figure.get("class") == "video"
    assert (
        figure.get("data-cadre") == "https://tube.example.org/videos/embed/4h6uXHW8FqBRMGkjyFyvmH"
    )
    assert figure.find("a").get("href") == PEERTUBE
    assert figure.find("a").text_content() == "Une nuit"
    assert not list(tree.iter("iframe", "script", "img"))
    assert frame_origins(html.tostring(tree, encoding="unicode")) == ("https://tube.example.org",)


def test_a_bare_address_says_where_it_leads():
    tree = drawn("https://youtu.be/aqz-KE-bpKQ\n")
    assert tree.find("figure/a").text_content() == "Vidéo sur YouTube"


@cases(
    "text",
    [
        f"Voir [la vidéo]({PEERTUBE}).",
        f"- [la vidéo]({PEERTUBE})",
        f"[Une nuit]({PEERTUBE}) [Deux nuits]({PEERTUBE})",
        "[Le site de la chaîne](https://www.youtube.com/@chaine)",
    ],
)
def test_a_link_in_a_sentence_or_a_list_stays_one(text):
    assert not list(drawn(text).iter("figure"))


def test_a_sound_of_ours_has_a_player_and_its_file():
    links = {"chant.mp3": "/medias/articles/chant.mp3"}
    tree = drawn('[Le « chant » & "la nuit"](chant.mp3)\n', **links)
    player = tree.find("figure/audio")
    assert dict(player.attrib) == {
        "controls": "",
        "preload": "none",
        "src": "/medias/articles/chant.mp3",
        "aria-label": 'Le «\u00a0chant\u00a0» & "la nuit"',
    }
    assert tree.find("figure/figcaption/a").get("href") == "/medias/articles/chant.mp3"
