/** Writes relay/openapi.json from the operations of the relay. Run: npm run generate */
import { writeFileSync } from 'node:fs';
import { openApi } from '../relay/src/http/openapi.js';
import { ROUTES } from '../relay/src/http/routes/index.js';

writeFileSync(new URL('../relay/openapi.json', import.meta.url), `${JSON.stringify(openApi(ROUTES), null, 2)}\n`);
