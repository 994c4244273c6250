/** The reference relay as a library: for tests, and for servers of one's own around it. */
export { DEFAULTS, type RelayConfig } from './core/config.js';
export { EntryRefused, putOffice, setStatus } from './core/directory.js';
export { jsonLog, type Log, type LogFields } from './core/log.js';
export { type OpenRelay, openRelay, type RelayOptions } from './core/open.js';
export { PROBLEMS, type ProblemSlug } from './core/problem.js';
export { type RelaySigner, signerOf } from './core/signer.js';
export { type Swept, sweep } from './core/sweep.js';
export { type AppOptions, type Connection, type RelayApp, relayApp } from './http/app.js';
export type { DemoDirectory, DemoOffice } from './sandbox/offices.js';
export { type Fault, reset, type Sandbox } from './sandbox/sandbox.js';
export { type RunningSandbox, type SandboxOptions, SandboxRefused, startSandbox } from './sandbox/start.js';
export { type ListenOptions, listen, type RunningRelay } from './server.js';
export { type Blobs, folderBlobs } from './store/blobs.js';
export type { Database, Dialect, Queries, Row, SqlValue } from './store/database.js';
export { openPostgres } from './store/postgres.js';
export { openSqlite } from './store/sqlite.js';
