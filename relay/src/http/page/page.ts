import { formatAddress } from 'careplan-renkei/transport';
import { html } from 'hono/html';
import type { Relay } from '../../core/relay.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { type Snapshot, snapshot } from '../../sandbox/snapshot.js';
import type { Counters } from '../counters.js';
import type { Answer } from '../route.js';
import { SCRIPT, STYLE } from './assets.js';

type Html = ReturnType<typeof html>;
type Give = (relay: Relay, counters: Counters, sandbox: Sandbox | undefined) => Promise<Answer>;

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What a browser is shown: that the relay works, and in a sandbox what is in its mailboxes. */
export const page: Readonly<Record<string, Give>> = {
  '/': async (relay, counters, sandbox) => ({
    status: 200,
    text: String(await document(relay, counters, sandbox && (await snapshot(relay, MOST)))),
    fields: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY },
  }),
  '/page.css': async () => ({ status: 200, text: STYLE, fields: { 'Content-Type': 'text/css; charset=utf-8' } }),
  '/page.js': async () => ({ status: 200, text: SCRIPT, fields: { 'Content-Type': 'text/javascript; charset=utf-8' } }),
};

/** Messages that the page shows: the newest. */
const MOST = 50;

const document = (relay: Relay, counters: Counters, shown: Snapshot | undefined): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>careplan-relay${shown ? ' (sandbox)' : ''}</title>
<link rel="stylesheet" href="/page.css"><script src="/page.js" defer></script>
</head>
<body>
<h1>careplan-relay${shown ? html` <small>sandbox</small>` : ''}</h1>
<main>
<p id="health">${relay.closing.aborted ? 'Shutting down' : 'Healthy'}, since ${time(counters.startedAt)}. Origin <code>${relay.config.origin}</code>,
receipts signed by <code>${relay.signer.kid}</code>. <a href="/v1/openapi.json">openapi.json</a></p>
${shown ? html`${mailboxes(shown)}${messages(shown)}` : ''}
${requests(counters)}
</main>
</body>
</html>
`;

const mailboxes = ({ mailboxes, now }: Snapshot): Html => html`<h2>Mailboxes</h2>
<p>The relay's clock says ${time(now)}.</p>
<table id="mailboxes"><thead><tr><th>address<th>waiting<th>bytes<th>last number</tr></thead><tbody>
${mailboxes.map(
  ({ address, waiting, bytes, lastSeq }) =>
    html`<tr><td><code>${address}</code><td>${waiting}<td>${bytes}<td>${lastSeq}</tr>\n`,
)}</tbody></table>`;

const messages = ({ messages }: Snapshot): Html => html`<h2>Messages</h2>
<p>What they hold is sealed, the names of their files too.</p>
${messages.length === 0 ? html`<p id="none">There is none yet.</p>` : ''}
<table id="messages"><thead><tr><th>message<th>from, to<th>serial<th>kinds<th>parts<th>bytes<th>state<th>what happened</tr></thead><tbody>
${messages.map(
  (message) => html`<tr data-id="${message.id}"><td><code>${message.id}</code>
<td><code>${formatAddress(message.from)}</code><br><code>${formatAddress(message.to)}</code>
<td>${message.serial}<td>${message.kinds.join(' ')}<td>${message.parts}<td>${message.size}
<td><b class="${message.state}">${message.state}</b>
<td><ol>${message.events.map(({ state, at }) => html`<li>${state} <time>${time(at)}</time></li>`)}</ol></tr>\n`,
)}</tbody></table>`;

const requests = (counters: Counters): Html => html`<h2>Requests</h2>
<table id="requests"><thead><tr><th>operation<th>status<th>count<th>mean ms</tr></thead><tbody>
${counters
  .rows()
  .map(
    ({ operation, status, count, ms }) =>
      html`<tr><td>${operation}<td>${status}<td>${count}<td>${(ms / count).toFixed(1)}</tr>\n`,
  )}</tbody></table>`;

const time = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
