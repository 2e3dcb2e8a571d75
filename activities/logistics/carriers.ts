/**
 * Kuaidi100's codes of carriers that surely exist. Its 400 says both "no such carrier" and "your account may not
 * ask", in the same words: about one of these it can only be the second.
 */
export const WELL_KNOWN: ReadonlySet<string> = new Set([
  ...['shunfeng', 'shunfengkuaiyun', 'zhongtong', 'zhongtongkuaiyun', 'yuantong', 'yunda', 'yundakuaiyun'],
  ...[
    'shentong',
    'jtexpress',
    'ems',
    'youzhengguonei',
    'jd',
    'jingdongkuaiyun',
    'debangkuaidi',
    'debangwuliu',
  ],
  ...['annengwuliu', 'danniao', 'kuayue', 'zhaijisong', 'dhl', 'fedex', 'ups'],
]);
