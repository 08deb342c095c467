import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** The widths at which pages are tried, in CSS pixels: the narrowest that WCAG asks for, and a desk. */
export const widths = [320, 1280] as const;

const launchFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--no-first-run',
];

/** Starts Debian's Chromium (CHROMIUM_PATH: another one). */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, headless: true, args: launchFlags });
}

interface Visitor {
  width?: number;
  /** Residents' pages work without scripts, so visitors have none unless a test says so. */
  javaScript?: boolean;
  language?: string;
}

/**
 * One browser for a suite; each visitor is somebody else, with cookies and settings of their own. The next visitor is so
 * too, but in a window with scripts that others used before: a window of one's own takes a third of a second of
 * processor time.
 */
export function useBrowser(): {
  visitor(options?: Visitor): Promise<Page>;
  nextVisitor(): Promise<Page>;
} {
  let browser: Browser | undefined;
  let window: Page | undefined;
  const contexts: BrowserContext[] = [];

  before(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  after(async () => {
    await browser?.close();
  });

  async function open({ width = 1280, javaScript = false, language = 'nl-NL' }: Visitor) {
    if (!browser) throw new Error('The browser is only there while tests run');
    return browser.newContext({
      viewport: { width, height: 900 },
      javaScriptEnabled: javaScript,
      locale: language,
    });
  }

  return {
    async visitor(options = {}) {
      const context = await open(options);
      contexts.push(context);
      return context.newPage();
    },
    async nextVisitor() {
      window ??= await (await open({ javaScript: true })).newPage();
      await window.goto('about:blank');
      await window.context().clearCookies();
      return window;
    },
  };
}

/** What axe finds on the page by WCAG 2.2 A and AA and its own best practices: one line for each fault. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    // In the page, axe is a global.
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // Of what is good it need not say where it is.
      resultTypes: ['violations'],
    }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** By how many pixels the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
