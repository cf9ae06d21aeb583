"""The visual editor of ``/admin/``: its page and its configuration, from settings and models."""
