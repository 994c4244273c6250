import { formatAddress } from '../transport/index.js';
import type { DeliveryProof } from '../transport/outbox/index.js';
import { accountWordsOf } from './account-words.js';
import type { Language } from './io.js';
import { outboxWordsOf } from './outbox-words.js';
import { tableOf } from './table.js';
import { timeText } from './time-text.js';

/** A proof as a person reads it. Files by their kinds; by their names where asked for. */
export function proofText(proof: DeliveryProof, showNames: boolean, language: Language): string {
  const words = outboxWordsOf(language).proof;
  const { states } = accountWordsOf(language);
  const { receipt, sealed, signedReceipts = [] } = proof;
  const facts: [string, string][] = [
    [words.id, proof.id],
    [words.from, formatAddress(proof.from)],
    [words.to, formatAddress(proof.to)],
    [words.serial, proof.serial],
    [words.standard, proof.standard],
    [words.state, states[proof.state]],
  ];
  if (receipt) facts.push([words.accepted, timeText(receipt.acceptedAt)], [words.digest, receipt.digest]);
  if (sealed) facts.push([words.manifest, sealed.manifestSha256]);
  const signed = signedReceipts.length + (receipt?.signed === undefined ? 0 : 1);
  if (signed > 0) facts.push([words.signed, String(signed)]);
  const files = proof.files.map(({ name, kind, size, sha256 }) => [
    showNames ? name : kind,
    `${size} ${words.bytes}`,
    `SHA-256 ${sha256}`,
  ]);
  const history = proof.history.map(({ state, at, code, byPerson }) => [
    timeText(at),
    states[state],
    [code ?? '', byPerson ? words.byPerson : ''].filter(Boolean).join(' '),
  ]);
  const below = (rows: string[][], toTheRight?: number[]) => tableOf(rows, toTheRight).map((line) => `  ${line}`);
  return [words.title, ...below(facts), words.files, ...below(files, [1]), words.history, ...below(history), ''].join(
    '\n',
  );
}
