"""For who runs a portal: its documents, a new one. May need every other street."""
