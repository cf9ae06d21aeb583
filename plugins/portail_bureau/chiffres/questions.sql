-- What figures ask of a subject (`:sujet`, see schema.sql) in a year (`:annee`), and in the year
-- before when there is one to compare with (`:avant`: 1, else 0). A question whose name has a dot
-- gives the rows of that table of `tables.yml`: label, address, values as its columns are ordered,
-- the last one of the year before.

-- annees
SELECT DISTINCT year FROM contribution ORDER BY year DESC

-- genres
SELECT year, kind, count(*), sum(network) FROM contribution GROUP BY year, kind

-- actives
SELECT year, count(DISTINCT target) FROM naming GROUP BY year

-- portail.genres
SELECT capital(kind.label), '', sum(year = :annee), share(sum(year = :annee), (
    SELECT count(*) FROM contribution WHERE year = :annee)),
    sum(network AND year = :annee), sum(year < :annee)
  FROM contribution JOIN kind USING (kind) WHERE year IN (:annee, :annee - :avant)
  GROUP BY kind ORDER BY 3 DESC, 5 DESC, news

-- portail.publications
SELECT label, '', sum(year IS :annee), sum(year IS :annee - 1)
  FROM month LEFT JOIN (
    SELECT year, substr(published, 6, 2) + 0 AS month FROM contribution JOIN kind USING (kind)
      WHERE year IN (:annee, :annee - :avant) AND NOT dated) USING (month)
  GROUP BY month ORDER BY month

-- portail.themes
SELECT capital(label), '', sum(year = :annee), share(sum(year = :annee), (
    SELECT count(*) FROM contribution WHERE year = :annee)), sum(year < :annee)
  FROM contribution JOIN value USING (ref) JOIN term ON list = 'themes' AND term.code = value.code
  WHERE year IN (:annee, :annee - :avant) AND field = 'themes'
  GROUP BY term.code ORDER BY 3 DESC, rank

-- portail.articles
SELECT capital(label), '', count(*), share(count(*), (
    SELECT count(*) FROM contribution WHERE year = :annee AND kind = 'articles'))
  FROM contribution JOIN value USING (ref) JOIN term ON list = 'genres' AND term.code = value.code
  WHERE year = :annee AND kind = 'articles' AND field = 'genre'
  GROUP BY term.code ORDER BY 3 DESC, rank

-- portail.structures
SELECT content.name, content.url, named.count,
    iif(target IN (SELECT target FROM naming WHERE year < :annee), '', 'oui')
  FROM (SELECT target, count(*) AS count FROM naming WHERE year = :annee GROUP BY target
    ORDER BY 2 DESC, target LIMIT 15) AS named
  JOIN content ON content.ref = target WHERE NOT example ORDER BY named.count DESC, target

-- structures
SELECT count(DISTINCT iif(year = :annee, target, NULL)),
    count(DISTINCT iif(year < :annee, target, NULL)),
    count(DISTINCT iif(year = :annee AND target NOT IN (
      SELECT target FROM naming WHERE year < :annee), target, NULL))
  FROM naming

-- evenements
SELECT year, count(*), sum(times), count(DISTINCT commune)
  FROM event_of JOIN content USING (ref)
  WHERE subject = :sujet AND year IN (:annee, :annee - 1) GROUP BY year

-- evenements.accueil
WITH told AS (
  SELECT year = :annee AS now, 1 AS rank, free AS does FROM event_of JOIN content USING (ref)
    WHERE subject = :sujet AND year IN (:annee, :annee - 1)
  UNION ALL SELECT year = :annee, 2, open FROM event_of JOIN content USING (ref)
    WHERE subject = :sujet AND year IN (:annee, :annee - 1)
  UNION ALL SELECT year = :annee, 3, schools FROM event_of JOIN content USING (ref)
    WHERE subject = :sujet AND year IN (:annee, :annee - 1))
