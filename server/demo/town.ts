import { putEntry, putMunicipality } from '../../surveys/municipality/index.ts';
import type { Channel, Department } from './contacts.ts';
import town from './town.json' with { type: 'json' };

/** The demo's municipality: departments with their channels and products, and how contacts go there. All fictional. */
export const departments: Department[] = town.departments.map(({ channels, ...department }) => ({
  ...department,
  channels: Object.entries(channels) as [Channel, number][],
  products: department.products.map(([key, nl, en, weight]) => ({
    key: String(key),
    names: { nl: String(nl), en: String(en) },
    weight: Number(weight),
  })),
}));

export const { stages, comments } = town;

/** How much better or worse a channel is lived than the department as a whole, on the scale of `mood`. */
export const channelMood: Readonly<Record<string, number>> = town.channelMood;

/** Gives the installation the demo town's name and the display names of its departments and products. */
export async function furnish(): Promise<void> {
  await putMunicipality(town.municipality);
  for (const { key, nl, en, products } of departments) {
    await putEntry('department', key, { names: { nl, en } });
    for (const product of products) await putEntry('product', product.key, { names: product.names });
  }
}
