import {
  type Address,
  defineTransport,
  formatAddress,
  messageDigest,
  parseAddress,
  partOf,
  readPart,
  TransportError,
  type TransportErrorCode,
} from '../../src/transport/index.js';
import type { ApiFile, ApiMessage, FakeNationalApi, SECRETS } from './national-api.js';

export interface NationalOptions {
  readonly api: FakeNationalApi;
  readonly addresses: readonly Address[];
  /** Asks the person at the screen; undefined where nobody is there. */
  readonly person: () => Promise<typeof SECRETS | undefined>;
}

type Row = Omit<ApiMessage, 'files'> & { readonly kinds: string[]; readonly parts: number; readonly size: number };
interface Body {
  readonly result?: 'OK' | 'NG';
  readonly errorCode?: string;
  readonly [key: string]: unknown;
}

const STATES = {
  sent: 'available',
  fetched: 'fetched',
  delivered: 'delivered',
  read: 'read',
  rejected: 'rejected',
} as const;
const CODES: Readonly<Record<string, TransportErrorCode>> = { E4040: 'message.unknown', E4090: 'receipt.conflict' };
const addressOf = (text: string): Address => parseAddress(text) ?? { officeNumber: '', serviceType: '' };
const numberOf = (text: string | undefined, wrong: TransportErrorCode): number => {
  if (text !== undefined && !/^[0-9]{1,9}$/.test(text)) throw new TransportError(wrong);
  return Number(text ?? 0);
};

/** The session of one certificate: one access token, and never two refreshes at once. */
class Session {
  #access: string | undefined;
  #refresh: string | undefined;
  #renewing: Promise<void> | undefined;
  constructor(readonly options: NationalOptions) {}

