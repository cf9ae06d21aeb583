-- What figures ask. ?1 is the subject, ?2 the year; most say the year before too, whose rows have its
-- number first, then what is counted.

-- annees
SELECT DISTINCT year FROM contribution ORDER BY year DESC

-- genres
SELECT year, kind, count(*), sum(network) FROM contribution
  WHERE year IN (?1, ?1 - 1) GROUP BY year, kind

-- tout
SELECT year, kind, count(*), sum(network) FROM contribution GROUP BY year, kind

-- actives
SELECT year, count(DISTINCT target) FROM naming GROUP BY year

-- themes
SELECT year, code, count(*) FROM contribution JOIN value USING (ref)
  WHERE year IN (?1, ?1 - 1) AND field = 'themes' GROUP BY year, code

-- articles
SELECT year, code, count(*) FROM contribution JOIN value USING (ref)
  WHERE year = ?1 AND kind = 'articles' AND field = 'genre' GROUP BY code

-- publications
SELECT year, substr(published, 6, 2) + 0, count(*) FROM contribution JOIN kind USING (kind)
  WHERE year IN (?1, ?1 - 1) AND published IS NOT NULL AND NOT dated GROUP BY 1, 2

-- structures
SELECT target, count(*), target NOT IN (SELECT target FROM naming WHERE year < ?1)
  FROM naming WHERE year = ?1 GROUP BY target ORDER BY 2 DESC, target

-- anciennes
SELECT count(DISTINCT target) FROM naming WHERE year < ?1

-- evenements
SELECT year, count(*), sum(times), count(DISTINCT commune),
    sum(free), count(free), sum(open), count(open), sum(schools), count(*),
    sum(free IS NULL), sum(open IS NULL), sum(NOT said), sum(NOT EXISTS (
      SELECT 1 FROM value WHERE value.ref = content.ref AND field = 'themes'))
  FROM event_of JOIN content USING (ref)
  WHERE subject = ?1 AND year IN (?2, ?2 - 1) GROUP BY year

-- mois
SELECT span.year, iif(substr(first, 1, 4) + 0 = span.year, substr(first, 6, 2) + 0, 1) AS month,
    count(DISTINCT ref)
  FROM event_of JOIN span USING (ref, year)
  WHERE subject = ?1 AND year IN (?2, ?2 - 1) AND held GROUP BY 1, 2

-- champ
SELECT year, code, count(DISTINCT ref) FROM event_of JOIN value USING (ref)
  WHERE subject = ?1 AND year IN (?2, ?2 - 1) AND field = ?3 GROUP BY year, code

-- muets
SELECT count(*) FROM event_of WHERE subject = ?1 AND year = ?2
  AND ref NOT IN (SELECT ref FROM value WHERE field = ?3)

-- endroits
SELECT year, code, count(*) FROM event_of JOIN spot USING (ref)
  WHERE subject = ?1 AND year IN (?2, ?2 - 1) GROUP BY year, code

-- communes
SELECT year, commune, count(*), min(ref) FROM event_of JOIN content USING (ref)
  WHERE subject = ?1 AND year IN (?2, ?2 - 1) AND commune IS NOT NULL GROUP BY year, commune

-- villes
SELECT year, iif(town = '', 'Sans commune', town) AS town, count(*)
  FROM event_of JOIN content USING (ref) WHERE subject = ?1 AND year = ?2 GROUP BY 2

-- roles
SELECT year, field, count(DISTINCT ref) FROM belongs JOIN (
    SELECT subject, ref, year FROM event_of UNION SELECT subject, ref, year FROM partner_of)
  USING (subject, ref) WHERE subject = ?1 AND year IN (?2, ?2 - 1) GROUP BY year, field

-- retires
SELECT count(DISTINCT ref) FROM belongs JOIN span USING (ref)
  WHERE subject = ?1 AND year = ?2 AND (own OR ?1 NOT LIKE 'lieux/%')
  AND ref NOT IN (SELECT ref FROM event WHERE year = ?2)

