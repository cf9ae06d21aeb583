"""A reader who listens: what is announced while one acts, where the focus goes."""

import re
from contextlib import contextmanager
from typing import NamedTuple

from pages import site_url
from serving import served
from tabs import rest

RECORD = """() => {
  const LIVE = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]';
  const said = window.__dit = [], last = new Map();
  const text = (one) => {
    if (one.closest('[hidden], [aria-hidden=true]') || !one.checkVisibility()) return '';
    const copy = one.cloneNode(true);
    copy.querySelectorAll('[aria-hidden=true], [hidden]').forEach((inner) => inner.remove());
    return copy.textContent.replace(/\\s+/g, ' ').trim();
  };
  const look = () => {
    for (const one of document.querySelectorAll(LIVE)) {
      const now = text(one), before = last.get(one);
      last.set(one, now);
      if (before !== undefined || one.getAttribute('role') === 'alert') {
        if (now && now !== before) said.push(now);
      }
    }
  };
  const start = () => {
    look();
    said.length = 0;
    new MutationObserver(look).observe(document, {
      subtree: true, childList: true, characterData: true, attributes: true,
      attributeFilter: ['hidden', 'class', 'aria-hidden', 'role', 'aria-live', 'open'],
    });
  };
  document.readyState === 'loading' ? addEventListener('DOMContentLoaded', start) : start();
}"""
"""Keeps what live regions say: the whole of one, each time that it changes (a status is atomic)."""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 1), innerHeight - 1);
  const over = document.elementFromPoint(x, y);
  return {
    tag: one.localName, id: one.id,
    text: (one.ariaLabel || one.textContent || '').trim().slice(0, 80),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    covered: !over || ![one, ...one.labels ?? []].some(
      (un) => un.contains(over) || over.contains(un) || un.ownerSVGElement?.contains(over)),
  };
}"""


class Focus(NamedTuple):
    """The element that has the focus, as eyes see it."""

    tag: str
    id: str
    text: str
    seen: bool
    covered: bool


class Ear:
    """A tab that is listened to."""

    def __init__(self, page, host):
        self.page, self.host = page, host

    def go(self, path):
        """Open a page."""
        self.page.goto(self.host + path)

    def leave(self):
        """Forget what was done, for a test that comes next."""
        self.page.unroute_all()
        rest(self.page, self.host)

    def announced(self, wait=400):
        """What live regions have said since one last asked, in order."""
        self.page.wait_for_timeout(wait)
        return self.page.evaluate("() => window.__dit.splice(0)")

    def until(self, words, seconds=30):
        """What has been said, once something that matches has, and a moment after."""
        heard = []
        for _ in range(int(seconds * 10)):
            heard += self.announced(100)
            if any(re.search(words, told) for told in heard):
                return heard + self.announced()
        raise AssertionError(f"« {words} » is not said: {heard}")

    def focus(self):
        """Where the focus is."""
        return Focus(**self.page.evaluate(FOCUSED))

    def option(self):
        """The option that arrow keys have reached in the list of the focused field."""
        return self.page.evaluate(
            "() => document.getElementById(document.activeElement"
            ".getAttribute('aria-activedescendant'))?.textContent ?? ''"
        )

    def stops(self, most=200):
        """Press Tab until the focus leaves the page."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            one = self.focus()
            if one.tag == "body":
                return
            yield one


@contextmanager
def listening(browser, site, width=1280, **options):
    """An ear on a built site, on a desk or (390) a telephone."""
    view = {"width": width, "height": 844 if width < 500 else 900}
    chosen = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "reduced_motion": "reduce"}
    context = browser.new_context(viewport=view, **{**chosen, **options})
    context.add_init_script(f"({RECORD})()")
    with served(site, site_url(site)) as host:
        yield Ear(context.new_page(), host)
    context.close()
