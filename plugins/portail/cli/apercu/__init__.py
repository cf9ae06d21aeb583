"""What a proposal changes, told to its author and to who reviews it: nothing here draws a page.

Two folders of contents are compared (``changes``); what is wrong is given to the content that it
concerns (``faults``) with its front matter corrected (``mending``); ``story`` gathers all of it,
``comment`` and ``summary`` write it in the Markdown of forges, ``views`` is what the page shows.
Whatever comes from a contributor is hostile: ``markdown`` and ``pieces`` let nothing through.
"""

from __future__ import annotations

__all__: list[str] = []
