import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useAnnounce } from './announcer.tsx';
import { Failure } from './failure.tsx';
import { saveFile } from './save-file.ts';

interface CsvExportProps {
  label: string;
  fileName: string;
  /** Said once the file is saved. */
  done: string;
  load: () => Promise<Blob>;
}

/** A button that saves what a list shows, and what it does not show yet, as one file. */
export function CsvExport({ label, fileName, done, load }: CsvExportProps) {
  const announce = useAnnounce();
  const exporting = useMutation({
    mutationFn: load,
    onSuccess(file) {
      saveFile(file, fileName);
      announce(done);
    },
  });
  return (
    <div className="stack">
      <Button
        variant="default"
        leftSection={<IconDownload size={20} aria-hidden />}
        loading={exporting.isPending}
        onClick={() => exporting.mutate()}
      >
        {label}
      </Button>
      {exporting.error !== null && <Failure error={exporting.error} onRetry={() => exporting.mutate()} />}
    </div>
  );
}
