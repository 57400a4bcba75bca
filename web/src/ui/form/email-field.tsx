import { TextInput, type TextInputProps } from '@mantine/core';

export function EmailField(props: TextInputProps) {
  return (
    <TextInput
      type="email"
      size="md"
      autoCapitalize="none"
      spellCheck={false}
      inputMode="email"
      required
      withAsterisk={false}
      {...props}
    />
  );
}

/** Whether it may be an address at all. The server has the last word. */
export function looksLikeEmail(text: string): boolean {
  return /^\S+@\S+$/.test(text.trim());
}
