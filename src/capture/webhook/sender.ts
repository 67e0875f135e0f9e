/** Sends events to the owner's CRM. */
export interface WebhookSender {
  /** Delivers `body` under an id that stays the same on each attempt; throws `WebhookRefused`. */
  send(id: string, body: string): Promise<void>;
}

/** An event was not taken: for now, or for good (410). */
export class WebhookRefused extends Error {
  override name = 'WebhookRefused';
  readonly permanent: boolean;
  /** For how long, in milliseconds, the receiver asked not to be tried again. */
  readonly retryAfter: number | undefined;
  constructor(
    message: string,
    { permanent = false, retryAfter }: { permanent?: boolean; retryAfter?: number | undefined } = {},
  ) {
    super(message);
    this.permanent = permanent;
    this.retryAfter = retryAfter;
  }
}
