import { TransportError } from './error.js';

/** The serial one second later: 14 digits, a real date and time. Throws `message.invalid` where the given one is none. */
export function serialAfter(serial: string): string {
  if (!/^[0-9]{14}$/.test(serial)) throw new TransportError('message.invalid');
  const at = serial.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z');
  const next = new Date(Date.parse(at) + 1000);
  if (Number.isNaN(next.getTime())) throw new TransportError('message.invalid');
  return next
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14);
}

/** The error of a serial that is taken, with the first one after it that is not; without one where it is no time. */
export function serialConflict(serial: string, isTaken: (serial: string) => boolean): TransportError {
  let nextSerial = serial;
  try {
    do nextSerial = serialAfter(nextSerial);
    while (isTaken(nextSerial));
  } catch {
    return new TransportError('serial.conflict');
  }
  return new TransportError('serial.conflict', { nextSerial });
}
