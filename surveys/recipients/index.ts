export * from './address.ts';
export * from './caps.ts';
export * from './email.ts';
export * from './model.ts';
export * from './opt-out-token.ts';
export * from './phone.ts';
export * from './postal.ts';
export * from './refused.ts';
