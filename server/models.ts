/** Every model, so that an installation that is opened has all its collections and indexes. */
import '../surveys/aggregates/index.ts';
import '../surveys/callbacks/index.ts';
import '../surveys/contacts/model.ts';
import '../surveys/definitions/index.ts';
import '../surveys/invitations/index.ts';
import '../surveys/migrations/index.ts';
import '../surveys/municipality/index.ts';
import '../surveys/notices/index.ts';
import '../surveys/recipients/index.ts';
import '../surveys/responses/index.ts';
import '../surveys/retention/index.ts';
import '../surveys/settings/index.ts';
import '../surveys/shared-links/index.ts';
import './audit/index.ts';
import './auth/api-tokens.ts';
import './staff/index.ts';
