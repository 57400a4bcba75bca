/** The sign-in of a browser tab: one refresh at a time, one retry, nothing left of who signed out. */
import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../web/src/api/problem.ts';
import { createSession, type SessionNews, type Tabs } from '../../web/src/api/session.ts';
import type { Fetch } from '../../web/src/api/transport.ts';

interface Seen {
  path: string;
  headers: Headers;
  body: unknown;
}
type Reply = (request: Seen) => Response | Promise<Response>;

const user = { id: 'u1', displayName: 'Kamala', tenant: { slug: 'demo' }, scopes: [], roles: [] };
const tokens = (accessToken: string, who: object = user) => Response.json({ accessToken, expiresIn: 1800, user: who });
const problem = (status: number, code: string) =>
  Response.json({ code, title: code, status }, { status, headers: { 'content-type': 'application/problem+json' } });

/** A browser: its clock, its other tabs, and a server that answers by path. */
function browser(replies: Record<string, Reply>) {
  const seen: Seen[] = [];
  const told: SessionNews[] = [];
  let hear: (news: SessionNews) => void = () => undefined;
  let locked = 0;
  let mostLocked = 0;
  let now = 0;
  let others = 0;
  const fetch: Fetch = async (input, init) => {
    if (typeof input !== 'string') throw new Error('The client asks by address alone.');
    const path = input.replace('/api/v1', '');
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    const request = { path, headers: new Headers(init?.headers), body };
    seen.push(request);
    const reply = replies[path];
    if (reply === undefined) throw new TypeError(`nobody answers ${path}`);
    return reply(request);
  };
  const tabs: Tabs = {
    async exclusively(run) {
      locked += 1;
      mostLocked = Math.max(mostLocked, locked);
      try {
        return await run();
      } finally {
        locked -= 1;
      }
    },
    tell: (news) => told.push(news),
    listen(listener) {
      hear = listener;
    },
  };
  const session = createSession({ fetch, baseUrl: '', tabs, now: () => now, onOtherPerson: () => (others += 1) });
  return {
    session,
    seen,
    told,
    hear: (news: SessionNews) => hear(news),
    pass: (ms: number) => (now += ms),
    paths: () => seen.map(({ path }) => path),
    others: () => others,
    mostLocked: () => mostLocked,
  };
}

