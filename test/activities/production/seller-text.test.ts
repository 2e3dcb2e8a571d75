import { createCertificateAuthority } from '../../../sim/certificates';
import { answering } from '../../support/sellers/odd-answers';
import { startOddSeller } from '../../support/sellers/odd-seller';
import { ACCESS_KEY, createRig, exceptionOf } from './rig';

const OLD = 'the-key-before-0123456789';
const authority = createCertificateAuthority();

describe("in a seller's text", () => {
  /** The words that a failure with this text leaves behind, in the exception and in the row. */
  async function wordsFor(resultMsg: string, resultCode = '000005') {
    const certificate = await (await authority).issue({ hosts: ['localhost'] });
    const odd = await startOddSeller(certificate, answering({ resultCode, resultMsg }));
    const { newInstance, rows } = createRig({
      url: odd.url,
      authority: await authority,
      previousAccessKey: OLD,
    });
    const { words } = await exceptionOf(newInstance());
    expect(rows).toEqual([expect.objectContaining({ exception: words })]);
    await odd.close();
    return words;
  }

  test('personal data and the access key are masked; ids stay', async () => {
    const said = `mobile 13912345678 / wang@example.com exists for CS2211181819B4LVS, key ${ACCESS_KEY}.`;
    const words = await wordsFor(said);
    expect(words).toMatch(
      /mobile \[phone\] \/ \[e-mail\] exists for CS2211181819B4LVS, key \[access key\]\.$/,
    );
  });

  test('the previous key is masked when it was the one in use', async () => {
    expect(await wordsFor(`no such key: ${OLD}`, '000001')).toMatch(/no such key: \[access key\] \(repeated/);
  });

  test('no part of them is left where the text is cut', async () => {
    const words = await wordsFor(`${'x'.repeat(180)} ${ACCESS_KEY} 13912345678 ${'y'.repeat(300)}`);
    expect(words).not.toContain(ACCESS_KEY.slice(0, 4));
    expect(words).not.toContain('1391');
    for (let cut = 195; cut < 215; cut++) {
      expect(await wordsFor(`${'x'.repeat(cut)} ${ACCESS_KEY}`)).not.toContain('test-');
    }
  });
});