  async call(path: string, body?: unknown): Promise<Body> {
    if (this.#access === undefined) await this.renew();
    const token = this.#access;
    const answer = await this.#request(path, body, token);
    if (answer.status === 401) {
      // One attempt is one attempt: the token is renewed, and the client comes again.
      if (this.#access === token) await this.renew();
      throw new TransportError('auth.expired', { status: 401 });
    }
    return this.#read(answer);
  }

  renew(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #renew(): Promise<void> {
    const refresh = this.#refresh;
    [this.#access, this.#refresh] = [undefined, undefined];
    const answer = refresh === undefined ? undefined : await this.#request('/v1/refresh', undefined, refresh);
    let body: Body | undefined = answer?.status === 200 ? this.#read(answer) : undefined;
    if (!body) {
      const secrets = await this.options.person();
      if (!secrets) throw new TransportError('auth.interaction-required');
      body = this.#read(await this.#request('/v1/login', secrets));
    }
    [this.#access, this.#refresh] = [String(body.access), String(body.refresh)];
  }

  #request(path: string, body?: unknown, token?: string) {
    const certificate = this.options.addresses.map(formatAddress);
    return this.options.api
      .request({ path, certificate, body, ...(token === undefined ? {} : { token }) })
      .catch((cause: unknown) => {
        throw new TransportError('network.reset', { cause });
      });
  }

  #read({ status, text, retryAfterMs }: Awaited<ReturnType<FakeNationalApi['request']>>): Body {
    if (status === 403) throw new TransportError('auth.denied', { status });
    if (status === 429) throw new TransportError('rate-limited', { status, ...(retryAfterMs ? { retryAfterMs } : {}) });
    if (status === 503) throw new TransportError('unavailable', { status });
    if (text === undefined) throw new TransportError('network.truncated', { status });
    let body: Body;
    try {
      body = JSON.parse(text) as Body;
    } catch {
      throw new TransportError('protocol', { status });
    }
    if (body.result === 'NG') {
      const code = CODES[body.errorCode ?? ''];
      throw new TransportError(code ?? 'business', { status, officialCode: body.errorCode ?? '' });
    }
    return body;
  }
}

/** A driver for the stand-in of the national service: the interface bears it unchanged. */
export const nationalTransport = defineTransport((options: NationalOptions) => {
  const session = new Session(options);
  const entryOf = ({ number, from, to, serial, standard, kinds, parts, size, state }: Row) => {
    const routing = { from: addressOf(from), to: addressOf(to), serial, standard, kinds };
    return { id: String(number), ...routing, parts, size, state: STATES[state] };
  };
  const statusOf = ({ number, from, to, serial, state, reasons }: Row) => {
    const known = { id: String(number), from: addressOf(from), to: addressOf(to), serial, state: STATES[state] };
    return { ...known, ...(reasons ? { reasons } : {}) };
  };
  const page = async (path: string, cursor: string | undefined, limit: number | undefined) => {
    const body = await session.call(path, {
      after: numberOf(cursor, 'config'),
      ...(limit === undefined ? {} : { limit }),
    });
    const rows = body.items as Row[];
    return { rows, ...(body.more && rows.length > 0 ? { cursor: String(rows.at(-1)?.number) } : {}) };
  };
  return {
    name: 'national',
    capabilities: {
      acceptance: 'relay',
      idempotentSend: false,
      lookup: 'best-effort',
      status: ['available', 'fetched', 'delivered', 'read', 'rejected'],
      signedReceipts: false,
      endToEndEncryption: 'none',
      orderedInbox: true,
      recall: false,
      watch: false,
      listSent: true,
      interactiveLogin: true,
      standards: ['4.1', '5.0'],
      limits: { maxParts: 100, maxPartBytes: 100_000, maxMessageBytes: 1_000_000 },
    },
    async send(message, { signal }) {
      const files: ApiFile[] = [];
      for (const part of message.parts) {
        const bytes = await readPart(part, signal).catch((error: unknown) => {
          throw error === signal.reason ? new TransportError('aborted', { outcome: 'not-sent', cause: error }) : error;
        });
        const { name, kind, mediaType } = part;
        files.push({ name, kind, mediaType, base64: Buffer.from(bytes).toString('base64') });
      }
      const { serial, standard } = message;
      const sent = { from: formatAddress(message.from), to: formatAddress(message.to), serial, standard, files };
      const { at } = await session.call('/v1/send', sent);
      const receipt = { messageId: message.id, acceptedAt: Number(at), digest: await messageDigest(message) };
      return { state: 'accepted', receipt, duplicate: false };
    },
    async lookup({ from, to, serial }) {
      let cursor: string | undefined;
      do {
        const { rows, cursor: next } = await page('/v1/sent', cursor, undefined);
        const lane = [formatAddress(from), formatAddress(to), serial].join();
        const found = rows.find((row) => [row.from, row.to, row.serial].join() === lane);
        if (found) return statusOf(found);
        cursor = next;
      } while (cursor !== undefined);
      // The list may lag behind: what is not in it may have arrived all the same.
      throw new TransportError('unsupported');
    },
    async list({ mailbox, from, cursor, limit }) {
      const { rows, ...rest } = await page('/v1/received', cursor, limit);
      const wanted = (row: Row) =>
        (!mailbox || row.to === formatAddress(mailbox)) && (!from || row.from === formatAddress(from));
      return { items: rows.filter(wanted).map(entryOf), ...rest };
    },
    async fetch({ id }) {
      const { message } = await session.call(`/v1/received/${numberOf(id, 'message.unknown')}`);
      const { files, ...row } = message as ApiMessage;
      const parts = files.map(({ base64, ...file }) =>
        partOf({ ...file, bytes: Uint8Array.from(Buffer.from(base64, 'base64')) }),
      );
      const all = await Promise.all(parts);
      const kinds = [...new Set(files.map(({ kind }) => kind))];
      const size = all.reduce((sum, part) => sum + part.size, 0);
      return { ...entryOf({ ...row, kinds, parts: files.length, size }), files: all };
    },
    async acknowledge({ id }, receipt) {
      const { kind: state, ...reasons } = receipt;
      await session.call(`/v1/received/${numberOf(id, 'message.unknown')}/confirm`, { state, ...reasons });
    },
    async listSent({ cursor, limit }) {
      const { rows, ...rest } = await page('/v1/sent', cursor, limit);
      return { items: rows.map(statusOf), ...rest };
    },
  };
});
