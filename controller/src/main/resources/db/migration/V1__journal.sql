-- One row for each input of the loop, in order, with the decision that it led to. Plain SQL that H2
-- and PostgreSQL both take. No index but the key: time ascends with the place, and thousands of
-- rows a second are to cost little.
CREATE TABLE journal (
  place      BIGINT      NOT NULL PRIMARY KEY, -- bytes of the journal before this row
  at_micros  BIGINT      NOT NULL,             -- microseconds since 1970, as the loop saw them
  kind       VARCHAR(16) NOT NULL,
  agent      VARCHAR(64) NOT NULL,             -- empty if it concerns the site
  body       VARCHAR(1048576) NOT NULL,        -- JSON as received, or as the kind has it
  version    BIGINT,                           -- of the decision; absent if there was none
  reason     VARCHAR(32),
  digest     BIGINT,                           -- CRC-32 of the decision's JSON
  decision   VARCHAR(1048576)                  -- the JSON, if it was sent
);

-- One row: where the journal goes on, and the highest version that anybody was given.
CREATE TABLE journal_mark (
  id         INT    NOT NULL PRIMARY KEY,
  place      BIGINT NOT NULL,
  version    BIGINT NOT NULL
);
INSERT INTO journal_mark (id, place, version) VALUES (1, 0, 0);
