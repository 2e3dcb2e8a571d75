import fc from 'fast-check';
import { isPublicAddress } from '../../../activities/production/public-address';

test.each([
  '1.1.1.1',
  '93.184.216.34',
  '2606:4700:4700::1111',
  '::ffff:1.1.1.1',
  '64:ff9b::1.1.1.1',
  '2002:101:101::1',
])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

test.each([
  ['this network', '0.0.0.0'],
  ['private', '10.0.0.1'],
  ['private', '172.16.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.1.1'],
  ['loopback', '127.0.0.1'],
  ['link-local, with the cloud metadata', '169.254.169.254'],
  ['carrier-grade NAT', '100.64.0.1'],
  ['carrier-grade NAT, with another cloud metadata', '100.100.100.200'],
  ['protocol assignments', '192.0.0.170'],
  ['documentation', '192.0.2.1'],
  ['documentation', '198.51.100.1'],
  ['documentation', '203.0.113.1'],
  ['benchmarking', '198.18.0.1'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '::'],
  ['loopback', '::1'],
  ['link-local', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%eth0'],
  ['site-local', 'fec0::1'],
  ['unique local', 'fc00::1'],
  ['unique local, with the cloud metadata', 'fd00:ec2::254'],
  ['multicast', 'ff02::1'],
  ['documentation', '2001:db8::1'],
  ['documentation', '3fff::1'],
  ['Teredo', '2001:0:7f00:1::1'],
  ['ORCHID', '2001:20::1'],
  ['IPv4-mapped', '::ffff:127.0.0.1'],
  ['IPv4-mapped', '::ffff:a00:1'],
  ['IPv4-compatible', '::127.0.0.1'],
  ['IPv4-translated', '::ffff:0:127.0.0.1'],
  ['NAT64 of a private address', '64:ff9b::10.0.0.1'],
  ['local NAT64', '64:ff9b:1::1.1.1.1'],
  ['6to4 of a loopback address', '2002:7f00:1::1'],
  ['segment routing', '5f00::1'],
  ['not allotted for unicast', '4000::1'],
  ['no address', 'localhost'],
  ['no address', ''],
])('%s is not public: %s', (_name, address) => expect(isPublicAddress(address)).toBe(false));

test('an IPv6 address that wraps an IPv4 address is as public as that one', () => {
  fc.assert(
    fc.property(fc.ipV4(), (v4) => {
      const expected = isPublicAddress(v4);
      const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number);
      const groups = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
      for (const v6 of [`::ffff:${v4}`, `::ffff:${groups}`, `64:ff9b::${groups}`, `2002:${groups}::1`]) {
        expect([v6, isPublicAddress(v6)]).toEqual([v6, expected]);
      }
    }),
  );
});
