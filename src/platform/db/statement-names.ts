/** Names statements by their text, up to a bound, so that PostgreSQL parses and plans each once a connection. */
export function statementNames(limit = 500): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    let name = names.get(sql);
    if (name === undefined && names.size < limit) {
      name = `hc${names.size}`;
      names.set(sql, name);
    }
    return name ?? '';
  };
}
