import '../../ui/i18n/pay.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createPaymentsApi, type PaymentOrder, type PaymentsApi, type PaymentView } from '../../api/payments.ts';
import { ApiError } from '../../api/problem.ts';
import { useServices } from '../../services.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { useUser } from '../auth/use-session.ts';
import { money } from '../booking/money.ts';
import { CheckoutMissing, openCheckout } from './checkout.ts';

export function usePaymentsApi(): PaymentsApi {
  const { session } = useServices();
  return useMemo(() => createPaymentsApi(session), [session]);
}

/** Minor units as the reader's language writes them. */
export function usePrice(): (minor: number, currency: string) => string {
  const { i18n } = useTranslation();
  return (minor, currency) => money(i18n.language, minor, currency);
}

/** Whether visits can be paid here, and what holds for it. */
export function useTerms(isWanted = true) {
  const api = usePaymentsApi();
  return useQuery({
    queryKey: ['payment-terms'],
    queryFn: ({ signal }) => api.terms(signal),
    enabled: isWanted,
    staleTime: 300_000,
  });
}

/** The newest payment of a visit, null when there is none; asked for again every `everyMs` until it is paid. */
export function usePaymentOf(appointmentId: string, everyMs: number, isWanted = true) {
  const api = usePaymentsApi();
  return useQuery({
    queryKey: ['payment-of', appointmentId],
    queryFn: async ({ signal }) => (await api.list({ appointmentId }, undefined, signal)).items[0] ?? null,
    enabled: isWanted,
    refetchInterval: ({ state }) => (isOwed(state.data) ? everyMs : false),
  });
}

/** Whether it is still to be paid. What was given back in full is owed again. */
export function isOwed(payment: PaymentView | null | undefined): boolean {
  return !payment || payment.paidAt === null || payment.status === 'refunded';
}

/** What there is to pay for a visit. */
export function useOrder(appointmentId: string) {
  const api = usePaymentsApi();
  return useQuery({
    queryKey: ['payment-order', appointmentId],
    queryFn: () => api.order(appointmentId),
    retry: false,
  });
}

/** The payment as the server has it now: the provider may tell before the browser does, and after it. */
export function useProgress(before: PaymentView | undefined, everyMs: number) {
  const api = usePaymentsApi();
  const id = before?.id ?? '';
  return useQuery({
    queryKey: ['payment', id],
    queryFn: ({ signal }) => api.one(id, signal),
    enabled: id !== '',
    initialData: before,
    initialDataUpdatedAt: () => Date.now(),
    refetchInterval: ({ state }) => (state.data?.paidAt ? false : everyMs),
  });
}

/** What became of an attempt. `unsure`: they paid, and the server could not find out yet; `unopened`: there was no window. */
export type Attempt = 'paid' | 'failed' | 'closed' | 'unopened' | 'unsure';

/** `wanted` is what to let happen where no money moves. */
export function usePaying() {
  const api = usePaymentsApi();
  const { tenant } = useUser();
  const queries = useQueryClient();
  return useMutation({
    async mutationFn({ order, wanted }: { order: PaymentOrder; wanted: 'capture' | 'fail' }): Promise<Attempt> {
      const { checkout } = order;
      if (checkout === null) return 'paid';
      const isSandbox = checkout.provider === 'sandbox';
      const signed = isSandbox
        ? await api.sandboxPay(checkout.orderId, wanted)
        : await openCheckout(checkout, tenant.name).catch(unopened);
      if (signed === null) return 'closed';
      if (signed === 'unopened') return signed;
      try {
        const payment = await api.verify(signed);
        queries.setQueryData<PaymentView>(['payment', payment.id], payment);
        void queries.invalidateQueries({ queryKey: ['payment-of'] });
        if (payment.paidAt !== null) return 'paid';
        return payment.status === 'authorised' ? 'unsure' : 'failed';
      } catch (error) {
        // They have paid. Who asks for the money again now asks twice.
        if (error instanceof ApiError && (error.status === 0 || error.status >= 500)) return 'unsure';
        throw error;
      }
    },
  });
}

function unopened(error: unknown): 'unopened' {
  if (error instanceof CheckoutMissing) return 'unopened';
  throw error;
}

/** Saves a receipt as a file. */
export function useReceipt(payment: PaymentView) {
  const api = usePaymentsApi();
  return useMutation({
    mutationFn: () => api.receipt(payment.id),
    onSuccess: (file) => saveFile(file, `receipt-${payment.receiptNumber}.pdf`),
  });
}
