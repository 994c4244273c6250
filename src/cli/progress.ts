/** Shows how far something is: one line that is written over on a terminal, else one line for each label. */
export interface Progress {
  label(text: string): void;
  at(bytes: number, total: number): void;
  end(): void;
}

const WIDTH = 24;

/** Shows progress on a stream, the error stream where absent. */
export function progressOn(stream: NodeJS.WriteStream = process.stderr): Progress {
  let text = '';
  let open = false;
  const draw = (bytes: number, total: number) => {
    const filled = total === 0 ? WIDTH : Math.floor((bytes / total) * WIDTH);
    stream.write(`\r\u001b[K${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)} ${text}`);
    open = true;
  };
  const end = () => {
    if (open) stream.write('\n');
    open = false;
  };
  return {
    label(label) {
      end();
      text = label;
      if (stream.isTTY) draw(0, 1);
      else stream.write(`${label}\n`);
    },
    at(bytes, total) {
      if (stream.isTTY) draw(bytes, total);
    },
    end,
  };
}
