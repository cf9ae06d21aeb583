"""Work that is counted rather than timed: what a busy machine does not change."""

import sys


def calls(work):
    """How many functions ``work`` calls, those written in C too."""
    count = 0

    def seen(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
