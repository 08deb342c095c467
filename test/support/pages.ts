import { once } from 'node:events';
import { createServer } from 'node:http';
import { createApp } from '../../server/app.ts';
import type { Services } from '../../server/services.ts';
import { recordContacts } from '../../surveys/contacts/index.ts';
import type { Context } from '../../surveys/context.ts';
import { claimDue, recordSent } from '../../surveys/invitations/index.ts';
import { haveCatalogue } from './catalogue.ts';
import { testContext } from './context.ts';
import { testServices } from './services.ts';
import { useStore } from './store.ts';

export interface PagesUnderTest {
  url: string;
  ctx: ReturnType<typeof testContext>;
  /** A request as a browser sends it; redirects are not followed. */
  request(path: string, options?: RequestInit): Promise<{ status: number; headers: Headers; text: string }>;
  /** Posts a form. */
  post(
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): ReturnType<PagesUnderTest['request']>;
}

/** The real app on a free port over a real store; before each test empty but for the built-in surveys. */
export function usePages(env: Record<string, string> = {}): PagesUnderTest {
  useStore();
  const server = createServer();
  const ctx = testContext();
  let services: Services & { close(): Promise<void> };
  const request: PagesUnderTest['request'] = async (path, options = {}) => {
    const headers = { accept: 'text/html', ...options.headers };
    const answered = await fetch(pages.url + path, { redirect: 'manual', ...options, headers });
    return { status: answered.status, headers: answered.headers, text: await answered.text() };
  };
  const pages: PagesUnderTest = {
    url: '',
    ctx,
    request,
    post: (path, fields, headers = {}) =>
      request(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
  };

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    pages.url = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`;
    services = testServices(ctx, { BASE_URL: pages.url, ...env });
    server.on('request', createApp(services));
  });
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await haveCatalogue(ctx);
  });
  after(async () => {
    await services.close();
    server.close();
    server.closeAllConnections();
  });
  return pages;
}

let contacts = 0;

interface Invited {
  survey?: string;
  channel?: string;
  language?: string;
  email?: string;
  product?: string;
}

/** Invites somebody after a contact, as far as the mail that carries these links. The clock moves on to that moment. */
export async function invite(ctx: Context & { clock: { set(to: Date): void } }, invited: Invited = {}) {
  contacts += 1;
  const contact = {
    source: 'test',
    id: `contact-${contacts}`,
    occurredAt: ctx.clock.now().toISOString(),
    department: 'burgerzaken',
    channel: invited.channel ?? 'phone',
    language: invited.language ?? 'nl',
    recipient: { email: invited.email ?? `resident-${contacts}@voorbeeld.example` },
    ...(invited.survey && { survey: invited.survey }),
    ...(invited.product && { product: invited.product }),
  };
  const [result] = await recordContacts(ctx, [contact]);
  if (!result?.sendAt) throw new Error(`Not invited: ${result?.reason ?? JSON.stringify(result)}`);
  ctx.clock.set(new Date(result.sendAt));
  // Invitations of before may be due for their reminder by now.
  const claims = await claimDue(ctx, 'test', { limit: 1_000, leaseMs: 60_000 });
  const claim = claims.find(({ address }) => address === contact.recipient.email);
  if (!claim) throw new Error('The invitation was not due');
  await recordSent(claim);
  return { token: claim.token, survey: `/s/${claim.token}`, optOut: `/o/${claim.optOutToken}` };
}
