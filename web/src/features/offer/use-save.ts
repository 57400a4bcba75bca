import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { useAnnounce } from '../../ui/announcer.tsx';

/** Saves something of the directory or the catalogue, says so, and lets every list of it be read again. */
export function useSave<T>(save: (value: T) => Promise<unknown>, onDone?: () => void) {
  const { t } = useTranslation('planning');
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: save,
    onSuccess() {
      for (const queryKey of [['doctors'], ['doctor'], ['places'], ['rooms'], ['services'], ['slots']]) {
        void queries.invalidateQueries({ queryKey });
      }
      announce(t('offer.saved'));
      onDone?.();
    },
  });
}

/** Whether the server refused this field; its own words are for developers. */
export function refuses(error: unknown, field: string): boolean {
  return (
    error instanceof ApiError &&
    error.faults.some(({ path }) => path === field || path.startsWith(`${field}.`) || path.startsWith(`body.${field}`))
  );
}
