import * as oidc from 'openid-client';
import type { OidcSettings } from '../../config.ts';

/** Seconds that the provider's clock may differ from ours. */
const clockTolerance = 30;
/** Seconds to wait for the provider. */
const patience = 5;

/** Asks the provider for its metadata when first needed, and again after a failure. */
export function discoverOnce({
  issuer,
  clientId,
  clientSecret,
}: OidcSettings): () => Promise<oidc.Configuration> {
  let asked: Promise<oidc.Configuration> | undefined;
  return () => {
    asked ??= oidc
      .discovery(
        new URL(issuer),
        clientId,
        { client_secret: clientSecret, [oidc.clockTolerance]: clockTolerance },
        undefined,
        { timeout: patience, execute: executeFor(issuer) },
      )
      .catch((error: unknown) => {
        asked = undefined;
        throw error;
      });
    return asked;
  };
}

/** The signature is checked although the token comes straight from the provider; http is for trying out only. */
function executeFor(issuer: string): ((config: oidc.Configuration) => void)[] {
  const signed = [oidc.enableNonRepudiationChecks];
  return issuer.startsWith('http:') ? [oidc.allowInsecureRequests, ...signed] : signed;
}
