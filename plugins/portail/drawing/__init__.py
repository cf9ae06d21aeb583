"""Drawings computed by the portal: shapes as numbers, without colours."""
