import { buffer } from 'node:stream/consumers';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { openSheet, renderReceipt, type Sheet, unwritable, write } from '../../src/adapters/pdf/index.ts';

/** What a reader of PDF finds on each page. */
async function readBack(bytes: Buffer): Promise<string[]> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false, disableFontFace: true });
  try {
    const document = await task.promise;
    const pages: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent();
      pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    }
    return pages;
  } finally {
    await task.destroy();
  }
}

function written(fill: (sheet: Sheet) => void): Promise<Buffer> {
  const sheet = openSheet({ title: 'A page' });
  fill(sheet);
  sheet.end();
  return buffer(sheet);
}

const sorted = (text: string) => Array.from(text.replaceAll(/\s/g, '')).toSorted().join('');

/** The page's own commands, unpacked. */
function commandsOf(bytes: Buffer): string {
  const begin = bytes.indexOf('stream\n') + 'stream\n'.length;
  return inflateSync(bytes.subarray(begin, bytes.indexOf('\nendstream'))).toString('latin1');
}

const sheetOf = (patient: string) => ({
  title: 'Receipt 7',
  issuer: 'City Clinic',
  lines: [{ label: 'Patient', value: patient }],
  total: { label: 'Total paid', value: 'INR 500.00' },
  notes: [],
});

describe('letters on paper', () => {
  const names = ['José Ñuñez', 'Łukasz Żółć', 'Nguyễn Thị Hương', 'Ольга Щукина', 'Ελένη Παπαδοπούλου', 'Ґанна Їжак'];

  it.each(names)('%s stands on a receipt as it is written', async (name) => {
    expect(unwritable(name)).toEqual([]);
    const [page] = await readBack(await buffer(renderReceipt(sheetOf(name))));
    // A mark that is drawn apart from its letter has no letter of its own to be read back.
    expect(page?.replaceAll(/[^\p{L}]+/gu, ' ')).toContain(name);
  });

  it('those of Devanagari are shaped, and carry beside them what is written', async () => {
    const name = 'क्षितिज शर्मा';
    expect(unwritable(name)).toEqual([]);
    const bytes = await written((sheet) => write(sheet, name, { size: 12 }));
    const [page = ''] = await readBack(bytes);
    // The sign of i stands after its consonants in writing and before them in drawing (Unicode 12.1).
    expect(sorted(page)).toBe(sorted(name));
    expect(page.indexOf('ि')).toBeLessThan(page.indexOf('क'));
    const utf16 = Buffer.from(`\ufeff${name}`, 'utf16le').swap16().toString('hex');
    const [, actual = ''] = /ActualText \((.*?)\)\s*>>/s.exec(commandsOf(bytes)) ?? [];
    const plain = actual.replaceAll(/\\([()\\nrtbf])/g, (_all, letter: string) => {
      return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[letter] ?? letter;
    });
    expect(Buffer.from(plain, 'latin1').toString('hex')).toBe(utf16);
  });

  it('that no font has are named, and a receipt leaves their line out', async () => {
    expect(unwritable('Ravi ரவி')).toEqual(['ர', 'வி']);
    const [page] = await readBack(await buffer(renderReceipt(sheetOf('ரவி'))));
    expect(page).not.toContain('Patient');
    expect(page).toContain('INR 500.00');
  });

  it('of several scripts share a line', async () => {
    const text = 'Dr Łukasz Щукин, ₹ 500, Παπαδοπούλου';
    const [page] = await readBack(await written((sheet) => write(sheet, text, { size: 12 })));
    expect(page).toContain(text);
  });

  it('make lines as wide as their column, and pages', async () => {
    const words = Array.from({ length: 900 }, (_none, index) => `слово${index}`);
    const pages = await readBack(await written((sheet) => write(sheet, words.join(' '), { size: 14, width: 300 })));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.join('\n').split(/\s+/).filter(Boolean)).toEqual(words);
    const lines = pages.flatMap((page) => page.split('\n'));
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(60);
  });

  it('of a word wider than its column are broken rather than lost', async () => {
    const word = 'ẞ'.repeat(200);
    const [page = ''] = await readBack(await written((sheet) => write(sheet, word, { size: 14, width: 100 })));
    expect(page.replaceAll(/\s/g, '')).toBe(word);
  });
});
