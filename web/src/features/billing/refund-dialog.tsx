import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaymentView } from '../../api/payments.ts';
import { ApiError } from '../../api/problem.ts';
import { newAttempt } from '../../api/scheduling.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { usePaymentsApi, usePrice } from '../pay/use-pay.ts';
import styles from './billing.module.css';
import { placesOf, readAmount } from './billing-filters.ts';
import { leftOf } from './left-of.ts';

function useRefund(payment: PaymentView, onDone: () => void) {
  const api = usePaymentsApi();
  const queries = useQueryClient();
  const { t } = useTranslation('billing');
  const announce = useAnnounce();
  const [attempt, setAttempt] = useState(newAttempt);
  return useMutation({
    mutationFn: (body: { amountMinor?: number; note: string }) => api.refund(payment.id, body, attempt),
    onSuccess(changed) {
      setAttempt(newAttempt());
      queries.setQueryData(['payment', payment.id], changed);
      for (const key of ['payments', 'payment-steps']) void queries.invalidateQueries({ queryKey: [key] });
      announce(t('refund.done'));
      onDone();
    },
    onError(error) {
      // Without an answer the same attempt is sent again, so that the money cannot go back twice.
      if (error instanceof ApiError && error.status > 0 && error.status < 500) setAttempt(newAttempt());
    },
  });
}

function RefundForm({ payment, onClose }: { payment: PaymentView; onClose: () => void }) {
  const { t } = useTranslation('billing');
  const { currency } = payment;
  const price = usePrice();
  const left = leftOf(payment);
  const [isWhole, setWhole] = useState(true);
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const [isTold, setTold] = useState(false);
  const fields = useRef<HTMLFieldSetElement>(null);
  const refund = useRefund(payment, onClose);
  const part = readAmount(text, placesOf(currency));
  const isPart = part !== null && part > 0 && part <= left;
  const amount = isWhole ? left : isPart ? part : null;
  const isNoted = note.trim() !== '';

  function give() {
    setTold(true);
    if ((isWhole || isPart) && isNoted) {
      refund.mutate({ ...(isWhole || part === null ? {} : { amountMinor: part }), note: note.trim() });
      return;
    }
    const wrong = !isWhole && !isPart ? 'amount' : 'note';
    fields.current?.querySelector<HTMLInputElement>(`[name="${wrong}"]`)?.focus();
  }

  return (
    <ConfirmDialog
      isOpen
      isGrave
      title={t('refund.title')}
      yes={amount === null ? t('refund.yesAny') : t('refund.yes', { price: price(amount, currency) })}
      no={t('refund.no')}
      isBusy={refund.isPending}
      onYes={give}
      onNo={onClose}
    >
      <fieldset ref={fields} className={styles['choices']}>
        <legend>{t('refund.left', { price: price(left, currency) })}</legend>
        <label>
          <input type="radio" name="how" checked={isWhole} onChange={() => setWhole(true)} />
          {t('refund.whole', { price: price(left, currency) })}
        </label>
        <label>
          <input type="radio" name="how" checked={!isWhole} onChange={() => setWhole(false)} />
          {t('refund.part')}
        </label>
        {!isWhole && (
          <TextInput
            name="amount"
            label={t('refund.amount', { currency })}
            value={text}
            inputMode="decimal"
            autoComplete="off"
            error={isTold && !isPart ? t('refund.wrong', { price: price(left, currency) }) : undefined}
            onChange={({ currentTarget: { value } }) => setText(value)}
          />
        )}
        <Textarea
          name="note"
          label={t('refund.note')}
          description={t('refund.noteAbout')}
          value={note}
          maxLength={300}
          autosize={false}
          rows={2}
          error={isTold && !isNoted ? t('refund.noteMissing') : undefined}
          onChange={({ currentTarget: { value } }) => setNote(value)}
        />
      </fieldset>
      <p>{t('refund.about')}</p>
      {refund.error !== null && <Failure error={refund.error} />}
    </ConfirmDialog>
  );
}

/** The whole or a part goes back, with a reason, asked once. Nothing where nothing is left. */
export function RefundButton({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('billing');
  const [isOpen, setOpen] = useState(false);
  if (payment.paidAt === null || leftOf(payment) <= 0) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('refund.open')}
      </Button>
      {isOpen && <RefundForm payment={payment} onClose={() => setOpen(false)} />}
    </>
  );
}
