import { writeFileSync } from 'node:fs';
import { differencesPage } from './differences-page.ts';

/** Writes docs/store-differences.md anew. */
writeFileSync(new URL('../../docs/store-differences.md', import.meta.url), differencesPage());
