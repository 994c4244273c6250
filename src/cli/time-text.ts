const two = (n: number): string => String(n).padStart(2, '0');

/** A time (milliseconds since 1970 UTC) by the clock of this machine: `2026-11-29 10:15:00`. */
export function timeText(ms: number): string {
  const at = new Date(ms);
  return `${dayText(ms)} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** A day by the clock of this machine: `2026-11-29`. */
export function dayText(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
