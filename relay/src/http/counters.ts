/** Numbers for `/metrics` and the page: how often each operation was answered with which status. */
export interface Counters {
  count(operation: string, status: number, ms: number): void;
  readonly startedAt: number;
  rows(): readonly {
    readonly operation: string;
    readonly status: number;
    readonly count: number;
    readonly ms: number;
  }[];
}

export function counters(now: number): Counters {
  const counted = new Map<string, { operation: string; status: number; count: number; ms: number }>();
  return {
    startedAt: now,
    count(operation, status, ms) {
      const name = `${operation} ${status}`;
      const row = counted.get(name) ?? { operation, status, count: 0, ms: 0 };
      counted.set(name, row);
      row.count += 1;
      row.ms += ms;
    },
    rows: () =>
      [...counted.values()].sort((a, b) => (`${a.operation} ${a.status}` < `${b.operation} ${b.status}` ? -1 : 1)),
  };
}

/** The counters in the text format of Prometheus. */
export function formatMetrics(counters: Counters, waiting: number): string {
  const rows = counters.rows();
  const line = (name: string, { operation, status }: (typeof rows)[number], value: number) =>
    `${name}{operation="${operation}",status="${status}"} ${value}`;
  return [
    '# TYPE careplan_relay_requests_total counter',
    ...rows.map((row) => line('careplan_relay_requests_total', row, row.count)),
    '# TYPE careplan_relay_request_seconds_total counter',
    ...rows.map((row) => line('careplan_relay_request_seconds_total', row, row.ms / 1000)),
    '# TYPE careplan_relay_waiting gauge',
    `careplan_relay_waiting ${waiting}`,
    '',
  ].join('\n');
}
