import type { Route } from '../route.js';
import { directory } from './directory.js';
import { inbox } from './inbox.js';
import { outbox } from './outbox.js';
import { open } from './public.js';
import { sandboxRoutes } from './sandbox.js';

/** Every operation of the protocol. */
export const ROUTES: readonly Route[] = [...outbox, ...inbox, ...directory, ...open, ...sandboxRoutes];