describe('the session of a tab', () => {
  it('restores the sign-in by the cookie, with the header that a foreign page cannot send', async () => {
    const tab = browser({ '/auth/refresh': () => tokens('a1') });
    expect(await tab.session.restore()).toMatchObject({ status: 'signed-in', user: { id: 'u1' } });
    expect(tab.seen[0]?.headers.get('x-housecall-client')).toBe('web');
    expect(tab.seen[0]?.body).toEqual({});
    expect(await tab.session.token()).toBe('a1');
    expect(tab.paths()).toEqual(['/auth/refresh']);
  });

  it('is signed out when the cookie is no good, and stays unknown when nobody answers', async () => {
    const stale = browser({ '/auth/refresh': () => problem(401, 'UNAUTHENTICATED') });
    expect(await stale.session.restore()).toEqual({ status: 'signed-out' });
    const cut = browser({});
    await expect(cut.session.restore()).rejects.toMatchObject({ code: 'NETWORK' });
    expect(cut.session.state).toEqual({ status: 'unknown' });
  });

  it('refreshes once for all who ask at the same time, under the lock of the tabs', async () => {
    let made = 0;
    const tab = browser({ '/auth/refresh': () => tokens(`a${(made += 1)}`) });
    const all = await Promise.all([tab.session.token(), tab.session.token(), tab.session.restore()]);
    expect(all.slice(0, 2)).toEqual(['a1', 'a1']);
    expect(tab.paths()).toEqual(['/auth/refresh']);
    expect(tab.mostLocked()).toBe(1);
  });

  it('hands a token out until half a minute before its end, then a new one', async () => {
    let made = 0;
    const tab = browser({ '/auth/refresh': () => tokens(`a${(made += 1)}`) });
    expect(await tab.session.token()).toBe('a1');
    tab.pass(1_769_000);
    expect(await tab.session.token()).toBe('a1');
    tab.pass(2_000);
    expect(await tab.session.token()).toBe('a2');
  });

  it('signs in who registers, or says that the way goes on in the mail', async () => {
    const newcomer = { tenant: 'demo', email: 'a@b', password: 'x', displayName: 'A' };
    const open = browser({ '/auth/register': () => tokens('a1') });
    expect(await open.session.register(newcomer)).toMatchObject({ id: 'u1' });
    expect(open.session.state.status).toBe('signed-in');
    expect(open.seen[0]?.headers.get('x-housecall-client')).toBe('web');
    const byMail = browser({ '/auth/register': () => Response.json({ checkMail: true }, { status: 202 }) });
    expect(await byMail.session.register(newcomer)).toBeNull();
    expect(byMail.session.state.status).toBe('unknown');
  });

  it('is renewed after the account was changed, by a refresh that left after the change', async () => {
    let made = 0;
    let scopes: string[] = [];
    const tab = browser({ '/auth/refresh': () => tokens(`a${(made += 1)}`, { ...user, scopes }) });
    const earlier = tab.session.token();
    scopes = ['users:read'];
    let heard = 0;
    tab.session.subscribe(() => (heard += 1));
    expect(await tab.session.renew()).toMatchObject({ scopes: ['users:read'] });
    expect(await earlier).toBe('a1');
    expect(await tab.session.token()).toBe('a2');
    const before = heard;
    await tab.session.renew();
    expect(heard).toBe(before);
  });

  it('hands another one out to who says which the server does not take any more', async () => {
    let made = 0;
    const tab = browser({ '/auth/refresh': () => tokens(`a${(made += 1)}`) });
    expect(await tab.session.token()).toBe('a1');
    expect(await tab.session.token('older')).toBe('a1');
    expect(await Promise.all([tab.session.token('a1'), tab.session.token('a1')])).toEqual(['a2', 'a2']);
    expect(await tab.session.token('a1')).toBe('a2');
  });

  it('refreshes and tries again once when the server calls the token stale', async () => {
    let made = 0;
    const tab = browser({
      '/auth/refresh': () => tokens(`a${(made += 1)}`),
      '/meetings': ({ headers }) =>
        headers.get('authorization') === 'Bearer a2' ? Response.json({ items: [] }) : problem(401, 'UNAUTHENTICATED'),
    });
    const response = await tab.session.request({ path: '/meetings' });
    expect(response.status).toBe(200);
    expect(tab.paths()).toEqual(['/auth/refresh', '/meetings', '/auth/refresh', '/meetings']);
  });

  it('gives up after the second refusal, and passes every other error on as it is', async () => {
    const tab = browser({
      '/auth/refresh': () => tokens('a1'),
      '/meetings': () => problem(401, 'UNAUTHENTICATED'),
      '/meetings/x': () => problem(404, 'MEETING_NOT_FOUND'),
    });
    await expect(tab.session.request({ path: '/meetings' })).rejects.toMatchObject({ status: 401 });
    expect(tab.paths().filter((path) => path === '/meetings')).toHaveLength(2);
    await expect(tab.session.request({ path: '/meetings/x' })).rejects.toMatchObject({ code: 'MEETING_NOT_FOUND' });
  });

  it('forgets everything at sign-out and tells the other tabs', async () => {
    const tab = browser({
      '/auth/login': () => tokens('a1'),
      '/auth/logout': () => new Response(null, { status: 204 }),
    });
    await tab.session.signIn({ email: 'k@demo.clinic', password: 'x' });
    await tab.session.signOut();
    expect(tab.session.state).toEqual({ status: 'signed-out' });
    await expect(tab.session.token()).rejects.toBeInstanceOf(ApiError);
    expect(tab.told).toEqual([{ kind: 'signed-in', userId: 'u1' }, { kind: 'signed-out' }]);
    expect(tab.paths()).toEqual(['/auth/login', '/auth/logout']);
  });

  it('stays signed in, and says so, when the server could not be told of the sign-out', async () => {
    const tab = browser({ '/auth/login': () => tokens('a1') });
    await tab.session.signIn({ email: 'k@demo.clinic', password: 'x' });
    await expect(tab.session.signOut()).rejects.toMatchObject({ code: 'NETWORK' });
    expect(tab.session.state.status).toBe('signed-in');
  });

  it('is signed out by another tab', async () => {
    const tab = browser({ '/auth/login': () => tokens('a1') });
    await tab.session.signIn({ email: 'k@demo.clinic', password: 'x' });
    tab.hear({ kind: 'signed-out' });
    expect(tab.session.state).toEqual({ status: 'signed-out' });
  });

  it('never shows one person what another signed in for, in another tab or by the shared cookie', async () => {
    const tab = browser({
      '/auth/login': () => tokens('a1'),
      '/auth/refresh': () => tokens('b1', { ...user, id: 'u2' }),
    });
    await tab.session.signIn({ email: 'k@demo.clinic', password: 'x' });
    tab.hear({ kind: 'signed-in', userId: 'u1' });
    expect(tab.others()).toBe(0);
    tab.hear({ kind: 'signed-in', userId: 'u2' });
    expect(tab.others()).toBe(1);
    tab.pass(1_800_000);
    await expect(tab.session.token()).rejects.toMatchObject({ status: 401 });
    expect(tab.others()).toBe(2);
  });
});

describe('a refusal of the server', () => {
  async function refusal(response: Response): Promise<ApiError> {
    const tab = browser({ '/auth/login': () => response });
    const error: unknown = await tab.session.signIn({ email: 'a@b', password: 'x' }).catch((thrown: unknown) => thrown);
    if (!(error instanceof ApiError)) throw new Error('It was not refused.');
    return error;
  }

  it('keeps the code, the faults, the request id and when to come back', async () => {
    const body = {
      code: 'INVALID_INPUT',
      detail: 'No.',
      requestId: 'r1',
      errors: [{ path: 'tenant', message: 'm' }, 7],
    };
    const error = await refusal(Response.json(body, { status: 422, headers: { 'retry-after': '12' } }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', status: 422, requestId: 'r1', retryAfter: 12 });
    expect(error.faults).toEqual([{ path: 'tenant', message: 'm' }]);
    expect(error.isPassing).toBe(false);
  });

  it('that is a captive portal’s and not ours signs nobody out', async () => {
    for (const status of [401, 403, 407]) {
      const error = await refusal(new Response('<h1>Sign in to this network</h1>', { status }));
      expect(error).toMatchObject({ code: 'NETWORK', status: 0, isPassing: true });
    }
  });

  it('is unreadable when it is no problem at all, and may pass when it is the server’s', async () => {
    const error = await refusal(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    expect(error).toMatchObject({ code: 'UNREADABLE', status: 502, isPassing: true });
  });
});
