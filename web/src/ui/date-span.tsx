import { TextInput } from '@mantine/core';

export interface DateSpanValues {
  from: string;
  to: string;
}

interface DateSpanProps {
  labels: DateSpanValues;
  /** Days as `YYYY-MM-DD`; empty for none. */
  values: DateSpanValues;
  onChange: (change: Partial<DateSpanValues>) => void;
}

/** From which day to which, both inside; neither can be set past the other. */
export function DateSpan({ labels, values: { from, to }, onChange }: DateSpanProps) {
  return (
    <>
      <TextInput
        type="date"
        label={labels.from}
        value={from}
        max={to === '' ? undefined : to}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={labels.to}
        value={to}
        min={from === '' ? undefined : from}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </>
  );
}
