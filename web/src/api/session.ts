/**
 * Who is signed in, in this tab. The access token lives in memory alone; the refresh token is an HttpOnly cookie that
 * no script sees. A refresh is one at a time: within the tab by a shared promise, across tabs by a Web Lock, because the
 * server takes a refresh token that is used twice for a stolen one.
 */
import { ApiError, noAnswer } from './problem.ts';
import { type Exchange, exchange, type Fetch, webClient } from './transport.ts';
import type { TokenAnswer, User } from './user.ts';

export type SessionState =
  /** Not asked yet: a reload may still find the sign-in by its cookie. */
  { status: 'unknown' } | { status: 'signed-out' } | { status: 'signed-in'; user: User };

export interface Credentials {
  email: string;
  password: string;
  /** The clinic's slug; needed only where the e-mail is known to several clinics. */
  tenant?: string;
  /** Of the second factor, once the server has asked for it (MFA_REQUIRED). */
  code?: string;
}

export interface Newcomer {
  tenant: string;
  email: string;
  password: string;
  displayName: string;
}

/** What other tabs are told. */
export type SessionNews = { kind: 'signed-out' } | { kind: 'signed-in'; userId: string };

/** What the browser gives: a lock over tabs and a way to tell them; both may be missing on an insecure origin. */
export interface Tabs {
  exclusively<T>(run: () => Promise<T>): Promise<T>;
  tell(news: SessionNews): void;
  listen(listener: (news: SessionNews) => void): void;
}

export interface SessionOptions {
  fetch: Fetch;
  baseUrl: string;
  tabs: Tabs;
  now: () => number;
  /** Somebody else has signed in in this browser: what is on the screen is not theirs. */
  onOtherPerson(): void;
}

export interface Session {
  readonly state: SessionState;
  subscribe: (listener: () => void) => () => void;
  /** After a reload: looks whether the cookie still signs somebody in. Throws when the server does not answer. */
  restore(): Promise<SessionState>;
  signIn(credentials: Credentials): Promise<User>;
  /** Makes an account. Signed in at once, or null: a mail says how to go on. */
  register(newcomer: Newcomer): Promise<User | null>;
  /** Throws, and stays signed in, when the server could not be told: the cookie would still open this browser. */
  signOut(): Promise<void>;
  /**
   * An access token that lasts for at least another half minute, and another one than `not`, which the server does not take
   * any more. Throws UNAUTHENTICATED when the sign-in is over.
   */
  token(not?: string): Promise<string>;
  /** Fetches the person and the token anew, after something about the account has changed. */
  renew(): Promise<User>;
  /** One exchange without a token, for whoever is not signed in. */
  ask(request: Exchange): Promise<Response>;
  /** One exchange with the token; when the server calls it stale, refreshed once and tried again. */
  request(request: Exchange): Promise<Response>;
}

/** Refreshed this long before the end, so that a token handed out is still good when it arrives. */
const margin = 30_000;

export function createSession(options: SessionOptions): Session {
  return new TabSession(options);
}

function signedOut(): ApiError {
  return new ApiError('UNAUTHENTICATED', { status: 401 });
}

function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** The session of this tab; it lives as long as the page. */
class TabSession implements Session {
  readonly #options: SessionOptions;
  readonly #listeners = new Set<() => void>();
  #state: SessionState = { status: 'unknown' };
  #held: { token: string; until: number } | null = null;
  /** The one refresh of this tab; later askers share it. */
  #flight: Promise<string> | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    options.tabs.listen((news) => {
      if (news.kind === 'signed-out') this.#forget();
      else if (this.#isOther(news.userId)) options.onOtherPerson();
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async restore(): Promise<SessionState> {
    if (this.#state.status !== 'unknown') return this.#state;
    await this.#refreshed().catch((error: unknown) => {
      if (!isRefused(error)) throw error;
    });
    return this.#state;
  }

