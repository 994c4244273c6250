/** What goes along with a call, and with all that is called from it, however long that waits. */
export interface AsyncContext<T> {
  getStore(): T | undefined;
  run<R>(store: T, call: () => R): R;
}
