import { ContactModel } from '../contacts/model.ts';
import { InvitationModel } from '../invitations/model.ts';
import { ResponseModel } from '../responses/model.ts';

/** Whether anything changed since it was counted: a look at three indexes. */
export async function rollUpDue(): Promise<boolean> {
  const marked = { dirty: true };
  return (
    (await ResponseModel.exists(marked)) !== null ||
    (await InvitationModel.exists(marked)) !== null ||
    (await ContactModel.exists(marked)) !== null
  );
}
