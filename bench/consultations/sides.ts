/** The columns of a figure beside both floors. */
import { compare, type Pair } from '../figures.ts';
import { figure, ratio } from '../table.ts';

/** One round's figure: of the thing, of the bare floor, of the floor that keeps the same. */
export interface Three {
  thing: number;
  floor: number;
  kept: number;
}

export const threeHeads = [
  'Housecall',
  'bare floor',
  'ratio',
  'over the rounds',
  'floor that keeps the same',
  'ratio',
  'over the rounds',
] as const;

export function threeCells(rounds: readonly Three[]): string[] {
  const beside = (pairs: readonly Pair[]): string[] => {
    const compared = compare(pairs);
    const ratios = pairs.map(({ thing, floor }) => thing / floor);
    const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
    return [figure(compared.floor), ratio(compared.ratio), range];
  };
  const [bare, kept] = [rounds, rounds.map(({ thing, kept: floor }) => ({ thing, floor }))];
  return [figure(compare(bare).thing), ...beside(bare), ...beside(kept)];
}
