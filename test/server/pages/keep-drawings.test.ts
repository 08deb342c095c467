import { expect } from 'chai';
import { keepDrawings } from '../../../server/pages/overview/keep-drawings.ts';

describe('drawings that are kept', () => {
  let drawn: string[];
  const draw = keepDrawings(async (rows: { name: string; share?: number | undefined }[], target?: number) => {
    const picture = `${rows.map(({ name, share }) => `${name} ${share}`)} ${target}`;
    drawn.push(picture);
    return picture;
  });

  beforeEach(() => {
    drawn = [];
  });

  it('draws the same once', async () => {
    const pictures = [await draw([{ name: 'a', share: 0.5 }]), await draw([{ name: 'a', share: 0.5 }])];
    expect(pictures).to.deep.equal(['a 0.5 undefined', 'a 0.5 undefined']);
    expect(drawn).to.have.lengthOf(1);
  });

  it('draws whatever differs in a figure, a name, a goal, or in being hidden', async () => {
    const given: Parameters<typeof draw>[] = [
      [[{ name: 'b', share: 0.5 }]],
      [[{ name: 'b', share: 0.51 }]],
      [[{ name: 'c', share: 0.5 }]],
      [[{ name: 'b', share: 0.5 }], 0.8],
      [[{ name: 'b' }]],
      [[]],
    ];
    for (const parts of given) await draw(...parts);
    expect(new Set(drawn)).to.have.lengthOf(given.length);
  });

  it('forgets the oldest, so that it stays small', async () => {
    for (let place = 0; place <= 32; place++) await draw([{ name: `row ${place}` }]);
    await draw([{ name: 'row 1' }]);
    expect(drawn).to.have.lengthOf(33);
    await draw([{ name: 'row 0' }]);
    expect(drawn).to.have.lengthOf(34);
  });
});
