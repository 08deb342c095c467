import { type Request, type Response, Router } from 'express';
import { displayNames } from '../../surveys/municipality/index.ts';
import { Problem, problem } from '../../surveys/problems.ts';
import { type Announce, type AuditAction, audit, byRequest } from '../audit/index.ts';
import { createToken, listTokens, revokeToken } from '../auth/api-tokens.ts';
import { fieldsOf } from '../pages/form-body.ts';
import type { TextKey } from '../pages/i18n.ts';
import { type StaffPageContext, staffPageContext } from '../pages/page-context.ts';
import { sendStaffPage } from '../pages/send-page.ts';
import type { Site } from '../pages/site.ts';
import type { Services } from '../services.ts';
import { KeysPage, type KeyValues } from './keys-page.tsx';
import type { StaffDoor } from './staff-door.ts';

const empty: KeyValues = { name: '', scopes: [], departments: [], endsOn: '' };

/** The API keys. A new one is shown in the answer to the form, this once. */
export function keyRoutes({ ctx }: Services, readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/keys', door.needs('keys:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    await sendKeys(response, page, { values: empty });
  });

  router.post('/keys', ...door.form('keys:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const values = keyValues(request);
    try {
      const asked = { ...values, endsOn: values.endsOn || undefined };
      const made = await createToken(ctx, asked, noted(request, response, 'key.made'));
      await sendKeys(response, page, { values: empty, made });
    } catch (error) {
      await sendKeys(response, page, { values, faults: faultTexts(error) });
    }
  });

  router.post('/keys/revoke', ...door.form('keys:write'), async (request, response) => {
    const { locale } = staffPageContext(request, response, await readSite());
    const noting = noted(request, response, 'key.revoked');
    const revoked = await revokeToken(String(fieldsOf(request).key), noting);
    if (revoked === undefined) throw problem('notFound');
    response.redirect(303, `/keys?lang=${locale}`);
  });

  function noted(request: Request, response: Response, what: AuditAction): Announce {
    return (on) => audit(ctx, { ...byRequest(ctx.keys, request, response), what, on });
  }

  return router;
}

async function sendKeys(
  response: Response,
  page: StaffPageContext,
  { values, faults = [], made }: { values: KeyValues; faults?: TextKey[]; made?: string },
): Promise<void> {
  const [keys, names] = await Promise.all([listTokens(), displayNames('department', page.locale)]);
  const choices = [...names].map(([value, label]) => ({ value, label }));
  sendStaffPage(
    response,
    KeysPage({ page, keys, choices, values, faults, made }),
    faults.length > 0 ? 400 : 200,
  );
}

function keyValues(request: Request): KeyValues {
  const { name, scopes, departments, endsOn } = fieldsOf(request);
  const list = (field: string | string[] | undefined) => (field === undefined ? [] : [field].flat());
  return {
    name: String(name ?? ''),
    scopes: list(scopes),
    departments: list(departments),
    endsOn: String(endsOn ?? ''),
  };
}

/** One sentence for each field with a fault. */
function faultTexts(error: unknown): TextKey[] {
  if (!(error instanceof Problem) || error.code !== 'invalidBody') throw error;
  const texts = error.faults.map(({ pointer, code }): TextKey => {
    if (code === 'wholeMunicipality') return 'keys.fault.departments';
    if (pointer === '/name') return 'keys.fault.name';
    return pointer === '/endsOn' ? 'keys.fault.endsOn' : 'keys.fault.scopes';
  });
  return [...new Set(texts)];
}
