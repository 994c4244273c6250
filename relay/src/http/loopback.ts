/** Whether a host, as in a URL, is this machine. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.[0-9]{1,3}){3}|\[?::1\]?)$/i.test(host);
