import { resolve } from 'node:path';
import { isWholeTransmission, transmissionName } from '../index.js';
import { type FolderOptions, folderTransport } from '../transport/folder/index.js';
import { type Transport, TransportError } from '../transport/index.js';
import { type Language, UsageError } from './io.js';

/** What `--via` names. */
export interface Via {
  readonly transport: Transport;
  readonly folder: string;
}

/** The folder that `--via` names: `folder:DIR`. */
export function folderOf(via: string): string {
  const [, folder] = /^folder:(.+)$/s.exec(via) ?? [];
  if (folder === undefined) throw new UsageError('--via must be folder:DIR');
  return folder;
}

/** What `--via` names, the same from wherever it is said. */
export const absoluteVia = (via: string): string => `folder:${resolve(folderOf(via))}`;

/** The transport of the road that `--via` names. */
export function transportOf(
  via: string,
  options: Partial<FolderOptions> & { readonly takeIncomplete?: boolean } = {},
): Via {
  const folder = folderOf(via);
  const { takeIncomplete, ...rest } = options;
  const whole = takeIncomplete ? {} : { isWhole: isWholeTransmission };
  return { transport: folderTransport({ root: folder, grouping: transmissionName, ...whole, ...rest }), folder };
}

/** Runs work with a signal that fires when the command is interrupted. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once('SIGINT', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** An error of a transport in one line. */
export const sentenceOf = (
  { code, outcome, sentences }: Pick<TransportError, 'code' | 'outcome' | 'sentences'>,
  language: Language,
): string => `error ${code} (${outcome}) ${sentences[language]}`;

/** Tells of an error of the transport; returns the exit code. Throws others again. */
export function tellTransportError(error: unknown, language: Language): number {
  if (!(error instanceof TransportError)) throw error;
  process.stderr.write(`${sentenceOf(error, language)}\n`);
  return 1;
}
