"""What each format says: items of a calendar, a feed, a page, an export, a spreadsheet."""
