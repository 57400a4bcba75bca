-- What is true of every meeting (MEETING.md), as before and under the same names, in one check. PostgreSQL reads a table's
-- checks from their stored form anew for each statement that writes a row; a function's body it keeps for the connection.

create function meeting_check(
  status meeting_status, started_at timestamptz, ended_at timestamptz, duration_seconds int, end_reason meeting_end_reason,
  cancel_reason text, reconnect_deadline timestamptz, next_deadline_at timestamptz, doctor_node_id uuid, patient_node_id uuid,
  consent text, consent_at timestamptz, version int
) returns boolean
  language plpgsql immutable parallel safe
  as $$
    declare
      broken text := case
        when (cancel_reason is null or status = 'cancelled') is false then 'meeting_cancel_reason_check'
        when ((consent is null) = (consent_at is null)) is false then 'meeting_consent_at_check'
        when (consent in ('implied', 'explicit')) is false then 'meeting_consent_check'
        when ((status = 'ended') = (duration_seconds is not null) and duration_seconds >= 0) is false
          then 'meeting_duration_check'
        when (
          case status
            when 'ended' then end_reason is not null and end_reason not in ('cancelled', 'no_show')
            when 'cancelled' then end_reason is not null and end_reason in ('cancelled', 'no_show')
            else end_reason is null
          end
        ) is false then 'meeting_end_reason_check'
        when ((status = 'ended') = (ended_at is not null)) is false then 'meeting_ended_check'
        when (
          next_deadline_at is null and reconnect_deadline is null
          or next_deadline_at is not null and status in ('scheduled', 'active')
            and (reconnect_deadline is null or next_deadline_at <= reconnect_deadline)
        ) is false then 'meeting_next_deadline_check'
        when (ended_at >= started_at) is false then 'meeting_period_check'
        when (reconnect_deadline is null or status = 'active') is false then 'meeting_reconnect_deadline_check'
        when (status = 'active' or (doctor_node_id is null and patient_node_id is null)) is false then 'meeting_seat_check'
        when ((status in ('active', 'ended')) = (started_at is not null)) is false then 'meeting_started_check'
        when (version >= 1) is false then 'meeting_version_check'
      end;
    begin
      if broken is null then
        return true;
      end if;
      raise exception 'new row for relation "meeting" violates check constraint "%"', broken
        using errcode = 'check_violation', table = 'meeting', constraint = broken;
    end
  $$;

alter table meeting
  add constraint meeting_check check (
    meeting_check(status, started_at, ended_at, duration_seconds, end_reason, cancel_reason, reconnect_deadline,
      next_deadline_at, doctor_node_id, patient_node_id, consent, consent_at, version)),
  drop constraint meeting_cancel_reason_check,
  drop constraint meeting_consent_at_check,
  drop constraint meeting_consent_check,
  drop constraint meeting_duration_check,
  drop constraint meeting_end_reason_check,
  drop constraint meeting_ended_check,
  drop constraint meeting_next_deadline_check,
  drop constraint meeting_period_check,
  drop constraint meeting_reconnect_deadline_check,
  drop constraint meeting_seat_check,
  drop constraint meeting_started_check,
  drop constraint meeting_version_check;
