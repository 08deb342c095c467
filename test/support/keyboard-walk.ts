import type { Page } from 'playwright-core';

const controls =
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex="-1"])';

/** A date has up to five places to type in; more Tabs than that, and one is caught. */
const mostTabsInOne = 6;

/** What has the focus: its place among the controls; how it is called; whether one sees that it has it. */
interface Step {
  place: number | undefined;
  name: string;
  seen: boolean;
}

/**
 * Goes through a page by Tab alone and tells what a person at a keyboard would complain of: a control that is never
 * reached, one out of order or that can't be left, a focus that can't be seen, and no skip link that leads to the content.
 */
export async function keyboardFaults(page: Page): Promise<string[]> {
  const names = await markControls(page);
  await showWhole(page);
  const faults: string[] = [];
  const reached = new Set<number>();
  let [last, times] = [-1, 0];
  for (let tabs = 0; tabs < names.length * mostTabsInOne; tabs++) {
    await page.keyboard.press('Tab');
    const { place, name, seen } = await focusedStep(page);
    if (place === undefined) {
      if (name === 'body') break;
      continue;
    }
    if (place === 0 && reached.size > 1) break;
    times = place === last ? times + 1 : 0;
    if (times >= mostTabsInOne) return [...faults, `can not be left: ${name}`];
    if (place < last) faults.push(`out of order: ${name}`);
    // Inside of a date, the browser marks the part that has the focus itself.
    if (!seen && times === 0) faults.push(`focus can not be seen: ${name}`);
    reached.add(place);
    last = place;
  }
  faults.push(...names.filter((_, place) => !reached.has(place)).map((name) => `never reached: ${name}`));
  if (!(await skips(page))) faults.push('no skip link first that leads to the content');
  return [...new Set(faults)];
}

/** Numbers what Tab should reach, as it stands on the page: of radio buttons the chosen one, or the first. */
function markControls(page: Page): Promise<string[]> {
  return page.evaluate((selector) => {
    const stops = [...document.querySelectorAll(selector)].filter((control) => {
      if (!control.checkVisibility() || control.matches(':disabled')) return false;
      if (!(control instanceof HTMLInputElement) || control.type !== 'radio') return true;
      const group = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
        ({ name, form }) => name === control.name && form === control.form,
      );
      return control === (group.find(({ checked }) => checked) ?? group[0]);
    });
    for (const [place, stop] of stops.entries()) stop.setAttribute('data-walk', String(place));
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    return stops.map(
      (stop) => stop.getAttribute('name') ?? stop.textContent?.trim().slice(0, 40) ?? stop.tagName,
    );
  }, controls);
}

/** In a window as high as the page nothing has to scroll into view, which takes time. */
async function showWhole(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 1280, height });
}

function focusedStep(page: Page): Promise<Step> {
  return page.evaluate(() => {
    const focused = document.activeElement ?? document.body;
    const place = focused.getAttribute('data-walk');
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
    const { top, bottom, left, right } = focused.getBoundingClientRect();
    const inView = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    const marked = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
    return {
      place: place === null ? undefined : Number(place),
      name: focused.getAttribute('name') ?? focused.textContent?.trim().slice(0, 40) ?? '',
      ...(focused === document.body && { name: 'body' }),
      seen: inView && marked,
    };
  });
}

/** Whether Enter on the first control leads on to the content. */
async function skips(page: Page): Promise<boolean> {
  await page.locator('[data-walk="0"]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const main = document.querySelector('main');
    const focused = document.activeElement;
    const inContent = main?.contains(focused) || !main?.querySelector('a, button, input, select, textarea');
    return location.hash !== '' && document.querySelector(location.hash) !== null && inContent === true;
  });
}
