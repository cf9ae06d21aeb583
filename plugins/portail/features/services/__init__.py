"""What others are made with: hours, loans, distances, facets, identities, tables. Needs no other
street."""
