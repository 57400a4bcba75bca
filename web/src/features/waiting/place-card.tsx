import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitingRoom } from '../../call/waiting/waiting-room.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { duration } from '../../ui/time.ts';
import { spanOf } from './span.ts';

/** The doctor is busy or has not begun. */
export function DoctorNow({ room, doctorName }: { room: WaitingRoom; doctorName: string }) {
  const { t } = useTranslation('waiting');
  const { doctorBusy } = useSyncExternalStore(room.subscribe, () => room.state);
  return t(doctorBusy ? 'place.busy' : 'place.free', { doctor: doctorName });
}

/** How long it is likely to take, or that nobody can say. Nothing for who is next with a free doctor: it may be any moment. */
export function WaitSpan({ room, position, now }: { room: WaitingRoom; position: number | null; now: number }) {
  const { t } = useTranslation('waiting');
  const time = useClinicTime();
  const { doctorBusy, estimate } = useSyncExternalStore(room.subscribe, () => room.state);
  const span = spanOf(estimate, now);
  const words = (minutes: number) => duration(time, minutes * 60);
  if (span.kind === 'unknown' && position === 1 && !doctorBusy) return null;
  if (span.kind === 'upTo') return <p>{t('place.upTo', { to: words(span.to) })}</p>;
  if (span.kind === 'between') return <p>{t('place.between', { from: words(span.from), to: words(span.to) })}</p>;
  return <p>{t(`place.${span.kind}`)}</p>;
}

/** What the clinic tells those who wait: in their language, else in its first one. */
export function ClinicWords({ room }: { room: WaitingRoom }) {
  const { t, i18n } = useTranslation('waiting');
  const { welcome } = useSyncExternalStore(room.subscribe, () => room.state);
  const languages = Object.keys(welcome ?? {});
  const [short] = i18n.language.split('-');
  const language = [i18n.language, short, 'en'].find((one) => languages.includes(one ?? '')) ?? languages[0];
  const text = language === undefined ? '' : (welcome[language] ?? '');
  if (text === '') return null;
  return (
    <section>
      <h2>{t('place.clinic')}</h2>
      {text.split(/\n+/).map((paragraph) => (
        <p key={paragraph} lang={language} dir="auto">
          {paragraph}
        </p>
      ))}
    </section>
  );
}
