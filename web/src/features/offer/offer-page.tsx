import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { PlanningPage } from '../planning/planning-page.tsx';

interface OfferPageProps<T extends { id: string }> {
  title: string;
  lead: string;
  found: UseQueryResult<{ items: T[] }>;
  /** Said when there is none yet. */
  empty: { title: string; text: string };
  /** What the button for one more says; null for who may not keep these. */
  newOne: string | null;
  /** The form for one of them, or for a new one. */
  renderForm: (one: T | null, onDone: () => void) => ReactNode;
  renderList: (items: readonly T[], onEdit: (one: T) => void) => ReactNode;
}

/** The frame of a list that the clinic keeps: one form open at a time above it, and what is said while there is no list. */
export function OfferPage<T extends { id: string }>(props: OfferPageProps<T>) {
  const { title, lead, found, empty, newOne, renderForm, renderList } = props;
  const { t } = useTranslation('planning');
  const [open, setOpen] = useState<T | 'new' | null>(null);
  const items = found.data?.items ?? [];
  const retry = () => void found.refetch();
  return (
    <PlanningPage
      title={title}
      lead={lead}
      actions={newOne !== null && open === null && <Button onClick={() => setOpen('new')}>{newOne}</Button>}
    >
      <div className="stack">
        {open !== null && (
          <div key={open === 'new' ? 'new' : open.id}>
            {renderForm(open === 'new' ? null : open, () => setOpen(null))}
          </div>
        )}
        {found.error !== null && <Failure error={found.error} onRetry={retry} />}
        {found.isPending && found.error === null && <Patience text={t('offer.loading')} onRetry={retry} />}
        {found.isSuccess && items.length === 0 && <EmptyState title={empty.title}>{empty.text}</EmptyState>}
        {items.length > 0 && renderList(items, setOpen)}
      </div>
    </PlanningPage>
  );
}
