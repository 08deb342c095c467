/** The channels every installation starts with, in the order in which they are shown. */
export const defaultChannels: ReadonlyMap<string, { nl: string; en: string }> = new Map([
  ['counter', { nl: 'Balie', en: 'Counter' }],
  ['phone', { nl: 'Telefoon', en: 'Phone' }],
  ['website', { nl: 'Website', en: 'Website' }],
  ['email', { nl: 'E-mail', en: 'E-mail' }],
  ['post', { nl: 'Post', en: 'Post' }],
  ['chat', { nl: 'Chat', en: 'Chat' }],
  ['social-media', { nl: 'Sociale media', en: 'Social media' }],
  ['neighbourhood', { nl: 'In de wijk', en: 'Neighbourhood' }],
  ['home-visit', { nl: 'Huisbezoek', en: 'Home visit' }],
]);
