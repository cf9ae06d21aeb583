-- What is asked of the contents of a site. Yes and no are 1 and 0, what is not known is NULL.

-- A kind of contents: its rank among what counts as a contribution (0: it is none), whether it takes
-- place on days, whether it is a structure, whether some are lent, whether it acts; its own rank,
-- what one and several are called.
CREATE TABLE kind(
  kind TEXT PRIMARY KEY, news INTEGER, dated INTEGER, place INTEGER, borrowed INTEGER, actor INTEGER,
  rank INTEGER, noun TEXT, label TEXT);

-- A code of a controlled list, by its rank: what one is called, what several are.
CREATE TABLE term(list TEXT, code TEXT, rank INTEGER, label TEXT, plural TEXT, PRIMARY KEY (list, code));

-- A month: its short name.
CREATE TABLE month(month INTEGER PRIMARY KEY, label TEXT);

-- A content: its position, kind after kind and in the order of its list; what it is called, its address,
-- the code and the name of its commune; for an event, how one may come, and what keeps it `aside` from
-- outings ('': nothing); the digest of all of it.
CREATE TABLE content(
  ref TEXT PRIMARY KEY, position INTEGER, kind TEXT, name TEXT, url TEXT, published TEXT,
  example INTEGER, network INTEGER, everywhere INTEGER, commune TEXT, town TEXT, free INTEGER,
  open INTEGER, schools INTEGER, said INTEGER, aside TEXT, digest TEXT) WITHOUT ROWID;

-- What a content says several of, the `nth` first. A code of a controlled list, in a field:
CREATE TABLE value(
  ref TEXT, nth INTEGER, field TEXT, code TEXT, PRIMARY KEY (ref, nth)) WITHOUT ROWID;

-- Another content that it names, in a field:
CREATE TABLE mention(
  ref TEXT, nth INTEGER, field TEXT, target TEXT, PRIMARY KEY (ref, nth)) WITHOUT ROWID;
CREATE INDEX mention_of ON mention(target);

-- A territory around it, by its key:
CREATE TABLE place(ref TEXT, nth INTEGER, code TEXT, PRIMARY KEY (ref, nth)) WITHOUT ROWID;
CREATE INDEX place_of ON place(code);

-- A year of a time when an event takes place, `held` unless it is cancelled or postponed, by the days
-- of the agenda: a night is of its eve.
CREATE TABLE span(
  ref TEXT, nth INTEGER, first TEXT, last TEXT, held INTEGER, year INTEGER,
  PRIMARY KEY (ref, nth)) WITHOUT ROWID;

-- The times of an event.
CREATE VIEW time AS SELECT ref, first, last, held FROM span WHERE year = substr(first, 1, 4) + 0;

-- What takes place, by its sort. `sorties`: anyone may come, in a commune; `durees`: the same, for more
-- than 7 days; `reserves` to a group or to professionals, for `classes`, on line or everywhere
-- (`partout`), `exemples`: nobody is reached by them.
CREATE VIEW outing AS
  SELECT ref, commune, first, last, CASE
      WHEN example THEN 'exemples' WHEN aside <> '' THEN aside
      WHEN julianday(last) - julianday(first) >= 7 THEN 'durees' ELSE 'sorties' END AS sort
    FROM content JOIN time USING (ref) WHERE held AND aside IS NOT NULL;

-- The years of a content: those of its times, else that of its publication.
CREATE VIEW dated AS
  SELECT DISTINCT ref, year FROM span
  UNION ALL SELECT ref, substr(published, 1, 4) + 0 FROM content
    WHERE published IS NOT NULL AND ref NOT IN (SELECT ref FROM span);

-- The events of a year: the first day of each, how many times it takes place.
CREATE VIEW event AS
  SELECT ref, year, max(min(first), year || '-01-01') AS day, count(*) AS times FROM span
    WHERE held GROUP BY ref, year;

-- What a content says goes with it.
CREATE TRIGGER gone AFTER DELETE ON content BEGIN
  DELETE FROM value WHERE ref = old.ref;
  DELETE FROM mention WHERE ref = old.ref;
  DELETE FROM place WHERE ref = old.ref;
  DELETE FROM span WHERE ref = old.ref;
END;

-- The digest of all contents when a column (`value.code`) last changed in one of them; of the name ''
-- when one last came or went.
CREATE TABLE mark(name TEXT PRIMARY KEY ON CONFLICT REPLACE, digest TEXT) WITHOUT ROWID;
