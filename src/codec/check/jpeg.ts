/** Whether bytes are a JPEG by their content: they begin with its first two markers, and its end is there. */
export function isJpeg(bytes: Uint8Array): boolean {
  if (!(bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff)) return false;
  // Cameras write their own data behind the end.
  for (let i = bytes.length - 2; i > 2; i--) if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return true;
  return false;
}
