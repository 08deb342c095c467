export { keyRoutes } from './key-routes.ts';
export { identityProvider } from './oidc/provider.ts';
export { invitePerson, listPeople, removePerson } from './people.ts';
export { peopleRoutes } from './people-routes.ts';
export { mailWelcome } from './send-mail.ts';
export { sessionRoutes } from './session-routes.ts';
export { createSignInLink, firstSignInLink } from './sign-in-links.ts';
export { signInRoutes } from './sign-in-routes.ts';
export { type StaffDoor, staffDoor } from './staff-door.ts';
