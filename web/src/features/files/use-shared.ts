import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { SharedFile, Upload } from '../../api/files.ts';
import { useFilesApi } from './use-files.ts';

const nothing: readonly SharedFile[] = [];

interface Visit {
  meetingId: string;
  /** How many the call has heard of: what lies on the table is asked for again with each. */
  heard: number;
  /** Whether there is a connection: what was shared while there was none was not heard of. */
  isConnected: boolean;
}

/** What lies on the table of a visit. Null for guests, who reach no files. */
export function useShared(visit: Visit | null): readonly SharedFile[] {
  const api = useFilesApi();
  const { meetingId = '', heard = 0, isConnected = false } = visit ?? {};
  const { data, refetch } = useQuery({
    queryKey: ['files', 'shared', meetingId, heard],
    queryFn: ({ signal }) => api.shared(meetingId, signal),
    enabled: visit !== null,
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    if (isConnected) void refetch();
  }, [isConnected, refetch]);
  return data ?? nothing;
}

/** Lays files on the table; the list follows. */
export function useShare(meetingId: string) {
  const api = useFilesApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Pick<Upload, 'id' | 'fileName'>) => api.share(id, meetingId),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['files', 'shared', meetingId] }),
  });
}
