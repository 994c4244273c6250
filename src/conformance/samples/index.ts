import type { PatternId } from '../pattern.js';
import { actualsSet } from './actuals.js';
import { carePlanSet } from './care-plans.js';
import { basicInformationSet, preventivePlanSet } from './preventive-documents.js';
import { preventiveActualsSet, preventiveSlipSet } from './preventive-slips.js';
import type { SampleSet } from './set.js';
import { usageSlipSet } from './slips.js';

const SETS: Readonly<Record<PatternId, () => SampleSet>> = {
  D1: carePlanSet,
  D2: usageSlipSet,
  D3: actualsSet,
  D4: basicInformationSet,
  D5: preventivePlanSet,
  D6: preventiveSlipSet,
  D7: preventiveActualsSet,
};

/** The sample transmissions of a pattern: objects, the same each time, about invented persons. */
export const sampleSet = (pattern: PatternId): SampleSet => SETS[pattern]();
