import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';

/** What the provider says of somebody, by the name with which they sign in there. */
export type Accounts = Map<string, Record<string, unknown>>;

/** How somebody signs in there: what it is called (`acr`), and by what means (`amr`). */
export type Logins = Map<string, { acr?: string; amr?: string[] }>;

export interface ProviderUnderTest {
  issuer: string;
  accounts: Accounts;
  /** For who signs in by more than a name. */
  logins: Logins;
  clientId: string;
  clientSecret: string;
  close(): Promise<void>;
}

/**
 * A certified OpenID provider in this process. Its login page asks for a name only; whoever it knows gets in. The client is
 * the service at `clientUrl`, which need not be known before the first request.
 */
export async function startProvider(clientUrl: () => string): Promise<ProviderUnderTest> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const issuer = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`;
  const accounts: Accounts = new Map();
  const logins: Logins = new Map();
  const client = { clientId: 'golden-ear', clientSecret: randomBytes(24).toString('base64url') };
  let provider: Provider | undefined;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    provider ??= new Provider(issuer, configuration(clientUrl(), client, accounts));
    if (request.url?.startsWith('/login/')) void logIn(provider, logins, request, response);
    else void provider.callback()(request, response);
  });
  return {
    issuer,
    accounts,
    logins,
    ...client,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function configuration(
  clientUrl: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  accounts: Accounts,
): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${clientUrl}/sign-in/callback`],
        post_logout_redirect_uris: [`${clientUrl}/sign-in`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(24).toString('hex')] },
    pkce: { required: () => true },
    acrValues: ['name', 'two-steps'],
    claims: {
      acr: null,
      auth_time: null,
      openid: ['sub', 'amr'],
      profile: ['name', 'roles', 'realm_access', 'departments'],
      email: ['email'],
    },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/login/${uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts.get(sub) }) }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client!.clientId,
        accountId: oidc.session!.accountId!,
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    ttl: {
      Grant: 3_600,
      Session: 3_600,
      Interaction: 600,
      IdToken: 600,
      AccessToken: 600,
      AuthorizationCode: 60,
    },
  };
}

async function logIn(
  provider: Provider,
  logins: Logins,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html');
    response.end(
      '<!doctype html><html lang="en"><title>Work account</title><form method="post"><label>Name <input name="name"></label><button>Log in</button></form></html>',
    );
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const accountId = new URLSearchParams(Buffer.concat(chunks).toString()).get('name') ?? '';
  await provider.interactionFinished(request, response, { login: { accountId, ...logins.get(accountId) } });
}
