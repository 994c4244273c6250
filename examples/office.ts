/** What a vendor writes to send and receive through a relay: an office with an outbox and an inbox. */
import type { Address } from 'careplan-renkei/transport';
import { type OfficeKeys, type PublicKey, registrarDirectory } from 'careplan-renkei/transport/envelope';
import { fileJournalStore, type Inbox, type Outbox, openInbox, openOutbox } from 'careplan-renkei/transport/outbox';
import { relayDirectorySource, relayTransport } from 'careplan-renkei/transport/relay';

export interface OfficeOptions {
  /** Scheme, host and port of the relay. */
  readonly origin: string;
  readonly address: Address;
  readonly keys: OfficeKeys;
  /** The public keys of the registrar: whose word is taken for whose keys are whose. */
  readonly registrars: readonly PublicKey[];
  /** The folder of the journal, in which messages outlive this process. */
  readonly path: string;
}

export interface Office {
  readonly address: Address;
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  close(): Promise<void>;
}

export async function openOffice({ origin, address, keys, registrars, path }: OfficeOptions): Promise<Office> {
  // Who speaks to the relay: every request is signed with the key of the office.
  const identity = { address, signer: keys.signer };
  const transport = relayTransport({ origin, identities: [identity] });
  // Whose keys are whose: the relay hands out what the registrar signed, and is not believed itself.
  const directory = registrarDirectory({ source: relayDirectorySource({ origin, identity }), registrars });
  // What is to be sent, and what has come, on the disk until it is done with.
  const store = await fileJournalStore({ path });
  const delivery = { store, transport, keys, directory };
  return {
    address,
    outbox: openOutbox(delivery),
    inbox: openInbox(delivery),
    async close() {
      await transport.close();
      await store.close();
    },
  };
}
