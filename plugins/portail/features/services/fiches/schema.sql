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

-- A content, in the order of its list: what it is called, its address, the code and the name
-- of its commune; for an event, how one may come.
CREATE TABLE content(
  ref TEXT PRIMARY KEY, kind TEXT, name TEXT, url TEXT, published TEXT, example INTEGER,
  network INTEGER, everywhere INTEGER, commune TEXT, town TEXT, free INTEGER, open INTEGER,
  schools INTEGER, said INTEGER);

-- A code of a controlled list that a content says in a field.
CREATE TABLE value(ref TEXT, field TEXT, code TEXT);

-- A content that another names in a field.
CREATE TABLE mention(ref TEXT, field TEXT, target TEXT);

-- A time when an event takes place, `held` unless it is cancelled or postponed, by the days of the
-- agenda: a night is of its eve.
CREATE TABLE time(ref TEXT, first TEXT, last TEXT, held INTEGER);

-- A territory around a content, by its key.
CREATE TABLE place(ref TEXT, code TEXT);

-- Derived

CREATE INDEX value_of ON value(ref, field);
CREATE INDEX mention_of ON mention(target);
CREATE INDEX place_of ON place(code);

-- The years of a time.
CREATE TABLE span AS
  WITH RECURSIVE year(year) AS (
    SELECT min(substr(first, 1, 4)) + 0 FROM time
    UNION ALL SELECT year + 1 FROM year WHERE year < (SELECT max(substr(last, 1, 4)) + 0 FROM time))
  SELECT ref, first, last, held, year FROM time
    JOIN year ON year BETWEEN substr(first, 1, 4) + 0 AND substr(last, 1, 4) + 0;

-- The years of a content: those of its times, else that of its publication.
CREATE TABLE dated AS
  SELECT DISTINCT ref, year FROM span
  UNION ALL SELECT ref, substr(published, 1, 4) + 0 FROM content
    WHERE published IS NOT NULL AND ref NOT IN (SELECT ref FROM span);
CREATE INDEX dated_of ON dated(ref);

-- The events of a year: the first day of each, how many times it takes place.
CREATE TABLE event AS
  SELECT ref, year, max(min(first), year || '-01-01') AS day, count(*) AS times FROM span
    WHERE held GROUP BY ref, year;
CREATE INDEX event_in ON event(ref, year);
