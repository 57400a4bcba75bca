/** Addresses as patterns: `/visits/:meetingId`. Pure. */

export type Params = Readonly<Record<string, string>>;

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** The parameters of `path` under `pattern`, or null when it does not fit. A broken percent code fits nothing. */
export function matchPath(pattern: string, path: string): Params | null {
  const wanted = segments(pattern);
  const given = segments(path);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = decode(given[index] ?? '');
    if (value === null) return null;
    if (segment.startsWith(':')) params[segment.slice(1)] = value;
    else if (segment !== value) return null;
  }
  return params;
}

/** The first pattern that fits, with its parameters. */
export function matchFirst<T extends { path: string }>(
  routes: readonly T[],
  path: string,
): { route: T; params: Params } | null {
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params !== null) return { route, params };
  }
  return null;
}

/** A target inside this application, or null: guards `next` against foreign addresses. */
export function insideOnly(target: string | null): string | null {
  if (target === null || !target.startsWith('/') || /^\/[/\\]/.test(target)) return null;
  return target;
}
