import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OfferedModality } from '../../api/scheduling.ts';
import { useRooms } from './use-hours.ts';
import { useStaffLists } from './use-planning.ts';

interface PlaceFieldsValue {
  modality: OfferedModality;
  locationId: string;
  roomId: string;
}

interface PlaceFieldsProps {
  value: PlaceFieldsValue;
  isPlaceMissing: boolean;
  onChange: (part: Partial<PlaceFieldsValue>) => void;
}

const ways = ['both', 'video', 'in_person'] as const;

/** How and where hours are offered. */
export function PlaceFields({ value, isPlaceMissing, onChange }: PlaceFieldsProps) {
  const { t } = useTranslation('planning');
  const { places } = useStaffLists();
  const rooms = useRooms(value.locationId).data?.items ?? [];
  return (
    <>
      <NativeSelect
        label={t('hours.way')}
        value={value.modality}
        data={ways.map((way) => ({ value: way, label: t(`way.${way}`) }))}
        onChange={({ currentTarget }) =>
          onChange({ modality: ways.find((way) => way === currentTarget.value) ?? 'video' })
        }
      />
      <NativeSelect
        label={t('hours.place')}
        value={value.locationId}
        error={isPlaceMissing && t('hours.fault.noPlace')}
        data={[{ value: '', label: t('hours.noPlace') }, ...places.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={({ currentTarget }) => onChange({ locationId: currentTarget.value, roomId: '' })}
      />
      {rooms.length > 0 && (
        <NativeSelect
          label={t('hours.room')}
          value={value.roomId}
          data={[{ value: '', label: t('hours.noRoom') }, ...rooms.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={({ currentTarget }) => onChange({ roomId: currentTarget.value })}
        />
      )}
    </>
  );
}
