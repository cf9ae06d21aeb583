"""Nothing published asks another site for anything, nor says who took a picture and where."""

import re

import pytest
from PIL import Image

pytestmark = pytest.mark.site


def test_no_picture_says_more_than_its_pixels(each_site):
    marks = re.compile(
        rb"Exif\0\0[IM]|http://ns\.adobe\.com|x:xmpmeta|Photoshop 3\.0|ICC_PROFILE|MakerNote"
        rb"|/Author\s*[(<](?!FEFF>|\))|/(?:GoToR|Launch|JavaScript|SubmitForm|ImportData)\b"
    )
    said = {}
    pictures = 0
    for path in sorted(each_site.rglob("*")):
        if path.suffix not in (".jpg", ".png", ".webp", ".gif", ".avif", ".ico", ".pdf", ".mp3"):
            continue
        if mark := marks.search(path.read_bytes()):
            said[path.name] = mark[0]
        if path.suffix not in (".pdf", ".mp3"):
            pictures += 1
            with Image.open(path) as image:
                texts_of = {key for key, one in image.info.items() if isinstance(one, str | bytes)}
                texts_of -= {"version", "transparency", "background", "dpi", "duration"}
                if texts_of or len(image.getexif()):
                    said[path.name] = texts_of
    assert said == {}
    assert pictures > 20
