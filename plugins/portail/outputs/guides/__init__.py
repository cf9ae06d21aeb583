"""The guides of ``docs/contribuer/`` and the pages of codes, as the site publishes them."""
