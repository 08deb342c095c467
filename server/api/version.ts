/** The version of the API by semver; its major number is the `/v1` of the path. */
export const apiVersion = '1.0.0';
