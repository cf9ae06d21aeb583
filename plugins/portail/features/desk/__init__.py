"""For who runs a portal: what to look at, figures, removal, exports, updates. May need every other
street."""
