import { OPTIONAL_VERBS } from '../../transport.js';
import { ensure, same } from '../assert.js';
import type { CaseSpec } from '../case.js';

export const manifest: readonly CaseSpec[] = [
  {
    name: 'is frozen, all of it',
    async run({ a }) {
      const { capabilities } = a;
      for (const part of [capabilities, capabilities.limits, capabilities.status, capabilities.standards]) {
        ensure(Object.isFrozen(part), 'a part of the manifest can be changed');
      }
    },
  },
  {
    name: 'is the same before and after use, and at both ends',
    async run(context) {
      const before = JSON.stringify(context.a.capabilities);
      const message = await context.message();
      await context.deliver(message);
      await context.fetch((await context.entry(message)).id);
      same(JSON.stringify(context.a.capabilities), before, 'the manifest after use');
      same(JSON.stringify(context.b.capabilities), before, 'the manifest of the other end');
    },
  },
  {
    name: 'has positive limits, an edition of the standard and this contract',
    async run({ a }) {
      const { limits, standards } = a.capabilities;
      same(a.contract, 1, 'the contract');
      ensure(a.name !== '', 'a transport has a name');
      ensure(Math.min(limits.maxParts, limits.maxPartBytes, limits.maxMessageBytes) > 0, 'a limit is not positive');
      ensure(limits.maxPartBytes <= limits.maxMessageBytes, 'a part may be larger than a message');
      ensure(standards.length > 0, 'no edition of the standard is carried');
    },
  },
  {
    name: 'claims a verb exactly when there is one',
    async run({ a }) {
      for (const verb of OPTIONAL_VERBS) same(a.capabilities[verb], typeof a[verb] === 'function', verb);
    },
  },
  {
    name: 'reports states only where something can be asked, and hand-over exactly where it hands over',
    async run({ a }) {
      const { acceptance, lookup, listSent, status } = a.capabilities;
      same(status.length > 0, lookup !== 'none' || listSent, 'whether states are reported');
      if (status.length > 0) same(status.includes('handed-off'), acceptance === 'handoff', 'whether it hands over');
    },
  },
];
