import type { Address } from '../address.js';
import { systemClock } from '../clock.js';
import { following } from '../following.js';
import type { RelayHttp, RelayIdentity } from './http.js';
import { inboxPage, PAGE } from './inbox-page.js';

/** The longest that one request waits, in seconds (protocol, section 6). */
const LONGEST_WAIT = 25;
/**
 * The pause, in milliseconds, after a question that was answered sooner than it should wait (a relay that closes does that), and
 * between hints: what comes in it is told of by one.
 */
const PAUSE = 1000;

/** Asks in one mailbox, for so many seconds at most, whether something is there. */
type Look = (identity: RelayIdentity, seconds: number, signal: AbortSignal) => Promise<boolean>;

/** Waits until something is in one of the mailboxes, or so many milliseconds. */
export async function something(
  http: RelayHttp,
  mailboxes: readonly RelayIdentity[],
  from: Address | undefined,
  waitMs: number,
  signal: AbortSignal,
): Promise<void> {
  const look: Look = async (identity, wait, ended) =>
    (await inboxPage(http, identity, { limit: 1, from, wait }, ended)).items.length > 0;
  await inOne(mailboxes, look, waitMs, signal);
}

/** A hint for what is in the mailboxes at first, and then for what is new, until the signal ends it. */
export async function* hints(
  http: RelayHttp,
  mailboxes: readonly RelayIdentity[],
  from: Address | undefined,
  signal: AbortSignal,
): AsyncGenerator<{ readonly hint: 'inbox' }, void, void> {
  /** How far each list is known. */
  const known = new Map<RelayIdentity, string>();
  const look: Look = async (identity, wait, ended) => {
    let page = await inboxPage(http, identity, { limit: 1, cursor: known.get(identity), from, wait }, ended);
    const isNew = page.items.length > 0;
    // One hint is for all that is there.
    while (page.more) page = await inboxPage(http, identity, { limit: PAGE, cursor: page.next, from }, ended);
    // What is found when another mailbox has made the hint may have come after it.
    if (page.next !== undefined && !ended.aborted) known.set(identity, page.next);
    return isNew;
  };
  while (!signal.aborted) {
    if (!(await inOne(mailboxes, look, LONGEST_WAIT * 1000, signal))) continue;
    yield { hint: 'inbox' };
    await systemClock.sleep(PAUSE, signal);
  }
}

/** Looks into all mailboxes at once until something is in one of them, or so many milliseconds; then no question stays open. */
function inOne(mailboxes: readonly RelayIdentity[], look: Look, waitMs: number, signal: AbortSignal): Promise<boolean> {
  const end = Date.now() + waitMs;
  return following(signal, (ended) => {
    const wait = async (identity: RelayIdentity): Promise<boolean> => {
      for (let left = waitMs; left > 0; left = end - Date.now()) {
        const seconds = Math.min(LONGEST_WAIT, Math.ceil(left / 1000));
        const asked = Date.now();
        if (await look(identity, seconds, ended)) return true;
        if (Date.now() - asked < seconds * 500) await systemClock.sleep(Math.min(PAUSE, left), ended);
      }
      return false;
    };
    // Where there is no mailbox, nothing ever is.
    if (mailboxes.length === 0) return systemClock.sleep(waitMs, ended).then(() => false);
    const calls = mailboxes.map(wait);
    return new Promise<boolean>((resolve, reject) => {
      for (const call of calls) call.then((there) => there && resolve(true), reject);
      Promise.all(calls).then(() => resolve(false), reject);
    });
  });
}
