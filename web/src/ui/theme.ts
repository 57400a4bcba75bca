/** The look: one hue, warm neutrals, lines instead of shadows. Contrast of each pair used is checked with axe. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const teal: MantineColorsTuple = [
  '#eef8f6',
  '#d5eeea',
  '#a9ddd5',
  '#77c8bd',
  '#46b0a3',
  '#1f998b',
  '#0e8477',
  '#0a7368',
  '#08655b',
  '#07564e',
];
const gray: MantineColorsTuple = [
  '#fafaf9',
  '#f4f3f1',
  '#e7e5e2',
  '#d6d3cf',
  '#8a837d',
  '#78716c',
  '#655f5a',
  '#524d48',
  '#3d3935',
  '#282522',
];
const dark: MantineColorsTuple = [
  '#ebe9e6',
  '#d0ccc8',
  '#b0aaa4',
  '#9a938c',
  '#7d766f',
  '#3d3935',
  '#2c2926',
  '#1d1b19',
  '#161412',
  '#0f0e0c',
];
const red: MantineColorsTuple = [
  '#fff1ef',
  '#ffdfdb',
  '#fbbdb6',
  '#f5968c',
  '#ee7467',
  '#de5244',
  '#cc3a2d',
  '#b92e22',
  '#a7271c',
  '#931f15',
];
const yellow: MantineColorsTuple = [
  '#fff8e6',
  '#fdecc2',
  '#fadb8f',
  '#f6c657',
  '#eeb02c',
  '#d6951a',
  '#b37a10',
  '#93630b',
  '#7d5308',
  '#664305',
];

const systemFont = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";

export const theme = createTheme({
  colors: { teal, gray, dark, red, yellow },
  primaryColor: 'teal',
  primaryShade: { light: 9, dark: 7 },
  white: '#ffffff',
  black: '#23201d',
  defaultRadius: 'md',
  radius: { md: '8px' },
  fontFamily: systemFont,
  headings: { fontFamily: systemFont, fontWeight: '650', textWrap: 'balance' },
  // Mantine's controls use `sm`: 16 px, so that nothing on a phone is smaller than the body text.
  fontSizes: { xs: '0.875rem', sm: '1rem', md: '1rem', lg: '1.125rem', xl: '1.375rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.55', lg: '1.55', xl: '1.5' },
  respectReducedMotion: true,
  cursorType: 'pointer',
});

/** The colour families whose variables are served. */
export const usedColors: readonly string[] = ['teal', 'gray', 'dark', 'red', 'yellow'];

interface SchemeVariables {
  variables: Record<string, string>;
  light: Record<string, string>;
  dark: Record<string, string>;
}

/** What we set beside Mantine's own. `--line` parts cards; a field's border is shade 4, at 3:1 (WCAG 1.4.11). */
export function themeVariables(): SchemeVariables {
  return {
    variables: { '--motion': '150ms' },
    light: {
      '--mantine-color-dimmed': gray[6],
      '--mantine-color-error': red[7],
      '--line': gray[3],
      '--ground': gray[0],
      '--sheet': '#ffffff',
      '--focus': teal[7],
    },
    dark: {
      '--mantine-color-dimmed': dark[2],
      '--mantine-color-error': red[3],
      '--mantine-color-anchor': teal[3],
      '--line': '#45403b',
      '--ground': dark[8],
      '--sheet': dark[7],
      '--focus': teal[3],
    },
  };
}
