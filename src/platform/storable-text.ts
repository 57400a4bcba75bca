/** What PostgreSQL cannot keep as a text, although JSON and JavaScript can: to be refused at the door, before it is a fault. */

export interface TextFault {
  /** From the outermost field to the text. */
  path: PropertyKey[];
  message: string;
}

interface Step {
  value: unknown;
  key: PropertyKey;
  parent: Step | undefined;
}

/**
 * Every text in `value`, keys included, that holds the character NUL or half of a surrogate pair (neither UTF-8 nor
 * jsonb has any). Walks without recursion and without copying paths, so that no nesting is too deep.
 */
export function findUnstorableText(value: unknown): TextFault[] {
  const faults: TextFault[] = [];
  const rest: Step[] = [{ value, key: '', parent: undefined }];
  for (let step = rest.pop(); step; step = rest.pop()) {
    const { value } = step;
    const message = typeof value === 'string' ? faultOf(value) : undefined;
    if (message) faults.push({ path: pathTo(step), message });
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue;
    for (const [key, child] of Object.entries(value)) {
      const keyMessage = faultOf(key);
      if (keyMessage) faults.push({ path: pathTo(step), message: keyMessage });
      rest.push({ value: child, key: Array.isArray(value) ? Number(key) : key, parent: step });
    }
  }
  return faults;
}

function faultOf(text: string): string | undefined {
  if (text.includes('\0')) return 'Must not contain the character NUL';
  return text.isWellFormed() ? undefined : 'Must be well-formed Unicode';
}

function pathTo(step: Step): PropertyKey[] {
  const path: PropertyKey[] = [];
  for (let at = step; at.parent; at = at.parent) path.push(at.key);
  return path.toReversed();
}
