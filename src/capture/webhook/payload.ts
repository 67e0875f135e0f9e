export const webhookEvents = [
  'lead.confirmed',
  'lead.downloaded',
  'lead.assigned',
  'lead.answered',
  'lead.won',
  'lead.lost',
  'subscriber.confirmed',
  'subscriber.unsubscribed',
  'contact.bounced',
  'contact.complained',
  'contact.erased',
  'comment.received',
  'comment.approved',
  'question.asked',
  'question.answered',
  'test',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** The body of a webhook (Standard Webhooks 1.0): `timestamp` is ISO 8601, the moment of the event. */
export interface WebhookPayload {
  type: WebhookEvent;
  timestamp: string;
  data: Record<string, unknown>;
}
