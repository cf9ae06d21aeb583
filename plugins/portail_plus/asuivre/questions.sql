-- attendues
-- Promises that nothing keeps, by day.
SELECT ref, json_extract(field(ref, 'suite'), '$') AS day FROM content
  WHERE day IS NOT NULL
    AND ref NOT IN (SELECT target FROM mention WHERE field = 'suite_de' AND ref <> target)
  ORDER BY day, ref