-- parutions
SELECT year, kind, count(*) FROM parution_of
  WHERE subject = ?1 AND year IN (?2, ?2 - 1) GROUP BY year, kind

-- parues
SELECT ref FROM parution_of WHERE subject = ?1 AND year = ?2 ORDER BY published, ref

-- tenus
SELECT ref, day, times FROM event_of WHERE subject = ?1 AND year = ?2 ORDER BY day, ref

-- partages
SELECT ref, day, times FROM partner_of WHERE subject = ?1 AND year = ?2 ORDER BY day, ref

-- siens
SELECT ref FROM belongs JOIN content USING (ref) JOIN kind USING (kind) WHERE subject = ?1
  AND (dated AND (own OR field = 'partenaires')
    OR kind IN ('articles', 'annonces', 'ressources') AND field <> 'itinerance')

-- nommes
SELECT DISTINCT mention.ref FROM mention WHERE target = ?1

-- semblables
WITH peer AS (SELECT ref FROM structure WHERE type = ?1 AND (NOT example OR ?3)),
  out AS (SELECT kind, count(*) AS number FROM parution_of JOIN peer ON peer.ref = subject
    WHERE year = ?2 GROUP BY kind)
SELECT (SELECT count(*) FROM peer),
  (SELECT count(*) FROM event_of JOIN peer ON peer.ref = subject WHERE year = ?2),
  (SELECT sum(times) FROM event_of JOIN peer ON peer.ref = subject WHERE year = ?2),
  (SELECT number FROM out WHERE kind = 'articles'),
  (SELECT number FROM out WHERE kind = 'annonces'),
  (SELECT number FROM out WHERE kind = 'ressources')

-- types
SELECT ?2, type, count(*), sum((ref, ?2) IN (SELECT ref, year FROM active))
  FROM structure JOIN place USING (ref) WHERE code = ?1 AND NOT example GROUP BY type

-- outils
SELECT count(*), sum(copies) FROM tool
  WHERE coalesce(since, 0) <= ?1 OR tool IN (SELECT tool FROM loan_in WHERE year = ?1)

-- annees_de_prets
SELECT DISTINCT year FROM loan_in ORDER BY year DESC

-- prets
SELECT year, sum(begun), sum(days), count(DISTINCT tool),
    count(DISTINCT iif(begun AND who <> '', who, NULL)),
    count(DISTINCT iif(begun AND departement <> '', departement, NULL)),
    sum(begun AND who = ''), sum(begun AND named)
  FROM loan_in WHERE year IN (?1, ?1 - 1) GROUP BY year

-- prets_par
SELECT year, key, sum(begun), sum(days) FROM lent
  WHERE year IN (?1, ?1 - 1) AND by = ?2 GROUP BY year, key

-- prets_par_mois
SELECT year, month, sum(begun AND substr(du, 6, 2) + 0 = month), CAST(sum(max(0,
    julianday(min(au, date(year || '-01-01', month || ' months', '-1 day')))
    - julianday(max(du, date(year || '-01-01', (month - 1) || ' months'))) + 1)) AS INTEGER)
  FROM loan_in JOIN month WHERE year IN (?1, ?1 - 1) GROUP BY year, month

-- prets_de
SELECT title, url, sum(begun), sum(days), count(DISTINCT nullif(who, ''))
  FROM loan_in JOIN tool USING (tool)
  WHERE year = ?1 AND lender = ?2 AND (NOT example OR ?3) GROUP BY tool ORDER BY rank

-- jamais
SELECT title, url, max(iif(substr(au, 1, 4) + 0 < ?1, au, NULL)) FROM tool LEFT JOIN loan USING (tool)
  WHERE coalesce(since, 0) <= ?1 AND tool NOT IN (SELECT tool FROM loan_in WHERE year = ?1)
  GROUP BY tool ORDER BY rank