SELECT label, '', count(iif(now AND does, 1, NULL)), count(iif(now, does, NULL)),
    share(count(iif(now AND does, 1, NULL)), count(iif(now, does, NULL))),
    count(iif(NOT now AND does, 1, NULL))
  FROM told JOIN (SELECT 1 AS rank, 'Gratuits' AS label
    UNION ALL SELECT 2, 'Accessibles, au moins en partie, à un handicap'
    UNION ALL SELECT 3, 'Pour les classes') USING (rank)
  GROUP BY rank ORDER BY rank

-- evenements.mois
SELECT label, '', count(DISTINCT iif(year = :annee, ref, NULL)),
    count(DISTINCT iif(year < :annee, ref, NULL))
  FROM month LEFT JOIN (
    SELECT ref, year, iif(substr(first, 1, 4) + 0 = year, substr(first, 6, 2) + 0, 1) AS month
      FROM event_of JOIN span USING (ref, year)
      WHERE subject = :sujet AND year IN (:annee, :annee - :avant) AND held) USING (month)
  GROUP BY month ORDER BY month

-- champ
SELECT capital(label), '', count(DISTINCT iif(year = :annee, ref, NULL)),
    share(count(DISTINCT iif(year = :annee, ref, NULL)), (
      SELECT count(*) FROM event_of WHERE subject = :sujet AND year = :annee)),
    count(DISTINCT iif(year < :annee, ref, NULL))
  FROM event_of JOIN value USING (ref) JOIN term ON list = :liste AND term.code = value.code
  WHERE subject = :sujet AND year IN (:annee, :annee - :avant) AND field = :champ
  GROUP BY term.code ORDER BY 3 DESC, rank

-- muets
SELECT count(*) FROM event_of WHERE subject = :sujet AND year = :annee
  AND ref NOT IN (SELECT ref FROM value WHERE field = :champ)

-- evenements.manques
WITH gap AS (
  SELECT free IS NULL AS price, open IS NULL AS access, NOT said AS who, NOT EXISTS (
      SELECT 1 FROM value WHERE value.ref = content.ref AND field = 'themes') AS theme
    FROM event_of JOIN content USING (ref) WHERE subject = :sujet AND year = :annee),
lack AS (
  SELECT 1 AS rank, 'Tarif' AS label, sum(price) AS number, count(*) AS whole FROM gap
  UNION ALL SELECT 2, 'Accessibilité', sum(access), count(*) FROM gap
  UNION ALL SELECT 3, 'Public', sum(who), count(*) FROM gap
  UNION ALL SELECT 4, 'Thème', sum(theme), count(*) FROM gap)
SELECT label, '', number, share(number, whole) FROM lack WHERE number ORDER BY rank

-- portail.departements
SELECT name, url, count(ref), share(count(ref), (
    SELECT count(*) FROM event_of WHERE subject = :sujet AND year = :annee))
  FROM area LEFT JOIN (SELECT code, ref FROM event_of JOIN spot USING (ref)
    WHERE subject = :sujet AND year = :annee) USING (code)
  WHERE whole = :region GROUP BY code HAVING code <> 'partout' OR count(ref) ORDER BY area.rowid

-- portail.intercommunalites
SELECT departement.name, '', sum(epci.code NOT IN (
    SELECT code FROM event_of JOIN spot USING (ref) WHERE subject = :sujet AND year = :annee)), count(*)
  FROM area AS departement JOIN area AS epci ON epci.whole = departement.code
  WHERE departement.whole = :region AND epci.code <> 'partout'
  GROUP BY departement.code ORDER BY departement.rowid

-- ailleurs
SELECT count(*) FROM event_of WHERE subject = :sujet AND year = :annee
  AND ref NOT IN (SELECT ref FROM spot WHERE code = :region)

-- zones
SELECT count(iif(code IN (SELECT code FROM event_of JOIN spot USING (ref)
    WHERE subject = :sujet AND year = :annee), NULL, 1)), count(*)
  FROM zone WHERE subject = :sujet

-- territoire.parties
WITH held AS (
  SELECT code, sum(year = :annee) AS now, sum(year < :annee) AS before
    FROM event_of JOIN spot USING (ref)
    WHERE subject = :sujet AND year IN (:annee, :annee - :avant) GROUP BY code)
