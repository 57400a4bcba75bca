/** How clinical documents are written, checked and kept apart by their forms. */
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { renderClinical } from '../../src/adapters/pdf/index.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { newId } from '../../src/platform/ids.ts';
import { memoryCounters } from '../../src/platform/limits/counters.ts';
import { ageGroupOf } from '../../src/records/cdt/index.ts';
import { createDocumentAllowance, dailyDocuments } from '../../src/records/documents/allowance.ts';
import { writeByTemplate } from '../../src/records/documents/by-template.ts';
import { digestOf } from '../../src/records/documents/digest.ts';
import type { Facts } from '../../src/records/documents/facts.ts';
import { formOf, forms, presentVersion } from '../../src/records/documents/forms.ts';
import { DocumentLanguage, documentKinds, Tone } from '../../src/records/documents/schema.ts';
import { unfoundedIn } from '../../src/records/documents/unfounded.ts';
import { writeText } from '../../src/records/documents/writing.ts';
import { pdfText } from '../support/pdf-text.ts';
import { memoryLogger } from '../support/serve-app.ts';

const facts: Facts = {
  kind: 'treatment_summary',
  audience: 'patient',
  tone: 'plain',
  language: 'en',
  seed: 1,
  age: 15,
  tier: 'moderate',
  findings: ['crowding of 4 mm', 'deep bite'],
  procedures: ['study models taken'],
  medications: ['paracetamol 500 mg, if it hurts'],
  nextSteps: ['come back on 3 December 2026'],
  note: 'It hurts when chewing.',
};

describe('forms', () => {
  /** One document of every version that was ever written. Add to it; never change what is here. */
  const kept = {
    treatment_summary: { '1.0': { title: 'T', summary: 'S', keyPoints: ['K'], nextSteps: [] } },
    insurance_summary: { '1.0': { title: 'T', summary: 'S', necessity: 'N', procedures: ['P'] } },
    progress_note: { '1.0': { title: 'T', subjective: 'S', objective: 'O', assessment: 'A', plan: 'P' } },
  } as const;

  test('of every kind are there in the version in which new ones are written, and old ones stay readable', () => {
    for (const kind of documentKinds) {
      expect(Object.keys(forms[kind])).toContain(presentVersion[kind]);
      expect(Object.keys(forms[kind])).toEqual(Object.keys(kept[kind]));
      for (const [version, payload] of Object.entries(kept[kind]))
        expect(formOf(kind, version).parse(payload)).toEqual(payload);
    }
    expect(() => formOf('progress_note', '9.9')).toThrow('of a form that this version of Housecall does not know');
  });

  test('do not matter for what was confirmed: the order in which the database gives its parts changes no digest', () => {
    const about = { kind: 'progress_note', schemaVersion: '1.0', codes: [] } as const;
    const digest = digestOf({ ...about, payload: { a: 'x', b: 'y' } });
    expect(digestOf({ ...about, payload: { b: 'y', a: 'x' } })).toEqual(digest);
    expect(digestOf({ ...about, payload: { a: 'x', b: 'z' } })).not.toEqual(digest);
    expect(digestOf({ ...about, payload: { a: 'x', b: 'y' }, codes: [{ code: 'D1', description: '' }] })).not.toEqual(
      digest,
    );
  });
});

describe('a template', () => {
  test('says what was told and nothing of its own, in every kind, tone and language, and fits its form', () => {
    for (const kind of documentKinds)
      for (const tone of Tone.options)
        for (const language of DocumentLanguage.options)
          for (const seed of [0, 1]) {
            const wanted = { ...facts, kind, tone, language, seed };
            const payload = writeByTemplate(wanted);
            expect(formOf(kind, presentVersion[kind]).parse(payload)).toEqual(payload);
            expect({ wanted, unfounded: unfoundedIn(payload, wanted) }).toEqual({ wanted, unfounded: [] });
            expect(writeByTemplate(wanted)).toEqual(payload);
          }
  });

  test('speaks to patients, and of them to everybody else; the seed chooses among its phrases', () => {
    const text = (more: Partial<Facts>) => String(writeByTemplate({ ...facts, ...more })['summary']);
    expect(text({})).toContain('We found the following: crowding of 4 mm and deep bite.');
    expect(text({ audience: 'clinician' })).toContain('Findings: crowding of 4 mm and deep bite.');
    expect(text({ seed: 1 })).not.toBe(text({ seed: 2 }));
    expect(text({ seed: 1 })).toBe(text({ seed: 3 }));
  });
});

