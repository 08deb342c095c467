import { recordReceipt } from '../../jobs/bounces/index.ts';
import type { NotifyReceipt } from '../../schemas/generated/notify-receipt.ts';
import schema from '../../schemas/notify-receipt.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';
import { problem } from '../../surveys/problems.ts';
import { ref } from './components.ts';
import { type Route, route } from './route.ts';

const check = validator<NotifyReceipt>(schema);

export const notifyReceiptRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/notify-receipts',
    access: 'bounces:write',
    tag: 'Sending',
    summary: 'Callback for delivery receipts of NotifyNL',
    description:
      'The bearer token of the callback is an API key. The answer does not say what was known of a mail. Sent again: no second effect.',
    body: { schema: ref('NotifyReceipt') },
    answers: { 204: { description: 'It was recorded' } },
    handle: async ({ ctx }, { body }) => {
      const checked = check(body);
      if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
      const outcome = await recordReceipt(ctx, checked.value);
      if (outcome !== 'delivered') ctx.count?.('bounces', outcome);
      return { status: 204 };
    },
  }),
];
