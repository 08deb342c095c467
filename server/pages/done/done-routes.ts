import { Router } from 'express';
import { toldActions } from '../../../surveys/actions/index.ts';
import { displayNames } from '../../../surveys/municipality/index.ts';
import { problem } from '../../../surveys/problems.ts';
import { everyone } from '../../auth/declared-access.ts';
import { type PageContext, residentPageContext } from '../page-context.ts';
import { sendPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { DonePage } from './done-page.tsx';

/** What was done with what residents said: for everyone. */
export function doneRoutes(readSite: () => Promise<Site>): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/you-said-we-did', everyone, async (request, response) => {
    const page = residentPageContext(request, response, await readSite());
    const told = (await toldActions()).map((action) => action.told);
    await sendPage(request, response, DonePage({ page, told }));
  });

  router.get('/you-said-we-did/:product', everyone, async (request, response) => {
    const page = residentPageContext(request, response, await readSite());
    const product = await productOf(request.params.product, page);
    if (!product) throw problem('notFound');
    const told = (await toldActions(product.key)).map((action) => action.told);
    await sendPage(request, response, DonePage({ page, product, told }));
  });

  return router;
}

/** A product that is known; undefined for any other text. */
export async function productOf(
  key: unknown,
  { locale }: PageContext,
): Promise<{ key: string; name: string } | undefined> {
  if (typeof key !== 'string') return undefined;
  const name = (await displayNames('product', locale)).get(key);
  return name === undefined ? undefined : { key, name };
}
