import { expect } from 'chai';
import { translator } from '../../../server/pages/i18n.ts';
import { checkForm } from '../../../server/pages/respond/check-form.ts';
import { formMessages } from '../../../server/pages/respond/form-messages.ts';
import { readForm } from '../../../server/pages/respond/form-values.ts';
import { describeSurvey } from '../../../surveys/definitions/published-survey.ts';
import { sampleDefinition } from '../../support/definition.ts';

/** Questions: grade, why (only on a grade of 5 or lower), helped, moment (only when not helped), first, second. */
const survey = describeSurvey(sampleDefinition(), 1, {});

const post = (body: Record<string, unknown>, channel = 'phone') => {
  const form = readForm(survey, body);
  return { form, ...checkForm(survey, channel, form) };
};

describe('a posted form', () => {
  it('is read by the scales of its questions: figures become numbers, texts are trimmed, empty is no answer', () => {
    const { form, faults } = post({
      grade: '4',
      why: ' Te\r\nlang \n',
      helped: '',
      _seen: 'grade why helped',
    });
    expect(form.answers).to.deep.equal({ grade: 4, why: 'Te\nlang' });
    expect(faults).to.deep.equal([]);
  });

  it('keeps "does not apply", for when the page comes back', () => {
    const { form } = post({ grade: '4', helped: '', _seen: 'grade helped' });
    expect(form.values.get('helped')).to.deep.equal({ text: '', notApplicable: true });
  });

  it('brings a question that only now is asked, and says which', () => {
    const { added, asked, faults } = post({ grade: '3', _seen: 'grade helped first second' });
    expect(added).to.deep.equal(['why']);
    expect([...asked]).to.include('why');
    expect(faults).to.deep.equal([]);
  });

  it('leaves out the answer to a question that it showed and that is no longer asked', () => {
    const { form, faults } = post({ grade: '9', why: 'Eerst was ik boos.', _seen: 'grade why helped' });
    expect(form.answers).to.deep.equal({ grade: 9 });
    expect(faults).to.deep.equal([]);
  });

  it('is refused when it answers a question that it did not show', () => {
    for (const body of [
      { grade: '9', why: 'Waarom niet?' },
      { grade: '9', nonsense: '1' },
      { grade: '9', constructor: '1' },
    ]) {
      expect(post(body).faults.map(({ code }) => code)).to.deep.equal(['notAsked']);
    }
  });

  it('is refused for a question of another channel', () => {
    expect(post({ grade: '9', helped: 'yes' }, 'website').faults).to.deep.include({
      pointer: '/helped',
      code: 'notAsked',
      detail: 'this question is not asked here',
    });
  });

  it('is refused with all faults, each in words, in the order of the questions', () => {
    const { faults } = post({ first: ['1', '2'], why: 'x'.repeat(501), grade: '3', helped: 'maybe' });
    const messages = formMessages(survey, faults, { locale: 'nl', t: translator('nl') });
    expect(messages.map(({ key, text }) => [key, text])).to.deep.equal([
      ['why', 'Uw tekst is te lang. Gebruik hoogstens 500 tekens.'],
      ['helped', 'Kies een van de antwoorden.'],
      ['first', 'Deze vraag had twee antwoorden. Kies er één.'],
    ]);
  });

  it('must answer at least one question', () => {
    const { faults } = post({ grade: '', helped: '', _seen: 'grade helped' });
    const messages = formMessages(survey, faults, { locale: 'en', t: translator('en') });
    expect(messages).to.deep.equal([
      { key: undefined, about: undefined, text: 'Answer at least one question.' },
    ]);
  });

  it('cannot reach the prototype of anything', () => {
    const body = Object.assign(Object.create(null), JSON.parse('{"__proto__": "1", "grade": "8"}'));
    const { form, faults } = post(body);
    expect(form.answers).to.deep.equal({ grade: 8 });
    expect(faults.map(({ pointer }) => pointer)).to.deep.equal(['/__proto__']);
  });
});
