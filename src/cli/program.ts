import { Command } from 'commander';
import type { ConformanceOptions } from './conformance.js';
import { addDelivery } from './delivery-program.js';

/**
 * The command with all of its parts; `done` is told the exit code of what ran. Each part is loaded when it is asked for:
 * the tables of the standard take longer than many a command.
 */
export function programOf(done: (exitCode: number) => void): Command {
  const program = new Command('careplan')
    .description(
      'Reads and writes the CSV files of the care plan data exchange standard V4.1 (ケアプランデータ連携標準仕様).',
    )
    .exitOverride()
    .showHelpAfterError('(careplan --help shows how to use it)')
    .addHelpText('after', '\nExit code: 0 clean, 1 errors found, 2 wrong use.');

  program
    .command('layouts')
    .argument('[KIND]', 'one kind of file: UPPLAN, UPJSK, ...')
    .option('--json', 'as JSON')
    .option('--json-schema', 'as the JSON Schema of the records of the kind; without KIND those of all, in $defs')
    .description('print the tables of the standard')
    .action(async (kind: string | undefined, options) => {
      const { layouts } = await import('./layouts.js');
      layouts(kind, options);
    });

  program
    .command('decode')
    .argument('<PATH...>', 'files, folders and ZIPs')
    .option('--out <FILE>', 'write the JSON to a file instead of printing it')
    .option('--lang <LANG>', "language of the messages: ja or en (default: the system's)")
    .option('--show-values', 'put the texts of cells into messages: they may be personal data')
    .description('read CSV files and print their records and issues as JSON')
    .action(async (paths: string[], options) => {
      const { decode } = await import('./decode.js');
      done(await decode(paths, options));
    });

  program
    .command('inspect')
    .argument('<PATH...>', 'files, folders and ZIPs')
    .option('--json', 'as JSON')
    .option('--lang <LANG>', "language of what is printed: ja or en (default: the system's)")
    .option('--show-persons', 'list the persons with their names')
    .description('tell what files hold, from whom to whom, what is wrong with them and what to do')
    .action(async (paths: string[], options) => {
      const { inspect } = await import('./inspect.js');
      done(await inspect(paths, options));
    });

  program
    .command('check')
    .argument('[PATH...]', 'files, folders and ZIPs')
    .option('--profile <PROFILE>', 'strict for what is to be sent (default), tolerant for what has arrived')
    .option('--format <FORMAT>', 'text (default), json, sarif, or github: annotations of GitHub Actions')
    .option('--lang <LANG>', "language of what is printed: ja or en (default: the system's)")
    .option('--hints', 'check the check digits of insurer and office numbers as well')
    .option('--show-values', 'put the texts of cells into messages: they may be personal data')
    .option('--explain <CODE>', 'explain the code of an issue; needs no path')
    .description('check files by every rule of the standard, before they are sent or after they have arrived')
    .addHelpText('after', '\nExit code: 0 no errors, 1 errors found, 2 wrong use.')
    .action(async (paths: string[], options) => {
      const { check } = await import('./check.js');
      done(await check(paths, options));
    });

  program
    .command('characters')
    .argument('<PATH...>', 'files, folders and ZIPs: CSV, or JSON of any texts')
    .option('--format <FORMAT>', 'text (default) or json')
    .option('--lang <LANG>', "language of what is printed: ja or en (default: the system's)")
    .option('--show-values', 'print the whole texts as well: they may be personal data')
    .option('--fix', 'write JSON and CSV in UTF-8 again, with what is safe mended')
    .option('--out <PATH>', 'of --fix: the file to write, or the folder for several')
    .option('--in-place', 'of --fix: write into the files themselves')
    .description('tell which characters cannot be sent, where they are and what to write instead')
    .addHelpText('after', '\nExit code: 0 every character can be sent, 1 some cannot, 2 wrong use.')
    .action(async (paths: string[], options) => {
      const { characters } = await import('./characters.js');
      done(await characters(paths, options));
    });

  program
    .command('conformance')
    .argument(
      '[PATTERN|PATH...]',
      'a pattern (D1 to D7, or all) and the files, folders and ZIPs that were written for it',
    )
    .option('--make <PATTERN>', 'make sample transmissions of a pattern (D1 to D7, or all); needs --out and no path')
    .option('--out <DIR>', 'the folder to make; it must not be there, or be empty')
    .option(
      '--compare <EXPECTED.json>',
      'compare what was written with documents of --make or import; only paths follow',
    )
    .option('--ignore <NAME...>', 'properties that --compare passes over: createdOn; put paths before it')
    .option('--require-coverage', 'fail where a situation of the test is not shown')
    .option('--format <FORMAT>', 'text (default) or json')
    .option('--lang <LANG>', "language of what is printed: ja or en (default: the system's)")
    .option('--show-values', 'put values into what is printed: they may be personal data')
    .description('the vendor test at a desk: checklists, sample transmissions, comparison field by field')
    .addHelpText('after', '\nExit code: 0 passed, equal or made, 1 failed or different, 2 wrong use.')
    .action(async (args: string[], options: ConformanceOptions) => {
      const { conformance } = await import('./conformance.js');
      done(await conformance(args, options));
    });

  program
    .command('encode')
    .argument('<FILE.json>', 'what decode printed')
    .requiredOption('--out <DIR>', 'the folder to write the files to, or FILE.zip')
    .option('--replace', 'replace characters outside MS932 by accepted variants')
    .option('--replace-all', 'replace them by characters that look or read alike as well')
    .option('--lang <LANG>', "language of the messages: ja or en (default: the system's)")
    .description('write the CSV files of a JSON document')
    .action(async (path: string, options) => {
      const { encode } = await import('./encode.js');
      done(await encode(path, options));
    });

  program
    .command('import')
    .argument('<PATH...>', 'files, folders and ZIPs')
    .option('--out <FILE>', 'write the JSON to a file instead of printing it')
    .option('--lang <LANG>', "language of the messages: ja or en (default: the system's)")
    .option('--show-values', 'put the texts of cells into messages: they may be personal data')
    .description('read received files into care plans, slips, actuals ... and print them as JSON')
    .action(async (paths: string[], options) => {
      const { importDocuments } = await import('./import.js');
      done(await importDocuments(paths, options));
    });

  program
    .command('export')
    .argument('<OBJECTS.json>', 'documents by kind ({ "usageSlips": [...] }), or what import printed')
    .requiredOption('--out <DIR>', 'the folder to write the files to, or FILE.zip')
    .option('--from <OFFICE:TYPE>', 'the office whose documents they are: 0370100105:43')
    .option('--to <OFFICE:TYPE...>', 'receivers of care plans, actuals, preventive documents and withdrawals')
    .option('--centre <OFFICE:TYPE>', 'write slips and actuals to this centre, as an entrusted office')
    .option('--previous <FILE.json>', 'what was sent before: send what has changed, withdraw what is gone')
    .option('--inform-others', 'send corrected slips also to offices whose own services have not changed')
    .option('--edition <ID>', 'the edition to write: 4.1 (default), or 3 for months before 2025-04')
    .option('--unchecked', 'write files that break rules of the standard all the same, as slips without sheet 7 do')
    .option('--replace', 'replace characters outside MS932 by accepted variants')
    .option('--replace-all', 'replace them by characters that look or read alike as well')
    .option('--lang <LANG>', "language of the messages: ja or en (default: the system's)")
    .description('write documents as the files for each receiver')
    .action(async (path: string, options) => {
      const { exportDocuments } = await import('./export.js');
      done(await exportDocuments(path, options));
    });

  program
    .command('reconcile')
    .argument('<PLAN>', 'a file, folder or ZIP with usage slips')
    .argument('<ACTUALS>', 'a file, folder or ZIP with actuals')
    .option('--json', 'as JSON')
    .option('--lang <LANG>', "language of the table and the messages: ja or en (default: the system's)")
    .option('--show-persons', 'print the names of the persons beside their numbers')
    .description('compare what was planned with what was delivered')
    .addHelpText('after', '\nExit code: 0 as planned, 1 differences or errors, 2 wrong use.')
    .action(async (plan: string, actuals: string, options) => {
      const { reconcile } = await import('./reconcile.js');
      done(await reconcile(plan, actuals, options));
    });

  addDelivery(program, done);
  return program;
}
