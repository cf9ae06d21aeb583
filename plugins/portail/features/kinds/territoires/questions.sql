-- What the page of who is not reached asks of the records (`outing`, in the schema of records).

-- sorties
SELECT commune, ref, max(min(first), :debut), min(sort = 'durees') AS lasts FROM outing
  WHERE sort IN ('sorties', 'durees') AND first <= :fin AND last >= :debut
  GROUP BY commune, ref ORDER BY commune, lasts, 3, ref

-- annonces
SELECT sort, count(DISTINCT ref) FROM outing JOIN place USING (ref)
  WHERE code = :code AND first <= :fin AND last >= :debut GROUP BY sort
