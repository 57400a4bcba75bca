import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pdfParts } from './pdf-parts.ts';
import { themeCss } from './theme-css.ts';

const api = 'http://127.0.0.1:3000';

const ground = /node_modules[\\/](?:react|react-dom|scheduler|i18next|react-i18next|@tanstack)[\\/]/;

export default defineConfig({
  plugins: [react(), themeCss(), pdfParts()],
  server: {
    host: '127.0.0.1',
    port: 5273,
    proxy: { '/api': api, '/socket.io': { target: api, ws: true } },
  },
  build: {
    target: 'es2023',
    sourcemap: true,
    modulePreload: {
      // What a page that comes later needs is named in its own script: the first one is spared the list. Its sheets are not.
      resolveDependencies: (_file, needed, { hostType }) =>
        hostType === 'js' ? needed.filter((name) => name.endsWith('.css')) : needed,
    },
    // In one piece what every page stands on packs best, and stays in the browser when only our own code changes.
    rolldownOptions: { output: { advancedChunks: { groups: [{ name: 'ground', test: ground }] } } },
  },
});
