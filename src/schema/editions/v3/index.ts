import { int } from '../../cell.js';
import { required } from '../../layout.js';
import { deriveEdition } from '../derive.js';
import { V4_1 } from '../v4-1/index.js';

/** Columns that came with edition 4. */
const NO_EQUIPMENT = { taisCode: null, equipmentNotificationCode: null, equipmentName: null } as const;

/**
 * Edition 3 (3.0 to 3.2) of the standard, in force until service month 2025-03. Its tables are derived from the change
 * log (section 4). Corrections of those months are still written in it.
 */
export const V3 = deriveEdition(V4_1, {
  id: '3',
  csvVersion: '202208',
  from: '2023-01',
  nameTypeLength: 0,
  written: true,
  lacks: ({ kind, group }) => kind === 'UP3KYO' || /^(basic|preventive)/.test(group),
  columns: {
    UPPLAN: NO_EQUIPMENT,
    UPJSK: NO_EQUIPMENT,
    UPSIKYU: { ...NO_EQUIPMENT, count: required('回数／日数', int(2), { section: '10' }) },
  },
});
