"""For who runs a portal: what to look at, figures, removal, exports, updates."""