SELECT name, url, now, share(now, (
    SELECT count(*) FROM event_of WHERE subject = :sujet AND year = :annee)), rate(now, people), before
  FROM area JOIN held USING (code) WHERE whole = :sujet
  ORDER BY code = 'partout', now DESC, coalesce(rate(now, people), 0) DESC, sort_key(name), code

-- territoire.communes
SELECT town, '', sum(year = :annee), share(sum(year = :annee), (
    SELECT count(*) FROM event_of WHERE subject = :sujet AND year = :annee)), sum(year < :annee)
  FROM event_of JOIN content USING (ref)
  WHERE subject = :sujet AND year IN (:annee, :annee - :avant) AND commune IS NOT NULL
  GROUP BY commune HAVING sum(year = :annee) ORDER BY 3 DESC, sort_key(town), commune

-- structure.communes
WITH stand AS (
  SELECT iif(town = '', 'Sans commune', town) AS town, count(*) AS number
    FROM event_of JOIN content USING (ref) WHERE subject = :sujet AND year = :annee GROUP BY 1)
SELECT town, '', number, share(number, (SELECT sum(number) FROM stand)) FROM stand
  WHERE (SELECT count(*) FROM stand) > 1 ORDER BY number DESC, town

-- structure.roles
WITH role(rank, label, field) AS (VALUES (1, 'Organisés', 'organisateurs'),
    (2, 'Accueillis', 'lieu'), (3, 'En partenariat', 'partenaires')),
  told AS (SELECT subject, ref, year FROM event_of UNION SELECT subject, ref, year FROM partner_of),
  played AS (SELECT DISTINCT field, ref, year FROM belongs JOIN told USING (subject, ref)
    WHERE subject = :sujet AND year IN (:annee, :annee - :avant))
SELECT label, '', now, before FROM (
    SELECT rank, label, sum(year IS :annee) AS now, sum(year IS :annee - 1) AS before
      FROM role LEFT JOIN played USING (field) GROUP BY rank
    UNION ALL SELECT 4, 'Annulés ou reportés sans date', count(DISTINCT ref), NULL
      FROM belongs JOIN span USING (ref) WHERE subject = :sujet AND year = :annee AND own
      AND NOT EXISTS (SELECT 1 FROM span AS other
        WHERE other.ref = belongs.ref AND other.year = :annee AND other.held))
  ORDER BY rank

-- retires
SELECT count(DISTINCT ref) FROM belongs JOIN span USING (ref)
  WHERE subject = :sujet AND year = :annee
  AND NOT EXISTS (SELECT 1 FROM span AS other
    WHERE other.ref = belongs.ref AND other.year = :annee AND other.held)

-- parutions
SELECT year, kind, count(*) FROM parution_of
  WHERE subject = :sujet AND year IN (:annee, :annee - 1) GROUP BY year, kind

-- territoire.parutions
SELECT capital(label), '', sum(year = :annee), sum(year < :annee) 
  FROM parution_of JOIN kind USING (kind)
  WHERE subject = :sujet AND year IN (:annee, :annee - :avant) GROUP BY kind ORDER BY rank

-- structure.parutions
SELECT ref FROM parution_of WHERE subject = :sujet AND year = :annee ORDER BY published, ref

-- structure.rendez-vous
SELECT name, url, day, times, nullif(town, '') FROM (
    SELECT 1 AS rank, ref, day, times FROM event_of WHERE subject = :sujet AND year = :annee
    UNION ALL SELECT 2, ref, day, times FROM partner_of WHERE subject = :sujet AND year = :annee)
  JOIN content USING (ref) ORDER BY rank, day, ref

-- actif
SELECT count(*) FROM active WHERE ref = :sujet AND year = :annee

-- structure.citations
SELECT ref, ref IN (SELECT ref FROM mention WHERE target = :sujet)
  FROM content JOIN kind USING (kind)
  WHERE news AND substr(published, 1, 4) + 0 = :annee
    AND (NOT example OR :sujet IN (SELECT ref FROM structure WHERE example))
    AND ref NOT IN (
      SELECT ref FROM belongs JOIN content USING (ref) JOIN kind USING (kind)
        WHERE subject = :sujet AND (dated AND (own OR field = 'partenaires')
          OR kind IN ('articles', 'annonces', 'ressources') AND field <> 'itinerance'))
  ORDER BY published, ref

