#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { conformance } from './cli/conformance.js';
import { auditVerify, certificatePut, officePut, officeStatus } from './cli/operate.js';
import { serve } from './cli/serve.js';
import { UsageError } from './cli/words.js';

const LANG = ['--lang <LANG>', "language of the messages: ja or en (default: the system's)"] as const;
const FOLDER = ['--folder <FOLDER>', 'where the relay keeps its data (default: careplan-relay)'] as const;
const DATABASE = new Option(
  '--database <URL>',
  'a PostgreSQL database instead of the SQLite file; needs the package pg',
).env('CAREPLAN_RELAY_DATABASE');
type Run = Promise<number>;
const exit = async (code: Run) => {
  process.exitCode = await code;
};

/** The version of the package that this command is a part of. */
const version = (): string =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;

const program = new Command('careplan-relay')
  .description('A relay of sealed care plan messages (ケアプランデータ連携): carries them, and cannot read them.')
  .exitOverride()
  .enablePositionalOptions()
  .showHelpAfterError('(careplan-relay --help shows how to use it)')
  .addHelpText('after', '\nExit code: 0 fine, 1 failed or found something, 2 wrong use.')
  .option('--version', 'print the version')
  .on('option:version', () => {
    process.stdout.write(`${version()}\n`);
    throw new CommanderError(0, 'version', '');
  })
  .option('--sandbox', 'try it out: two offices with known keys, on this machine only')
  .option('--folder <FOLDER>', 'where it keeps its data (default: careplan-relay, careplan-relay-sandbox)')
  .option('--host <HOST>', 'the address to listen on (default: 127.0.0.1)')
  .option('--port <PORT>', 'the port to listen on; 0 takes any (default: 8787)')
  .option('--origin <URL>', 'scheme, host and port as clients write them')
  .option('--allow-origin <URL...>', 'origins whose pages may ask from a browser, as https://app.example.jp')
  .option('--registrar <FILE>', 'the public key of the registrar of offices (JWK)')
  .addOption(DATABASE)
  .option('--tls-cert <FILE>', 'serve https with this certificate (PEM)')
  .option('--tls-key <FILE>', 'and this private key (PEM)')
  .option('--tls-ca <FILE>', 'and take client certificates of these authorities (PEM)')
  .option('--log', 'write the log of requests in a sandbox too')
  .option(...LANG)
  .action((options, command: Command) => {
    // The variable of a machine does not concern a sandbox on it.
    const { database, ...rest } = options;
    const own = options.sandbox && command.getOptionValueSource('database') === 'env';
    return exit(serve(own ? rest : options));
  });

const office = program.command('office').description('the directory of offices');
office
  .command('put')
  .argument('<FILE>', 'an entry that the registrar signed (compact JWS)')
  .requiredOption('--registrar <FILE>', 'the public key of the registrar (JWK)')
  .option(...FOLDER)
  .addOption(DATABASE)
  .option(...LANG)
  .description('put an entry into the directory')
  .action((file: string, _, command: Command) => exit(officePut(file, command.opts())));
for (const [name, status] of [
  ['suspend', 'suspended'],
  ['resume', 'active'],
] as const) {
  office
    .command(name)
    .argument('<ADDRESS>', 'office number and service type: 0370100105-43')
    .option(...FOLDER)
    .addOption(DATABASE)
    .option(...LANG)
    .description(status === 'active' ? 'let an address act again' : 'let an address neither send nor receive')
    .action((address: string, _, command: Command) => exit(officeStatus(address, status, command.opts())));
}
office
  .command('certificate')
  .argument('<ADDRESS>', 'office number and service type')
  .argument('<FILE>', 'its client certificate (PEM)')
  .option(...FOLDER)
  .addOption(DATABASE)
  .option('--remove', 'from now on it speaks for nobody, on connections that stand too')
  .option(...LANG)
  .description('say whose a client certificate is')
  .action((address: string, file: string, _, command: Command) => exit(certificatePut(address, file, command.opts())));

program
  .command('audit')
  .description('the log of what was done')
  .command('verify')
  .option('--head <HEAD>', 'where the log ended when you last looked: NUMBER:HASH')
  .option(...FOLDER)
  .addOption(DATABASE)
  .option(...LANG)
  .description('say whether anything in it was changed or taken away')
  .action((_, command: Command) => exit(auditVerify(command.opts())));

program
  .command('conformance')
  .requiredOption('--base-url <URL>', 'the relay to prove: its origin')
  .requiredOption('--offices <FILE>', 'two offices of it with their private keys, as a sandbox writes them')
  .option('--json', 'the report as JSON')
  .option(...LANG)
  .description('prove from outside that a relay speaks the protocol')
  .action((_, command: Command) => exit(conformance(command.opts())));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`careplan-relay: ${error.message}\n`);
  else if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
}
