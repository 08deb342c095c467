/* Made from surveys/catalog/customer-journey.json by "npm run generate". Do not edit. */

export interface CustomerJourney {
  overall?: number;
  ease?: number;
  listening?: number;
  treatment?: number;
  clarity?: number;
  leadTime?: number;
  result?: 'no' | 'partly' | 'yes' | 'pending';
  trust?: number;
  comment?: string;
  callback?: 'no' | 'yes';
  callbackNumber?: string;
}
