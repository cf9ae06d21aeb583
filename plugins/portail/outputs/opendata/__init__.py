"""Open data: the contents of the portal as files that programs and spreadsheets read."""
