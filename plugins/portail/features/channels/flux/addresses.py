"""Addresses of feeds."""

from __future__ import annotations

FEEDS = "/flux/"
FORMER_LIST = f"{FEEDS}abonnements.opml"
"""Every feed in one file for readers of feeds, that portals of version 0.2.0 had."""
FEED_SHEET = "/flux.css"
COMING_FEED = "/agenda/a-venir.xml"
"""The feed of the events to come, by the day when they take place."""
