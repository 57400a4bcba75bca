import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ring } from './ring.ts';

/** Asks for leave to be heard. */
export function RingToggle() {
  const { t } = useTranslation('waiting');
  const [isOn, setOn] = useState(ring.isAllowed);
  const [isBlocked, setBlocked] = useState(false);
  function toggle() {
    if (isOn) ring.forbid();
    const isAllowed = !isOn && ring.allow();
    setOn(isAllowed);
    setBlocked(!isOn && !isAllowed);
  }
  return (
    <div>
      <Button variant={isOn ? 'light' : 'default'} aria-pressed={isOn} onClick={toggle}>
        {t(isOn ? 'ring.on' : 'ring.offer')}
      </Button>
      <p className="dimmed">{t(isBlocked ? 'ring.blocked' : 'ring.about')}</p>
    </div>
  );
}
