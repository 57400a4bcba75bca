import { type ChangeEvent, useRef, useState } from 'react';

type Messages<T> = Partial<Record<keyof T & string, string | undefined>>;

/** The texts of a form's fields, what is wrong with each, and where the focus goes then. */
export function useFields<T extends Record<string, string>>(initial: T) {
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<Messages<T>>({});
  const form = useRef<HTMLFormElement>(null);

  /** What a text input of this name takes. Typing takes its fault away. */
  function field(name: keyof T & string) {
    return {
      name,
      value: values[name],
      error: faults[name],
      onChange: ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement>) => {
        setValues((before) => ({ ...before, [name]: value }));
        setFaults((before) => ({ ...before, [name]: undefined }));
      },
    };
  }

  /** Shows what is wrong and takes the focus to the first such field. Answers whether anything is. */
  function refuse(found: Messages<T>): boolean {
    setFaults(found);
    const first = Object.keys(found).find((name) => found[name] !== undefined);
    if (first === undefined) return false;
    form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    return true;
  }

  return { values, setValues, form, field, refuse };
}
