-- What the toolbox asks of places and of what is lent.

-- acteurs
-- Who plays each role, and how many places are its members: networks by name; of the others, first
-- those that say what they offer, then those that have an address.
SELECT role.value, content.ref, (
    SELECT count(DISTINCT mention.ref) FROM mention JOIN content AS member USING (ref)
      JOIN kind USING (kind) WHERE field = 'membre_de' AND target = content.ref AND place)
  FROM content JOIN kind USING (kind), json_each(field(ref, 'roles')) AS role WHERE place
  ORDER BY role.value <> 'reseau' AND field(ref, 'offre') IS NULL,
    role.value <> 'reseau' AND commune IS NULL, sort_key(name), position

-- types
-- Of tools that are lent (`:outils`), or of what is to be read.
SELECT code, term.label, plural, count(*)
  FROM content JOIN kind USING (kind) JOIN value USING (ref) JOIN term USING (code)
  WHERE borrowed AND field = 'type' AND list = 'types-ressources'
    AND :outils = (field(ref, 'pret') IS NOT NULL OR field(ref, 'itinerance') IS NOT NULL)
    AND (:outils OR code <> 'financement')
  GROUP BY code ORDER BY term.rank
