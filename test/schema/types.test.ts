import type fc from 'fast-check';
import { describe, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import {
  type AssessedCareLevel,
  type CareLevel,
  type FileKind,
  type Incomplete,
  type OfficeType,
  type RecordOf,
  recordSchema,
  type ServiceType,
  type Sex,
  V4_1,
  type Weekday,
} from '../../src/schema/index.js';
import { arbitraryRecord, arbitraryRecords, arbitraryValue } from '../support/arbitrary.js';

type Slip = RecordOf<'UPPLAN'>;
type Supplement = RecordOf<'UPHOSOKU'>;
type Statement = RecordOf<'UPSIKYU'>;

describe('The record of a kind of file', () => {
  it('is known for the 17 kinds', () => {
    expectTypeOf<FileKind>().toEqualTypeOf<
      | 'UPHOSOKU'
      | 'UP1KYO'
      | 'DLT1KYO'
      | 'UP2KYO'
      | 'UP3KYO'
      | 'UPPLAN'
      | 'UPJSK'
      | 'DLTPLAN'
      | 'DLTJSK'
      | 'UPSIKYU'
      | 'UPKIHON'
      | 'DLTKIHON'
      | 'UPKIHON_SUB1'
      | 'UPKIHON_SUB2'
      | 'UPYOBO'
      | 'DLTYOBO'
      | 'UPYOBO_SUB'
    >();
    // @ts-expect-error: there is no such file
    expectTypeOf<RecordOf<'UPNONE'>>();
  });

  it('has the required columns of sheet 6 always, the others as they are filled', () => {
    expectTypeOf<Slip>().toEqualTypeOf<{
      csvVersion: '202407';
      insurerNumber: string;
      insuredPersonNumber: string;
      createdOn: string;
      serviceMonth: string;
      careManagementOfficeNumber: string;
      careManagerName?: string;
      units: number;
      shortStayDaysToPreviousMonth?: number;
      serviceDate: string;
      proratedDays?: string;
      startTime: string;
      endTime: string;
      count: number;
      serviceCode: string;
      taisCode?: string;
      equipmentNotificationCode?: string;
      equipmentName?: string;
      detailNumber?: number;
      serviceOfficeNumber: string;
      serviceOfficeName?: string;
      satelliteNumber?: string;
      overThirtyDays: '0' | '1';
      updatedBy?: string;
      identifier?: never;
    }>();
  });

  it('has the same columns for plan and actuals', () => {
    expectTypeOf<RecordOf<'UPJSK'>>().toEqualTypeOf<Slip>();
  });

  it('has the codes of a table as a union', () => {
    expectTypeOf<Supplement['sex']>().toEqualTypeOf<'1' | '2'>();
    expectTypeOf<Sex>().toEqualTypeOf<'1' | '2'>();
    expectTypeOf<NonNullable<Supplement['careLevel']>>().toEqualTypeOf<CareLevel>();
    expectTypeOf<CareLevel>().toEqualTypeOf<'06' | '12' | '13' | '21' | '22' | '23' | '24' | '25'>();
    expectTypeOf<NonNullable<RecordOf<'UPKIHON'>['careLevel']>>().toEqualTypeOf<AssessedCareLevel>();
    expectTypeOf<NonNullable<RecordOf<'UP3KYO'>['weekday']>>().toEqualTypeOf<Weekday>();
    expectTypeOf<RecordOf<'DLTJSK'>['serviceType']>().toEqualTypeOf<ServiceType>();
    expectTypeOf<'2A'>().toExtend<ServiceType>();
    expectTypeOf<'43'>().not.toExtend<ServiceType>();
    expectTypeOf<'43'>().toExtend<OfficeType>();
  });

  it('has numbers where the table has numbers', () => {
    expectTypeOf<Statement['units']>().toEqualTypeOf<number>();
    expectTypeOf<NonNullable<Statement['unitPrice']>>().toEqualTypeOf<number>();
    expectTypeOf<NonNullable<Statement['officeCode']>>().toEqualTypeOf<string>();
  });

  it('has absent columns left out, not undefined', () => {
    expectTypeOf<{ taisCode: undefined }>().not.toExtend<Pick<Slip, 'taisCode'>>();
    expectTypeOf<Record<never, never>>().toExtend<Pick<Slip, 'taisCode' | 'identifier'>>();
    expectTypeOf<Record<never, never>>().not.toExtend<Pick<Slip, 'units'>>();
  });
});

describe('A record of which something was not understood', () => {
  it('may lack every column and keeps the texts', () => {
    expectTypeOf<Incomplete<Slip>['units']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Incomplete<Slip>['$raw']>().toEqualTypeOf<Readonly<Record<string, string>> | undefined>();
    expectTypeOf<Slip>().toExtend<Incomplete<Slip>>();
  });
});

describe('What is made from a layout', () => {
  it('has the type of its records', () => {
    const [supplement] = V4_1.layouts;
    const schema = recordSchema(supplement);
    expectTypeOf<z.output<typeof schema>>().toEqualTypeOf<Supplement>();
    expectTypeOf(arbitraryRecord(supplement)).toEqualTypeOf<fc.Arbitrary<Supplement>>();
    expectTypeOf(arbitraryRecords(supplement)).toEqualTypeOf<fc.Arbitrary<Supplement[]>>();
    expectTypeOf(arbitraryValue(supplement.columns.sex.kind)).toEqualTypeOf<fc.Arbitrary<Sex>>();
  });
});
