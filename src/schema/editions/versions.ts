/** One csvVersion in the history of the standard (section 4). */
export interface CsvVersion {
  readonly csvVersion: string;
  /** The first service month it applies to, `YYYY-MM`. */
  readonly from: string;
  readonly edition?: string;
  readonly note?: string;
}

/** Every csvVersion there has been, in the order of the standard's table. */
export const CSV_VERSIONS: readonly CsvVersion[] = Object.freeze([
  { csvVersion: '201910', from: '2020-03' },
  { csvVersion: '202003', from: '2020-10' },
  { csvVersion: '202208', from: '2023-01', edition: '3, 3.1, 3.2' },
  { csvVersion: '202504', from: '2025-04', edition: '4.0', note: 'service type in file names was 3 characters' },
  { csvVersion: '202407', from: '2025-04', edition: '4.1', note: 'service type in file names is 2 characters' },
]);
