import { recordReceipt, recordReturnedLetter } from '../../jobs/bounces/index.ts';
import type { NotifyReceipt } from '../../schemas/generated/notify-receipt.ts';
import type { NotifyReturnedLetter } from '../../schemas/generated/notify-returned-letter.ts';
import receiptSchema from '../../schemas/notify-receipt.schema.json' with { type: 'json' };
import returnedSchema from '../../schemas/notify-returned-letter.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';
import { problem } from '../../surveys/problems.ts';
import { ref } from './components.ts';
import { type Route, route } from './route.ts';

const checkReceipt = validator<NotifyReceipt>(receiptSchema);
const checkReturned = validator<NotifyReturnedLetter>(returnedSchema);

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
      const checked = checkReceipt(body);
      if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
      const outcome = await recordReceipt(ctx, checked.value);
      if (outcome !== 'delivered') ctx.count?.('bounces', outcome);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/v1/notify-returned-letters',
    access: 'bounces:write',
    tag: 'Sending',
    summary: 'Callback for returned letters of NotifyNL',
    description:
      'The bearer token of the callback is an API key. The answer does not say what was known of a letter. Sent again: no second effect.',
    body: { schema: ref('NotifyReturnedLetter') },
    answers: { 204: { description: 'It was recorded' } },
    handle: async ({ ctx }, { body }) => {
      const checked = checkReturned(body);
      if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
      ctx.count?.('bounces', await recordReturnedLetter(ctx, checked.value));
      return { status: 204 };
    },
  }),
];
