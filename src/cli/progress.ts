import { Presets, SingleBar } from 'cli-progress';

/** Shows how far something is: a bar for each label on a terminal, else one line for each. */
export interface Progress {
  label(text: string): void;
  at(value: number, total: number): void;
  end(): void;
}

/** How long a person waits without asking, in milliseconds. */
const PATIENCE = 500;

const barOn = (stream: NodeJS.WriteStream, format: string, clearOnComplete: boolean): SingleBar =>
  new SingleBar({ stream, format, clearOnComplete, barsize: 24, fps: 10, stopOnComplete: false }, Presets.legacy);

/** Shows progress on a stream, the error stream where absent. */
export function progressOn(stream: NodeJS.WriteStream = process.stderr): Progress {
  let bar: SingleBar | undefined;
  const end = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    label(label) {
      end();
      if (!stream.isTTY) {
        stream.write(`${label}\n`);
        return;
      }
      bar = barOn(stream, '[{bar}] {label}', false);
      bar.start(1, 0, { label });
    },
    at(value, total) {
      bar?.setTotal(Math.max(total, 1));
      bar?.update(total === 0 ? 1 : value);
    },
    end,
  };
}

/**
 * Passes a list on, one by one; where that takes long and the error output is a terminal, a bar on it tells how far it is.
 * It draws as the list is taken, so that work which never yields to a timer is shown too.
 */
export function* withProgress<T>(list: readonly T[], stream: NodeJS.WriteStream = process.stderr): Generator<T> {
  const started = Date.now();
  let bar: SingleBar | undefined;
  try {
    for (const [i, one] of list.entries()) {
      if (!bar && stream.isTTY && Date.now() - started > PATIENCE) {
        bar = barOn(stream, '[{bar}] {value}/{total}', true);
        bar.start(list.length, i);
      }
      bar?.update(i);
      yield one;
    }
  } finally {
    bar?.stop();
  }
}
