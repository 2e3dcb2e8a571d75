"""Makes signature-vectors.json: V2.0 signatures (domain.md 1.2) by an implementation of its own.

Run: python3 signature-vectors.py > signature-vectors.json
"""

import hashlib
import hmac
import json
import sys

ACCESS_KEY = "FAPnMRcQ-5hNdmX8wB2tKz7Y"
NONCE = "50D83FDECAED6CCD8EF597F2A577950527928BA287D04E6036E92B2806FD17DA"
TIMESTAMP = "1680508066618"

CASES = {
    "newInstance as published": (
        ACCESS_KEY,
        '{"activity":"newInstance","businessId":"87b94795-0603-4e24-8ae5-69420d60e3c8",'
        '"orderId":"CS2211181819B4LVS","orderLineId":"CS2211181819B4LVS-000001","testFlag":"0"}',
    ),
    "unsorted keys": (
        ACCESS_KEY,
        '{"orderLineId":"CS2211181819B4LVS-000001","orderId":"CS2211181819B4LVS",'
        '"businessId":"87b94795-0603-4e24-8ae5-69420d60e3c8","activity":"newInstance"}',
    ),
    "nulls": (
        ACCESS_KEY,
        '{"activity":"releaseInstance","instanceId":"10e758d0","orderId":null,"orderLineId":null,"testFlag":null}',
    ),
    "Chinese text": (ACCESS_KEY, '{"memo":"云商店：开通“企业版”","activity":"newInstance","买家":"华为云"}'),
    "Chinese access key": ("密钥-0123456789", '{"activity":"queryInstance","instanceId":"10e758d0"}'),
    "spaces, line breaks and escapes": (
        ACCESS_KEY,
        '{\n  "b": "two\\nlines \\"quoted\\" \\u4e2d/\\\\",\n  "a": "1",\n  "A": "capitals sort first"\n}\n',
    ),
    "numbers, booleans and keys that are numbers": (ACCESS_KEY, '{"b":true,"10":1,"9":2,"a":[1,null,{"z":null,"y":2}]}'),
    "no fields": (ACCESS_KEY, "{}"),
}


def signature(key: str, body: str) -> tuple[str, str]:
    def mac(text: str) -> str:
        return hmac.new(key.encode("utf-8"), text.encode("utf-8"), hashlib.sha256).hexdigest()

    fields = {name: value for name, value in json.loads(body).items() if value is not None}
    ordered = {name: fields[name] for name in sorted(fields)}
    canonical = json.dumps(ordered, separators=(",", ":"), ensure_ascii=False)
    return canonical, mac(key + NONCE + TIMESTAMP + mac(canonical))


vectors = []
for name, (key, body) in CASES.items():
    canonical, signed = signature(key, body)
    vectors.append(
        {
            "name": name,
            "accessKey": key,
            "nonce": NONCE,
            "timestamp": TIMESTAMP,
            "body": body,
            "canonical": canonical,
            "signature": signed,
        }
    )
json.dump(vectors, sys.stdout, ensure_ascii=False, indent=2)
print()
