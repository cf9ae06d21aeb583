-- What the bilan of an edition (`:fete`, `:annee`) asks, of true events or of examples
-- (`:invente`). A question whose name has a dot gives the rows of that table of `tables.yml`: label,
-- address, values as its columns are ordered.

-- comptes
WITH side(invented) AS (VALUES (0), (1))
SELECT :fete, :annee, invented, count(whole), sum(coalesce(told, 0)), sum(coalesce(told OR NOT off, 0)),
    sum(whole IN (SELECT whole FROM told WHERE field = 'difficultes' AND heard)),
    sum((SELECT count(*) FROM told
      WHERE told.whole = one.whole AND field = 'satisfaction' AND heard)),
    sum(NOT off AND whole IN (SELECT whole FROM number
      WHERE field IN ('maternelle', 'primaire', 'college', 'lycee')))
  FROM side LEFT JOIN (SELECT * FROM gathered WHERE fete = :fete AND year = :annee) AS one
    USING (invented) GROUP BY invented ORDER BY invented

-- mesures
WITH took AS (
    SELECT * FROM gathered
      WHERE fete = :fete AND year = :annee AND invented = :invente AND NOT off),
  every AS (SELECT * FROM member WHERE whole IN (SELECT whole FROM took))
SELECT count(DISTINCT holder),
    (SELECT count(DISTINCT holder) FROM every JOIN answer USING (ref)
      WHERE field = 'premiere_fois' AND value AND holder IN (SELECT holder FROM took)),
    count(*), (SELECT count(DISTINCT commune) FROM every JOIN content USING (ref)),
    coalesce(sum(everyone) + sum(pupils), sum(everyone), sum(pupils)), sum(everyone), sum(pupils),
    (SELECT sum(number) FROM number JOIN took USING (whole) WHERE field = 'equipes')
  FROM took

-- attendus
SELECT ref FROM gathered
  WHERE fete = :fete AND year = :annee AND invented = :invente AND NOT told AND NOT off
  ORDER BY whole

-- difficultes
SELECT DISTINCT value FROM gathered JOIN told USING (whole)
  WHERE fete = :fete AND year = :annee AND invented = :invente AND field = 'difficultes' AND heard
  ORDER BY value

-- edition.departements
SELECT area, '', sum(NOT off), sum(told), sum(everyone), sum(pupils) FROM gathered
  WHERE fete = :fete AND year = :annee AND invented = :invente GROUP BY area ORDER BY sort_key(area)

-- edition.envergures
WITH line AS (
  SELECT scale AS code, sum(NOT off) AS held, sum(told) AS told,
      coalesce(sum(everyone) + sum(pupils), sum(everyone), sum(pupils)) AS visitors
    FROM gathered WHERE fete = :fete AND year = :annee AND invented = :invente GROUP BY scale)
SELECT capital(plural), '', held, told, visitors,
    told_share(visitors, sum(visitors) OVER (), sum(told) OVER ())
  FROM line JOIN term USING (code) WHERE list = 'envergures' ORDER BY rank

-- edition.niveaux
WITH level AS (
  SELECT whole, number, rank, label FROM gathered JOIN number USING (whole) JOIN term ON code = field
    WHERE fete = :fete AND year = :annee AND invented = :invente AND NOT off AND list = 'publics')
SELECT capital(label), '', sum(number),
    told_share(sum(number), sum(sum(number)) OVER (), (SELECT count(DISTINCT whole) FROM level))
  FROM level GROUP BY rank HAVING sum(number) ORDER BY rank

-- edition.formats
WITH took AS (
  SELECT * FROM gathered WHERE fete = :fete AND year = :annee AND invented = :invente AND NOT off)
SELECT capital(label), '', count(DISTINCT whole),
    told_share(count(DISTINCT whole), (SELECT count(*) FROM took), (SELECT count(*) FROM took))
  FROM took JOIN value USING (ref) JOIN term USING (code)
  WHERE field = 'format' AND list = 'formats' GROUP BY rank ORDER BY 3 DESC, rank

-- edition.satisfaction
SELECT capital(plural), '', count(*),
    told_share(count(*), sum(count(*)) OVER (), sum(count(*)) OVER ())
  FROM gathered JOIN told USING (whole) JOIN term ON code = value
  WHERE fete = :fete AND year = :annee AND invented = :invente AND field = 'satisfaction' AND heard
    AND list = 'satisfactions'
  GROUP BY rank ORDER BY rank
