import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomView } from '../../api/scheduling.ts';
import { Failure } from '../../ui/failure.tsx';
import { useScheduling } from '../booking/use-scheduling.ts';
import { useRooms } from '../planning/use-hours.ts';
import { useSave } from './use-save.ts';

function Room({ room }: { room: RoomView }) {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const { id, locationId, name, isActive = true } = room;
  const turn = useSave((on: boolean) => api.changeRoom(locationId, id, { isActive: on }));
  return (
    <li className="row">
      <span>
        {name}
        {!isActive && ` (${t('offer.inactive')})`}
      </span>
      <Button
        variant="subtle"
        loading={turn.isPending}
        aria-label={t(isActive ? 'offer.closeOf' : 'offer.openOf', { name })}
        onClick={() => turn.mutate(!isActive)}
      >
        {t(isActive ? 'offer.close' : 'offer.open')}
      </Button>
      {turn.error !== null && <Failure error={turn.error} />}
    </li>
  );
}

/** The rooms of a place, and a field for one more. */
export function Rooms({ locationId, place }: { locationId: string; place: string }) {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const found = useRooms(locationId);
  const [name, setName] = useState('');
  const [isMissing, setMissing] = useState(false);
  const add = useSave(
    (room: string) => api.createRoom(locationId, { name: room }),
    () => setName(''),
  );
  return (
    <section aria-label={t('offer.roomsOf', { place })}>
      <h3>{t('offer.rooms')}</h3>
      {found.error !== null && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && found.data.items.length === 0 && <p className="dimmed">{t('offer.noRooms')}</p>}
      <ul className="plain-list">
        {(found.data?.items ?? []).map((room) => (
          <Room key={room.id} room={room} />
        ))}
      </ul>
      <form
        className="row"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(name.trim() === '');
          if (name.trim() !== '') add.mutate(name.trim());
        }}
      >
        <TextInput
          aria-label={t('offer.newRoomOf', { place })}
          placeholder={t('offer.newRoom')}
          value={name}
          maxLength={100}
          autoComplete="off"
          error={isMissing && t('offer.wrong')}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <Button type="submit" variant="default" loading={add.isPending} aria-label={t('offer.addRoomOf', { place })}>
          {t('offer.addRoom')}
        </Button>
      </form>
      {add.error !== null && <Failure error={add.error} />}
    </section>
  );
}
