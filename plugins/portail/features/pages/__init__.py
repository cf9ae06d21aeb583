"""What the public reads beside the contents: home page, map, catalogue, search. May need ``kinds``
and ``services``."""
