-- What the page for journalists asks.

-- chiffres
-- Figures that are true, as the columns of the table: those of temps forts, the last edition first,
-- then of places.
SELECT name, json_extract(figure.value, '$.libelle'), json_extract(figure.value, '$.valeur'),
    coalesce(json_extract(figure.value, '$.annee'), year) || '',
    coalesce(json_extract(figure.value, '$.source'), ''), url
  FROM (
    SELECT name, url, 0 AS rank, ref AS place, json_extract(value, '$.annee') AS year,
        json_extract(value, '$.chiffres') AS figures
      FROM content, json_each(field(ref, 'editions')) WHERE kind = 'temps-forts' AND NOT example
    UNION ALL SELECT name, url, 1, position, '', field(ref, 'chiffres')
      FROM content JOIN kind USING (kind) WHERE place AND NOT example), json_each(figures) AS figure
  ORDER BY rank, year DESC, place, figure.key

-- paroles
-- Whom to call: those that are there for others and say where to reach them, then those who `answer`
-- journalists, persons first, but for a structure for which somebody does; what is invented is last.
WITH voice AS (
  SELECT ref, field(ref, 'presse') IS NOT NULL AS answers, example, kind.rank AS kind_rank, place,
      position, place AND NOT example
        AND coalesce(field(ref, 'telephone'), field(ref, 'courriel')) IS NOT NULL
        AND 'reseau' IN (SELECT value FROM json_each(field(ref, 'roles'))) AS heads
    FROM content JOIN kind USING (kind) WHERE actor AND (answers OR heads))
SELECT ref, answers FROM voice
  WHERE ref NOT IN (SELECT target FROM voice JOIN mention USING (ref) WHERE field = 'affiliation')
  ORDER BY example, NOT heads, place, kind_rank, position
