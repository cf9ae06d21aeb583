-- What the page of who is not reached asks of the records.

-- sorties
SELECT DISTINCT ref, commune FROM content JOIN time USING (ref)
  WHERE kind = 'events' AND held AND NOT example AND NOT network AND commune IS NOT NULL
    AND first <= :fin AND last >= :debut ORDER BY ref
