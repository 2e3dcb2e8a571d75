import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** What a name has: its addresses of each family, `'refuses'` for SERVFAIL, or `'silent'` for no answer. */
export interface NameRecords {
  A: readonly string[] | 'refuses' | 'silent';
  AAAA: readonly string[] | 'refuses' | 'silent';
}

/** A name server on loopback. */
export interface NameServer {
  /** `address:port`. */
  address: string;
  /** What was asked so far, as `seller.example A`. */
  asked: string[];
  close(): Promise<void>;
}

const TYPES: Record<number, keyof NameRecords> = { 1: 'A', 28: 'AAAA' };
const HEADER = 12;
const [ANSWERED, SERVFAIL, NXDOMAIN] = [0x8180, 0x8182, 0x8183];

/** Starts a DNS server on UDP that knows these names; others do not exist. */
export async function startNameServer(names: Record<string, NameRecords>): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = question(query);
    asked.push(`${name} ${type}`);
    const records = names[name]?.[type];
    if (records === 'silent') return;
    const found = Array.isArray(records) ? (records as string[]).map((one) => record(type, one)) : [];
    const header = Buffer.alloc(HEADER);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(records === undefined ? NXDOMAIN : records === 'refuses' ? SERVFAIL : ANSWERED, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(found.length, 6);
    socket.send(Buffer.concat([header, query.subarray(HEADER, end), ...found]), port, address);
  });
  socket.bind(0, '127.0.0.1').unref();
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    async close() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

function question(query: Buffer): { name: string; type: keyof NameRecords; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return {
    name: labels.join('.').toLowerCase(),
    type: TYPES[query.readUInt16BE(at + 1)] ?? 'A',
    end: at + 5,
  };
}

/** IPv6 addresses are given in full: eight groups. */
function record(type: keyof NameRecords, address: string): Buffer {
  const data =
    type === 'A'
      ? Buffer.from(address.split('.').map(Number))
      : Buffer.from(
          address
            .split(':')
            .map((group) => group.padStart(4, '0'))
            .join(''),
          'hex',
        );
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type === 'A' ? 1 : 28, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
