import { expect } from 'chai';
import { readHousehold, readPostalAddress } from '../../../surveys/recipients/index.ts';

describe('surveys/recipients: postal addresses', () => {
  const address = {
    name: 'J. Jansen',
    street: 'Kade',
    houseNumber: '12',
    postcode: '1315HT',
    city: 'Almere',
  };
  const household = (houseNumber: string, postcode = '1315 HT') =>
    readPostalAddress({ ...address, houseNumber, postcode })?.normalised;

  it('stand on an envelope as the post wants them', () => {
    const untidy = { ...address, name: ' J.   Jansen ', postcode: '1315ht', city: 'Almere ' };
    expect(readPostalAddress(untidy)?.lines).to.equal('J. Jansen\nKade 12\n1315 HT Almere');
  });

  it('are one household however number and postcode are written', () => {
    expect(new Set(['12 A', '12-a', '12A', '12/A'].map((number) => household(number))).size).to.equal(1);
    expect(household('12', '1315ht')).to.equal(household('12', ' 1315 HT '));
    for (const typed of ['1315 HT 12 b-3', '1315ht, 12B3', ' 1315HT  12 B 3 '])
      expect(readHousehold(typed), typed).to.equal(household('12B-3'));
  });

  it('are not those of the neighbours', () => {
    const numbers = ['1', '12', '123', '12-3', '1-23', '12a', '12a3', '12-1'];
    expect(new Set(numbers.map((number) => household(number))).size).to.equal(numbers.length);
  });

  it('are none where no letter can go, and nothing else is read as one', () => {
    for (const postcode of ['0315 HT', '1315', '1315 H', 'SW1A 1AA', '1315 HT Almere'])
      expect(household('12', postcode), postcode).to.equal(undefined);
    expect(household('A')).to.equal(undefined);
    for (const city of ['Almere\u2028Buiten', 'Almere\nBuiten', ' '])
      expect(readPostalAddress({ ...address, city }), JSON.stringify(city)).to.equal(undefined);
    for (const typed of ['1315 HT', '1315HT12', '0612345678', '06 12 34 56 78', 'eva@voorbeeld.example', ''])
      expect(readHousehold(typed), typed).to.equal(undefined);
  });
});
