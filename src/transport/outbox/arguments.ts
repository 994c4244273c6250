/** Which keys of a prefix: those after one, at most so many. */
export interface KeyQuery {
  readonly after?: string;
  readonly limit?: number;
}

/** The longest text under a key, in UTF-16 units. */
const LONGEST = 100 * 1024 * 1024;
const KEY = /^[A-Za-z0-9._/-]{1,200}$/;
const PREFIX = /^[A-Za-z0-9._/-]{0,200}$/;

export const isKey = (key: unknown): boolean => typeof key === 'string' && KEY.test(key);

const isPrefix = (prefix: unknown): boolean => typeof prefix === 'string' && PREFIX.test(prefix);

export const isQuery = (prefix: unknown, { after, limit }: KeyQuery): boolean =>
  isPrefix(prefix) &&
  (after === undefined || isPrefix(after)) &&
  (limit === undefined || (Number.isSafeInteger(limit) && limit > 0));

/** Text without half a surrogate pair, which UTF-8 cannot write. */
export const isText = (text: unknown): boolean =>
  typeof text === 'string' && text.length <= LONGEST && !/\p{Cs}/u.test(text);
