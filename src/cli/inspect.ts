import { decodeFiles } from '../index.js';
import { reportOf } from './inspect-report.js';
import { inspectText } from './inspect-text.js';
import { languageOf } from './io.js';
import { collect } from './paths.js';
import { withProgress } from './progress.js';

interface InspectOptions {
  json?: boolean;
  lang?: string;
  showPersons?: boolean;
}

/** `careplan inspect PATH...`: what is in files, folders and ZIPs, and what is wrong with it. Returns the exit code. */
export async function inspect(paths: string[], options: InspectOptions): Promise<number> {
  const language = languageOf(options.lang);
  const passedOver: string[] = [];
  const files = await collect(paths, (path) => passedOver.push(path));
  const decoded = decodeFiles(withProgress(files));
  const report = reportOf(decoded, { language, passedOver, showPersons: options.showPersons ?? false });
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : inspectText(report, language));
  return report.summary.error > 0 ? 1 : 0;
}
