import type { Page } from 'playwright-core';
import { languageName } from '../../server/pages/language-of-form.ts';

/** What has the focus, as a person at a keyboard would tell. */
export interface Focused {
  tag: string;
  type: string;
  name: string;
  value: string;
  text: string;
}

export function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => ({
    tag: document.activeElement?.tagName.toLowerCase() ?? '',
    type: document.activeElement?.getAttribute('type') ?? '',
    name: document.activeElement?.getAttribute('name') ?? '',
    value: document.activeElement?.getAttribute('value') ?? '',
    text: document.activeElement?.textContent?.trim() ?? '',
  }));
}

/** How a person answers: for each question the place of the choice (0 is the first), a number or a text. */
export type Answering = (field: Focused, choices: string[]) => string;

/**
 * Fills in the form with Tab, arrows, space and letters only, and presses Enter on its button.
 * @returns what was chosen, by field name
 */
export async function answerByKeyboard(page: Page, answer: Answering): Promise<Record<string, string>> {
  const given: Record<string, string> = {};
  for (let step = 0; step < 500; step++) {
    await page.keyboard.press('Tab');
    const field = await focused(page);
    if (field.tag === 'button' && field.name !== languageName) {
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      return given;
    }
    if (field.type === 'radio') given[field.name] = await choose(page, field, answer);
    else if (field.tag === 'textarea' || field.type === 'text') {
      given[field.name] = answer(field, []);
      await page.keyboard.type(given[field.name] ?? '');
    }
  }
  throw new Error('The keyboard never reached the button');
}

/** Space takes the first choice of a group; the arrow down takes the next. */
async function choose(page: Page, field: Focused, answer: Answering): Promise<string> {
  const choices = await page
    .locator(`input[type=radio][name="${field.name}"]`)
    .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('value') ?? ''));
  const wanted = answer(field, choices);
  await page.keyboard.press('Space');
  for (let place = 0; place < choices.indexOf(wanted); place++) await page.keyboard.press('ArrowDown');
  return (await focused(page)).value;
}
