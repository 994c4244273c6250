/**
 * A stand-in for the national service as far as it is known (docs/standard.md, section 13): tokens of 60 minutes,
 * refresh tokens of 8 hours, a one-time password, errors within HTTP 200, no idempotency, one receiver a call. Its paths
 * and the form of its JSON are invented.
 */
import type { Clock } from '../../src/transport/index.js';

export interface ApiCall {
  readonly path: string;
  /** Whose client certificate it is. */
  readonly certificate: readonly string[];
  readonly token?: string;
  readonly body?: unknown;
}
export interface ApiAnswer {
  readonly status: number;
  readonly retryAfterMs?: number;
  /** The body as text; undefined where it broke off. */
  readonly text: string | undefined;
}
export interface ApiFile {
  readonly name: string;
  readonly kind: string;
  readonly mediaType: string;
  readonly base64: string;
}
export interface ApiMessage {
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly serial: string;
  readonly standard: '4.1' | '5.0';
  readonly files: readonly ApiFile[];
  state: 'sent' | 'fetched' | 'delivered' | 'read' | 'rejected';
  reasons?: readonly string[];
}

const HOUR = 3_600_000;
export const SECRETS = { userId: 'user-K0001', password: 'P@ss-Kaigo-99', oneTimePassword: '739152' };

export class FakeNationalApi {
  readonly messages: ApiMessage[] = [];
  readonly calls: string[] = [];
  #tokens = new Map<string, { until: number; refresh: boolean }>();
  #faults: { path: string; answer: ApiAnswer | 'reset'; when: 'before' | 'after' }[] = [];
  #made = 0;

  constructor(readonly clock: Clock) {}

  /** Makes the next call of a path fail: with an answer of its own, or with none. */
  fault(path: string, answer: ApiAnswer | 'reset', when: 'before' | 'after' = 'before'): void {
    this.#faults.push({ path, answer, when });
  }

  endSessions(): void {
    this.#tokens.clear();
  }

  async request(call: ApiCall): Promise<ApiAnswer> {
    this.calls.push(call.path);
    const fault = this.#faults.find(({ path }) => call.path.startsWith(path));
    if (fault) this.#faults.splice(this.#faults.indexOf(fault), 1);
    const answer = fault?.when === 'before' ? fault.answer : this.#answer(call);
    const given = fault?.when === 'after' ? fault.answer : answer;
    if (given === 'reset') throw Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' });
    return given;
  }

  #answer({ path, certificate, token, body }: ApiCall): ApiAnswer {
    if (path === '/v1/login') return this.#login(body);
    if (path === '/v1/refresh') return this.#refresh(token);
    const session = this.#tokens.get(token ?? '');
    if (!session || session.refresh || session.until <= this.clock.now()) return json(401, { error: 'token-expired' });
    const [, , verb, number, sub] = path.split('/');
    if (verb === 'send') return this.#send(body as Omit<ApiMessage, 'number' | 'state'>, certificate);
    const { after = 0, limit = 50 } = (body ?? {}) as { after?: number; limit?: number };
    const page = (rows: readonly ApiMessage[]) => {
      const shown = rows.filter((row) => row.number > after).slice(0, limit);
      const items = shown.map(({ files, ...row }) => ({
        ...row,
        kinds: [...new Set(files.map(({ kind }) => kind))],
        parts: files.length,
        size: files.reduce((sum, file) => sum + Buffer.from(file.base64, 'base64').length, 0),
      }));
      return json(200, { result: 'OK', items, more: rows.some((row) => row.number > (shown.at(-1)?.number ?? after)) });
    };
    if (verb === 'sent') return page(this.messages.filter(({ from }) => certificate.includes(from)));
    const inbox = this.messages.filter(({ to }) => certificate.includes(to));
    if (number === undefined) return page(inbox.filter(({ state }) => state === 'sent' || state === 'fetched'));
    const message = inbox.find((one) => one.number === Number(number));
    if (!message) return json(200, { result: 'NG', errorCode: 'E4040', message: `no message ${number} for 山田花子` });
    if (sub === 'confirm') return this.#confirm(message, body as Pick<ApiMessage, 'state' | 'reasons'>);
    if (message.state === 'sent') message.state = 'fetched';
    return json(200, { result: 'OK', message });
  }

  #login(body: unknown): ApiAnswer {
    const given = JSON.stringify(body) === JSON.stringify(SECRETS);
    return given ? this.#session() : json(200, { result: 'NG', errorCode: 'E1001' });
  }
  #refresh(token: string | undefined): ApiAnswer {
    const session = this.#tokens.get(token ?? '');
    this.#tokens.delete(token ?? '');
    return session?.refresh && session.until > this.clock.now()
      ? this.#session()
      : json(401, { error: 'login-required' });
  }
  #session(): ApiAnswer {
    const [access, refresh] = [`access-secret-${++this.#made}`, `refresh-secret-${this.#made}`];
    this.#tokens.set(access, { until: this.clock.now() + HOUR, refresh: false });
    this.#tokens.set(refresh, { until: this.clock.now() + 8 * HOUR, refresh: true });
    return json(200, { result: 'OK', access, refresh });
  }
  #send(message: Omit<ApiMessage, 'number' | 'state'>, certificate: readonly string[]): ApiAnswer {
    if (!certificate.includes(message.from)) return json(403, { error: 'forbidden' });
    const number = this.messages.length + 1;
    this.messages.push({ ...message, number, state: 'sent' });
    return json(200, { result: 'OK', number, at: this.clock.now() });
  }
  #confirm(message: ApiMessage, { state, reasons }: Pick<ApiMessage, 'state' | 'reasons'>): ApiAnswer {
    const closed = ['delivered', 'read', 'rejected'].includes(message.state);
    if (closed && (state === 'rejected') !== (message.state === 'rejected'))
      return json(200, { result: 'NG', errorCode: 'E4090' });
    if (message.state !== 'read') message.state = state;
    if (reasons) message.reasons = reasons;
    return json(200, { result: 'OK' });
  }
}

const json = (status: number, value: unknown): ApiAnswer => ({ status, text: JSON.stringify(value) });
