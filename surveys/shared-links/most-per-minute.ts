/** Answers to a link in one minute beyond which they come faster than people answer. */
export const mostPerMinute = 20;