-- semblables
SELECT count(*) FROM peer WHERE subject = :sujet

-- structure.annee
WITH line(rank, label) AS (
    VALUES (1, 'Rendez-vous'), (2, 'Séances')
    UNION ALL SELECT news + 10, capital(label) FROM kind
      WHERE kind IN ('articles', 'annonces', 'ressources')),
  tally(rank, subject, year, number) AS (
    SELECT 1, subject, year, 1 FROM event_of UNION ALL SELECT 2, subject, year, times FROM event_of
    UNION ALL SELECT news + 10, subject, year, 1 FROM parution_of JOIN kind USING (kind)),
  told AS (SELECT * FROM tally WHERE year IN (:annee, :annee - 1)
    AND subject IN (SELECT ref FROM peer WHERE subject = :sujet UNION SELECT :sujet))
SELECT label, '', coalesce(sum(iif(subject = :sujet AND year = :annee, number, 0)), 0),
    coalesce(sum(iif(subject = :sujet AND year < :annee, number, 0)), 0),
    coalesce(sum(iif(year = :annee, number, 0)), 0)
  FROM line LEFT JOIN told USING (rank) GROUP BY rank ORDER BY rank

-- structure.reseaux
SELECT name, url, min(role) FROM (
    SELECT nth, name, url, 'réseau dont elle est membre' AS role
      FROM mention JOIN content ON content.ref = target
      WHERE mention.ref = :sujet AND field = 'membre_de'
    UNION ALL SELECT position, name, url,
        iif(field = 'membre_de', 'membre de son réseau', noun)
      FROM mention JOIN content USING (ref) JOIN kind USING (kind)
      WHERE target = :sujet AND field IN ('membre_de', 'membres', 'animateurs'))
  GROUP BY nth ORDER BY nth

-- territoire.structures
WITH known AS (
  SELECT type, count(*) AS every, sum((ref, :annee) IN (SELECT ref, year FROM active)) AS alive
    FROM structure JOIN place USING (ref) WHERE place.code = :sujet AND NOT example GROUP BY type)
SELECT capital(coalesce(iif(every > 1, plural, label), type)), '', every, alive
  FROM known LEFT JOIN term ON list = 'types-lieux' AND term.code = type
  ORDER BY every DESC, alive DESC, type

-- annees_de_prets
SELECT DISTINCT year FROM loan_in ORDER BY year DESC

-- outils
SELECT count(*), sum(copies) FROM tool
  WHERE coalesce(since, 0) <= :annee OR tool IN (SELECT tool FROM loan_in WHERE year = :annee)

-- prets
SELECT year, sum(begun), sum(days), count(DISTINCT tool),
    count(DISTINCT iif(begun AND who <> '', who, NULL)),
    sum(begun AND who = ''), sum(begun AND named)
  FROM loan_in WHERE year IN (:annee, :annee - 1) GROUP BY year

-- inventes
SELECT coalesce(max(example), 0), (SELECT coalesce(sum(json_array_length(field(ref, 'itinerance'))), 0)
    FROM content JOIN kind USING (kind) WHERE borrowed AND example)
  FROM tool

-- trajets
WITH begun AS (SELECT *, rowid AS rank FROM loan WHERE substr(du, 1, 4) + 0 = :annee),
  stop AS (
    SELECT tool, copy, du, au, rank, iif(copy, lat, NULL) AS lat, lon FROM begun
    UNION ALL SELECT DISTINCT tool, copy, '', '', 0, iif(copy, tool.lat, NULL), tool.lon
      FROM begun JOIN tool USING (tool)
    UNION ALL SELECT DISTINCT tool, copy, '9', '', 0, iif(copy, tool.lat, NULL), tool.lon
      FROM begun JOIN tool USING (tool)),
  leg AS (
    SELECT du, distance_km(lat, lon, lag(lat) OVER way, lag(lon) OVER way) AS km FROM stop
      WINDOW way AS (PARTITION BY tool, copy ORDER BY du, au, rank))
