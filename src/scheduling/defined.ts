type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the keys that are undefined, which a change leaves as they are. */
export function defined<T extends object>(change: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;
}
