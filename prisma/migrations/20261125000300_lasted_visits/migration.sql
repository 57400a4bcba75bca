-- The visits by whose length waiting times are guessed (src/meetings/queue.ts): the latest twenty of a clinic. Without it
-- each guess reads past every visit of the last 90 days that is not over yet, or was over at once.
create index meeting_lasted_idx on meeting (tenant_id, scheduled_at)
  include (duration_seconds) where status = 'ended' and duration_seconds >= 60;
