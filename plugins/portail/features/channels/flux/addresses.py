"""Addresses of feeds."""

from __future__ import annotations

FEEDS = "/flux/"
OPML = f"{FEEDS}abonnements.opml"
FEED_SHEET = "/flux.css"
COMING_FEED = "/agenda/a-venir.xml"
"""The feed of the events to come, by the day when they take place."""