SELECT coalesce(sum(km), 0), count(km), count(*) FROM leg WHERE du <> ''

-- prets.csv
SELECT title, coalesce((SELECT label FROM term WHERE list = 'types-ressources' AND code = tool.type),
      tool.type),
    (SELECT group_concat(label, ' | ') FROM (
      SELECT label FROM value JOIN term ON list = 'themes' AND term.code = value.code
        WHERE value.ref = tool AND field = 'themes' ORDER BY nth)),
    owner, nullif(copy, 0), name,
    coalesce((SELECT label FROM term WHERE list = 'types-lieux' AND code = borrower), borrower),
    town, commune, area, du, au, CAST(julianday(au) - julianday(du) + 1 AS INTEGER), days,
    iif(example, 'oui', ''), url
  FROM loan_in JOIN tool USING (tool) WHERE year = :annee ORDER BY rank, du, au, copy

-- prets.mois
SELECT label, '', sum(year = :annee AND begun AND substr(du, 6, 2) + 0 = month),
    sum(year < :annee AND begun AND substr(du, 6, 2) + 0 = month),
    CAST(sum(iif(year = :annee, max(0,
    julianday(min(au, date(year || '-01-01', month || ' months', '-1 day')))
    - julianday(max(du, date(year || '-01-01', (month - 1) || ' months'))) + 1), 0)) AS INTEGER)
  FROM loan_in JOIN month WHERE year IN (:annee, :annee - :avant) GROUP BY month ORDER BY month

-- prets_par
SELECT label, url, sum(begun AND year = :annee),
    share(sum(begun AND year = :annee), (SELECT sum(begun) FROM loan_in WHERE year = :annee)),
    sum(iif(year = :annee, days, 0)), sum(begun AND year < :annee)
  FROM lent WHERE by = :par AND year IN (:annee, :annee - :avant)
  GROUP BY key HAVING max(year) = :annee OR sum(begun)
  ORDER BY 3 DESC, 4 DESC, 5 DESC, min(rank), key

-- prets.palmares
SELECT title, url, sum(days), share(sum(days), (SELECT sum(days) FROM loan_in WHERE year = :annee)),
    sum(begun)
  FROM loan_in JOIN tool USING (tool) WHERE year = :annee
  GROUP BY tool ORDER BY 3 DESC, 4 DESC, 5 DESC, rank

-- prets.jamais
SELECT title, url, max(iif(substr(au, 1, 4) + 0 < :annee, au, NULL))
  FROM tool LEFT JOIN loan USING (tool)
  WHERE coalesce(since, 0) <= :annee AND tool NOT IN (SELECT tool FROM loan_in WHERE year = :annee)
  GROUP BY tool ORDER BY rank

-- structure.prets
SELECT title, url, sum(begun), sum(days), count(DISTINCT nullif(who, ''))
  FROM loan_in JOIN tool USING (tool)
  WHERE year = :annee AND 'lieux/' || lender = :sujet
    AND (NOT example OR :sujet IN (SELECT ref FROM content WHERE content.example))
  GROUP BY tool ORDER BY rank

-- audience.annees
SELECT year || '', '', sum(visits), coalesce(sum(pages), 0) FROM reading
  WHERE what = 'site' AND visits IS NOT NULL GROUP BY year ORDER BY year

-- audience.semaines
-- The last value is the page that most have read.
SELECT substr(week, 6) || iif(days < 7, ' (' || days || ' j)', ''), '', coalesce(visits, 'peu'),
    coalesce(pages, 'peu'), coalesce((SELECT name FROM reading
      WHERE reading.week = whole.week AND what = 'page' ORDER BY rowid LIMIT 1), '')
  FROM reading AS whole WHERE what = 'site' AND year = :annee ORDER BY rowid

-- lectures
-- What was read most, of the site, of its parts, of its pages or of those whom letters brought.
SELECT name, '', sum(visits), coalesce(sum(pages), 0) FROM reading
  WHERE year = :annee AND what = :quoi AND visits IS NOT NULL GROUP BY name ORDER BY 3 DESC, name
