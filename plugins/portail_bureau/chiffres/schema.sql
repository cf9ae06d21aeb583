-- A tool whose sheet tells its loans, by title; the codes of its type and of who lends it, the name
-- ('' when unknown) and page of this one, where the tool comes back to.
CREATE TABLE tool(
  tool TEXT PRIMARY KEY, rank INTEGER, title TEXT, url TEXT, type TEXT, lender TEXT, owner TEXT,
  page TEXT, copies INTEGER, since INTEGER, example INTEGER, lat REAL, lon REAL);
-- A loan, from its first day to its last; the copy (0 when unknown), who borrows ('' when unknown),
-- its name, the type that the directory gives it or its name alone, where it goes.
CREATE TABLE loan(
  tool TEXT, du TEXT, au TEXT, copy INTEGER, who TEXT, name TEXT, borrower TEXT, named INTEGER,
  departement TEXT, area TEXT, town TEXT, commune TEXT, lat REAL, lon REAL);

-- A line of the audience: a week of a year, how many of its days the log has, what was read (`site`,
-- `rubrique`, `page`, `lettre`), its name, NULL for what so few have read that it is not told.
CREATE TABLE reading(
  year INTEGER, week TEXT, days INTEGER, what TEXT, name TEXT, pages INTEGER, visits INTEGER);

-- A part of a territory (`whole`), by their keys: its départements, EPCI or communes, by which it has
-- `people`; `partout` is everywhere.
CREATE TABLE area(
  whole TEXT, code TEXT, name TEXT, url TEXT, people INTEGER);

-- Derived

-- What a subject is given to count: the portal (`portail`), a structure (its reference), a territory
-- (its key). Examples count for who is invented alone.

-- A content of a subject, `field` names it. Its `own`: what the portal tells, what a structure
-- organises or hosts, what is in a territory; what is everywhere is of the region alone.
CREATE TABLE belongs AS
  SELECT 'portail' AS subject, ref, '' AS field, 1 AS own
    FROM content JOIN kind USING (kind) WHERE news AND NOT example
  UNION SELECT target, mention.ref, field, field IN ('organisateurs', 'lieu')
    FROM mention JOIN content USING (ref) JOIN content AS named ON named.ref = target
    JOIN kind ON kind.kind = named.kind WHERE kind.place AND (NOT content.example OR named.example)
  UNION SELECT code, ref, '', NOT everywhere OR code LIKE 'R%'
    FROM place JOIN content USING (ref) WHERE NOT example;
CREATE INDEX belongs_to ON belongs(subject, ref);

-- What counts as a contribution, in each of its years.
CREATE TABLE contribution AS
  SELECT ref, kind, network, published, year
    FROM belongs JOIN dated USING (ref) JOIN content USING (ref) WHERE subject = 'portail';

-- The events of a subject in a year, and those of which a structure is a partner alone.
CREATE TABLE event_of AS
  SELECT DISTINCT subject, ref, year, day, times FROM belongs JOIN event USING (ref) WHERE own;
CREATE INDEX event_of_subject ON event_of(subject, year);
CREATE TABLE partner_of AS
  SELECT subject, ref, year, day, times FROM (
    SELECT subject, ref FROM belongs WHERE field = 'partenaires'
    EXCEPT SELECT subject, ref FROM belongs WHERE own) JOIN event USING (ref);
CREATE INDEX partner_of_subject ON partner_of(subject, year);

-- What came out: of a structure, what is its own or about it; a tool that it borrows is not.
CREATE TABLE parution_of AS
  SELECT DISTINCT subject, ref, kind, substr(published, 1, 4) + 0 AS year, published
    FROM belongs JOIN content USING (ref) JOIN kind USING (kind)
    WHERE published IS NOT NULL AND NOT dated
      AND (field = '' OR kind IN ('articles', 'annonces', 'ressources') AND field <> 'itinerance');
CREATE INDEX parution_of_subject ON parution_of(subject, year);

