export { type InvitationText, invitationBody, minutesFor, type Occasion } from './invitation-mail.ts';
export { type MailLanguage, mailLanguage } from './language.ts';
export { type MailSettings, mailOf } from './message.ts';
export { testMail } from './test-mail.ts';
