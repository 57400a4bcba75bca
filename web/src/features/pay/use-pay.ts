import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { createPaymentsApi, type PaymentOrder, type PaymentsApi } from '../../api/payments.ts';
import { useServices } from '../../services.tsx';
import { openCheckout } from './checkout.ts';

export function usePayments(): PaymentsApi {
  const { session } = useServices();
  return useMemo(() => createPaymentsApi(session), [session]);
}

/** What there is to pay for a visit; looked at again, for the provider may tell before the browser does. */
export function useOrder(appointmentId: string) {
  const api = usePayments();
  return useQuery({
    queryKey: ['payment', appointmentId],
    queryFn: () => api.order(appointmentId),
    refetchInterval: 15_000,
  });
}

/** `wanted` is what to let happen where no money moves. Answers what became of it. */
export function usePaying(appointmentId: string) {
  const api = usePayments();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ order, wanted }: { order: PaymentOrder; wanted: 'capture' | 'fail' }) => {
      const { checkout } = order;
      if (checkout === null) return 'paid';
      const isSandbox = checkout.provider === 'sandbox';
      const signed = isSandbox ? await api.sandboxPay(checkout.orderId, wanted) : await openCheckout(checkout);
      if (signed === null) return 'closed';
      const payment = await api.verify(signed);
      const isOpen = payment.status === 'failed' || payment.status === 'pending';
      queries.setQueryData<PaymentOrder>(['payment', appointmentId], { payment, checkout: isOpen ? checkout : null });
      return isOpen ? 'failed' : 'paid';
    },
  });
}
