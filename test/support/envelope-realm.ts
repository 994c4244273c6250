/** What runs in browsers of the envelope: bundled with it, run in each realm, given and giving JSON. */
import * as envelope from '../../src/transport/envelope/index.js';
import { TransportError } from '../../src/transport/error.js';
import { bareKeysOf, FAMILIES, NOW, plainWords, sealedBy } from './envelope-words.js';

/** What Node gives a realm: its keys and what it sealed. */
export interface Given {
  readonly keyFile: string;
  readonly passphrase: string;
  readonly sealed: envelope.SealedMessage;
  readonly sender: readonly envelope.PublicKey[];
}

/** Does all that the envelope does, and says how it went. */
export async function runEnvelope(given: Given) {
  const keys = await envelope.importKeys(given.keyFile, { passphrase: given.passphrase });
  const fromNode = await envelope.openMessage(given.sealed, { keys, sender: given.sender, now: NOW });
  const families: Record<string, string> = {};
  for (const [name, family] of Object.entries(FAMILIES)) {
    const [ann, bob] = [await bareKeysOf(family), await bareKeysOf(family)];
    const sealed = await sealedBy(ann, bob);
    const opened = await envelope.openMessage(sealed, { keys: bob, sender: ann.publicKeys, now: NOW });
    const same = plainWords().every(({ bytes }, i) => String(opened.files[i]?.bytes) === String(bytes));
    const changed = { ...sealed, parts: sealed.parts.map((part) => part.replace(/.$/, '!')) };
    const refused = await envelope.openMessage(changed, { keys: bob, sender: ann.publicKeys, now: NOW }).catch(codeOf);
    const receipt = { messageId: opened.id, manifestSha256: opened.manifestSha256, from: opened.from, to: opened.to };
    const jws = await envelope.signReceipt({ ...receipt, kind: 'delivered', at: NOW }, bob.signer);
    const { kind } = await envelope.verifyReceipt(jws, { ...receipt, keys: bob.publicKeys, now: NOW });
    const entry = await envelope.signEntry({ address: opened.to, issuedAt: NOW, keys: bob.publicKeys }, ann.signer);
    const directory = envelope.registrarDirectory({
      source: async () => entry,
      registrars: ann.publicKeys,
      now: () => NOW,
    });
    const found = await directory.find(opened.to);
    families[name] = [same, refused, kind, found?.keys.length].join(' ');
  }
  const rotated = await envelope.rotateKeys(keys, { now: NOW });
  const again = await envelope.openMessage(given.sealed, { keys: rotated, sender: given.sender, now: NOW });
  return {
    names: fromNode.files.map(({ name }) => name),
    families,
    rotated: again.files.length,
    sealed: await sealedBy(keys, keys),
    publicKeys: keys.publicKeys,
  };
}

const codeOf = (error: unknown) => (error instanceof TransportError ? error.code : String(error));
