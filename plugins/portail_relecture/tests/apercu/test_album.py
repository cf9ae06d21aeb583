"""Pictures inside a preview: which, and how many."""

from pathlib import PurePosixPath
from types import SimpleNamespace

from portail.outputs.base import Derived, Shown, TemplatePage
from portail_relecture.apercu.drawing import ROOM, Album, Room

PHOTO, OTHER = PurePosixPath("content/medias/a.jpg"), PurePosixPath("content/medias/b.jpg")


def made(url, source, size=30):
    """A picture of ``size`` bytes."""
    return Derived(url[1:], url, (), lambda _: url.encode().ljust(size), source)


def album(*artifacts, room=None):
    """An album of a site below ``/base``."""
    config = SimpleNamespace(base="/base")
    renderer = SimpleNamespace(config=config, render=lambda page: page.path.encode())
    return Album(renderer, artifacts, room or Room())


SIZES = [
    made(f"/medias/a.jpg{end}", PHOTO) for end in ("", ".480.avif", ".480.webp", ".800.webp")
]  # fmt: skip


def test_the_size_that_suits_a_screen_is_taken():
    inside = album(*SIZES).pictures([PHOTO], "")
    texts = {inside(f"/base/medias/a.jpg{end}") for end in ("", ".480.avif", "?v=1")}
    (text,) = texts
    assert text.startswith("data:image/webp;base64,")
    assert album(SIZES[0]).pictures([PHOTO], "")("/base/medias/a.jpg").startswith("data:image/jpeg")


def test_only_its_own_pictures_are_given():
    inside = album(*SIZES, made("/medias/b.jpg", OTHER)).pictures([PHOTO], "")
    for address in ("/base/medias/b.jpg", "https://x.example/medias/a.jpg.png", "", "/", "//x/a"):
        assert inside(address) == ""


def test_a_drawing_is_given_on_any_ground():
    url = "/empreintes/numerique-1.svg"
    page = TemplatePage(url[1:], url, "empreinte.svg", Shown("", "", ()), object)
    for own in (url, f"{url}#profond"):
        inside = album(page).pictures([], own)
        for shown in (url, f"{url}#profond"):
            assert inside(f"/base{shown}").startswith("data:image/svg+xml;base64,")
        assert inside("/base/empreintes/numerique-2.svg") == ""


def test_pictures_stop_when_there_is_no_room():
    room = Room()
    many = [PurePosixPath(f"content/medias/{rank}.jpg") for rank in range(5)]
    pictures = [made(f"/medias/{one.name}", one, ROOM // 4) for one in many]
    first, second = (album(*some, room=room) for some in (pictures[:2], pictures[2:]))
    found = [first.shown(one) for one in many[:2]] + [second.shown(one) for one in many[2:]]
    assert sum(map(len, found)) <= ROOM
    assert [bool(one) for one in found] == [True, True, False, False, False]
    assert room.tues == 3
