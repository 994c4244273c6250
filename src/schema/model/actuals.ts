import type { z } from 'zod';
import { DLTJSK } from '../editions/v4-1/DLTJSK.js';
import { UPJSK } from '../editions/v4-1/UPJSK.js';
import { objectOf, only, refuse } from './part.js';
import { identity } from './service-user.js';
import { checkLines, LINE, LINE_DAY, lines, SLIP, serviceTypeIn } from './usage-slip.js';

export const ACTUALS = only(UPJSK, SLIP.names as never) as typeof SLIP;
export const ACTUALS_LINE = { ...LINE, layout: UPJSK } as typeof LINE;
export const ACTUALS_DAY = { ...LINE_DAY, layout: UPJSK } as typeof LINE_DAY;

/** 実績: what one service office delivered to a person in a month, of one service type, satellites together (section 6). */
export const actuals = objectOf(SLIP, {
  serviceUser: identity,
  serviceMonth: UPJSK.columns.serviceMonth.kind.value(),
  serviceOfficeNumber: UPJSK.columns.serviceOfficeNumber.kind.value(),
  serviceType: DLTJSK.columns.serviceType.kind.value(),
  lines,
}).superRefine((one, context) => {
  checkLines(one, context);
  one.lines.forEach(({ serviceOfficeNumber, serviceCode }, i) => {
    const path = (name: string) => ['lines', i, name];
    if (serviceOfficeNumber !== one.serviceOfficeNumber) {
      refuse(context, 'document.otherOffice', path('serviceOfficeNumber'), { expected: one.serviceOfficeNumber });
    }
    if (serviceTypeIn(serviceCode) !== one.serviceType) {
      refuse(context, 'document.otherOffice', path('serviceCode'), { expected: one.serviceType });
    }
  });
});

/** 実績: what one office delivered to a person in a month, of one service type (section 9). @useDeclaredType */
export type Actuals = z.infer<typeof actuals>;
