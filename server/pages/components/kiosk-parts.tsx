import type { PageContext } from '../page-context.ts';
import { idleScript } from './kiosk-script.ts';

/** Seconds after which a page goes back to the start where no script can tell whether somebody is busy. */
const withoutScript = 300;

/** What brings a page of a kiosk back to its start when nobody touches it, with a script and without one. */
export function KioskHead({ start, nonce }: NonNullable<PageContext['kiosk']>) {
  return (
    <>
      <noscript>
        <meta http-equiv="refresh" content={`${withoutScript};url=${start}`} />
      </noscript>
      {/* Ours, and the same for every page. */}
      <script nonce={nonce} dangerouslySetInnerHTML={{ __html: idleScript }} />
    </>
  );
}

/** Asks whether somebody is still there, before the page goes back to its start. The script shows it. */
export function KioskWarning({ page: { kiosk, t } }: { page: PageContext }) {
  return (
    <div class="ge-kiosk__warning" id="kiosk-warning" role="alert" data-start={kiosk?.start} hidden>
      <p class="utrecht-paragraph utrecht-paragraph--lead">{t('kiosk.stillThere')}</p>
      <button class="utrecht-button utrecht-button--primary-action" type="button">
        {t('kiosk.stay')}
      </button>
    </div>
  );
}
