"""A tab that the tests of a file share. A new one reads a page of the showcase with 0.28 s of
processor, one that is open with 0.12 s: its process runs, it has sheets, scripts and fonts."""

import json
from contextlib import ExitStack, contextmanager
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Page

from serving import elsewhere

OUT = ("geo:", "mailto:", "sms:", "tel:", "webcal:")
"""What leads out of the browser, to a program that is not there: a tab of a whole Chromium that
handed one over may never read a page again. A test looks at such an address."""
PRESSED = []
"""What was pressed all the same: the test that did it fails."""
_SAID = "leads out of the browser: look at its address, do not press it"
_REFUSE = f"""for (const sort of ['click', 'submit']) addEventListener(sort, (event) => {{
  const {{ target, submitter, defaultPrevented }} = event;
  const to = sort === 'submit' ? submitter?.getAttribute('formaction') || target.action
    : target.closest?.('a[href]')?.href;
  if (defaultPrevented || !{json.dumps(OUT)}.some((out) => String(to).startsWith(out))) return;
  event.preventDefault();
  console.error(to, '{_SAID}');
}});"""


def inside(browser):
    """This browser, of which no page may be left for another program."""

    def told(message):
        if message.text.endswith(_SAID):
            PRESSED.append(message.text)

    def kept(context):
        context.add_init_script(_REFUSE)
        context.on("console", told)
        return context

    new_context, new_page = browser.new_context, browser.new_page

    def page_apart(**options):
        page = new_page(**options)
        kept(page.context)
        return page

    browser.new_context = lambda **options: kept(new_context(**options))
    browser.new_page = page_apart
    return browser


def rest(page, origin):
    """Leave what a test was reading, and forget what the site kept: what a page keeps as one leaves
    it goes too, which is why it is left first.

    A page that is empty costs less than half of the smallest file of the site.
    """
    page.evaluate("try { sessionStorage.clear(); } catch { /* an empty page has none */ }")
    page.goto("about:blank")
    if page not in _SESSIONS:
        _SESSIONS[page] = page.context.new_cdp_session(page)
    kept = {"origin": origin, "storageTypes": "local_storage,indexeddb"}
    _SESSIONS[page].send("Storage.clearDataForOrigin", kept)


_SESSIONS = WeakKeyDictionary[Page, CDPSession]()
"""What speaks to each tab below its page: to make it costs as much as to read a small page."""


def until(page, condition):
    """Wait until a condition of JavaScript holds, perhaps a promise. ``wait_for_function`` hands it
    to ``eval`` whenever it did not hold, which the policy of our pages refuses."""
    page.evaluate(f"""() => new Promise((met, never) => {{
      const end = performance.now() + 30_000;
      const look = async () => {{
        if (await ({condition})) met();
        else if (performance.now() > end) never(new Error({json.dumps(f"never: {condition}")}));
        else setTimeout(look, 20);
      }};
      look();
    }})""")


_BY_THE_CLOCK = "was preloaded using link preload but not used within a few seconds"
"""What Chromium says of a font when the machine is too busy to draw: ``test_policy`` asks of each
sort of page, without a clock, whether it uses those that it fetches early."""


class Tab:
    """A page of a site that is served at ``host``, and what went wrong in it since a visit began:
    what scripts say to the console, their errors, what is asked of another site."""

    def __init__(self, page, host):
        self.page, self.host, self.wrong = page, host, []
        other = elsewhere(host)
        page.on("console", lambda said: self._said(said.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda one: other.match(one.url) and self.wrong.append(one.url))

    def _said(self, text):
        if _BY_THE_CLOCK not in text:
            self.wrong.append(text)

    @contextmanager
    def visited(self):
        """The page, for one test: nothing may go wrong, nothing is left to the next."""
        yield self.page
        wrong = [*self.wrong]
        rest(self.page, self.host)
        self.wrong.clear()
        assert wrong == [], "\n".join(wrong)


@contextmanager
def shared(browser, host, **options):
    """A tab at ``host``, below which addresses are said without it; ``options`` are those of a
    context of Playwright."""
    context = browser.new_context(base_url=host, **{"locale": "fr-FR", **options})
    yield Tab(context.new_page(), host)
    context.close()


LASTING = {"clock", "close", "context", "expose_binding", "expose_function", "once"}
"""What a test asks of a tab to leave in it something that cannot be taken back."""


class Lent(Page):
    """A tab that is given to one test after another, where nothing of the last is left."""

    undo: ExitStack
    lasting: bool

    def on(self, event, f):
        super().on(event, f)
        self.undo.callback(self.remove_listener, event, f)

    def add_init_script(self, *script, **options):
        return self.undo.enter_context(super().add_init_script(*script, **options))

    def __getattribute__(self, name):
        if name in LASTING:
            self.lasting = True
        return super().__getattribute__(name)


class Pool:
    """Tabs of a browser, on ``origin``, for the tests that follow one another in a process."""

    def __init__(self, browser, origin, **options):
        self.browser, self.origin, self.options = browser, origin, options
        self.free = {}

    @contextmanager
    def lending(self):
        """A function that gives a tab of a width and of options of a context of Playwright;
        ``own``: one that has read nothing yet."""
        given = []

        def take(width, *, own=False, **options):
            seen = {
                "color_scheme": options.pop("color_scheme", "light"),
                "reduced_motion": options.pop("reduced_motion", "no-preference"),
                "forced_colors": options.pop("forced_colors", "none"),
            }
            free = self.free.setdefault(key := str(sorted(options.items())), [])
            tab = free.pop() if free and not own else self._new(options)
            tab.undo, tab.lasting = ExitStack(), own
            tab.set_viewport_size({"width": width, "height": 800})
            tab.emulate_media(media="null", **seen)
            given.append((key, tab))
            return tab

        yield take
        for key, tab in given:
            if tab.lasting or not tab.url.startswith((self.origin, "about:blank")):
                tab.context.close()
            else:
                self._empty(tab)
                self.free[key].append(tab)

    def _new(self, options):
        page = self.browser.new_context(**self.options, **options).new_page()
        page.__class__ = Lent
        assert isinstance(page, Lent)
        return page

    def _empty(self, tab):
        """Leave the page of a test: what it kept, what was added to the tab."""
        tab.undo.close()
        tab.unroute_all()
        tab.mouse.move(0, 0)
        rest(tab, self.origin)
