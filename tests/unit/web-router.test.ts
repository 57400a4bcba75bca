/** Addresses of the web client: which page, with what, and when one may leave. */
import { describe, expect, it } from '@jest/globals';
import { insideOnly, matchFirst, matchPath } from '../../web/src/ui/router/match.ts';
import { paths, signInThen } from '../../web/src/ui/router/paths.ts';
import { createPlaces } from '../../web/src/ui/router/place.ts';

describe('a pattern', () => {
  it('takes its own addresses apart and no other', () => {
    expect(matchPath('/visits/:meetingId', '/visits/abc')).toEqual({ meetingId: 'abc' });
    expect(matchPath('/visits/:meetingId', '/visits/abc/')).toEqual({ meetingId: 'abc' });
    expect(matchPath('/visits/:meetingId', '/visits')).toBeNull();
    expect(matchPath('/visits/:meetingId', '/visits/abc/more')).toBeNull();
    expect(matchPath('/visits', '/history')).toBeNull();
    expect(matchPath('/', '/')).toEqual({});
  });

  it('gives back what a path was built from, and fits nothing when a code is broken', () => {
    const odd = 'a/b c?d#%';
    expect(matchPath('/visits/:meetingId', paths.visit(odd))).toEqual({ meetingId: odd });
    expect(matchPath('/visits/:meetingId', '/visits/%E0%A4%A')).toBeNull();
  });

  it('is the first that fits', () => {
    const routes = [{ path: '/visits' }, { path: '/visits/:meetingId' }];
    expect(matchFirst(routes, '/visits/x')).toEqual({ route: routes[1], params: { meetingId: 'x' } });
    expect(matchFirst(routes, '/nowhere')).toBeNull();
  });
});

describe('where to go after the sign-in', () => {
  it('is inside this application, or nowhere', () => {
    expect(insideOnly('/visits/1?x=2')).toBe('/visits/1?x=2');
    for (const foreign of [
      null,
      '',
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
    ])
      expect(insideOnly(foreign)).toBeNull();
  });

  it('is kept in the address of the sign-in, unless it is the start', () => {
    expect(signInThen('/history?status=ended')).toBe('/sign-in?next=%2Fhistory%3Fstatus%3Dended');
    expect(signInThen('/')).toBe('/sign-in');
  });
});

/** A window with a history of its own. */
function fakeWindow() {
  const entries = [{ url: '/', state: null as unknown }];
  let index = 0;
  const listeners = new Set<() => void>();
  const current = () => new URL(entries[index]?.url ?? '/', 'http://clinic.test');
  const left: string[] = [];
  const leave = (target: string) => left.push(target);
  const window = {
    get location() {
      return { pathname: current().pathname, search: current().search, assign: leave, replace: leave };
    },
    history: {
      get state() {
        return entries[index]?.state;
      },
      pushState(state: unknown, _: string, url: string) {
        entries.splice(index + 1, Infinity, { url, state });
        index += 1;
      },
      replaceState(state: unknown, _: string, url: string) {
        entries[index] = { url, state };
      },
    },
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    scrollTo: () => undefined,
  };
  function back() {
    index -= 1;
    for (const listener of listeners) listener();
  }
  return { window: window as unknown as Window, back, left, urls: () => entries.map(({ url }) => url) };
}

describe('the places of a tab', () => {
  it('follow each step, and come back to an earlier one with what it said', () => {
    const { window, back } = fakeWindow();
    const places = createPlaces(window);
    let heard = 0;
    places.subscribe(() => (heard += 1));
    places.go('/visits/1?a=b', { intent: { camera: true } });
    expect(places.place).toMatchObject({ path: '/visits/1', search: '?a=b', intent: { camera: true }, step: 1 });
    places.go('/visits');
    expect(places.place.intent).toBeNull();
    back();
    expect(places.place).toMatchObject({ path: '/visits/1', intent: { camera: true }, step: 3 });
    expect(heard).toBe(3);
  });

  it('take the place of the entry when they replace it', () => {
    const { window, urls } = fakeWindow();
    createPlaces(window).go('/desk', { replace: true });
    expect(urls()).toEqual(['/desk']);
  });

  it('make no step of what a filter writes into the address, so that the focus stays in it', () => {
    const { window } = fakeWindow();
    const places = createPlaces(window);
    places.go('/admin/users');
    const { step } = places.place;
    places.go('/admin/users?q=a', { replace: true });
    expect(places.place).toMatchObject({ search: '?q=a', step });
    places.go('/admin/roles', { replace: true });
    expect(places.place.step).toBe(step + 1);
    places.go('/admin/roles', { replace: true, intent: { token: 't' } });
    expect(places.place.step).toBe(step + 2);
  });

  it('stay while they are held, and say that somebody tried; let go, they move again', () => {
    const { window, back } = fakeWindow();
    const places = createPlaces(window);
    places.go('/visits');
    places.go('/visits/1', { intent: { camera: true } });
    let tries = 0;
    const letGo = places.hold(() => (tries += 1));
    const before = places.place;
    back();
    expect(tries).toBe(1);
    expect(places.place).toBe(before);
    expect(window.history.state).toEqual({ intent: { camera: true } });
    letGo();
    back();
    expect(places.place.path).toBe('/visits');
    expect(tries).toBe(1);
  });

  it('leave paying, and go there, by a document of its own, which what the checkout loaded does not outlive', () => {
    const { window, left, urls } = fakeWindow();
    const places = createPlaces(window);
    places.go('/payments');
    places.go(paths.pay('a'));
    expect(left).toEqual(['/pay/a']);
    expect(urls()).toEqual(['/', '/payments']);
    window.history.replaceState(null, '', '/pay/a');
    const paying = createPlaces(window);
    paying.go('/pay/a?again', { replace: true });
    paying.go('/visits');
    paying.go('/sign-in', { replace: true });
    expect(left).toEqual(['/pay/a', '/visits', '/sign-in']);
    expect(paying.place.path).toBe('/pay/a');
  });
});
