/**
 * Writes Mantine's CSS variables for our theme into a stylesheet at build time. Mantine would otherwise put them into a
 * `<style>` element at run time, which a Content-Security-Policy of `style-src 'self'` forbids.
 */
import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import type { Plugin } from 'vite';
import { theme, themeVariables, usedColors } from './src/ui/theme.ts';

const name = 'virtual:theme.css';
type Variables = ReturnType<typeof defaultCssVariablesResolver>;

/** Drops the variables of colour families that no screen uses; they are two thirds of the sheet. */
function withoutUnused(variables: Record<string, string>): Record<string, string> {
  const unused = Object.keys(DEFAULT_THEME.colors).filter((color) => !usedColors.includes(color));
  const isUnused = (key: string) => unused.some((color) => key.startsWith(`--mantine-color-${color}-`));
  return Object.fromEntries(Object.entries(variables).filter(([key]) => !isUnused(key)));
}

function themeSheet(): string {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const base = defaultCssVariablesResolver(merged);
  const own = themeVariables();
  const variables: Variables = {
    variables: withoutUnused({ ...base.variables, ...own.variables }),
    light: withoutUnused({ ...base.light, ...own.light }),
    dark: withoutUnused({ ...base.dark, ...own.dark }),
  };
  return convertCssVariables(variables, ':root');
}

/** Vite: `import 'virtual:theme.css'` brings the sheet. */
export function themeCss(): Plugin {
  return {
    name: 'housecall-theme-css',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? themeSheet() : null),
  };
}
