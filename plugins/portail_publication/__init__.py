"""From a plan to a published folder: what is stale is made, the rest is linked, a swap.

Knows neither Pelican nor Jinja: it is handed a ``render: TemplatePage → bytes``. Read
``publish`` first.
"""