describe('what a model says of its own making', () => {
  const payload = writeByTemplate(facts);
  const saying = (text: string) => unfoundedIn({ ...payload, summary: text }, facts);

  test.each([
    ['The code is D8080.', ['code', 'number']],
    ['This is K07.3 of the ICD.', ['code', 'number']],
    ['Crowding of 5 mm.', ['number']],
    ['Crowding of ५ mm.', ['number']],
    ['Crowding of ５ mm.', ['number']],
    ['Take two tablets.', ['number']],
    ['Come back on Friday.', ['date']],
    ['शुक्रवार को आएँ।', ['date']],
    ['Venga el viernes.', ['date']],
    ['Take ibuprofen.', ['medicine']],
    ['Take IBUPROFEN.', ['medicine']],
    ['See https://example.org.', ['link']],
    ['Write to me@example.org', ['link']],
    ['<b>Rest</b>', ['markup']],
    ['Rest\u202e.', ['hidden']],
    ['Rest\ud800.', ['hidden']],
  ])('%s', (text, faults) => {
    expect(saying(text)).toEqual(faults);
  });

  test.each([
    'Crowding of 4 mm, moderate.',
    'Take paracetamol 500 mg if it hurts.',
    'Come back on 3 December 2026.',
    'It may hurt a little. You are 15 years old.',
  ])('is not: %s', (text) => {
    expect(saying(text)).toEqual([]);
  });
});

describe('writing', () => {
  const { logger, text } = memoryLogger();
  const answering = (object: unknown) => ({
    name: 'test',
    object: async () => ({ object: object as never, usage: { inputTokens: 5, outputTokens: 6 }, milliseconds: 1 }),
  });
  const good = { title: 'A title', summary: 'Deep bite.', keyPoints: [], nextSteps: [] };

  test('is by the model, or by template with the reason', async () => {
    const broken = { name: 'test', object: () => Promise.reject(new Error('down')) };
    const by = async (model: Parameters<typeof writeText>[0]['model'], wants = true) => {
      const { source, fallback, tokensUsed } = await writeText({ model, logger }, facts, wants);
      return [source, fallback, tokensUsed];
    };
    expect(await by(answering(good))).toEqual(['model', null, 11]);
    expect(await by(undefined)).toEqual(['template', 'not_configured', 0]);
    expect(await by(answering(good), false)).toEqual(['template', 'not_wanted', 0]);
    expect(await by(broken)).toEqual(['template', 'unavailable', 0]);
    expect(await by(answering({ ...good, summary: 'Take ibuprofen secretly.' }))).toEqual([
      'template',
      'not_usable',
      11,
    ]);
    expect(text()).toContain('"faults":["medicine"]');
    expect(text()).not.toContain('secretly');
  });
});

describe('age', () => {
  test.each([
    [9, null],
    [10, 'adolescent'],
    [17, 'adolescent'],
    [18, 'adult'],
    [99, 'adult'],
  ])('%i is %s', (years, group) => expect(ageGroupOf(years)).toBe(group));
});

describe('paper', () => {
  test('goes on over pages, keeps the signature together and numbers every page', async () => {
    const points = Array.from({ length: 120 }, (_, index) => `Point ${index + 1} of what was found.`);
    const rows = [{ label: 'Name', value: 'Dr A. Rao' }];
    const sheet = {
      title: 'A long one',
      language: 'hi',
      issuer: 'Clinic',
      facts: [{ label: 'रोगी', value: 'आशा मेनन' }],
      sections: [{ heading: 'Points', points }],
      codes: { heading: 'Codes', rows: [] },
      signature: { heading: 'Confirmed by', rows, note: null },
      footer: (page: number, pages: number) => `page ${page} of ${pages}`,
    };
    const pages = await pdfText(await buffer(renderClinical(sheet)));
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((page, index) => expect(page).toContain(`page ${index + 1} of ${pages.length}`));
    for (const point of points) expect(pages.join('\n')).toContain(point);
    const signed = pages.find((page) => page.includes('Confirmed by'));
    expect(signed).toContain('Dr A. Rao');
    expect(pages.join('')).not.toContain('Codes');
  });
});

test('nobody has documents written without end, and each is counted alone', async () => {
  const allowance = createDocumentAllowance((name, seconds) => memoryCounters(`${name}-${newId()}`, seconds));
  const actor = (userId: string) => ({ userId, tenantId: 'one' }) as Actor;
  for (let count = 0; count < dailyDocuments; count += 1) await allowance.take(actor('a'));
  await expect(allowance.take(actor('a'))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await allowance.take(actor('b'));
});
