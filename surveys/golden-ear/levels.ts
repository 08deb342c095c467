import type { LocalisedText } from '../../schemas/generated/survey-definition.ts';

/** A level of the Golden Ear recognition. Here it is always indicative: no official recognition. */
export interface Level {
  key: 'start' | 'committed' | 'oneStar' | 'twoStars' | 'threeStars' | 'fourStars' | 'fiveStars';
  /** Points, of 100, from which the level holds. */
  from: number;
  stars: number;
  title: LocalisedText;
}

/** From low to high. Source of the limits: goudenoor.nl/1-erkenning; "startpunt" is this project's own word. */
const levels: readonly Level[] = [
  { key: 'start', from: 0, stars: 0, title: { nl: 'startpunt', en: 'starting point' } },
  { key: 'committed', from: 20, stars: 0, title: { nl: 'committed', en: 'committed' } },
  { key: 'oneStar', from: 30, stars: 1, title: { nl: '1 ster', en: '1 star' } },
  { key: 'twoStars', from: 50, stars: 2, title: { nl: '2 sterren', en: '2 stars' } },
  { key: 'threeStars', from: 70, stars: 3, title: { nl: '3 sterren', en: '3 stars' } },
  { key: 'fourStars', from: 80, stars: 4, title: { nl: '4 sterren', en: '4 stars' } },
  { key: 'fiveStars', from: 90, stars: 5, title: { nl: '5 sterren', en: '5 stars' } },
];

/** The highest level that a total of 0 to 100 points reaches. */
export function levelOf(points: number): Level {
  return levels.findLast((level) => points >= level.from) ?? levels[0]!;
}
