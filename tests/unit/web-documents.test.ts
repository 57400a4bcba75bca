/** What the browser does with the text of a document while it is edited. */
import { describe, expect, test } from '@jest/globals';
import { draftOf, isChanged, missingIn, payloadOf, type, undo } from '../../web/src/features/documents/draft.ts';
import { linesOf, yearsBetween } from '../../web/src/features/documents/lines.ts';

const payload = { title: 'A title', summary: 'Deep bite.', keyPoints: ['One', 'Two'] };

describe('a draft', () => {
  test('gives back what was read, with lists one on each line', () => {
    const draft = draftOf(payload);
    expect(draft.parts['keyPoints']).toBe('One\nTwo');
    expect(payloadOf(draft)).toEqual(payload);
    expect(isChanged(draft)).toBe(false);
  });

  test('is changed by words, not by blanks around them', () => {
    const draft = draftOf(payload);
    expect(isChanged(type(draft, 'keyPoints', 'One\n\n  Two \n', 0))).toBe(false);
    const next = type(draft, 'keyPoints', 'One\nThree', 0);
    expect(payloadOf(next)['keyPoints']).toEqual(['One', 'Three']);
    expect(isChanged(next)).toBe(true);
    expect(missingIn(type(type(draft, 'summary', '  ', 0), 'keyPoints', '', 1))).toEqual(['summary']);
  });

  test('goes back step by step: what is typed without a pause in one part is one step', () => {
    const [a, b] = ['Deep bite. O', 'Deep bite. Ov'];
    const typed = type(type(draftOf(payload), 'summary', a, 1_000), 'summary', b, 1_400);
    const later = type(type(typed, 'title', 'Another', 1_500), 'title', 'Another one', 9_000);
    expect(undo(later).parts['title']).toBe('Another');
    expect(undo(undo(later)).parts).toMatchObject({ title: 'A title', summary: b });
    const first = undo(undo(undo(later)));
    expect(payloadOf(first)).toEqual(payload);
    expect(undo(first)).toBe(first);
  });
});

test('lines are told apart, and empty ones are none', () => {
  expect(linesOf(' a \n\n b\n')).toEqual(['a', 'b']);
});

test.each([
  ['1990-05-17', '2026-05-16', 35],
  ['1990-05-17', '2026-05-17', 36],
  ['2026-11-22', '2026-11-22', 0],
])('from %s to %s are %i years', (born, day, years) => {
  expect(yearsBetween(born, day)).toBe(years);
});
