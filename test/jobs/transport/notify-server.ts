import { once } from 'node:events';
import { createServer } from 'node:http';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

/**
 * The requests as published: `post_email_request`, `post_sms_request` and `post_letter_request` of notification_schemas.py in
 * Worth-NL/notifynl-api, which is a copy of GOV.UK Notify. The forms of an address and a phone number are ours.
 */
const reference = { type: 'string', maxLength: 1_000 };
const template_id = { type: 'string', format: 'uuid' };
const personalisation = { type: 'object' };
const scheduled_for = { type: ['string', 'null'] };
const published = {
  email: {
    type: 'object',
    properties: {
      ...{ reference, template_id, personalisation, scheduled_for },
      email_address: { type: 'string', format: 'email' },
      email_reply_to_id: { type: 'string', format: 'uuid' },
      one_click_unsubscribe_url: { type: 'string', format: 'uri', pattern: '^https://' },
      sanitise_content_for: { type: ['array', 'null'] },
    },
    required: ['email_address', 'template_id'],
    additionalProperties: false,
  },
  sms: {
    type: 'object',
    properties: {
      ...{ reference, template_id, personalisation, scheduled_for },
      phone_number: { type: 'string', pattern: '^\\+\\d{8,15}$' },
      sms_sender_id: { type: 'string', format: 'uuid' },
    },
    required: ['phone_number', 'template_id'],
    additionalProperties: false,
  },
  letter: {
    type: 'object',
    properties: { reference, template_id, personalisation },
    required: ['template_id', 'personalisation'],
    additionalProperties: false,
  },
};

const ajv = new Ajv({ allErrors: true });
addFormats.default(ajv);
const checks = new Map(
  Object.entries(published).map(([kind, schema]) => [`/v2/notifications/${kind}`, ajv.compile(schema)]),
);

/** What NotifyNL was asked to send. */
export interface NotifyRequest {
  path: string;
  authorization: string;
  body: {
    reference: string;
    template_id: string;
    personalisation: Record<string, string>;
    email_address?: string;
    phone_number?: string;
    one_click_unsubscribe_url?: string;
  };
}

/** A server that takes what fits the published schema, and refuses what does not, or all when it is told to. */
export async function startNotifyServer() {
  const got: NotifyRequest[] = [];
  let refusal: { status: number; body: object } | undefined;
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const path = request.url ?? '';
    const fits = checks.get(path);
    got.push({ path, authorization: request.headers.authorization ?? '', body });
    const { status, body: answer } =
      refusal ??
      (fits?.(body)
        ? { status: 201, body: {} }
        : {
            status: 400,
            body: { errors: [{ error: 'ValidationError', message: ajv.errorsText(fits?.errors) }] },
          });
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    got,
    refuse(status: number, message: string, error = 'BadRequestError') {
      refusal = { status, body: { status_code: status, errors: [{ error, message }] } };
    },
    reset() {
      got.length = 0;
      refusal = undefined;
    },
    async close() {
      server.close();
    },
  };
}

export type NotifyServer = Awaited<ReturnType<typeof startNotifyServer>>;
