export { type ImportResponsesOptions, importResponses } from './import.ts';
export { destroyOldSalts } from './import-salts.ts';
export type { ResponseRejection, ResponseResult } from './judge-item.ts';
export { type Response, ResponseModel } from './model.ts';
export { type RecordOptions, recordResponses } from './record.ts';
export { deleteAnswers, readAnswers, submitAnswers } from './submit.ts';
export type { Submitted } from './write-response.ts';
