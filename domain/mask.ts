const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,63}/gu;
/**
 * A Chinese mobile number, in one piece or as 138-0013-8000, or any number in international form; digits
 * within an id are none.
 */
const PHONE = /(?<![\w-])(?:1[3-9]\d(?:[ -]?\d{4}){2}|\+\d[\d -]{6,18}\d)(?![\w-])/g;
/** A JSON Web Token: its header is a JSON object in base64url. Bounded, so that no text takes long. */
const TOKEN = /\beyJ[\w-]{1,1024}(?:\.[\w-]*){2,4}/g;
/** A licence code, as Steward writes it (domain.md 2.4): eight groups of four signs. */
const LICENSE_CODE = /(?<![\w-])(?:[\dA-HJKMNP-TV-Z]{4}[ -]){7}[\dA-HJKMNP-TV-Z]{4}(?![\w-])/gi;

/**
 * Masks what is personal or secret by its look, wherever it stands in a text: e-mail addresses, phone
 * numbers, bearer tokens and licence codes. Ids and times stay.
 *
 * @example mask('138-0013-8000 or a@b.cn has CS2211181819B4LVS') // '[phone] or [e-mail] has CS2211181819B4LVS'
 */
export function mask(text: string): string {
  return text
    .replace(TOKEN, '[token]')
    .replace(LICENSE_CODE, '[licence code]')
    .replace(EMAIL, '[e-mail]')
    .replace(PHONE, '[phone]');
}
