import ipaddr from 'ipaddr.js';

/** Whether a URL's host is this machine itself: `localhost`, or an address of the loopback range. */
export function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return (
    hostname === 'localhost' || (ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback')
  );
}
