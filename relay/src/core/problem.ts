/** What may go wrong, as PROTOCOL.md section 9 says: status, advice (`Careplan-Retry`) and title. Never renamed. */
export const PROBLEMS = Object.freeze({
  'bad-request': [400, 'no', 'The request is out of form.'],
  'cursor-invalid': [400, 'no', 'The cursor is not from this list.'],
  'token-missing': [401, 'no', 'A credential is needed.'],
  'token-invalid': [401, 'no', 'The credential is not right for this request.'],
  'token-expired': [401, 'now', 'The token is not valid now.'],
  'token-replayed': [401, 'now', 'The token was used before.'],
  'clock-skew': [401, 'now', 'The time of the token is far from that of the relay.'],
  'office-suspended': [403, 'person', 'The address is suspended.'],
  'key-untrusted': [403, 'person', 'The rotation is not signed by a valid key of the address.'],
  'not-found': [404, 'no', 'There is nothing here.'],
  'office-unknown': [404, 'no', 'The address is not in the directory.'],
  'method-not-allowed': [405, 'no', 'The method is not offered here.'],
  'body-timeout': [408, 'later', 'The request did not come whole in time.'],
  'message-conflict': [409, 'no', 'The id is taken by another message.'],
  'serial-conflict': [409, 'person', 'The serial is taken by another message.'],
  'parts-missing': [409, 'now', 'Parts are missing.'],
  'already-committed': [409, 'no', 'The message is committed, and has other bytes.'],
  'receipt-conflict': [409, 'no', 'A receipt says otherwise.'],
  'too-late': [409, 'no', 'The receiver has the message.'],
  'office-inactive': [409, 'no', 'The receiver is suspended.'],
  'key-conflict': [409, 'no', 'There is another key of this name.'],
  expired: [410, 'no', 'The message has expired.'],
  recalled: [410, 'no', 'The sender took the message back.'],
  purged: [410, 'no', 'The bytes of the message are gone.'],
  'content-too-large': [413, 'no', 'This is more than the relay carries.'],
  'uri-too-long': [414, 'no', 'Path and query are too long.'],
  'unsupported-media-type': [415, 'no', 'The Content-Type is another one here.'],
  'range-not-satisfiable': [416, 'no', 'The part has no such bytes.'],
  'digest-mismatch': [422, 'now', 'The bytes are not those of Content-Digest.'],
  'header-invalid': [422, 'no', 'The routing header is not right.'],
  'address-self': [422, 'no', 'Sender and receiver are the same.'],
  'standard-unsupported': [422, 'no', 'The relay does not carry this standard.'],
  'part-mismatch': [422, 'no', 'The part is not what the routing header says.'],
  'receipt-invalid': [422, 'no', 'The receipt is out of form.'],
  'rate-limited': [429, 'later', 'Too many requests.'],
  'fields-too-large': [431, 'no', 'The header fields are too long.'],
  internal: [500, 'later', 'The relay failed.'],
  unavailable: [503, 'later', 'The relay cannot do this now.'],
  'mailbox-full': [507, 'later', 'The mailbox of the receiver is full.'],
} as const satisfies Readonly<Record<string, readonly [number, 'no' | 'now' | 'later' | 'person', string]>>);

export type ProblemSlug = keyof typeof PROBLEMS;

/** Members that some problems have. None repeats a text of the request. */
export interface ProblemMembers {
  readonly nextSerial?: string;
  readonly missing?: readonly number[];
  readonly part?: number;
  readonly reason?: 'form' | 'id' | 'from' | 'expired';
}

/** An answer that refuses. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly slug: ProblemSlug;
  readonly members: ProblemMembers;
  readonly fields: Readonly<Record<string, string>>;

  constructor(slug: ProblemSlug, members: ProblemMembers = {}, fields: Readonly<Record<string, string>> = {}) {
    super(slug);
    this.slug = slug;
    this.members = members;
    this.fields = fields;
  }

  get status(): number {
    return PROBLEMS[this.slug][0];
  }
}

/** The body of a problem, and the fields that go with it. */
export function formatProblem({ slug, members, fields }: Problem, requestId: string) {
  const [status, retry, title] = PROBLEMS[slug];
  const retryable = retry === 'now' || retry === 'later';
  return {
    status,
    body: { type: `urn:careplan:problem:${slug}`, title, status, requestId, retryable, ...members },
    fields: { 'Content-Type': 'application/problem+json', 'Careplan-Retry': retry, ...fields },
  };
}
