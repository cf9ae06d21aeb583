"""What ``portail serve`` adds to the pages that it shows: they refresh by themselves, and say what
is wrong. Nothing of it is in the site."""

from __future__ import annotations

from html import escape

__all__ = ["PREFIX", "SCRIPT", "STYLE", "with_overlay"]

PREFIX = "/.apercu/"
"""Where the server answers for itself: no name of a site begins with a point."""

SCRIPT = """\
// The server says when this page has changed, and what is wrong; its words are never markup.
(() => {
  const { vu } = document.currentScript.dataset;
  const page = decodeURI(location.pathname);
  let stream;
  let shown;

  function element(parent, name, text) {
    if (!text) return;
    parent.append(Object.assign(document.createElement(name), { textContent: text }));
  }

  function show({ titre, fautes }) {
    shown?.remove();
    if (!fautes.length) return;
    shown = document.createElement("portail-apercu");
    const inside = shown.attachShadow({ mode: "open" });
    const sheet = { rel: "stylesheet", href: "/.apercu/apercu.css" };
    inside.append(Object.assign(document.createElement("link"), sheet));
    const box = document.createElement("section");
    box.setAttribute("role", "alert");
    element(box, "h2", titre);
    const list = document.createElement("ol");
    for (const { ou, code, message, remede, coller } of fautes) {
      const row = document.createElement("li");
      element(row, "code", [ou, code].filter(Boolean).join(" "));
      element(row, "p", message);
      element(row, "p", remede && `→ ${remede}`);
      element(row, "pre", coller);
      list.append(row);
    }
    const close = Object.assign(document.createElement("button"), { textContent: "Masquer" });
    close.addEventListener("click", () => shown.remove());
    box.append(list, close);
    inside.append(box);
    document.body.append(shown);
  }

  // A browser opens few streams to a server: a page that nobody sees has none.
  function listen() {
    stream?.close();
    if (document.hidden) return;
    stream = new EventSource(`/.apercu/etat?${new URLSearchParams({ page, vu })}`);
    stream.addEventListener("page", () => location.reload());
    stream.addEventListener("fautes", (event) => show(JSON.parse(event.data)));
  }

  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", listen);
  document.addEventListener("visibilitychange", listen);
})();
"""

STYLE = """\
section {
  position: fixed; inset: auto 0 0; z-index: 2147483647; box-sizing: border-box;
  max-height: 60vh; overflow: auto; padding: 1rem 1.5rem; border-top: 4px solid #b3261e;
  background: #fff; color: #1c1b1a; font: 1rem/1.5 system-ui, sans-serif;
}
h2 { margin: 0 0 .5rem; font-size: 1.125rem; color: #8c1d18; }
ol { margin: 0; padding-left: 1.5rem; }
li { margin-bottom: .75rem; }
p { margin: .125rem 0; }
code { font-weight: 600; overflow-wrap: anywhere; }
pre { margin: .25rem 0; padding: .5rem; background: #f3efec; overflow: auto; }
button { min-height: 2.75rem; padding: 0 1rem; font: inherit; cursor: pointer; }
"""


def with_overlay(page: bytes, seen: str) -> bytes:
    """A page that follows the site; ``seen`` stands for its bytes.

    >>> with_overlay(b"<p>Bonjour</p></body></html>", "ab")
    b'<p>Bonjour</p><script src="/.apercu/apercu.js" data-vu="ab"></script></body></html>'
    """
    head, body, tail = page.rpartition(b"</body>")
    script = f'<script src="{PREFIX}apercu.js" data-vu="{escape(seen)}"></script>'.encode()
    return head + script + body + tail if body else page + script
