import type { Action } from '../../../surveys/actions/index.ts';
import type { ArenaCard, ArenaForm, ArenaResult, ArenaSession } from '../../../surveys/client-arena/index.ts';
import type { LinkState } from '../../../surveys/shared-links/index.ts';
import type { TextKey } from '../i18n.ts';

/** One of the four forms of a session, to hand out. */
export interface FormToHandOut {
  form: ArenaForm;
  code: string;
  path: string;
  /** QR code of its address, as SVG. */
  qr: string;
  state: LinkState;
  answers: number;
}

/** All that the page and the report of a session show. */
export interface SessionView {
  session: ArenaSession;
  /** Display name. */
  department: string;
  forms: FormToHandOut[];
  cards: ArenaCard[];
  actions: Action[];
  result: ArenaResult;
  /** Whether the check is due. */
  checkDue: boolean;
}

export type ArenaFault = TextKey;
