import { getMunicipality, type Municipality } from '../../surveys/municipality/index.ts';
import { whenStoreChanges } from '../../surveys/store.ts';
import { within } from '../operation/within.ts';
import { type Assets, assetsOf } from './assets.ts';

/** What all pages have in common. The same object is given until the municipality changes. */
export interface Site {
  municipality: Municipality;
  assets: Assets;
}

export function siteOf(municipality: Municipality): Site {
  return { municipality, assets: assetsOf(municipality) };
}

/**
 * Reads the municipality at most once in `maximumAge` milliseconds (of the machine's own steady clock:
 * this is about work saved, not about dates), so that a resident's page costs no query for its frame.
 */
export function siteReader(maximumAge = 2_000): () => Promise<Site> {
  let known: { site: Site; content: string; readAt: number } | undefined;
  whenStoreChanges(() => {
    known = undefined;
  });
  return async () => {
    const now = performance.now();
    if (known && now - known.readAt < maximumAge) return known.site;
    const municipality = await read(known?.site.municipality);
    const content = JSON.stringify(municipality);
    known = { site: known?.content === content ? known.site : siteOf(municipality), content, readAt: now };
    return known.site;
  };
}

/** Milliseconds after which what was read before is good enough. */
const patience = 300;

/** While the store does not answer, the municipality looks as it did before. */
async function read(before: Municipality | undefined): Promise<Municipality> {
  if (before === undefined) return getMunicipality();
  return within(patience, getMunicipality).catch(() => before);
}
