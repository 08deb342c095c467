export { createSignInLink, firstSignInLink } from './sign-in-links.ts';
export { signInRoutes } from './sign-in-routes.ts';
export { type StaffDoor, staffDoor } from './staff-door.ts';
