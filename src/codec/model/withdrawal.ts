import { WITHDRAWALS, type Withdrawal } from '../../schema/model/withdrawal.js';
import { type Reading, take } from './reading.js';
import { identityPiece, readIdentity } from './service-user.js';
import { type Path, piece, type Writing } from './writing.js';

const KINDS = Object.keys(WITHDRAWALS) as Withdrawal['of'][];

export function* readWithdrawals(reading: Reading): Generator<Withdrawal> {
  for (const of of KINDS) {
    for (const rows of reading.table.takeAll(WITHDRAWALS[of].layout)) {
      const row = reading.accepts(rows) && reading.one(rows);
      if (!row) continue;
      yield { of, serviceUser: readIdentity(row.record), ...take(WITHDRAWALS[of], row.record) } as Withdrawal;
    }
  }
}

export function writeWithdrawal(withdrawal: Withdrawal, writing: Writing, path: Path): void {
  const part = WITHDRAWALS[withdrawal.of];
  writing.row(part.layout, [identityPiece(withdrawal.serviceUser, path), piece(part, withdrawal, path)]);
}
