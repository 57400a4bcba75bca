/** A program as people know it, from the products and versions of its `User-Agent`. Pure. */

/** In this order: most name themselves beside the ones that they are made from. */
const names: readonly [product: string, name: string][] = [
  ['Edg', 'Edge'],
  ['EdgA', 'Edge'],
  ['EdgiOS', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Vivaldi', 'Vivaldi'],
  ['FxiOS', 'Firefox'],
  ['Firefox', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['HeadlessChrome', 'Chrome'],
  ['Chrome', 'Chrome'],
];

export interface Device {
  /** `Firefox 145`; null when the program did not say what it is. */
  name: string | null;
  isPhone: boolean;
}

export function deviceOf(userAgent: string): Device {
  const products = new Map(
    userAgent
      .split(' ')
      .filter((part) => part.includes('/'))
      .map((part): [string, string] => [part.slice(0, part.indexOf('/')), part.slice(part.indexOf('/') + 1)]),
  );
  const isPhone =
    products.has('Mobile') || [...products.keys()].some((one) => /iOS$|^EdgA$|^SamsungBrowser$/.test(one));
  const named = (name: string, version = '') => ({ name: `${name} ${version.split('.')[0] ?? ''}`.trim(), isPhone });
  const known = names.find(([product]) => products.has(product));
  if (known !== undefined) return named(known[1], products.get(known[0]));
  // Safari's own version stands under Version.
  if (products.has('Safari')) return named('Safari', products.get('Version'));
  const [first] = products;
  return first === undefined || first[0] === 'Mozilla' ? { name: null, isPhone } : named(first[0], first[1]);
}
