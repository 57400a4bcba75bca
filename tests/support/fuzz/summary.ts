/** Many faults in few lines: each kind once, with how often it was met. */
export function summaryOf(faults: readonly string[], most = 15): string[] {
  const kinds = Map.groupBy(faults, (fault) => {
    const [what = '', ...said] = fault.split(' answered ');
    const [method, target = ''] = what.split(' ');
    return `${method} ${target.split('?')[0]?.replaceAll(/[0-9a-f-]{36}/g, '{id}')} ${said.join(' ').slice(0, 120)}`;
  });
  return [...kinds.values()].slice(0, most).map((same) => `${same.length} times: ${same[0]?.slice(0, 700)}`);
}
