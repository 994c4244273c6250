import type { Command } from 'commander';

const outboxOf = () => import('./outbox.js');
const keysOf = () => import('./keys.js');

/** Adds the options that say where keys and messages are kept, and the language. */
const atHome = (command: Command, about = 'of the messages'): Command =>
  command
    .option('--home <DIR>', 'where keys and messages are kept (default: CAREPLAN_HOME, else ~/.careplan)')
    .option('--keys <FILE>', 'the file of the keys (default: keys.json of the home)')
    .option('--passphrase-file <FILE>', 'a file with the passphrase of the keys (or CAREPLAN_PASSPHRASE)')
    .option('--lang <LANG>', `language ${about}: ja or en (default: the system's)`);

/** Adds the commands that send, receive, and keep messages and keys. */
export function addDelivery(program: Command, done: (exitCode: number) => void): void {
  atHome(
    program
      .command('send')
      .argument('[PATH...]', 'files, folders and ZIPs; none: only what waits from earlier')
      .requiredOption('--via <ROAD>', 'folder:DIR, from which a person or the official client uploads')
      .option('--zip', 'as one ZIP for each transmission')
      .option('--incomplete', 'send transmissions as well of which files are missing'),
  )
    .description('hand over the files of transmissions, and keep what cannot go yet')
    .addHelpText('after', '\nExit code: 0 all is handed over, 1 something is not, 2 wrong use.')
    .action(async (paths: string[], options) => {
      const { send } = await import('./send.js');
      done(await send(paths, options));
    });

  atHome(
    program
      .command('receive')
      .requiredOption('--via <ROAD>', 'folder:DIR, into which a person or the official client downloads')
      .requiredOption('--out <DIR>', 'the folder to write the files to')
      .option('--stable <SECONDS>', 'how long a file must look the same to be whole (default: 2)')
      .option('--take-incomplete', 'take transmissions as well of which files are missing')
      .option('--show-names', 'print the names of files that were left: they may be personal data'),
  )
    .description('take in the transmissions that have arrived')
    .action(async (options) => {
      const { receive } = await import('./receive.js');
      done(await receive(options));
    });

  addOutbox(
    program.command('outbox').description('what waits to be sent, what has gone, and what a person decides'),
    done,
  );
  addKeys(program.command('keys').description('the keys of the office'), done);
}

function addOutbox(outbox: Command, done: (exitCode: number) => void): void {
  const onRoad = (command: Command) => atHome(command.option('--via <ROAD>', 'only of this road: folder:DIR'));
  const about = 'the id, or its first 8 characters where no other begins so';
  const ID = ['<ID>', about] as const;
  const IDS = ['<ID...>', about] as const;

  onRoad(outbox.command('list').option('--all', 'list what has gone as well').option('--json', 'as JSON'))
    .option('--show-names', 'print the names of the files')
    .description('list the messages that wait, and what to do')
    .action(async (options) => done(await (await outboxOf()).list(options)));
  onRoad(
    outbox
      .command('retry')
      .argument(...IDS)
      .option('--zip', 'as one ZIP for each transmission'),
  )
    .description('try to send a message again now, also one in doubt: it may then be there twice')
    .action(async (ids: string[], options) => done(await (await outboxOf()).decide('retry', ids, options)));
  onRoad(outbox.command('discard').argument(...IDS))
    .description('never send a message; what comes behind it goes on')
    .action(async (ids: string[], options) => done(await (await outboxOf()).decide('discard', ids, options)));
  onRoad(outbox.command('confirm').argument(...IDS))
    .description('say that a message in doubt has arrived')
    .action(async (ids: string[], options) => done(await (await outboxOf()).decide('confirm', ids, options)));
  onRoad(
    outbox
      .command('export-proof')
      .argument(...ID)
      .option('--out <FILE>', 'write to a file instead of printing'),
  )
    .option('--text', 'as text that a person reads, instead of JSON')
    .option('--show-names', 'of --text: print the names of the files')
    .description('print what proves that a message was sent: hashes, receipts, what happened when')
    .action(async (id: string, options) => done(await (await outboxOf()).exportProof(id, options)));
  onRoad(outbox.command('refresh'))
    .description('ask the far side what became of what has gone')
    .action(async (options) => done(await (await outboxOf()).refresh(options)));
  onRoad(outbox.command('repair'))
    .description('take what is whole of a damaged journal, put the damaged one aside, and say what is lost')
    .addHelpText('after', '\nExit code: 0 nothing was damaged, 1 something is lost, 2 wrong use.')
    .action(async (options) => done(await (await outboxOf()).repair(options)));
  onRoad(outbox.command('compact'))
    .description('write the journals anew, wrapped for the keys of today')
    .action(async (options) => done(await (await outboxOf()).compact(options)));
}

function addKeys(keys: Command, done: (exitCode: number) => void): void {
  atHome(keys.command('new'))
    .description('make keys; a file that is there is never replaced')
    .action(async (options) => done(await (await keysOf()).newKeys(options)));
  atHome(keys.command('show').option('--json', 'the public keys as JSON, for partners and registrar'))
    .description('show the public halves of the keys, and how long they are valid')
    .action(async (options) => done(await (await keysOf()).showKeys(options)));
  atHome(keys.command('rotate'))
    .description('renew the keys; the old ones still open what was sealed for them')
    .action(async (options) => done(await (await keysOf()).rotate(options)));
}
