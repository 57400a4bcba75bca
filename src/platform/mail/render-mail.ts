/** One plain layout for all mail, as text and as HTML: no picture, no script, nothing loaded from anywhere. */

export interface Letter {
  /** Of BCP 47, for screen readers. */
  language: string;
  subject: string;
  greeting: string;
  paragraphs: readonly string[];
  /** The one thing to do, with its address. */
  action?: { label: string; url: string };
  /** After the action. */
  notes?: readonly string[];
  /** Who writes. */
  from: string;
}

export function renderMail(letter: Letter): { subject: string; text: string; html: string } {
  // A clinic's name may hold anything; a subject is one line.
  const subject = letter.subject.replaceAll(/\s+/g, ' ').trim();
  return { subject, text: toText(letter), html: toHtml(letter, subject) };
}

function toText({ greeting, paragraphs, action, notes = [], from }: Letter): string {
  const steps = action ? [`${action.label}:\n${action.url}`] : [];
  return [greeting, ...paragraphs, ...steps, ...notes, from].join('\n\n').concat('\n');
}

const body = 'margin:0;padding:24px;background:#f6f7f9;color:#1f2933;font:16px/1.5 system-ui,sans-serif';
const card = 'max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px';
const button =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#0b5f63;color:#ffffff;text-decoration:none';
const small = 'font-size:14px;color:#52606d;overflow-wrap:anywhere';

function toHtml({ language, greeting, paragraphs, action, notes = [], from }: Letter, subject: string): string {
  const plain = (text: string) => `<p>${escapeHtml(text)}</p>`;
  const quiet = (text: string) => `<p style="${small}">${escapeHtml(text)}</p>`;
  const link = action && {
    button: `<p><a href="${escapeHtml(action.url)}" style="${button}">${escapeHtml(action.label)}</a></p>`,
    address: quiet(action.url),
  };
  return [
    `<!doctype html><html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
    `<body style="${body}"><div style="${card}">`,
    ...[greeting, ...paragraphs].map(plain),
    ...(link ? [link.button, link.address] : []),
    ...notes.map(quiet),
    plain(from),
    '</div></body></html>',
  ].join('\n');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
