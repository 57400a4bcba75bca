import { useTranslation } from 'react-i18next';
import type { Meeting, TimelineEntry } from '../../api/meetings.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { useCodeText } from '../../ui/error-text.ts';
import { clockWithSeconds } from '../../ui/time.ts';

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Who did it, and what it was, for each entry of a visit's timeline. */
export function useEntryWords(meeting: Meeting) {
  const { t } = useTranslation('staff');
  const codeText = useCodeText();
  const time = useClinicTime();
  const names: Readonly<Record<string, string>> = { doctor: meeting.doctorName, patient: meeting.patientName };
  const others: Readonly<Record<string, string>> = t('timeline.actor', { returnObjects: true });

  function guest({ guestName, detail }: TimelineEntry): string {
    const roles: Readonly<Record<string, string>> = t('timeline.guestRole', { returnObjects: true });
    const role = roles[text(detail['guestRole']) ?? ''] ?? '';
    return typeof guestName === 'string' ? t('timeline.guestNamed', { name: guestName, role }) : role;
  }

  function who(entry: TimelineEntry): string {
    const { actorRole, actorId } = entry;
    if (actorRole === 'guest' && typeof entry.guestName === 'string') return entry.guestName;
    const isStranger = actorId !== null && ![meeting.doctorId, meeting.patientId].includes(actorId);
    const name = isStranger ? undefined : names[actorRole];
    return name ?? others[actorRole] ?? actorRole;
  }

  function arrival(detail: TimelineEntry['detail'], first: 'start' | 'join'): string {
    if (detail['tookOver'] === true) return t('timeline.entry.tookOver');
    if (detail['returned'] === true)
      return t(first === 'start' ? 'timeline.entry.startAgain' : 'timeline.entry.joinAgain');
    return t(`timeline.entry.${first}`);
  }

  function drop(detail: TimelineEntry['detail'], name: string): string {
    const deadline = text(detail['deadline']);
    const kept =
      deadline === null ? '' : `; ${t('timeline.entry.keptUntil', { time: clockWithSeconds(time, deadline) })}`;
    switch (detail['cause']) {
      case 'connection':
        return t('timeline.entry.dropConnection') + kept;
      case 'leave':
        return t('timeline.entry.dropLeave') + kept;
      case 'server':
        return t('timeline.entry.dropServer', { name }) + kept;
      default:
        return t('timeline.entry.drop') + kept;
    }
  }

  function what(entry: TimelineEntry): string {
    const { type, detail } = entry;
    const name = names[text(detail['role']) ?? ''] ?? '';
    const why = codeText(text(detail['code']) ?? '');
    switch (type) {
      case 'start':
      case 'join':
        return arrival(detail, type);
      case 'drop':
        return drop(detail, name);
      case 'start_refused':
      case 'join_refused':
        return t(`timeline.entry.${type}`, { why });
      case 'deadline':
        return t('timeline.entry.deadline', { name });
      case 'guest_invited':
      case 'guest_waited':
      case 'guest_admitted':
      case 'guest_refused':
      case 'guest_joined':
      case 'guest_left':
      case 'guest_removed':
      case 'guest_revoked':
        return t(`timeline.entry.${type}`, { guest: guest(entry) });
      case 'waited':
      case 'left_queue':
      case 'end':
      case 'max_duration':
      case 'cancel':
      case 'no_show':
      case 'consented':
      case 'consent_withdrawn':
        return t(`timeline.entry.${type}`);
      case 'moved':
        return t('timeline.entry.moved', {
          from: String(detail['fromPosition']),
          to: String(detail['position']),
        });
      case 'handed_over':
        return t('timeline.entry.handed_over');
      default:
        return t('timeline.entry.other', { type });
    }
  }

  return { who, what };
}
