import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { loadConfig } from '../../server/config.ts';
import { freePort } from '../support/free-port.ts';

const root = new URL('../..', import.meta.url).pathname;
const units = join(root, 'deploy/systemd');

describe('The systemd units', () => {
  for (const unit of readdirSync(units)) {
    it(`${unit} is well formed and shuts in what it starts`, function () {
      if (!existsSync('/usr/bin/systemd-analyze')) this.skip();
      const directory = mkdtempSync(join(tmpdir(), 'golden-ear-units-'));
      const file = join(directory, unit);
      const text = readFileSync(join(units, unit), 'utf8');
      // Where Node lies differs, and the verifier wants a program that is there.
      writeFileSync(file, text.replace('/usr/bin/node', process.execPath));
      try {
        const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
        expect(verified.stderr + verified.stdout).to.equal('');
        expect(verified.status).to.equal(0);
        // Exposure from 0 to 10, of which this is 2.
        const shut = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', file], {
          encoding: 'utf8',
        });
        expect(shut.status, shut.stdout).to.equal(0);
      } finally {
        rmSync(directory, { recursive: true });
      }
    });
  }
});

describe('The compose file', () => {
  const compose = parse(readFileSync(join(root, 'deploy/compose.yaml'), 'utf8'), { merge: true }) as {
    services: Record<
      string,
      { environment: Record<string, string>; command: string[]; deploy: { replicas: number } }
    >;
  };

  it('fits the specification and good practice', () => {
    const args = ['dclint', '-c', 'test/deploy/dclint.json', '--max-warnings', '0', 'deploy/compose.yaml'];
    const { status, stdout } = spawnSync('npx', args, { cwd: root, encoding: 'utf8' });
    expect(status, stdout).to.equal(0);
  });

  it('starts two web and two workers with settings that they understand', () => {
    const sample = {
      GOLDEN_EAR_HOST: 'luister.gemeente.example',
      SMTP_URL: 'smtps://mail.gemeente.example',
      MAIL_FROM: 'vraag@gemeente.example',
    } as Record<string, string>;
    const filled = (text: string) =>
      text.replaceAll(
        /\$\{(\w+)(:[?-][^}]*)?\}/g,
        (_, name: string) => sample[name] ?? `${name}-${'x'.repeat(32)}`,
      );
    for (const name of ['web', 'worker']) {
      const { environment, deploy } = compose.services[name]!;
      const settings = Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [key, filled(value)]),
      );
      const config = loadConfig(settings);
      expect(config).to.include({ production: true, baseUrl: 'https://luister.gemeente.example' });
      expect(deploy.replicas).to.equal(2);
    }
    expect(compose.services.web!.command).to.deep.equal(['serve', '--no-jobs']);
    expect(compose.services.worker!.command).to.deep.equal(['work']);
  });
});

describe('The container file', () => {
  const text = readFileSync(join(root, 'deploy/Containerfile'), 'utf8');
  const last = text.slice(text.lastIndexOf('\nFROM '));

  it('has no fault that the linter knows, and does not run as root', () => {
    expect(validate(text).map(({ message }) => message)).to.deep.equal([]);
    expect(last).to.match(/^USER node$/m);
  });

  it('takes all that the program needs when it runs', async () => {
    if (!existsSync(join(root, 'dist'))) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root });
    const image = mkdtempSync(join(tmpdir(), 'golden-ear-image-'));
    for (const [, from, to] of last.matchAll(/^COPY --from=build \/build\/(\S+) (\S+)$/gm)) {
      const target = join(image, to!);
      mkdirSync(dirname(target), { recursive: true });
      if (from === 'node_modules') symlinkSync(join(root, from), target);
      else cpSync(join(root, from!), target, { recursive: true });
    }
    const command = ['ENTRYPOINT', 'CMD'].flatMap(
      (word) => JSON.parse(new RegExp(`^${word} (.*)$`, 'm').exec(last)![1]!) as string[],
    );
    const port = String(await freePort());
    const child = spawn(process.execPath, command.slice(1), {
      cwd: image,
      env: {
        NODE_ENV: 'production',
        SECRET_KEY: 'x'.repeat(32),
        PORT: port,
        HOST: '127.0.0.1',
        DATA_DIR: join(image, 'data'),
      },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    try {
      let page: Response | undefined;
      while (!page && child.exitCode === null) {
        page = await fetch(`http://127.0.0.1:${port}/genuine`).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const style = /href="(\/assets\/style-[^"]+)"/.exec((await page?.text()) ?? '')?.[1];
      expect((await fetch(`http://127.0.0.1:${port}${style}`)).status).to.equal(200);
    } finally {
      child.kill('SIGTERM');
      expect(await ended).to.deep.equal([0, null]);
      rmSync(image, { recursive: true });
    }
  });
});
