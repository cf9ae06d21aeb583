"""Whole sites of other generators (Pelican, Jekyll, Hugo), read from their folders as contents."""
