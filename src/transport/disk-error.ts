import { TransportError } from './error.js';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const BUSY = new Set(['EBUSY', 'ETXTBSY', 'EAGAIN']);
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS']);
/** A path that cannot be: a file in the place of a folder, a name too long or with a character that is not allowed. */
const WRONG = new Set(['ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'EINVAL']);

/** An error of the file system as one of a transport: nothing has been handed over. */
export function diskError(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const code = codeOf(error);
  if (FULL.has(code)) return new TransportError('storage.full', { cause: error });
  if (BUSY.has(code)) return new TransportError('storage.locked', { cause: error });
  // Rights do not come back by themselves, and paths do not mend themselves.
  if (FORBIDDEN.has(code) || WRONG.has(code))
    return new TransportError('storage.io', { cause: error, retry: 'after-person' });
  return new TransportError(code === '' ? 'internal' : 'storage.io', { cause: error, outcome: 'not-sent' });
}

export const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
};
