import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { Page } from '../api/meetings.ts';

type FetchPage<T> = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;

/** A list of the server's, page by page; `items` are those that are there so far. */
export function usePages<T>(queryKey: QueryKey, fetchPage: FetchPage<T>) {
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return { ...list, items: list.data?.pages.flatMap(({ items }) => items) ?? [] };
}
