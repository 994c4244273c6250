import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/transport/clock.js';

afterEach(() => vi.useRealTimers());

describe('the clock of the machine', () => {
  it.each([0, -1, -86_400_000])('waits %d ms not at all, and asks no timer for less than nothing', async (ms) => {
    const timer = vi.spyOn(globalThis, 'setTimeout');
    await systemClock.sleep(ms);
    expect(timer.mock.calls.map(([, asked]) => asked)).toEqual([0]);
    timer.mockRestore();
  });

  it('waits longer than a timer can', async () => {
    vi.useFakeTimers();
    const days = 40 * 86_400_000;
    let isOver = false;
    systemClock.sleep(days).then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(days - 1);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isOver).toBe(true);
  });

  it('ends a wait with the reason of its signal, at once where that has come', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const waiting = systemClock.sleep(86_400_000, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(systemClock.sleep(1, controller.signal)).rejects.toBe(reason);
  });
});
