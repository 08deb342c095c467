import type { Principal } from '../auth/principal.ts';
import type { Person } from './people.ts';
import type { Session } from './sessions.ts';

/** A member of staff at this moment. */
export interface Present {
  person: Person;
  session: Session;
  principal: Principal;
}

/** A member of staff as pages know them, with the token that every form of theirs carries. */
export interface StaffView extends Present {
  csrf: string;
}