-- A structure, its type, and the years in which something names it.
CREATE TABLE structure AS
  SELECT content.ref, example, coalesce(code, '') AS type
    FROM content JOIN kind USING (kind)
    LEFT JOIN value ON value.ref = content.ref AND field = 'type' WHERE place;
-- The structures of the type of each: those that are true, all of them for one that is not.
CREATE VIEW peer AS
  SELECT one.ref AS subject, other.ref FROM structure AS one JOIN structure AS other
    ON other.type = one.type AND (NOT other.example OR one.example);
CREATE TABLE active AS
  SELECT subject AS ref, year FROM event_of UNION SELECT subject, year FROM partner_of
  UNION SELECT subject, year FROM parution_of;
CREATE INDEX active_in ON active(ref, year);

-- The structures that contributions name.
CREATE TABLE naming AS
  SELECT DISTINCT ref, target, year FROM contribution JOIN mention USING (ref)
    WHERE target IN (SELECT ref FROM structure);

-- The places of an event: its territories and its commune, else everywhere.
CREATE TABLE spot AS
  SELECT ref, code FROM place JOIN content USING (ref) WHERE NOT everywhere OR code LIKE 'R%'
  UNION SELECT ref, commune FROM content WHERE commune IS NOT NULL AND NOT everywhere
  UNION SELECT ref, 'partout' FROM content WHERE everywhere;
CREATE INDEX spot_of ON spot(ref);

-- Where one looks for what has no event: communes of an EPCI, else EPCI.
CREATE VIEW zone AS
  SELECT whole AS subject, code, name, url FROM area
    WHERE whole NOT LIKE 'R%' AND code <> 'partout'
  UNION ALL SELECT region.whole, area.code, area.name, area.url
    FROM area AS region JOIN area ON area.whole = region.code
    WHERE region.whole LIKE 'R%' AND area.code <> 'partout';

-- Loans have days in a year, `begun` where they begin in it.
CREATE TABLE loan_in AS
  WITH RECURSIVE year(year) AS (
    SELECT min(substr(du, 1, 4)) + 0 FROM loan
    UNION ALL SELECT year + 1 FROM year WHERE year < (SELECT max(substr(au, 1, 4)) + 0 FROM loan))
  SELECT loan.*, year, substr(du, 1, 4) = year || '' AS begun,
    CAST(julianday(min(au, year || '-12-31')) - julianday(max(du, year || '-01-01')) + 1 AS INTEGER)
      AS days
    FROM loan JOIN year ON year BETWEEN substr(du, 1, 4) + 0 AND substr(au, 1, 4) + 0;
CREATE INDEX loan_in_year ON loan_in(year);

-- Loans by what figures sort them by.
CREATE TABLE lent AS
  SELECT 'types' AS by, type AS key, term.rank, capital(plural) AS label, '' AS url, year, begun, days
    FROM loan_in JOIN tool USING (tool) JOIN term ON list = 'types-ressources' AND code = type
  UNION ALL SELECT 'themes', term.code, rank, capital(label), '', year, begun, days
    FROM loan_in JOIN value ON value.ref = tool AND field = 'themes'
    JOIN term ON list = 'themes' AND term.code = value.code
  UNION ALL SELECT 'emprunteurs', coalesce(code, 'autre'), coalesce(rank, 1000),
      capital(coalesce(plural, 'Autre, ou non précisé')), '', year, begun, days
    FROM loan_in LEFT JOIN term ON list = 'types-lieux' AND code = borrower
  UNION ALL SELECT 'departements', departement, departement = '',
      coalesce(nullif(area, ''), nullif(departement, ''), 'Commune non précisée'), '',
      year, begun, days FROM loan_in
  UNION ALL SELECT 'preteurs', lender, first, coalesce(nullif(owner, ''), 'Non précisé'),
      coalesce(page, ''), year, begun, days FROM loan_in JOIN tool USING (tool)
    JOIN (SELECT lender, min(rank) AS first FROM tool GROUP BY lender) USING (lender);
