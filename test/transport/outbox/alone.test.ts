import { describe, expect, it } from 'vitest';
import { alone } from '../../../src/transport/outbox/alone.js';

describe('work that runs alone', () => {
  const answer = async () => 42;

  it('may use another lock, and through it not wait for itself', async () => {
    const [one, other] = [alone(), alone()];
    expect(await one(() => other(answer))).toBe(42);
    await expect(one(() => one(answer))).rejects.toMatchObject({ code: 'config' });
    await expect(one(() => other(() => one(answer)))).rejects.toMatchObject({ code: 'config' });
    expect(await one(answer)).toBe(42);
  });

  it('may be followed by what it started and did not wait for', async () => {
    const [one, other] = [alone(), alone()];
    let later = Promise.resolve(0);
    await one(async () => {
      await other(async () => {
        later = new Promise((resolve) => setImmediate(() => resolve(one(answer))));
      });
    });
    expect(await later).toBe(42);
  });
});
