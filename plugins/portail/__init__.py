"""Portail's domain: from Markdown files to the plan of a regional science portal.

Pure Python: no Pelican, no Jinja, no network, no clock. Start with ``portail.pipeline``.
"""
