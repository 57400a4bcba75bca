/** What has to do with guests comes with its own chunk, once a doctor is in a call. */
import { lazy } from 'react';

export const LazyGuestInvite = lazy(async () => ({ default: (await import('./guest-invite.tsx')).GuestInvite }));
export const LazyGuestDoor = lazy(async () => ({ default: (await import('./guest-door.tsx')).GuestDoor }));
