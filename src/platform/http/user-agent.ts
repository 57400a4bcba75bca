/** What a `User-Agent` header says about the program, and nothing else that somebody may have put there. */

/** A product and its version (RFC 9110, section 10.1.5): `Firefox/145.0`. */
const product = /(?:^|[\s;(])([A-Za-z][A-Za-z.-]{0,30}\/\d[\d.]{0,20})(?=$|[\s;),])/g;
const most = 5;

/** Products and versions in their order, without comments; null when there is none. At most about 260 characters. */
export function shortUserAgent(header: string | undefined): string | null {
  if (header === undefined) return null;
  const products = [...header.slice(0, 500).matchAll(product)].slice(0, most).map((match) => match[1]);
  return products.length > 0 ? products.join(' ') : null;
}
