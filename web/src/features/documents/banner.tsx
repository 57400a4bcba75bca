import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../api/documents.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Notice } from '../../ui/notice.tsx';
import { stamp } from '../../ui/time.ts';

/** What this text is worth: who answers for it, or that nobody does. */
export function Banner({ document }: { document: DocumentView }) {
  const { t } = useTranslation('documents');
  const time = useClinicTime();
  const { state, confirmation, confirmedVersion, metadata, mayEdit } = document;
  if (confirmation !== null && state === 'confirmed') {
    const { name, registrationNumber: number, confirmedAt, expiresAt } = confirmation;
    return (
      <Notice tone="good" title={t('banner.confirmed', { name, when: stamp(time, confirmedAt) })}>
        {number !== null && <p>{t('banner.registration', { number })}</p>}
        {expiresAt !== null && <p>{t('banner.until', { when: stamp(time, expiresAt) })}</p>}
      </Notice>
    );
  }
  if (state === 'expired') {
    const isDraft = confirmation === null;
    const text = isDraft ? 'banner.expiredDraftText' : mayEdit ? 'banner.expiredText' : 'banner.expiredOwnText';
    return (
      <Notice tone="warning" title={t(isDraft ? 'banner.expiredDraft' : 'banner.expired')}>
        <p>{t(text)}</p>
      </Notice>
    );
  }
  const isByModel = metadata.source === 'model';
  return (
    <Notice tone="warning" title={t(isByModel ? 'banner.model' : 'banner.template')}>
      <p>{isByModel || metadata.fallback === null ? t('banner.modelText') : t(`banner.${metadata.fallback}`)}</p>
      {confirmedVersion !== null && <p>{t('banner.newer', { version: confirmedVersion })}</p>}
    </Notice>
  );
}
