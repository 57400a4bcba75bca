import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pdfParts } from './pdf-parts.ts';
import { themeCss } from './theme-css.ts';

const api = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react(), themeCss(), pdfParts()],
  server: {
    host: '127.0.0.1',
    port: 5273,
    proxy: { '/api': api, '/socket.io': { target: api, ws: true } },
  },
  build: { target: 'es2023', sourcemap: true },
});
