-- What organisers told of the events of yearly rendezvous.

-- An event of an edition, in the order of its list, and what it holds: what is above all in the
-- edition (`head`, itself if nothing is), whether it is an example, whether it was called off; who
-- holds it, what it is, in which département.
CREATE TABLE part(
  fete TEXT, year INTEGER, ref TEXT, head TEXT, invented INTEGER, off INTEGER, holder TEXT,
  scale TEXT, area TEXT);

-- A field of the return of an event, and what it says.
CREATE TABLE answer(ref TEXT, field TEXT, value);

-- Derived

CREATE INDEX answer_of ON answer(ref);

-- Each with the whole that it is of; of turn 1, what stands for the whole: its head, else the first.
-- True events and examples are never of the same whole.
CREATE TABLE member AS
  SELECT *, min(rowid) OVER whole AS whole, row_number() OVER (whole ORDER BY ref <> head, rowid) AS turn
    FROM part WINDOW whole AS (PARTITION BY fete, year, head, invented);

-- What is said of a whole: what it says itself is `heard`, else what it holds.
CREATE TABLE told AS
  SELECT whole, turn, field, value, turn = 1 OR min(turn) OVER (PARTITION BY whole) > 1 AS heard
    FROM member JOIN answer USING (ref);
CREATE INDEX told_of ON told(whole, field);

-- A number of a whole: its own, else the sum of what it holds.
CREATE TABLE number AS
  SELECT whole, field, coalesce(sum(iif(turn = 1, value, NULL)), sum(value)) AS number FROM told
    GROUP BY whole, field;
CREATE INDEX number_of ON number(whole, field);

-- The events of an edition that no other holds, with their visitors unless they were called off.
CREATE TABLE gathered AS
  SELECT *, (SELECT number FROM number
      WHERE number.whole = one.whole AND field = 'tout_public' AND NOT off) AS everyone,
    (SELECT number FROM number
      WHERE number.whole = one.whole AND field = 'eleves' AND NOT off) AS pupils
  FROM (
    SELECT fete, year, invented, whole, ref, holder, scale, area, off OR EXISTS (
        SELECT 1 FROM answer WHERE answer.ref = member.ref AND field = 'annule' AND value) AS off,
      EXISTS (SELECT 1 FROM told WHERE told.whole = member.whole) AS told
    FROM member WHERE turn = 1) AS one;
CREATE INDEX gathered_in ON gathered(fete, year, invented);
