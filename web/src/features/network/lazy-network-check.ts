/** The network test comes after the page is there: it brings the media library with it. */
import { lazy } from 'react';

export const LazyNetworkCheck = lazy(async () => ({ default: (await import('./network-check.tsx')).NetworkCheck }));
