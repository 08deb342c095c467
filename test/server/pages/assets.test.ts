import { expect } from 'chai';
import { assetsOf } from '../../../server/pages/assets.ts';
import { defaultMunicipality } from '../../../surveys/municipality/index.ts';

describe('the style sheet', () => {
  it('holds the theme of the municipality after our own tokens, so that the theme wins', () => {
    const theme = { '--golden-ear-color-primary': '#7a1fa2' };
    const css = assetsOf({ ...defaultMunicipality, theme }).stylesheet.body.toString();
    expect(css.trimEnd().endsWith(':root{--golden-ear-color-primary:#7a1fa2;}')).to.equal(true);
    expect(css.indexOf('--golden-ear-color-primary:')).to.be.lessThan(css.lastIndexOf('#7a1fa2'));
  });

  it('changes its name with its content, so that browsers may keep it for ever', () => {
    const [plain, themed] = [{}, { '--golden-ear-measure': '50rem' }].map(
      (theme) => assetsOf({ ...defaultMunicipality, theme }).stylesheet.path,
    );
    expect(plain).to.match(/^\/assets\/style-[0-9a-f]{16}\.css$/);
    expect(themed).not.to.equal(plain);
  });

  it('leaves room for a page within 40 kB', () => {
    const { brotli, gzip } = assetsOf(defaultMunicipality).stylesheet;
    expect(gzip.length).to.be.lessThan(20_000);
    expect(brotli.length).to.be.lessThan(gzip.length);
  });
});

describe('the logo', () => {
  it('is a file of its own with the type it was given', () => {
    const image = `data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')}`;
    const { logo } = assetsOf({ ...defaultMunicipality, logo: { image, text: 'Gemeente' } });
    expect(logo).to.include({ type: 'image/svg+xml' });
    expect(logo?.path).to.match(/^\/assets\/logo-[0-9a-f]{16}\.svg$/);
    expect(logo?.body.toString()).to.equal('<svg/>');
  });
});
