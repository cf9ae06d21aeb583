"""Print pages with WebKit, the engine of Safari, into PDF files: for the system's Python.

``xvfb-run -a /usr/bin/python3 outils/webkit_papier.py FOLDER WIDTH ADDRESS…`` writes ``0.pdf``,
``1.pdf``… into the folder, printed on A4 from a window of that width. It needs PyGObject and
WebKitGTK (Debian: python3-gi, gir1.2-webkit2-4.1), which no package of the environment brings.
Exit codes: 0 all printed, 1 a page was not.
"""

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

HEIGHT = 900
SETTLED = 800
"""Milliseconds after a page has loaded: scripts put what they add in its place."""


class Printer:
    """A window that prints each of its addresses in turn.

    Each has a view of its own: one that has printed stays as wide as its paper.
    """

    def __init__(self, folder, width, addresses):
        self.folder = folder
        self.waiting = list(enumerate(addresses))
        self.failures = []
        self.view = None
        self.window = Gtk.Window()
        self.window.set_default_size(width, HEIGHT)

    def next(self):
        """Open what comes next; leave when there is no more."""
        if not self.waiting:
            Gtk.main_quit()
            return
        self.rank, self.address = self.waiting.pop(0)
        if self.view:
            self.view.destroy()
        self.view = WebKit2.WebView()
        self.view.connect("load-changed", self.loaded)
        self.window.add(self.view)
        self.window.show_all()
        self.view.load_uri(self.address)

    def loaded(self, _view, event):
        """Print what has loaded, once it is still."""
        if event == WebKit2.LoadEvent.FINISHED:
            GLib.timeout_add(SETTLED, self.print)

    def print(self):
        """Print the page on A4, without a dialogue."""
        settings = Gtk.PrintSettings()
        settings.set(Gtk.PRINT_SETTINGS_PRINTER, "Print to File")
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
        target = (self.folder / f"{self.rank}.pdf").resolve()
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, target.as_uri())
        setup = Gtk.PageSetup()
        setup.set_paper_size_and_default_margins(Gtk.PaperSize.new(Gtk.PAPER_NAME_A4))
        self.operation = WebKit2.PrintOperation.new(self.view)
        self.operation.set_print_settings(settings)
        self.operation.set_page_setup(setup)
        self.operation.connect("failed", self.failed)
        self.operation.connect("finished", lambda _operation: self.next())
        self.operation.print_()
        return GLib.SOURCE_REMOVE

    def failed(self, _operation, error):
        """Keep what went wrong; « finished » follows."""
        self.failures.append(f"{self.address}: {error.message}")


def main():
    """Print the addresses of the command line."""
    folder, width, *addresses = sys.argv[1:]
    printer = Printer(Path(folder), int(width), addresses)
    GLib.idle_add(printer.next)
    Gtk.main()
    for failure in printer.failures:
        print(failure, file=sys.stderr)
    return 1 if printer.failures else 0


if __name__ == "__main__":
    sys.exit(main())
