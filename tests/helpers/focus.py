"""Where the keyboard is, as eyes see it: what changes on the screen when Tab reaches a stop.

Pages repeat what they are made of: of the stops that stand in the same elements, of the same
classes, one is looked at in all the pages that a browser walks.
"""

import base64
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageChops

from firefox import TAB

CHANGED = 64
"""Of 255 levels of grey: by how much a pixel differs from the one that it was, about a contrast of
3 to 1 beside white or black."""
PARTS = 6
"""Stops that a field of a date or an hour has in itself, at most."""
STOPS = """
const given = new Set(arguments[0]);
const reached = (one) => one.tabIndex >= 0 && !one.disabled
  && one.checkVisibility({ visibilityProperty: true })
  && (one.type !== 'radio' || one.checked
    || !document.querySelector(`[name="${CSS.escape(one.name)}"]:checked`));
const classes = (one) => [...one.classList].filter((name) => !/^(t-|d\\d|n\\d)/.test(name));
const kind = (one) => {
  const names = [one.localName + classes(one).map((name) => `.${name}`).join('')];
  while ((one = one.parentElement) && names.length < 3) {
    if (classes(one).length) names.push(`.${classes(one).join('.')}`);
  }
  return names.reverse().join(' ');
};
const group = (one) => (one.type === 'radio' ? one.name : null);
const all = [...document.querySelectorAll(
  'a[href], button, input, select, textarea, summary, [tabindex]')].filter(reached);
window.stops = new Map();
all.forEach((one, rank) => {
  const name = kind(one);
  if (given.has(name) || window.stops.has(name)) return;
  window.stops.set(name, [one, all.slice(0, rank).findLast(
    (other) => !group(one) || group(other) !== group(one))]);
});
return [...window.stops.keys()];
"""
"""Kinds of stops that are not among those given. Classes of a colour or a width do not count."""
READY = """
const [stop, before] = window.stops.get(arguments[0]);
stop.focus();
stop.scrollIntoView({ block: 'center', inline: 'center' });
const seen = stop.getBoundingClientRect();
scrollBy(0, seen.top + seen.height / 2 - innerHeight / 2);  // Firefox does not do so in an svg
const [own] = stop.getClientRects();
if (!own) return null;
const boxes = [stop, stop.closest('label, li, article, td, .choix, .depot')].filter((one) => one)
  .map((one) => one.getBoundingClientRect());
if (!before) document.body.tabIndex = -1;  // the first stop of the page
const start = window.start = before ?? document.body;
start.focus({ preventScroll: true });
if (document.activeElement !== start) return null;
start.blur();  // nothing is shown of it
const edge = 12, floor = (value) => Math.max(Math.floor(value), 0);
const left = floor(Math.min(...boxes.map((box) => box.left)) - edge);
const top = floor(Math.min(...boxes.map((box) => box.top)) - edge);
const right = Math.min(Math.max(...boxes.map((box) => box.right)) + edge, innerWidth);
const bottom = Math.min(Math.max(...boxes.map((box) => box.bottom)) + edge, innerHeight);
const around = 2 * (Math.min(own.width, innerWidth) + Math.min(own.height, innerHeight));
return [Math.round(left + scrollX), Math.round(top + scrollY), Math.ceil(right - left),
  Math.ceil(bottom - top), around];
"""
"""The next Tab leads to a stop: the part of the page where it is seen, with its card, and the
perimeter of what the window shows of it. Null: a script has taken it away since."""
START = "window.start.focus({ preventScroll: true })"
"""Tab goes on from the stop before: Firefox begins the page again after a date that lost it."""
IS_THERE = "return document.activeElement === window.stops.get(arguments[0])[0]"
SNAPSHOT = """
const [left, top, width, height, resolve] = arguments;
const { gBrowser } = Services.wm.getMostRecentWindow("navigator:browser");
const page = gBrowser.selectedBrowser.browsingContext.currentWindowGlobal;
const draw = async () => {
  const seen = await page.drawSnapshot(new DOMRect(left, top, width, height), 1, "white");
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").drawImage(seen, 0, 0);
  const bytes = await (await canvas.convertToBlob()).arrayBuffer();
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
};
draw().then(resolve);
"""


class Box(NamedTuple):
    """A part of the page, in CSS pixels."""

    left: int
    top: int
    width: int
    height: int


class InChromium:
    """A tab of Playwright, on the site at ``host``."""

    def __init__(self, page, host):
        self.page = page
        self.host = host
        self.session = page.context.new_cdp_session(page)

    def open(self, path):
        self.page.goto(self.host + path)

    def run(self, script, *given):
        return self.page.evaluate(f"(all) => (function () {{{script}}})(...all)", given)

    def tab(self):
        self.page.keyboard.press("Tab")

    def look(self, box):
        clip = {"x": box.left, "y": box.top, "width": box.width, "height": box.height, "scale": 1}
        asked = {"clip": clip, "optimizeForSpeed": True}
        return _grey(self.session.send("Page.captureScreenshot", asked)["data"])


class InFirefox:
    """A window of Firefox, on the site at ``host``."""

    def __init__(self, window, host):
        self.window = window
        self.host = host

    def open(self, path):
        self.window.open(self.host + path)

    def run(self, script, *given):
        return self.window.run(script, *given)

    def tab(self):
        keys = [{"type": way, "value": TAB} for way in ("keyDown", "keyUp")]
        self.window.ask("WebDriver:PerformActions", actions=[
            {"type": "key", "id": "keyboard", "actions": keys},
        ])  # fmt: skip

    def look(self, box):
        return _grey(self.window.privileged(SNAPSHOT, *box))


def _grey(data):
    return Image.open(BytesIO(base64.b64decode(data))).convert("L")


class Walk:
    """What a keyboard goes through, from page to page: ``kinds`` of stops looked at so far."""

    def __init__(self, keyboard):
        self.keyboard = keyboard
        self.kinds = set()

    def faults(self, path):
        """Stops of a page that eyes do not find, of kinds not yet looked at, and why."""
        self.keyboard.open(path)
        if not self._look():
            return []
        faults = self._look()  # a script may still have been writing the page
        self.kinds |= faults.keys()
        return [f"{path}: {kind}: {fault}" for kind, fault in faults.items()]

    def _look(self):
        """What is wrong with each kind of stop of the page; the others are known from now on."""
        found = {kind: self._fault(kind) for kind in self.keyboard.run(STOPS, [*self.kinds])}
        self.kinds |= {kind for kind, fault in found.items() if fault == ""}
        return {kind: fault for kind, fault in found.items() if fault}

    def _fault(self, kind):
        """None: a script has taken the stop away. Else as many pixels change as it has around."""
        ready = self.keyboard.run(READY, kind)
        if ready is None:
            return None
        *sides, perimeter = ready
        box = Box(*sides)
        if min(box.width, box.height) <= 0:
            return "it cannot be scrolled to"
        before = self.keyboard.look(box)
        if not self._reached(kind):
            return "Tab does not lead there"
        changes = ImageChops.difference(before, self.keyboard.look(box))
        changed = sum(changes.histogram()[CHANGED:])
        return "" if changed >= perimeter else f"{changed} pixels change"

    def _reached(self, kind):
        """Whether Tab leads to a stop, through the parts of the field before it."""
        self.keyboard.run(START)
        for _ in range(PARTS):
            self.keyboard.tab()
            if self.keyboard.run(IS_THERE, kind):
                return True
        return False
