import { TextInput, type TextInputProps } from '@mantine/core';

/** Six digits of the authenticator app, or a recovery code. */
export function CodeField(props: TextInputProps) {
  return (
    <TextInput
      size="md"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      {...props}
    />
  );
}

/** Too short for either. */
export function isShortCode(code: string): boolean {
  return code.replaceAll(/\s/g, '').length < 6;
}
