import { zipSync } from 'fflate';

/** Packs files into a ZIP; `at` is the time to write into it, in milliseconds since 1970 UTC. */
export function packZip(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  at: number,
): Uint8Array {
  return zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), { level: 6, mtime: new Date(at) });
}