  async signIn(credentials: Credentials): Promise<User> {
    return this.#enter(await this.#post('/auth/login', credentials));
  }

  async register(newcomer: Newcomer): Promise<User | null> {
    const answer = await this.#post('/auth/register', newcomer);
    return 'checkMail' in answer ? null : this.#enter(answer);
  }

  async signOut(): Promise<void> {
    const { tabs, fetch, baseUrl } = this.#options;
    const request: Exchange = { method: 'POST', path: '/auth/logout', body: {}, headers: webClient };
    await tabs.exclusively(() => exchange(fetch, baseUrl, request));
    tabs.tell({ kind: 'signed-out' });
    this.#forget();
  }

  async token(not?: string): Promise<string> {
    if (this.#state.status === 'signed-out') throw signedOut();
    const held = this.#held;
    return held !== null && held.token !== not && held.until - this.#options.now() > margin
      ? held.token
      : this.#refreshed();
  }

  async renew(): Promise<User> {
    // One that is on its way may have left before the change.
    await this.#flight?.catch(() => undefined);
    await this.#refreshed();
    if (this.#state.status !== 'signed-in') throw signedOut();
    return this.#state.user;
  }

  ask(request: Exchange): Promise<Response> {
    const { fetch, baseUrl } = this.#options;
    return exchange(fetch, baseUrl, request);
  }

  async request(request: Exchange): Promise<Response> {
    const first = await this.token();
    try {
      return await this.#send(request, first);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const newer = this.#held !== null && this.#held.token !== first ? this.#held.token : await this.#refreshed();
      return this.#send(request, newer);
    }
  }

  async #enter(answer: TokenAnswer): Promise<User> {
    this.#state = { status: 'signed-out' };
    const user = await this.#take(answer);
    this.#options.tabs.tell({ kind: 'signed-in', userId: user.id });
    return user;
  }

  #send(request: Exchange, bearer: string): Promise<Response> {
    const { fetch, baseUrl } = this.#options;
    return exchange(fetch, baseUrl, { ...request, headers: { ...request.headers, authorization: `Bearer ${bearer}` } });
  }

  #refreshed(): Promise<string> {
    this.#flight ??= this.#refresh().finally(() => {
      this.#flight = null;
    });
    return this.#flight;
  }

  async #refresh(): Promise<string> {
    try {
      const answer = await this.#options.tabs.exclusively(() => this.#post('/auth/refresh', {}));
      await this.#take(answer);
      return answer.accessToken;
    } catch (error) {
      if (isRefused(error)) this.#forget();
      throw error instanceof ApiError ? error : noAnswer(error);
    }
  }

  async #post(path: string, body: unknown): Promise<TokenAnswer> {
    const { fetch, baseUrl } = this.#options;
    const response = await exchange(fetch, baseUrl, { method: 'POST', path, body, headers: webClient });
    return (await response.json()) as TokenAnswer;
  }

  async #take(answer: TokenAnswer): Promise<User> {
    const user = answer.user ?? (await this.#whoIs(answer.accessToken));
    if (this.#isOther(user.id)) {
      this.#options.onOtherPerson();
      throw signedOut();
    }
    this.#held = { token: answer.accessToken, until: this.#options.now() + answer.expiresIn * 1000 };
    // What the person may can change while they are signed in, and the pages with it.
    const isNews = this.#state.status !== 'signed-in' || JSON.stringify(this.#state.user) !== JSON.stringify(user);
    if (isNews) this.#change({ status: 'signed-in', user });
    return user;
  }

  async #whoIs(accessToken: string): Promise<User> {
    const response = await this.#send({ path: '/auth/me' }, accessToken);
    return (await response.json()) as User;
  }

  #isOther(userId: string): boolean {
    return this.#state.status === 'signed-in' && this.#state.user.id !== userId;
  }

  #forget(): void {
    this.#held = null;
    if (this.#state.status !== 'signed-out') this.#change({ status: 'signed-out' });
  }

  #change(next: SessionState): void {
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
