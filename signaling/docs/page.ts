/** The description of the socket protocol as one plain page: no script, nothing from elsewhere. */
import { exampleOf, type JsonSchema, type Schemas } from '../../src/platform/http/openapi/example.ts';
import type { Json } from './schemas.ts';

interface Message {
  name: string;
  summary: string;
  payload: JsonSchema;
}
interface Operation {
  action: 'receive' | 'send';
  title: string;
  summary: string;
  description?: string;
  messages: { $ref: string }[];
  reply?: { messages: { $ref: string }[] };
}

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; color: #1a2b2b; background: #fff }
  h1, h2, h3 { line-height: 1.25 } h3 { margin: 2.5rem 0 .25rem; font-family: ui-monospace, monospace }
  pre { background: #f2f6f6; border: 1px solid #d5e0e0; border-radius: 6px; padding: .75rem; overflow-x: auto; font-size: .85rem }
  code { font-family: ui-monospace, monospace } nav ul { columns: 3 14rem; padding-left: 1.2rem } a { color: #0b5f5f }
  details { margin: .5rem 0 } summary { cursor: pointer } .who { color: #4a5d5d; margin: 0 }`;

export function socketPage(document: Json): string {
  const { info, channels, operations, components } = document as {
    info: { title: string; version: string; description: string };
    channels: { socket: { messages: Record<string, Message> } };
    operations: Record<string, Operation>;
    components: { schemas: Schemas };
  };
  const messageAt = ($ref: string) => channels.socket.messages[$ref.split('/').at(-1) ?? ''];
  const section = ([key, { title, summary, description, messages, reply }]: [string, Operation]) => `
    <h3 id="${key}">${text(title)}</h3>
    <p>${text(summary)}</p>
    ${description ? `<p class="who">${text(description)}</p>` : ''}
    ${messages.map(({ $ref }) => body(reply ? 'Sends' : 'Carries', messageAt($ref), components.schemas)).join('')}
    ${(reply?.messages ?? []).map(({ $ref }) => body('Is answered', messageAt($ref), components.schemas)).join('')}`;
  const all = Object.entries(operations);
  const [received, sent] = (['receive', 'send'] as const).map((wanted) =>
    all.filter(([, { action }]) => action === wanted),
  );
  const links = (some: typeof all = []) =>
    `<ul>${some.map(([key, { title }]) => `<li><a href="#${key}"><code>${text(title)}</code></a></li>`).join('')}</ul>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(info.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${text(info.title)} ${text(info.version)}</h1>
${info.description
  .split('\n\n')
  .map((part) => `<p>${text(part)}</p>`)
  .join('\n')}
<p>The same for programs: <a href="/api/v1/asyncapi.json">AsyncAPI</a>. Beside it: <a href="/docs/">the HTTP interface</a>.</p>
<nav><h2>Calls</h2>${links(received)}<h2>Facts</h2>${links(sent)}</nav>
<h2>Calls</h2>${(received ?? []).map(section).join('')}
<h2>Facts</h2>${(sent ?? []).map(section).join('')}
</body>
</html>
`;
}

function body(words: string, message: Message | undefined, schemas: Schemas): string {
  if (!message) return '';
  const example = exampleOf(message.payload, schemas);
  return `<p>${words}:</p><pre>${text(JSON.stringify(example, null, 2))}</pre>
    <details><summary>Schema</summary><pre>${text(JSON.stringify(message.payload, null, 2))}</pre></details>`;
}

/** As text of a page, with what stands between backticks as code. */
function text(plain: string): string {
  const safe = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  return safe.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
