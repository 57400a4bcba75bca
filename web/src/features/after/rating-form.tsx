import '../../ui/i18n/law.ts';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AfterVisit } from '../../api/visit-law.ts';
import { Failure } from '../../ui/failure.tsx';
import { useTimeWords } from '../booking/use-own-time.ts';
import { useLawApi } from '../law/use-law.ts';
import styles from './after.module.css';

const scale = [1, 2, 3, 4, 5];

function Stars({ stars, onChange }: { stars: number; onChange: (stars: number) => void }) {
  const { t } = useTranslation('law');
  return (
    <fieldset className={styles['stars']}>
      <legend>{t('rating.stars')}</legend>
      {scale.map((count) => (
        <label key={count} className={styles['star']}>
          <input
            type="radio"
            name="stars"
            value={count}
            checked={stars === count}
            aria-label={t('rating.star', { count })}
            onChange={() => onChange(count)}
          />
          <span aria-hidden>{count <= stars ? '★' : '☆'}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The patient rates the visit, and may change that for a day. */
export function RatingForm({ after }: { after: AfterVisit }) {
  const { t } = useTranslation('law');
  const api = useLawApi();
  const queries = useQueryClient();
  const when = useTimeWords();
  const [stars, setStars] = useState(after.rating?.stars ?? 0);
  const [words, setWords] = useState(after.rating?.words ?? '');
  const [isUnchosen, setUnchosen] = useState(false);
  const { meetingId, rating } = after;
  const sending = useMutation({
    mutationFn: () => api.rate(meetingId, { stars, words: words.trim() }),
    onSuccess: (kept) => queries.setQueryData(['after-visit', meetingId], { ...after, rating: kept }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setUnchosen(stars === 0);
    if (stars > 0) sending.mutate();
  }
  return (
    <form noValidate onSubmit={submit} className="stack">
      <h2>{t('rating.title')}</h2>
      <Stars stars={stars} onChange={setStars} />
      {isUnchosen && stars === 0 && <p role="alert">{t('rating.choose')}</p>}
      <Textarea
        label={t('rating.words')}
        description={t('rating.about')}
        value={words}
        maxLength={1_000}
        autosize
        minRows={2}
        onChange={({ currentTarget: { value } }) => setWords(value)}
      />
      {sending.error !== null && <Failure error={sending.error} />}
      {rating !== null && <output>{t('rating.thanks', { when: when(rating.changeableUntil).own })}</output>}
      <div>
        <Button type="submit" variant={rating === null ? 'filled' : 'default'} loading={sending.isPending}>
          {t(rating === null ? 'rating.send' : 'rating.change')}
        </Button>
      </div>
    </form>
  );
}
