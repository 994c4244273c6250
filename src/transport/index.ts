/** Where transmissions go: bytes, names and addresses. Nothing is here yet; it will import neither schema nor codec. */
export {};
