/** What the bench says about its measurements. */
import { describe, expect, it } from '@jest/globals';
import { compare, median, percentile, spread } from '../../bench/figures.ts';
import { figure, ratio, table } from '../../bench/table.ts';

const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

describe('figures', () => {
  it('take the smallest value that so many do not exceed', () => {
    expect(spread(oneToHundred)).toEqual({ p50: 50, p95: 95, p99: 99 });
    expect(percentile([7], 0.5)).toBe(7);
    expect(percentile([3, 1, 2], 1)).toBe(3);
    expect(() => percentile([], 0.5)).toThrow('nothing');
  });

  it('take the middle one, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow('nothing');
  });

  it('compare both sides of each round, so that a round in which the machine was slow does not count more', () => {
    const rounds = [
      { thing: 2, floor: 1 },
      { thing: 40, floor: 20 },
      { thing: 3, floor: 1 },
    ];
    expect(compare(rounds)).toEqual({ thing: 3, floor: 1, ratio: 2 });
  });
});

describe('the printed table', () => {
  it('shows three digits that matter', () => {
    expect([1234.5, 123.45, 12.345, 1.2345, 0.12345, 0.00012345].map(figure)).toEqual([
      '1235',
      '123',
      '12.3',
      '1.23',
      '0.123',
      '0.000',
    ]);
    expect(ratio(1.996)).toBe('2.00×');
  });

  it('is Markdown with its figures to the right', () => {
    expect(table(['what', 'ms'], [['a call', '1.50']])).toBe('| what | ms |\n| --- | ---: |\n| a call | 1.50 |');
  });
});
