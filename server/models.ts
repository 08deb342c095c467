/**
 * Every model, so that an installation that is opened has all its collections and indexes. Only the files that hold them: what works
 * on them loads mail, forms and redaction, which most commands do without.
 */
import '../surveys/actions/model.ts';
import '../surveys/aggregates/cells.ts';
import '../surveys/aggregates/releases/models.ts';
import '../surveys/callbacks/model.ts';
import '../surveys/client-arena/model.ts';
import '../surveys/contacts/model.ts';
import '../surveys/contacts/open-klant/pending.ts';
import '../surveys/definitions/survey-versions.ts';
import '../surveys/followers/model.ts';
import '../surveys/golden-ear/rounds/model.ts';
import '../surveys/invitations/backlog.ts';
import '../surveys/invitations/model.ts';
import '../surveys/invitations/pause.ts';
import '../surveys/leases.ts';
import '../surveys/migrations/migrate.ts';
import '../surveys/municipality/directory-model.ts';
import '../surveys/municipality/municipality.ts';
import '../surveys/notices/model.ts';
import '../surveys/open-data/editions.ts';
import '../surveys/recipients/model.ts';
import '../surveys/responses/historic/imports.ts';
import '../surveys/responses/import-salts.ts';
import '../surveys/responses/model.ts';
import '../surveys/retention/closed-months.ts';
import '../surveys/retention/settings.ts';
import '../surveys/settings/index.ts';
import '../surveys/shared-links/model.ts';
import '../surveys/unit-records/grants.ts';
import './audit/model.ts';
import './auth/api-tokens.ts';
import './staff/people.ts';
import './staff/sessions.ts';
import './staff/sign-in-links.ts';
import './store-key.ts';
