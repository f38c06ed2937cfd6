-- A sale flushes every page that it touches, and waits for that. These tables are laid out again, so that what a sale writes in them lies in
-- one page each. The entries stay where they are.

-- Its own index: ids of sales begin with the time, so rows are appended. The order of writing is that of the entries.
CREATE TABLE sale_by_id (
  sale TEXT PRIMARY KEY,
  inc TEXT NOT NULL,
  seq INTEGER NOT NULL,
  receipt TEXT NOT NULL,
  -- The receipt's running number at this till, across enrolments.
  number INTEGER NOT NULL,
  reference TEXT,
  voided_by INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO sale_by_id (sale, inc, seq, receipt, number, reference, voided_by)
SELECT sale, inc, seq, receipt, number, reference, voided_by FROM sale ORDER BY sale;

-- A print job is a row before its first byte. By number: the first print of a sale has that of the sale's receipt, others count from 2^40.
CREATE TABLE print_job_by_number (
  number INTEGER PRIMARY KEY,
  -- The first print of a sale has the sale's id as its own, and none here.
  job TEXT,
  sale TEXT,
  printer TEXT NOT NULL,
  copy INTEGER NOT NULL CHECK (copy IN (0, 1)),
  -- The receipt as it was laid down at the sale: a copy shows what the first print showed.
  receipt TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'failed', 'discarded')),
  message TEXT,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  -- What the caller of the sale was told; see command.
  answer TEXT,
  CHECK (CASE WHEN number < 1099511627776 THEN job IS NULL AND sale IS NOT NULL ELSE job IS NOT NULL END)
) STRICT;
INSERT INTO print_job_by_number (number, job, sale, printer, copy, receipt, state, message, created_at, changed_at)
SELECT sale.number, NULL, print_job.sale, printer, copy, print_job.receipt, state, message, created_at, changed_at
FROM print_job JOIN sale ON sale.sale = print_job.job
ORDER BY sale.number;
INSERT INTO print_job_by_number (number, job, sale, printer, copy, receipt, state, message, created_at, changed_at)
SELECT
  1099511627775 + row_number() OVER (ORDER BY created_at, job),
  job, sale, printer, copy, receipt, state, message, created_at, changed_at
FROM print_job
WHERE job NOT IN (SELECT sale FROM sale)
ORDER BY 1;
DROP TABLE print_job;
ALTER TABLE print_job_by_number RENAME TO print_job;
CREATE INDEX print_job_open ON print_job (created_at) WHERE state NOT IN ('sent', 'discarded');
CREATE UNIQUE INDEX print_job_by_id ON print_job (job) WHERE job IS NOT NULL;

-- Answers already given. That of a sale lies beside its receipt in print_job: rows stay short, and a page holds many.
CREATE TABLE command_by_id (
  command TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  answer TEXT,
  print_job INTEGER,
  CHECK ((answer IS NULL) <> (print_job IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO command_by_id (command, name, input_hash, answer)
SELECT command, name, input_hash, answer FROM command ORDER BY command;
DROP TABLE command;
ALTER TABLE command_by_id RENAME TO command;

DROP TABLE sale;
ALTER TABLE sale_by_id RENAME TO sale;
CREATE UNIQUE INDEX sale_by_reference ON sale (reference) WHERE reference IS NOT NULL;
