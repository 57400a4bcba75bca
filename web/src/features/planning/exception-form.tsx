import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferedModality } from '../../api/scheduling.ts';
import booking from '../booking/booking.module.css';
import { endOf } from './hours-words.ts';
import { PlaceFields } from './place-fields.tsx';
import styles from './planning.module.css';

export interface ExceptionFields {
  kind: 'leave' | 'extra';
  startsOn: string;
  endsOn: string;
  startTime: string;
  endTime: string;
  reason: string;
  modality: OfferedModality;
  locationId: string;
  roomId: string;
}

type Fault = 'noTime' | 'order' | 'noPlace';

/** What is wrong before anything is sent. */
export function exceptionFault(fields: ExceptionFields): Fault | null {
  const { kind, startsOn, startTime, endTime, modality, locationId } = fields;
  if (startsOn === '') return 'noTime';
  if (kind === 'extra') {
    if (startTime === '' || endTime === '') return 'noTime';
    if (endOf(endTime) <= startTime) return 'order';
    return modality !== 'video' && locationId === '' ? 'noPlace' : null;
  }
  const endsOn = fields.endsOn || startsOn;
  const [from, to] = [startTime || '00:00', endTime === '' ? '24:00' : endOf(endTime)];
  return endsOn < startsOn || (endsOn === startsOn && to <= from) ? 'order' : null;
}

/** As the server takes it. Leave without times is of whole days. */
export function exceptionBody(fields: ExceptionFields, practitionerId: string): Record<string, unknown> {
  const { kind, startsOn, startTime, endTime, modality, locationId, roomId } = fields;
  const reason = fields.reason.trim() || null;
  if (kind === 'extra') {
    const where = { locationId: locationId || null, roomId: (locationId && roomId) || null };
    return { kind, practitionerId, startsOn, startTime, endTime: endOf(endTime), modality, reason, ...where };
  }
  return {
    kind,
    practitionerId,
    startsOn,
    endsOn: fields.endsOn || startsOn,
    ...(startTime !== '' && { startTime }),
    ...(endTime !== '' && { endTime: endOf(endTime) }),
    reason,
  };
}

interface ExceptionFormProps {
  kind: 'leave' | 'extra';
  isBusy: boolean;
  onSave: (fields: ExceptionFields) => void;
  onCancel: () => void;
}

/** Time off, or time on top of the usual week. */
export function ExceptionForm({ kind, isBusy, onSave, onCancel }: ExceptionFormProps) {
  const { t } = useTranslation('planning');
  const [fields, setFields] = useState<ExceptionFields>({
    kind,
    startsOn: '',
    endsOn: '',
    startTime: '',
    endTime: '',
    reason: '',
    modality: 'video',
    locationId: '',
    roomId: '',
  });
  const [fault, setFault] = useState<Fault | null>(null);
  const change = (part: Partial<ExceptionFields>) => setFields({ ...fields, ...part });
  const isLeave = kind === 'leave';
  const input = (name: 'startsOn' | 'endsOn' | 'startTime' | 'endTime', type: 'date' | 'time', of: Fault | null) => (
    <TextInput
      type={type}
      label={t(`hours.${isLeave && type === 'time' ? `${name}Leave` : name}` as 'hours.startsOn')}
      value={fields[name]}
      error={fault !== null && fault === of && t(`hours.fault.${fault}`)}
      onChange={({ currentTarget: { value } }) => change({ [name]: value })}
    />
  );
  const title = t(isLeave ? 'hours.addLeave' : 'hours.addExtra');
  return (
    <form
      className={booking['card']}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = exceptionFault(fields);
        setFault(found);
        if (found === null) onSave(fields);
      }}
    >
      <h3>{title}</h3>
      <div className={booking['pair']}>
        {input('startsOn', 'date', 'noTime')}
        {isLeave && input('endsOn', 'date', 'order')}
        {input('startTime', 'time', null)}
        {input('endTime', 'time', isLeave ? null : 'order')}
        {!isLeave && <PlaceFields value={fields} isPlaceMissing={fault === 'noPlace'} onChange={change} />}
        <TextInput
          label={t('hours.reason')}
          description={t('hours.reasonHint')}
          value={fields.reason}
          maxLength={500}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => change({ reason: value })}
        />
      </div>
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onCancel}>
          {t('hours.cancel')}
        </Button>
        <Button type="submit" loading={isBusy}>
          {t('hours.save')}
        </Button>
      </div>
    </form>
  );
}
