/**
 * Lays beside the page what pdf.js fetches only when a PDF needs it: the fonts that every reader has, the character maps of
 * Asian fonts, and readers of JPEG 2000 and JBIG2, in which documents are scanned. In JavaScript, not WebAssembly, which the
 * page's policy does not let run.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

const parts = [
  { from: 'standard_fonts', to: 'pdf/fonts', wanted: /\.(?:pfb|ttf)$/ },
  { from: 'cmaps', to: 'pdf/cmaps', wanted: /\.bcmap$/ },
  { from: 'wasm', to: 'pdf/images', wanted: /_nowasm_fallback\.js$/ },
] as const;

export function pdfParts(): Plugin {
  return {
    name: 'housecall-pdf-parts',
    apply: 'build',
    generateBundle() {
      const home = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
      for (const { from, to, wanted } of parts) {
        for (const name of readdirSync(path.join(home, from)).filter((one) => wanted.test(one)))
          this.emitFile({
            type: 'asset',
            fileName: `${to}/${name}`,
            source: readFileSync(path.join(home, from, name)),
          });
      }
    },
  };
}
