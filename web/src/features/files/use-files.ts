import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { createFilesApi, type FileFilter, type FilesApi, type NewUpload, type Upload } from '../../api/files.ts';
import type { User } from '../../api/user.ts';
import { useServices } from '../../services.tsx';
import { useLiving, useLivingState } from '../../ui/use-living.ts';
import { usePages } from '../../ui/use-pages.ts';
import { fitted } from './fit.ts';
import { createOutgoing, type Outgoing, type OutgoingFile } from './outgoing.ts';
import { shrunk } from './shrink.ts';

export function useFilesApi(): FilesApi {
  const { session } = useServices();
  return useMemo(() => createFilesApi(session), [session]);
}

/** While one is held back, it may be let go any moment; and somebody else may add one. */
const soonMs = 10_000;
const laterMs = 60_000;

/** The files of a filter, page by page, looked at again by itself. */
export function useFiles(filter: FileFilter) {
  const api = useFilesApi();
  const { session } = useServices();
  const me = session.state.status === 'signed-in' ? session.state.user.id : null;
  const list = usePages<Upload>(['files', me, filter], (cursor, signal) =>
    api.list(filter, { limit: 20, ...(cursor === undefined ? {} : { cursor }) }, signal),
  );
  const { refetch, items } = list;
  const isHeld = items.some(({ status }) => status === 'quarantined');
  useEffect(() => {
    const timer = setInterval(() => void refetch(), isHeld ? soonMs : laterMs);
    return () => clearInterval(timer);
  }, [refetch, isHeld]);
  return list;
}

/** Everything that shows files is fetched anew. */
export function useFilesChanged(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: ['files'] }), [queries]);
}

const nothing: readonly OutgoingFile[] = [];
const filesOf = (outgoing: Outgoing) => outgoing.files;

/** Files on their way to a patient's; null for the own. */
export function useOutgoing(patientId: string | null, onDone: (answer: NewUpload) => void) {
  const api = useFilesApi();
  const make = useCallback(
    () =>
      createOutgoing({
        prepare: (file) => fitted(file, shrunk),
        send: (sending, watch) => api.send({ ...sending, patientId }, watch),
      }),
    [api, patientId],
  );
  const outgoing = useLiving(make);
  const files = useLivingState(outgoing, filesOf, nothing);
  const told = useRef(new Set<string>());
  const latest = useEffectEvent(onDone);
  useEffect(() => {
    for (const { key, answer } of files) {
      if (answer === null || told.current.has(key)) continue;
      told.current.add(key);
      latest(answer);
    }
  }, [files]);
  const isBusy = files.some(({ state }) => state !== 'done' && state !== 'refused');
  useEffect(() => {
    const wake = () => outgoing?.wake();
    window.addEventListener('online', wake);
    return () => window.removeEventListener('online', wake);
  }, [outgoing]);
  useEffect(() => {
    if (!isBusy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isBusy]);
  return { outgoing, files };
}

export function useHistory(id: string, isWanted: boolean) {
  const api = useFilesApi();
  return useQuery({
    queryKey: ['file-history', id],
    queryFn: ({ signal }) => api.history(id, signal),
    enabled: isWanted,
    staleTime: 0,
  });
}

/** Puts a file on this device. */
export function useContent() {
  const api = useFilesApi();
  return useMutation({ mutationFn: (id: string) => api.content(id) });
}

/** As the server's policy says it: nothing is offered that would be refused. */
export const mayDelete = (user: User, file: Upload) =>
  user.scopes.includes('uploads:write') && (user.scopes.includes('uploads:manage') || user.id === file.uploadedById);

export const mayReadHistory = (user: User, file: Upload) =>
  user.scopes.includes('uploads:read-all') || user.id === file.uploadedById || user.patientId === file.patientId;

/** Whether they may bring files of others: who works here, not a patient. */
export const addsForOthers = (user: User) =>
  user.scopes.includes('uploads:write') && user.scopes.includes('patients:read');
