"""Sending of the newsletter, which opens connections; no build imports it."""
