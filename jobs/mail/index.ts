export { type InvitationText, invitationBody, minutesFor, type Occasion } from './invitation-mail.ts';
export { formatDay, type MailLanguage, mailLanguage, mailLanguages, mailTexts } from './language.ts';
export { invitationLetter, letterLanguage } from './letter-text.ts';
export { type MailSettings, mailOf, type RenderedBody, renderBody } from './message.ts';
export { type NoticeText, noticeMail } from './notice-mail.ts';
export { invitationShortText } from './short-text.ts';
export { signInMail, welcomeMail } from './staff-mail.ts';
export { testMail } from './test-mail.ts';
