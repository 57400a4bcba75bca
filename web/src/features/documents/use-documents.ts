import '../../ui/i18n/documents.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { createDocumentsApi, type DocumentFilter, type DocumentsApi, type DocumentView } from '../../api/documents.ts';
import { useServices } from '../../services.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { useUser } from '../auth/use-session.ts';

export function useDocumentsApi(): DocumentsApi {
  const { session } = useServices();
  return useMemo(() => createDocumentsApi(session), [session]);
}

export function useDocuments(filter: DocumentFilter) {
  const api = useDocumentsApi();
  const { id: me } = useUser();
  return usePages(['documents', me, filter], (cursor, signal) => api.list(filter, cursor, signal));
}

export function useDocument(id: string) {
  const api = useDocumentsApi();
  const { id: me } = useUser();
  return useQuery({ queryKey: ['document', me, id], queryFn: ({ signal }) => api.one(id, signal) });
}

export function useVersions({ id, version }: Pick<DocumentView, 'id' | 'version'>) {
  const api = useDocumentsApi();
  const { id: me } = useUser();
  return useQuery({
    queryKey: ['document-versions', me, id, version],
    queryFn: ({ signal }) => api.versions(id, signal),
    staleTime: 0,
  });
}

/** What became of a document is there at once, and everything else that shows it is fetched anew. */
export function useKeepDocument(): (document: DocumentView) => void {
  const queries = useQueryClient();
  const { id: me } = useUser();
  return (document) => {
    queries.setQueryData(['document', me, document.id], document);
    for (const name of ['documents', 'document-versions']) void queries.invalidateQueries({ queryKey: [name] });
  };
}

export function useSaveDocument() {
  const api = useDocumentsApi();
  const keep = useKeepDocument();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string } & Parameters<DocumentsApi['edit']>[1]) => api.edit(id, body),
    onSuccess: keep,
  });
}

/** What is left of it is asked for anew. */
export function useDiscardDraft() {
  const api = useDocumentsApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: Pick<DocumentView, 'id' | 'version'>) => api.discard(id, version),
    onSuccess() {
      for (const name of ['documents', 'document-versions']) void queries.invalidateQueries({ queryKey: [name] });
    },
  });
}

export function useConfirmDocument() {
  const api = useDocumentsApi();
  const keep = useKeepDocument();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string } & Parameters<DocumentsApi['confirm']>[1]) => api.confirm(id, body),
    onSuccess: keep,
  });
}
