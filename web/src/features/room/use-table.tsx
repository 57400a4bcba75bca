import type { ReactNode } from 'react';
import type { SharedFile } from '../../api/files.ts';
import type { CallState } from '../../call/call.ts';
import { useShared } from '../files/use-shared.ts';
import { ShareFile } from './share-file.tsx';

/** What lies on the table of the visit, once it is known, and the way to lay something there; nothing of it for guests. */
export function useTable(
  meeting: CallState['meeting'],
  { files: heard, phase }: Pick<CallState, 'files' | 'phase'>,
  seat: 'patient' | 'doctor' | 'guest',
): { files: readonly SharedFile[]; attach: ReactNode } {
  const isThere = meeting !== null && seat !== 'guest';
  const files = useShared(
    isThere ? { meetingId: meeting.id, heard: heard.length, isConnected: phase === 'in-call' } : null,
  );
  return { files, attach: isThere && <ShareFile meeting={meeting} seat={seat} files={files} /> };
}
