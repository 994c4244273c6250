import { defineEdition } from '../../edition.js';
import { CSV_VERSION } from './common.js';
import { DLT1KYO } from './DLT1KYO.js';
import { DLTJSK } from './DLTJSK.js';
import { DLTKIHON } from './DLTKIHON.js';
import { DLTPLAN } from './DLTPLAN.js';
import { DLTYOBO } from './DLTYOBO.js';
import { UP1KYO } from './UP1KYO.js';
import { UP2KYO } from './UP2KYO.js';
import { UP3KYO } from './UP3KYO.js';
import { UPHOSOKU } from './UPHOSOKU.js';
import { UPJSK } from './UPJSK.js';
import { UPKIHON } from './UPKIHON.js';
import { UPKIHON_SUB1 } from './UPKIHON_SUB1.js';
import { UPKIHON_SUB2 } from './UPKIHON_SUB2.js';
import { UPPLAN } from './UPPLAN.js';
import { UPSIKYU } from './UPSIKYU.js';
import { UPYOBO } from './UPYOBO.js';
import { UPYOBO_SUB } from './UPYOBO_SUB.js';

/** Edition 4.1 of the standard (October 2024), in force from service month 2025-04: its 17 files and its images. */
export const V4_1 = defineEdition({
  id: '4.1',
  csvVersion: CSV_VERSION,
  from: '2025-04',
  nameTypeLength: 2,
  written: true,
  layouts: [
    UPHOSOKU,
    UP1KYO,
    DLT1KYO,
    UP2KYO,
    UP3KYO,
    UPPLAN,
    UPJSK,
    DLTPLAN,
    DLTJSK,
    UPSIKYU,
    UPKIHON,
    DLTKIHON,
    UPKIHON_SUB1,
    UPKIHON_SUB2,
    UPYOBO,
    DLTYOBO,
    UPYOBO_SUB,
  ],
  images: [
    {
      kind: 'UPKIHON_IMAGE',
      ja: '利用者基本情報 画像',
      extension: 'jpg',
      branchDigits: 4,
      namedBy: 'UPKIHON',
      namedIn: 'familyImageName',
    },
  ],
});
