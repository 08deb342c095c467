import type { Express, Request } from 'express';
import type { Problem } from '../../surveys/problems.ts';
import type { Services } from '../services.ts';

/** Mounts every page that people see. */
export function mountPages(_app: Express, _services: Services): void {}

/** The page for a browser when something is wrong: unknown address, no permission, a fault of ours. */
export async function errorPage(_services: Services, _request: Request, error: Problem): Promise<string> {
  return `<!doctype html><html lang="nl"><title>${error.title}</title><h1>${error.title}</h1></html>`;
}
