/** Made by theme-css.ts at build time. */
declare module 'virtual:theme.css';
