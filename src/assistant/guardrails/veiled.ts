// Long enough for four words; a shorter one says nothing that could be asked.
const base64 = /[a-z0-9+/_-]{16,}={0,2}/gi;
const hex = /(?:[0-9a-f]{2}[ :]?){12,}/gi;
const readable = /^[\p{L}\p{M}\p{N}\p{P}\p{Zs}\n]+$/u;

function asText(bytes: Uint8Array): string[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return readable.test(text) && /\p{L}{2}/u.test(text) ? [text] : [];
  } catch {
    return [];
  }
}

function fromBase64(code: string): string[] {
  try {
    const plain = atob(code.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
    return asText(Uint8Array.from(plain, (character) => character.charCodeAt(0)));
  } catch {
    return [];
  }
}

function fromHex(code: string): string[] {
  const pairs = code.match(/[0-9a-f]{2}/gi) ?? [];
  return asText(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

/** What else the message says to somebody who decodes it: base64, hexadecimal, and backwards or ROT13 where it speaks of that. */
export function unveil(message: string): string[] {
  const decoded = [
    ...(message.match(base64) ?? []).flatMap(fromBase64),
    ...(message.match(hex) ?? []).flatMap(fromHex),
  ];
  if (/rot-?\s?13|caesar|c[eé]sar/i.test(message)) decoded.push(rot13(message));
  if (/revers|backward|ulta|al rev[eé]s|उल्टा/i.test(message)) decoded.push(Array.from(message).toReversed().join(''));
  return decoded;
}
