/** How many slips a word of this length may have and still be meant: below four letters one left out, below three none. */
function tolerance(length: number): number {
  if (length < 3) return 0;
  return length < 9 ? 1 : 2;
}

/** The word with up to `slips` letters left out: two words within that distance share one of these (Garbe's SymSpell). */
function shortened(word: string, slips: number): Set<string> {
  const found = new Set([word]);
  let latest = [word];
  for (let slip = 0; slip < slips; slip += 1) {
    latest = latest.flatMap((one) => Array.from(one, (_, at) => one.slice(0, at) + one.slice(at + 1)));
    for (const one of latest) found.add(one);
  }
  return found;
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, up to `limit`. */
export function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + cost,
      );
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwap) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      current.push(least);
    }
    [before, previous] = [previous, current];
  }
  return previous[other.length] ?? limit + 1;
}

/** "tke" may be "take"; a word of three letters has little else to go by. */
function hasSameEnds(word: string, candidate: string): boolean {
  return candidate[0] === word[0] && candidate.at(-1) === word.at(-1);
}

/** Finds the words of a vocabulary that a misspelt one may mean. Linear in the length of the word; words beyond 24 letters are left alone. */
export function fuzzyFinder(vocabulary: Iterable<string>): (word: string) => string[] {
  const index = new Map<string, string[]>();
  for (const word of vocabulary) {
    for (const key of shortened(word, tolerance(word.length))) {
      const words = index.get(key);
      if (words === undefined) index.set(key, [word]);
      else words.push(word);
    }
  }
  return (word) => {
    const slips = tolerance(word.length);
    if (slips === 0 || word.length > 24) return [];
    const near = new Map<string, number>();
    for (const key of shortened(word, slips)) {
      for (const candidate of index.get(key) ?? []) {
        if (near.has(candidate)) continue;
        // A short word keeps its first letter or has two swapped: "pan" may be "pain", "rain" is not.
        if (candidate.length < 6 && candidate[0] !== word[0] && candidate[0] !== word[1]) continue;
        if (candidate.length < 4 || (word.length < 4 && (candidate.length < 4 || !hasSameEnds(word, candidate))))
          continue;
        const away = distance(word, candidate, slips);
        if (away <= Math.min(slips, tolerance(candidate.length))) near.set(candidate, away);
      }
    }
    const least = Math.min(...near.values());
    return [...near].flatMap(([candidate, away]) => (away === least ? [candidate] : []));
  };
}
