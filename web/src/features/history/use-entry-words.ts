import { useTranslation } from 'react-i18next';
import type { Meeting, TimelineEntry } from '../../api/meetings.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { useCodeText } from '../../ui/error-text.ts';
import { clockWithSeconds } from '../../ui/time.ts';

type StaffWords = ReturnType<typeof useTranslation<'staff'>>['t'];

function drop(
  t: StaffWords,
  time: ReturnType<typeof useClinicTime>,
  detail: TimelineEntry['detail'],
  name: string,
): string {
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

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Entries that say all by their kind. */
const plain = [
  'waited',
  'left_queue',
  'end',
  'max_duration',
  'cancel',
  'no_show',
  'consented',
  'consent_withdrawn',
  'handed_over',
  'alarmed',
] as const;
const ofGuests = [
  'guest_invited',
  'guest_waited',
  'guest_admitted',
  'guest_refused',
  'guest_joined',
  'guest_left',
  'guest_removed',
  'guest_revoked',
] as const;

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

  function what(entry: TimelineEntry): string {
    const { type, detail } = entry;
    const name = names[text(detail['role']) ?? ''] ?? '';
    const why = codeText(text(detail['code']) ?? '');
    const itself = plain.find((one) => one === type);
    if (itself !== undefined) return t(`timeline.entry.${itself}`);
    const ofGuest = ofGuests.find((one) => one === type);
    if (ofGuest !== undefined) return t(`timeline.entry.${ofGuest}`, { guest: guest(entry) });
    switch (type) {
      case 'start':
      case 'join':
        return arrival(detail, type);
      case 'drop':
        return drop(t, time, detail, name);
      case 'start_refused':
      case 'join_refused':
        return t(`timeline.entry.${type}`, { why });
      case 'deadline':
        return t('timeline.entry.deadline', { name });
      case 'moved':
        return t('timeline.entry.moved', { from: String(detail['fromPosition']), to: String(detail['position']) });
      default:
        return t('timeline.entry.other', { type });
    }
  }

  return { who, what };
}
