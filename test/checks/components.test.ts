import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

interface Bom {
  bomFormat: string;
  metadata: { component: { name: string; purl: string } };
  components: { purl: string; hashes?: { alg: string }[] }[];
}

interface Lock {
  packages: Record<string, { version: string; resolved?: string; integrity?: string; dev?: boolean }>;
}

const root = new URL('../..', import.meta.url).pathname;
const read = <T>(file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as T;

describe('The list of what the product is made of', () => {
  const { dependencies, devDependencies } =
    read<Record<'dependencies' | 'devDependencies', Record<string, string>>>('package.json');
  const { packages } = read<Lock>('package-lock.json');

  it('names each package with version and checksum, and nothing of development', () => {
    const made = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8' });
    expect(made.status, made.stderr).to.equal(0);
    const { bomFormat, metadata, components } = JSON.parse(made.stdout) as Bom;
    expect(bomFormat).to.equal('CycloneDX');
    expect(metadata.component.name).to.equal('golden-ear');
    expect(metadata.component.purl).to.match(/^pkg:npm\/golden-ear@/);
    const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
    const purlOf = (name: string) => `pkg:npm/${name}@${packages[`node_modules/${name}`]?.version}`;
    expect(Object.keys(dependencies).filter((name) => !listed.has(purlOf(name)))).to.deep.equal([]);
    const only = Object.keys(devDependencies).filter((name) => packages[`node_modules/${name}`]?.dev);
    expect(only).to.include('mocha');
    expect(only.filter((name) => listed.has(purlOf(name)))).to.deep.equal([]);
    const product = Object.values(packages).filter(({ dev }) => !dev);
    expect(components).to.have.length.within(product.length * 0.9, product.length);
    expect(components.filter(({ hashes }) => !hashes?.some(({ alg }) => alg === 'SHA-512'))).to.deep.equal(
      [],
    );
    expect(components.filter(({ purl }) => !purl.startsWith('pkg:npm/'))).to.deep.equal([]);
  });

  it('is pinned: every package by its checksum, from the npm registry', () => {
    const named = Object.entries(packages).filter(([place]) => place !== '');
    expect(named).to.have.length.above(Object.keys(dependencies).length);
    const elsewhere = named.filter(
      ([, { integrity, resolved }]) =>
        !integrity?.startsWith('sha512-') ||
        (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
    );
    expect(elsewhere.map(([place]) => place)).to.deep.equal([]);
  });
});
