import { useMutation } from '@tanstack/react-query';
import { useServices } from '../../services.tsx';

/** Which link the mail shall bring: one that confirms the address, or one by which to choose a new password. */
export type MailLink = 'verification' | 'reset';

const addresses = { verification: '/auth/resend-verification', reset: '/auth/forgot-password' } as const;

/** Asks for a mail. The answer is the same whether or not the address is known. */
export function useMailLink(kind: MailLink) {
  const { session } = useServices();
  return useMutation({
    mutationFn: ({ email, clinic }: { email: string; clinic?: string | undefined }) =>
      session.ask({
        method: 'POST',
        path: addresses[kind],
        body: { email, ...(clinic === undefined || clinic === '' ? {} : { tenant: clinic }) },
      }),
  });
}
