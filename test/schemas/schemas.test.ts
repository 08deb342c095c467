import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createAjv } from '../../schemas/validate.ts';

const folder = new URL('../../schemas/', import.meta.url);

describe('the schemas', () => {
  const ajv = createAjv();

  for (const file of readdirSync(folder).filter((name) => name.endsWith('.schema.json'))) {
    it(`${file} is a schema by JSON Schema 2020-12, and strict`, () => {
      const schema = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
      expect(ajv.validateSchema(schema), ajv.errorsText()).to.equal(true);
      expect(ajv.compile(schema)).to.be.a('function');
    });
  }
});
