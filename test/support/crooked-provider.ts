import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** An ID token before it is written: what it says, how it says it is signed, and with what key. */
export interface Draft {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  key: KeyObject;
}

export interface CrookedProvider {
  issuer: string;
  /** What becomes of the next right ID token. */
  forge: (draft: Draft) => Draft;
  /** The nonce that the next ID token repeats. */
  nonce: string;
  close(): Promise<void>;
}

/** A provider that answers every code with an ID token that a test has changed. */
export async function startCrookedProvider(clientId: string): Promise<CrookedProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(answerTo(new URL(request.url ?? '', provider.issuer).pathname)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const provider: CrookedProvider = {
    issuer: `http://localhost:${typeof address === 'object' && address ? address.port : 0}`,
    forge: (draft) => draft,
    nonce: '',
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };

  function answerTo(path: string): unknown {
    const { issuer, nonce } = provider;
    if (path === '/.well-known/openid-configuration') {
      return {
        issuer,
        authorization_endpoint: `${issuer}/authorise`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'none'],
      };
    }
    if (path === '/keys') {
      return { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] };
    }
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: issuer,
      aud: clientId,
      sub: 'mallory',
      iat: now,
      exp: now + 300,
      nonce,
      roles: ['administrator'],
    };
    const token = write(provider.forge({ header: { alg: 'RS256', kid: 'one' }, claims, key: privateKey }));
    return { access_token: 'access', token_type: 'Bearer', expires_in: 300, id_token: token };
  }

  return provider;
}

function write({ header, claims, key }: Draft): string {
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  if (header.alg === 'none') return `${text}.`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
}
