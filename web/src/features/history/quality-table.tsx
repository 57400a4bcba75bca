import { useTranslation } from 'react-i18next';
import type { ParticipantQuality, QualityStay, Spread } from '../../api/meeting-quality.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { clockWithSeconds, running } from '../../ui/time.ts';
import styles from './history.module.css';

const columns = ['who', 'when', 'score', 'loss', 'delay', 'bitrate', 'way', 'still', 'soundOnly'] as const;

function Stay({ person, stay }: { person: ParticipantQuality; stay: QualityStay }) {
  const { t, i18n } = useTranslation('quality');
  const time = useClinicTime();
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  const average = (spread: Spread) => (spread === null ? t('unknown') : number.format(spread.average));
  const losses = [stay.lossUp, stay.lossDown].filter((one) => one !== null).map(({ worst }) => worst);
  const score = { average: number.format(stay.scoreAverage), worst: stay.scoreWorst };
  return (
    <tr>
      <th scope="row">{t('reconnects', { name: person.name ?? t('someone'), count: person.reconnects })}</th>
      <td>
        {clockWithSeconds(time, stay.from)} – {clockWithSeconds(time, stay.until)}
      </td>
      <td>{t('scoreValue', score)}</td>
      <td>{losses.length === 0 ? t('unknown') : percent.format(Math.max(...losses))}</td>
      <td>{stay.roundTripMs === null ? t('unknown') : t('ms', { value: average(stay.roundTripMs) })}</td>
      <td>{t('bitrateValue', { up: average(stay.upKbps), down: average(stay.downKbps) })}</td>
      <td>{stay.way === null ? t('unknown') : t(`ways.${stay.way}`)}</td>
      <td>{running(stay.frozenSeconds)}</td>
      <td>{running(stay.soundOnlySeconds)}</td>
    </tr>
  );
}

/** What the drawing shows, in numbers. */
export function QualityTable({ participants }: { participants: ParticipantQuality[] }) {
  const { t } = useTranslation('quality');
  return (
    <ScrollRegion label={t('table')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {participants.flatMap((person) =>
            person.stays.map((stay) => (
              <Stay key={`${person.participantId} ${stay.from}`} person={person} stay={stay} />
            )),
          )}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
