import { join } from 'node:path';
import { sendFiles } from '../index.js';
import { languageOf, tell } from './io.js';
import { collect } from './paths.js';
import { progressOn } from './progress.js';
import { textsOf } from './texts.js';
import { interruptible, roadOf, tellTransportError } from './via.js';

interface SendOptions {
  via: string;
  zip?: boolean;
  incomplete?: boolean;
  lang?: string;
}

/** `careplan send PATH... --via folder:DIR`: hands files over. Returns the exit code. */
export async function send(paths: string[], options: SendOptions): Promise<number> {
  const language = languageOf(options.lang);
  const texts = textsOf(language);
  const { client, folder } = roadOf(options.via, options.zip ? { zip: true } : {});
  const inputs = await collect(paths);
  const progress = progressOn();
  try {
    const { ok, sent, issues } = await sendFiles(client, inputs, {
      signal: interruptible(),
      allowIncomplete: options.incomplete === true,
      onTransmission: ({ serial }, index, count) => progress.label(texts.sending(index + 1, count, serial)),
      onProgress: ({ bytes, total }) => progress.at(bytes, total),
    });
    progress.end();
    tell(issues, language);
    if (issues.some(({ code, severity }) => severity === 'error' && code === 'transmission.incomplete')) {
      process.stderr.write(`${texts.incomplete}\n`);
    }
    if (ok) process.stdout.write(`${texts.handedOff(sent.length, join(folder, 'out'))}\n`);
    return ok ? 0 : 1;
  } catch (error) {
    progress.end();
    return tellTransportError(error, language);
  } finally {
    await client.transport.close();
  }
}
