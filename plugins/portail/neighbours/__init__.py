"""Other portals: what they last said, kept in files and judged as what strangers write."""
