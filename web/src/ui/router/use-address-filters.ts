import { useGo, usePlace } from './router.tsx';

/** What may stand in the address under each name; anything else is left out, so that a link that was cut short still opens. */
export type FilterForms<K extends string> = Readonly<Record<K, RegExp>>;

/** Filters that stay in the address bar: they survive a reload and can be sent on as a link. */
export function useAddressFilters<K extends string>(forms: FilterForms<K>) {
  const { path, search } = usePlace();
  const go = useGo();
  const names = Object.keys(forms) as K[];
  const query = new URLSearchParams(search);
  const values = Object.fromEntries(
    names.map((name) => {
      const value = query.get(name) ?? '';
      return [name, forms[name].test(value) ? value : ''];
    }),
  ) as Record<K, string>;

  function change(part: Partial<Record<K, string>>) {
    const next = { ...values, ...part };
    const pairs = names.flatMap((name): [string, string][] => (next[name] === '' ? [] : [[name, next[name]]]));
    const text = new URLSearchParams(pairs).toString();
    go(text === '' ? path : `${path}?${text}`, { replace: true });
  }

  return {
    values,
    change,
    reset: () => go(path, { replace: true }),
    isFiltered: names.some((name) => values[name] !== ''),
  };
}
