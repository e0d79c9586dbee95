-- What went into the loop, in order. Plain SQL that H2 and PostgreSQL both take.
CREATE TABLE journal_event (
  place      BIGINT           NOT NULL PRIMARY KEY, -- bytes of the journal before this event
  session    BIGINT           NOT NULL,             -- place of the session's opening
  at_micros  BIGINT           NOT NULL,             -- microseconds since 1970, as the loop saw them
  kind       VARCHAR(16)      NOT NULL,
  agent      VARCHAR(64)      NOT NULL,             -- empty if it concerns the site
  body       VARCHAR(1048576) NOT NULL              -- JSON as received, or as the kind has it
);
CREATE INDEX journal_event_at ON journal_event (at_micros);

-- What came out, each at the place of the report that it answers.
CREATE TABLE journal_decision (
  place      BIGINT           NOT NULL PRIMARY KEY,
  agent      VARCHAR(64)      NOT NULL,
  version    BIGINT           NOT NULL,
  reason     VARCHAR(32)      NOT NULL,
  digest     BIGINT           NOT NULL,             -- CRC-32 of the decision's JSON
  body       VARCHAR(1048576)                       -- the JSON, if it was sent; else absent
);
CREATE INDEX journal_decision_agent ON journal_decision (agent, place);

-- One row: where the journal goes on, and the highest version that anybody was given.
CREATE TABLE journal_mark (
  id         INT    NOT NULL PRIMARY KEY,
  place      BIGINT NOT NULL,
  version    BIGINT NOT NULL
);
INSERT INTO journal_mark (id, place, version) VALUES (1, 0, 0);
