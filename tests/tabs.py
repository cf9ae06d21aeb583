"""A tab that the tests of a file share. A new one reads a page of the showcase with 0.28 s of
processor, one that is open with 0.12 s: its process runs, it has sheets, scripts and fonts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from serving import elsewhere

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["Tab", "shared"]


class Tab:
    """A page of a site that is served at ``host``, and what went wrong in it since a visit began:
    what scripts say to the console, their errors, what is asked of another site."""

    def __init__(self, page: Page, host: str) -> None:
        self.page, self.host, self.wrong = page, host, list[str]()
        other = elsewhere(host)
        page.on("console", lambda said: self.wrong.append(said.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda one: other.match(one.url) and self.wrong.append(one.url))

    @contextmanager
    def visited(self) -> Iterator[Page]:
        """The page, for one test: nothing may go wrong, nothing is left to the next."""
        yield self.page
        wrong = [*self.wrong]
        # What a page keeps as one leaves it goes too: this file runs no script.
        self.page.goto(f"{self.host}/robots.txt")
        self.page.evaluate("() => [localStorage, sessionStorage].forEach((one) => one.clear())")
        self.wrong.clear()
        assert wrong == []


@contextmanager
def shared(browser: Browser, host: str, **options: Any) -> Iterator[Tab]:
    """A tab at ``host``, below which addresses are said without it; ``options`` are those of a
    context of Playwright."""
    context = browser.new_context(base_url=host, **{"locale": "fr-FR", **options})
    yield Tab(context.new_page(), host)
    context.close()
