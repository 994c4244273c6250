import { isWholeTransmission, transmissionName } from '../index.js';
import { type FolderOptions, folderTransport } from '../transport/folder/index.js';
import { type TransportClient, TransportError, transportClient } from '../transport/index.js';
import { type Language, UsageError } from './io.js';

/** What `--via` names. */
export interface Road {
  readonly client: TransportClient;
  readonly folder: string;
}

/** Opens the road that `--via` names: `folder:DIR`. */
export function roadOf(via: string, options: Partial<FolderOptions> & { readonly takeIncomplete?: boolean }): Road {
  const [, folder] = /^folder:(.+)$/s.exec(via) ?? [];
  if (folder === undefined) throw new UsageError('--via must be folder:DIR');
  const { takeIncomplete, ...rest } = options;
  const whole = takeIncomplete ? {} : { isWhole: isWholeTransmission };
  const transport = folderTransport({ root: folder, grouping: transmissionName, ...whole, ...rest });
  // A person waits at the screen: what does not go within a minute is told.
  return { client: transportClient(transport, { retry: { timeLimitMs: 60_000 } }), folder };
}

/** A signal that fires when the command is interrupted. */
export function interruptible(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

/** Tells of an error of the transport; returns the exit code. Throws others again. */
export function tellTransportError(error: unknown, language: Language): number {
  if (!(error instanceof TransportError)) throw error;
  process.stderr.write(`error ${error.code} (${error.outcome}) ${error.sentences[language]}\n`);
  return 1;
}
