"""The measures of the look and of the speed see what is over."""

import io
from time import sleep

import pytest
from PIL import Image

from doses import cases
from mesures import Site, is_grey, longest_task, row, timed, titles, traced, words
from pages import html_pages
from serving import served


@cases(
    ("colour", "grey"),
    [
        *((one, True) for one in ("#808080", "#f6e7ce", "#f1ece0", "#e6e8e8")),
        *((one, False) for one in ("#12335a", "#d8ecec", "#f8e3dc", "#dce7f2")),
    ],
)
def test_beige_and_grey_are_told_from_colours(colour, grey):
    drawn = io.BytesIO()
    Image.new("RGB", (8, 5), colour).save(drawn, "PNG")
    assert is_grey(drawn.getvalue()) is grey


def test_what_is_over_is_said():
    assert row("page: height", 6001, 6000, "px").endswith("OVER")
    assert row("page: height", 6000, 6000, "px").endswith("ok")


def test_only_the_words_of_the_main_part_count(arbre):
    root = arbre({"a.html": "<p>Menu<main>L&#39;<b>an</b>\n<style>p{}</style></main><footer>Pied"})
    assert words(root / "a.html") == "L' an"


def event(name, start, took=0, tid=1):
    return {"name": name, "ts": start, "tdur": took, "pid": 1, "tid": tid}


def test_tasks_count_once_something_is_seen_on_the_thread_of_the_page():
    tasks = [event("RunTask", 10, 90_000), event("RunTask", 30, 60_000)]
    others = [event("RunTask", 40, 80_000, tid=2), event("Layout", 50, 99_000)]
    assert longest_task([*tasks, event("firstContentfulPaint", 20), *others]) == 60
    assert longest_task(tasks) == float("inf"), "nothing was seen"


@pytest.mark.chromium
def test_a_page_is_measured(arbre, browser):
    head = "<!DOCTYPE html><html lang=fr><title>Essai</title><link rel=icon href='data:,'>"
    body = "<style>h2{font:700 20px a}.b{font-size:30px}</style><main><h2>A</h2><h2 class=b>B</h2>"
    output = arbre({"index.html": f"{head}{body}<h2 hidden>C</h2></main>"})
    with served(output, packed=True) as host:
        site = Site(output, host, browser, html_pages(output))
        assert titles(site) == 2
        assert all(0 < one < 30_000 for one in timed(site, "/"))


class Mute:
    """A browser that never tells the end of a trace."""

    def on(self, *_):
        """Nothing will come."""

    def send(self, *_):
        """Heard, and no more."""

    def wait_for_timeout(self, pause):
        """So many milliseconds."""
        sleep(pause / 1000)


def test_a_trace_that_does_not_end_is_given_up():
    silent = Mute()
    assert traced(silent, silent, within=100) == []
