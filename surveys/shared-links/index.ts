export {
  deleteSharedAnswers,
  graceMs,
  readSharedAnswers,
  type Sending,
  submitSharedAnswers,
  surveyOfLink,
  takesAnswers,
} from './answering.ts';
export { mintCode, readCode } from './code.ts';
export {
  type AnswerCounts,
  closeSharedLink,
  codeOf,
  countSharedAnswers,
  createSharedLink,
  findSharedLink,
  type HandedOut,
  type LinkState,
  listSharedLinks,
  type NewSharedLink,
  sharedLinkUrl,
  stateOf,
} from './links.ts';
export { type Purpose, type SharedLink, SharedLinkModel } from './model.ts';
export { qrSvg } from './qr.ts';
export { issueTicket, readTicket, type Ticket } from './tickets.ts';
