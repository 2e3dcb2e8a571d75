export { makeKey, type KeyName } from './make';
export { reencryptStored } from './reencrypt';
export { keyStatus } from './status';
export { statusText } from './status-text';
