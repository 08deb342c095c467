import { Router } from 'express';
import { readOutbox, readOutboxMail } from '../../../jobs/transport/index.ts';
import { problem } from '../../../surveys/problems.ts';
import { everyone } from '../../auth/declared-access.ts';
import { pageContext } from '../page-context.ts';
import { sendPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { OutboxMailPage, OutboxPage } from './outbox-pages.tsx';

/** The mails that were written to disk instead of sent. Never mounted in production: their links are secrets. */
export function outboxRoutes(directory: string, readSite: () => Promise<Site>): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/outbox', everyone, async (request, response) => {
    const page = pageContext(request, response, await readSite());
    await sendPage(request, response, OutboxPage({ page, mails: await readOutbox(directory) }));
  });

  router.get('/outbox/:id', everyone, async (request, response) => {
    const mail = await readOutboxMail(directory, request.params.id);
    if (!mail) throw problem('notFound');
    const page = pageContext(request, response, await readSite());
    await sendPage(request, response, OutboxMailPage({ page, mail }));
  });

  router.get('/outbox/:id/html', everyone, async (request, response) => {
    const mail = await readOutboxMail(directory, request.params.id);
    if (!mail) throw problem('notFound');
    // As a mail program shows it: styles of its own, no scripts, nothing loaded from elsewhere.
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; sandbox allow-popups",
    );
    response.type('html').send(mail.html);
  });

  return router;
}
