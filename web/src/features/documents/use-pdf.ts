import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../api/documents.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { useDocumentsApi } from './use-documents.ts';

/** Puts the PDF on this device: of the version that is seen, or of an earlier confirmed one. */
export function usePdf({ id, kind }: Pick<DocumentView, 'id' | 'kind'>) {
  const { t } = useTranslation('documents');
  const api = useDocumentsApi();
  const announce = useAnnounce();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (version: number | undefined) => api.pdf(id, version),
    onSuccess(file) {
      saveFile(file, t('fileName', { kind: t(`kind.${kind}`) }));
      announce(t('pdfDone'));
      void queries.invalidateQueries({ queryKey: ['document-versions'] });
    },
  });
}
